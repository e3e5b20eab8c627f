/**
 * What the interpreter does between two bytecodes when its budget is spent or something asks for attention: events that are
 * due, an exception from outside, scheduled callbacks, the end of the slice. Counterpart: mp_handle_pending.
 */
import { runEvents } from './interrupts.js';
import { TsOff } from './layout.js';
import { callScheduled, isAttendable } from './schedule.js';
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

/**
 * Bytes granted at once when nothing is due; then the host's deadline is looked at. That is some 0.05 ms of bytecode, of
 * which a look takes less than a hundredth; but each of those bytes may call a native that takes 0.1 ms and charges nothing.
 */
export const FULL_GRANT = 1 << 14;

/** Called with the running frame's registers saved and `vm.budget` up to date. */
export function attend(vm: Vm): Attend {
  for (;;) {
    vm.attention = false;
    const calm = runEvents(vm);
    if (vm.budget <= 0) {
      vm.host.checkDeadline?.(vm);
      vm.jit?.sample();
    }
    const spent = vm.grantedBytes - vm.budget;
    vm.sliceBytes -= spent;
    vm.grantedBytes = vm.budget;
    if (vm.nested === 0) {
      if (vm.sliceBytes <= 0 || (!calm && vm.steps >= 0)) {
        vm.attention = !calm || isAttendable(vm);
        grant(vm, 0);
        return Attend.Stop;
      }
    } else vm.worked(spent >> 4);
    // handlers that follow each other without a pause leave the program no time, but Ctrl-C gets through
    if (calm || vm.i32[(vm.ts + TsOff.Pending) >> 2] !== 0) break;
    vm.worked(1000);
  }
  grant(vm, FULL_GRANT);
  if (vm.interrupts.active) return Attend.Continue;
  if (vm.i32[(vm.ts + TsOff.Pending) >> 2] !== 0) return Attend.Raise;
  return callScheduled(vm) ? Attend.Frame : Attend.Continue;
}

/** Gives the loop a budget: up to the next event, the end of the slice, or `most` bytes. */
export function grant(vm: Vm, most: number): void {
  const clock = vm.clock;
  let bytes = most;
  if (most > 0) {
    // inside a handler what waits for a safe point goes on waiting
    const due = vm.interrupts.active ? clock.hardDue : clock.nextDue();
    const toEvent = Math.ceil((due - clock.now(vm.budget)) / clock.nsPerByte);
    if (toEvent < bytes) bytes = toEvent < 1 ? 1 : toEvent;
    if (vm.nested === 0 && vm.sliceBytes < bytes) bytes = vm.sliceBytes;
  }
  clock.sync(vm.budget, bytes);
  vm.budget = bytes;
  vm.grantedBytes = bytes;
}
