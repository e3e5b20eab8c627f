/**
 * What the interpreter does between two bytecodes when its budget is spent or something asks for attention: events that are
 * due, an exception from outside, scheduled callbacks, the end of the slice. Counterpart: mp_handle_pending.
 */
import { TsOff } from './layout.js';
import { callScheduled } from './schedule.js';
import type { Vm } from './vm.js';

export const enum Attend {
  /** Go on; `vm.budget` is set. */
  Continue = 0,
  /** The slice is over. */
  Stop = 1,
  /** A frame was pushed: reload. */
  Frame = 2,
  /** An exception is pending. */
  Raise = 3,
}

/** Bytes granted at once when nothing is due. */
export const FULL_GRANT = 1 << 28;

/** Called with the running frame's registers saved and `vm.budget` up to date. */
export function attend(vm: Vm): Attend {
  const clock = vm.clock;
  vm.attention = false;
  while (clock.runDue(vm.budget)) vm.host.checkDeadline?.(vm);
  vm.sliceBytes -= vm.grantedBytes - vm.budget;
  vm.grantedBytes = vm.budget;
  if (vm.nested === 0) {
    if (vm.sliceBytes <= 0) {
      vm.attention = vm.i32[(vm.ts + TsOff.Pending) >> 2] !== 0;
      grant(vm, 0);
      return Attend.Stop;
    }
  }
  grant(vm, FULL_GRANT);
  if (vm.i32[(vm.ts + TsOff.Pending) >> 2] !== 0) return Attend.Raise;
  return callScheduled(vm) ? Attend.Frame : Attend.Continue;
}

/** Gives the loop a budget: up to the next event, the end of the slice, or `most` bytes. */
export function grant(vm: Vm, most: number): void {
  const clock = vm.clock;
  let bytes = most;
  if (most > 0) {
    const toEvent = Math.ceil((clock.nextDue() - clock.now(vm.budget)) / clock.nsPerByte);
    if (toEvent < bytes) bytes = toEvent < 1 ? 1 : toEvent;
    if (vm.nested === 0 && vm.sliceBytes < bytes) bytes = vm.sliceBytes;
  }
  clock.sync(vm.budget, bytes);
  vm.budget = bytes;
  vm.grantedBytes = bytes;
}
