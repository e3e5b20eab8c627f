/**
 * The scheduler: callbacks that wait for a safe point (`micropython.schedule`, soft interrupts), hard interrupt handlers, and
 * waiting. Counterpart: py/scheduler.c.
 */
import { grant } from './attend.js';
import { runEvents } from './interrupts.js';
import { tailCall1 } from './call.js';
import { Root, TsOff } from './layout.js';
import { Arrived, deliver, Mode } from './link.js';
import { newException, printException } from './obj/exception.js';
import { PyRaise, raiseMsg } from './raise.js';
import { pushRec, Rec } from './records.js';
import { fun1 } from './rom/define.js';
import { call1 } from './runtime.js';
import { Ty } from './types.js';
import { type Obj, Word } from './words.js';
import type { Vm } from './vm.js';

/** Longest queue that any profile may ask for. */
export const MAX_SCHEDULED = 8;

/** Queues `fun(arg)`; false when the queue is full. */
export function schedule(vm: Vm, fun: Obj, arg: Obj): boolean {
  const len = vm.root(Root.SchedLen);
  if (len >= vm.profile.schedulerDepth) return false;
  const at = (vm.root(Root.SchedHead) + len) % MAX_SCHEDULED;
  vm.setRoot(Root.SchedQueue + 2 * at, fun);
  vm.setRoot(Root.SchedQueue + 2 * at + 1, arg);
  vm.setRoot(Root.SchedLen, len + 1);
  vm.attention = true;
  return true;
}

/** Whether a call of `fun` is waiting in the queue. */
export function isScheduled(vm: Vm, fun: Obj): boolean {
  for (let i = 0; i < vm.root(Root.SchedLen); i++) {
    if (vm.root(Root.SchedQueue + 2 * ((vm.root(Root.SchedHead) + i) % MAX_SCHEDULED)) === fun) return true;
  }
  return false;
}

/** The scheduled callback that makes a KeyboardInterrupt pending. */
export const raiseInterrupt = fun1((vm) => {
  vm.i32[(vm.ts + TsOff.Pending) >> 2] = newException(vm, Ty.KeyboardInterrupt);
  vm.attention = true;
  return Word.None;
});

/** Whether a callback or an exception could come now. */
export function isAttendable(vm: Vm): boolean {
  if (vm.i32[(vm.ts + TsOff.Pending) >> 2] !== 0) return true;
  return vm.root(Root.SchedLen) > 0 && vm.root(Root.SchedLock) === 0;
}

/** Starts the next scheduled callback as a frame, with the scheduler locked until it returns; false when there is none or the scheduler is locked. */
export function callScheduled(vm: Vm): boolean {
  while (vm.root(Root.SchedLen) > 0 && vm.root(Root.SchedLock) === 0) {
    const head = vm.root(Root.SchedHead);
    const fun = vm.root(Root.SchedQueue + 2 * head);
    const arg = vm.root(Root.SchedQueue + 2 * head + 1);
    vm.setRoot(Root.SchedQueue + 2 * head, 0);
    vm.setRoot(Root.SchedQueue + 2 * head + 1, 0);
    vm.setRoot(Root.SchedHead, (head + 1) % MAX_SCHEDULED);
    vm.setRoot(Root.SchedLen, vm.root(Root.SchedLen) - 1);
    if (vm.root(Root.SchedLen) > 0) vm.attention = true;
    const rec = pushRec(vm, Rec.Scheduled, 0, 0, 0);
    vm.setRoot(Root.SchedLock, vm.root(Root.SchedLock) + 1);
    try {
      const r = tailCall1(vm, fun, arg);
      if (r === Word.Call) return true;
      if (r === Word.Wait) raiseMsg(vm, Ty.RuntimeError, 'a call that blocks is not possible here');
      if (deliver(vm, Mode.Return, r) !== Arrived.Frame) return true;
    } catch (e) {
      if (!(e instanceof PyRaise)) throw e;
      vm.unwindTo(rec);
      if (deliver(vm, Mode.Raise, e.exc) !== Arrived.Frame) return true;
    }
  }
  return false;
}

/** The time on the board as a small int, to be compared with itself. */
function moment(vm: Vm): number {
  return ((Math.floor(vm.clock.now(vm.budget)) % 0x3fff_ffff) << 1) | 1;
}

