/**
 * What the interpreter does between two bytecodes when its budget is spent or something asks for attention: events that are
 * due, an exception from outside, scheduled callbacks, the end of the slice. Counterpart: mp_handle_pending.
 */
import { runEvents } from './interrupts.js';
import { TsOff } from './layout.js';
import { callNextScheduled, isAttendable } from './schedule.js';
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

/** Of the time to the next event, what bytecode may take and what allocations may; natives' charges have the rest. */
const BYTECODE_SHARE = 5 / 8;
const ALLOCATION_SHARE = 1 / 4;

/** Called with the running frame's registers saved and `vm.budget` up to date. */
export function attend(vm: Vm): Attend {
  for (;;) {
    vm.attention = false;
    const calm = runEvents(vm);
    if (vm.budget <= 0) {
      vm.host.checkDeadline?.(vm);
      vm.jit?.sample(vm.grantedBytes - vm.budget);
    }
    const spent = vm.grantedBytes - vm.budget;
    vm.sliceBytes -= spent;
    vm.threads?.worked(spent);
    vm.grantedBytes = vm.budget;
    if (vm.nested === 0) {
      if (vm.sliceBytes <= 0 || (!calm && vm.steps >= 0)) {
        vm.attention = !calm || isAttendable(vm) || vm.threads?.yields === true;
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
  if (vm.nested === 0 && vm.threads?.attend()) return Attend.Frame;
  if (vm.i32[(vm.ts + TsOff.Pending) >> 2] !== 0) return Attend.Raise;
  if (callNextScheduled(vm)) return Attend.Frame;
  // what wants attention again has it at the next jump, not where the loop is entered
  if (vm.warming === 0 || vm.attention || vm.nested !== 0 || vm.steps >= 0) return Attend.Continue;
  vm.warming--;
  vm.entersAnew = true;
  return Attend.Stop;
}

/**
 * Gives the loop a budget: up to the next event, the end of the slice, or `most` bytes.
 *
 * An event has to be seen at the first jump at which it is due, in slices of any size, while bytecode, allocations and natives
 * take time at once. So each gets a share of the time that is left: when one is used up, the rest is shared out anew, some
 * four times for each factor of ten, and close to the event every jump looks. Budgets are small integers for V8, too: hence `| 0`.
 */
export function grant(vm: Vm, most: number): void {
  const { clock, heap } = vm;
  const now = clock.now(vm.budget);
  let bytes = most;
  let blocks = Number.POSITIVE_INFINITY;
  if (most > 0) {
    // inside a handler what waits for a safe point goes on waiting
    const due = vm.interrupts.active ? clock.hardDue : clock.nextDue();
    const left = due - now;
    const share = Math.floor((left * BYTECODE_SHARE) / clock.nsPerByte);
    if (share < bytes) bytes = share < 1 ? 1 : share | 0;
    if (vm.nested === 0 && vm.sliceBytes < bytes) bytes = vm.sliceBytes | 0;
    if (left < Number.POSITIVE_INFINITY) {
      // the heap gives notice up to two blocks late
      blocks = Math.floor((left * ALLOCATION_SHARE) / clock.nsPerAlloc) - 2;
      if (blocks < 0) {
        blocks = 0;
        if (bytes > 1) bytes = 1;
      }
    }
  }
  clock.sync(vm.budget, bytes);
  heap.noticeAfter(blocks);
  clock.reach = now + bytes * clock.nsPerByte;
  if (blocks < Number.POSITIVE_INFINITY) clock.reach += (blocks + 2) * clock.nsPerAlloc;
  vm.budget = bytes;
  vm.grantedBytes = bytes;
}

/** Puts an interrupted loop's budget back, which it has in a register; the next jump looks if that may be too much by now. */
export function regrant(vm: Vm, budget: number, granted: number): void {
  const { clock, heap } = vm;
  clock.sync(vm.budget, budget);
  vm.budget = budget;
  vm.grantedBytes = granted;
  clock.reach = clock.now(budget) + budget * clock.nsPerByte + (heap.blocksToNotice + 2) * clock.nsPerAlloc;
  if (clock.reach > clock.nextDue() || vm.interrupts.ready) vm.attention = true;
}