/** A scheduled callback is over and what it interrupted goes on. */
export function noteCalledBack(vm: Vm): void {
  vm.setRoot(Root.CalledBack, moment(vm));
}

/**
 * As {@link callScheduled}, but right after a callback it leaves the program a turn: callbacks that schedule further ones must not
 * keep it from ever going on. It has had one when time has passed since.
 */
export function callNextScheduled(vm: Vm): boolean {
  const called = vm.root(Root.CalledBack);
  vm.setRoot(Root.CalledBack, 0);
  if (called === 0 || called !== moment(vm)) return callScheduled(vm);
  if (isAttendable(vm)) vm.attention = true;
  return false;
}

/** A scheduled callback is over: the next one, and what is pending, may come. */
export function unlockScheduler(vm: Vm): void {
  vm.setRoot(Root.SchedLock, vm.root(Root.SchedLock) - 1);
  if (vm.root(Root.SchedLen) > 0 || vm.i32[(vm.ts + TsOff.Pending) >> 2] !== 0) vm.attention = true;
}

/**
 * Calls `fun(arg)` as an interrupt handler does: at once, nested, with the heap and the scheduler locked. Reports what it
 * raises, whatever that is. Answers whether it returned normally. Counterpart: mp_irq_dispatch.
 */
export function callHard(vm: Vm, fun: Obj, arg: Obj): boolean {
  const heap = vm.heap;
  const ts = vm.ts >> 2;
  const saved = vm.i32.slice(ts, ts + (TsOff.Size >> 2));
  const nested = vm.nested;
  const base = heap.logBase;
  const top = heap.logTop;
  const handled = vm.root(Root.CurException);
  const stopArg = vm.root(Root.StopArg);
  heap.lock();
  vm.setRoot(Root.SchedLock, vm.root(Root.SchedLock) + 1);
  heap.logBase = heap.logTop;
  vm.handlers.depth++;
  vm.handlers.begin();
  let ok = true;
  try {
    call1(vm, fun, arg);
  } catch (e) {
    if (!(e instanceof PyRaise)) throw e;
    ok = false;
    // boards have one console for output and errors
    const out = vm.profile.platform === 'linux' ? vm.stderr : vm.stdout;
    out.write('Uncaught exception in IRQ callback handler\n');
    printException(vm, out, e.exc);
    vm.handlers.uncaught(vm, e.exc);
  } finally {
    vm.handlers.depth--;
    vm.nested = nested;
    vm.i32.set(saved, ts);
    heap.logBase = base;
    heap.logTop = top;
    vm.setRoot(Root.CurException, handled);
    vm.setRoot(Root.StopArg, stopArg);
    heap.unlock();
    unlockScheduler(vm);
  }
  return ok;
}

// ---- waiting ---------------------------------------------------------------------------------------------------------

/** Kinds of waits (the first word of a waiting native). */
export const enum WaitFor {
  /** Until a time: the deadline's microseconds, low and high word. */
  Time = 1,
  /** Until the host or a peripheral says so; the other words are the native's. */
  Event = 2,
  /** Until something happens, or a time: a block's address; its first words are the deadline as above, the rest is the native's. */
  Block = 3,
  /** Until the host has linked the part that the native is in, which is then called anew. */
  Part = 4,
  /** Until the lock that the next word is is free. */
  Lock = 5,
}

/** High word of a deadline that never comes. */
export const NEVER_HIGH = 0x7fffffff;

/** Whether the native is being entered again after it waited; its words are then in Wait0…Wait2. Clears the mark. */
export function takeWait(vm: Vm): boolean {
  const at = (vm.ts + TsOff.Waiting) >> 2;
  const was = vm.i32[at] === 1;
  vm.i32[at] = 0;
  return was;
}
/** Leaves the words of a wait and answers Wait. */
export function startWait(vm: Vm, kind: WaitFor, w1: number, w2: number): Obj {
  const ts = vm.ts >> 2;
  vm.i32[ts + (TsOff.Wait0 >> 2)] = kind;
  vm.i32[ts + (TsOff.Wait1 >> 2)] = w1;
  vm.i32[ts + (TsOff.Wait2 >> 2)] = w2;
  return Word.Wait;
}
/** Waits until `deadlineUs`: a native's whole body for a sleep. Answers None when the time has come. */
export function sleepUntil(vm: Vm, deadlineUs: () => number): Obj {
  const ts = vm.ts >> 2;
  let deadline: number;
  if (takeWait(vm))
    deadline =
      ((vm.i32[ts + (TsOff.Wait1 >> 2)] as number) >>> 0) + (vm.i32[ts + (TsOff.Wait2 >> 2)] as number) * 0x100000000;
  else {
    deadline = deadlineUs();
    // even a sleep of no length lets callbacks run
    if (isAttendable(vm)) return startWait(vm, WaitFor.Time, deadline | 0, Math.floor(deadline / 0x100000000));
  }
  if (vm.now() >= deadline * 1000) return Word.None;
  return startWait(vm, WaitFor.Time, deadline | 0, Math.floor(deadline / 0x100000000));
}

/**
 * For natives that wait for something to happen, or a time: when they are entered again, the deadline (µs of the board's clock)
 * that {@link waitUntil} was given; undefined when they are entered anew.
 */
export function resumeWait(vm: Vm): number | undefined {
  if (!takeWait(vm)) return undefined;
  const ts = vm.ts >> 2;
  if (vm.i32[ts + (TsOff.Wait0 >> 2)] !== WaitFor.Time) return Number.POSITIVE_INFINITY;
  const high = vm.i32[ts + (TsOff.Wait2 >> 2)] as number;
  return ((vm.i32[ts + (TsOff.Wait1 >> 2)] as number) >>> 0) + high * 0x100000000;
}
/** Answers Wait: the native is entered again after each event, and at `deadlineUs` (Infinity: never) at the latest. */
export function waitUntil(vm: Vm, deadlineUs: number): Obj {
  if (deadlineUs === Number.POSITIVE_INFINITY) return startWait(vm, WaitFor.Event, 0, 0);
  return startWait(vm, WaitFor.Time, deadlineUs | 0, Math.floor(deadlineUs / 0x100000000));
}

/** Deadline (ns) of the wait whose words are in the ThreadState; Infinity when it waits for an event. */
export function waitDeadline(vm: Vm, words: number): number {
  const kind = vm.i32[words];
  if (kind !== WaitFor.Time && kind !== WaitFor.Block) return Number.POSITIVE_INFINITY;
  const at = kind === WaitFor.Time ? words + 1 : (vm.i32[words + 1] as number) >> 2;
  const high = vm.i32[at + 1] as number;
  if (high === NEVER_HIGH) return Number.POSITIVE_INFINITY;
  return (((vm.i32[at] as number) >>> 0) + high * 0x100000000) * 1000;
}

/**
 * A wait inside a nested run, which cannot suspend: the clock goes straight to the deadline or the next event, whose handlers
 * run. What only the host could bring raises OSError(EAGAIN).
 */
export function waitForEvent(vm: Vm): void {
  const ts = vm.ts >> 2;
  const deadline = waitDeadline(vm, ts + (TsOff.Wait0 >> 2));
  // a handler waits for hardware only
  const next = Math.min(deadline, vm.interrupts.active ? vm.clock.hardDue : vm.clock.nextDue());
  if (next === Number.POSITIVE_INFINITY) raiseMsg(vm, Ty.OSError, 'EAGAIN');
  vm.clock.advanceTo(next, vm.budget);
  vm.worked(100);
  vm.inPlace++;
  try {
    runEvents(vm);
  } finally {
    vm.inPlace--;
  }
  vm.i32[ts + (TsOff.Waiting >> 2)] = 1;
  grant(vm, 1 << 20);
}

/** {@link waitForEvent} for the Waiting record on top of a nested run's frame. */
export function waitForRecord(vm: Vm): void {
  const rec = (vm.i32[(vm.ts + TsOff.Rec) >> 2] as number) >> 2;
  const ts = vm.ts >> 2;
  for (let i = 0; i < 3; i++) vm.i32[ts + (TsOff.Wait0 >> 2) + i] = vm.i32[rec + 1 + i] as number;
  waitForEvent(vm);
  vm.i32[ts + (TsOff.Waiting >> 2)] = 0;
}
