/**
 * Threads: several Python stacks, of which one runs at a time. Each thread but the first has its stack in a block of the heap; where a
 * thread that does not run has got to is a copy of the ThreadState in its thread block, so all that a thread is lies in the board's memory.
 *
 *     ring      Root.Threads → main thread → thread → … (Next)        running: Root.RunningThread
 *
 * Threads change over at safe points outside of nested runs: when a native waits, when a thread ends, and each {@link TURN_BYTES} of
 * bytecode, by an event of the clock, so that it depends on the board's time alone. A thread that waits goes on when its time has
 * come or its lock is free; others that wait are asked when something has happened since.
 * Counterpart: py/modthread.c and the ports' mpthreadport.c.
 */
import { Root, ThreadOff, TsOff } from './layout.js';
import { popWaiting } from './link.js';
import { exceptionMatch, printException } from './obj/exception.js';
import { PyRaise } from './raise.js';
import { PrintKind } from './print.js';
import { printObj } from './runtime.js';
import { Rec } from './records.js';
import { WaitFor, waitDeadline } from './schedule.js';
import { Ty } from './types.js';
import type { Addr, Obj } from './words.js';
import type { Vm } from './vm.js';

/** Bytes of bytecode that a thread runs before the next one's turn. */
const TURN_BYTES = 1024;
const TURN_EVENT = 'thread turn';

/** Bits of Root.ThreadNotes. */
const enum Note {
  /** Another thread is to run from the next safe point on. */
  Yield = 1,
  /** The running thread has executed bytecode. */
  Worked = 2,
}

/** {@link ThreadOff.Flags}: something has happened that what the thread waits for may be. */
const ASK = 1;

/** The threads of one board. */
export class Threads {
  constructor(private readonly vm: Vm) {
    vm.clock.on(TURN_EVENT, () => {
      vm.setRoot(Root.ThreadTurn, 0);
      // the clock's events outlast a reset
      if (this.several) this.yield();
    });
  }

  private get main(): Addr {
    return this.vm.root(Root.Threads);
  }
  /** The running thread's block; 0: there has been only one thread. */
  get running(): Addr {
    return this.vm.root(Root.RunningThread);
  }
  private set running(t: Addr) {
    this.vm.setRoot(Root.RunningThread, t);
  }
  /** The thread behind `t`; 0: none. A list that was written to may go round in circles, which the host ends. */
  private next(t: Addr): Addr {
    this.vm.worked(1);
    return this.vm.i32[(t + ThreadOff.Next) >> 2] as number;
  }
  private saved(t: Addr, at: TsOff): number {
    return this.vm.i32[(t + ThreadOff.Saved + at) >> 2] as number;
  }
  /** Whether there are others than the main thread. */
  get several(): boolean {
    return this.main !== 0 && this.next(this.main) !== 0;
  }
  /** How far the main thread's stack is used: what roots of a collection are in it. */
  get mainTop(): Addr {
    const { vm, running, main } = this;
    return running === main ? (vm.i32[(vm.ts + TsOff.Top) >> 2] as number) : this.saved(main, TsOff.Top);
  }

  /** A block for the main thread, made before the first other; raises MemoryError. */
  begin(): void {
    if (this.main !== 0) return;
    const main = this.vm.alloc(ThreadOff.Size);
    this.vm.i32.fill(0, main >> 2, (main + ThreadOff.Size) >> 2);
    this.vm.setRoot(Root.Threads, main);
    this.running = main;
  }

  /** Enters a new thread, which starts at a later safe point; `start` pushes its frame, on its own stack, and allocates nothing. */
  add(thread: Addr, start: () => void): void {
    const { vm } = this;
    const { i32 } = vm;
    const ts = vm.ts >> 2;
    const size = TsOff.Size >> 2;
    const mine = i32.slice(ts, ts + size);
    const at = (thread + ThreadOff.Saved) >> 2;
    try {
      i32.copyWithin(ts, at, at + size);
      start();
      i32.copyWithin(at, ts, ts + size);
    } finally {
      i32.set(mine, ts);
    }
    let last = this.main;
    while (this.next(last) !== 0) last = this.next(last);
    i32[(last + ThreadOff.Next) >> 2] = thread;
    this.beginTurn();
  }

  // ---- turns

  /** Another thread is to run from the next safe point on, if one can. */
  yield(): void {
    this.note(Note.Yield);
    this.vm.attention = true;
  }
  /** Whether that has been asked for. */
  get yields(): boolean {
    return (this.vm.root(Root.ThreadNotes) & Note.Yield) !== 0;
  }
  /** The running thread has executed so many bytes. */
  worked(bytes: number): void {
    if (bytes > 0 && this.main !== 0) this.note(Note.Worked);
  }
  private note(n: Note): void {
    this.vm.setRoot(Root.ThreadNotes, this.vm.root(Root.ThreadNotes) | n);
  }
  private beginTurn(): void {
    const { vm } = this;
    this.endTurn();
    if (!this.several) return;
    const due = vm.clock.now(vm.budget) + TURN_BYTES * vm.clock.nsPerByte;
    vm.setRoot(Root.ThreadTurn, (vm.clock.schedule(due, TURN_EVENT) << 1) | 1);
    if (vm.clock.reach > due) vm.attention = true;
  }
  private endTurn(): void {
    const { vm } = this;
    const id = vm.root(Root.ThreadTurn);
    if (id !== 0) vm.clock.cancel(id >> 1);
    vm.setRoot(Root.ThreadTurn, 0);
  }

  private isWaiting(t: Addr): boolean {
    return ((this.vm.i32[this.saved(t, TsOff.Rec) >> 2] as number) & 0xff) === Rec.Waiting;
  }
  /** Whether a thread that does not run can go on, or has to look. */
  private isReady(t: Addr): boolean {
    if (!this.isWaiting(t)) return true;
    const { vm } = this;
    if (this.saved(t, TsOff.Pending) !== 0) return true;
    const words = (this.saved(t, TsOff.Rec) + 4) >> 2;
    if (vm.i32[words] === WaitFor.Lock) return !isLocked(vm, vm.i32[words + 1] as number);
    if (((vm.i32[(t + ThreadOff.Flags) >> 2] as number) & ASK) !== 0) return true;
    return waitDeadline(vm, words) <= vm.clock.now(vm.budget);
  }
  /** The thread whose turn is next; 0: no other can go on. */
  private pick(): Addr {
    const { running } = this;
    for (let t = this.next(running); ; t = this.next(t)) {
      if (t === 0) t = this.main;
      if (t === running) return 0;
      if (this.isReady(t)) return t;
    }
  }
  /** Something has happened: all others that wait are to look whether it is what they wait for. */
  private askOthers(): void {
    const { i32 } = this.vm;
    for (let t = this.main; t !== 0; t = this.next(t)) if (t !== this.running) i32[(t + ThreadOff.Flags) >> 2] = ASK;
  }

  /** Puts the running thread's state into its block. */
  private park(): void {
    const { vm, running } = this;
    vm.i32.copyWithin((running + ThreadOff.Saved) >> 2, vm.ts >> 2, (vm.ts + TsOff.Size) >> 2);
    vm.i32[(running + ThreadOff.Exception) >> 2] = vm.root(Root.CurException);
    vm.i32[(running + ThreadOff.StopArg) >> 2] = vm.root(Root.StopArg);
    vm.i32[(running + ThreadOff.HeapLock) >> 2] = vm.heap.lockDepth;
  }
  /** Has a thread go on, in place of the one that was parked, or has ended. */
  private resume(t: Addr): void {
    const { vm } = this;
    const at = (t + ThreadOff.Saved) >> 2;
    vm.i32.copyWithin(vm.ts >> 2, at, at + (TsOff.Size >> 2));
    vm.setRoot(Root.CurException, vm.i32[(t + ThreadOff.Exception) >> 2] as number);
    vm.setRoot(Root.StopArg, vm.i32[(t + ThreadOff.StopArg) >> 2] as number);
    vm.heap.lockDepth = vm.i32[(t + ThreadOff.HeapLock) >> 2] as number;
    vm.i32[(t + ThreadOff.Flags) >> 2] = 0;
    this.running = t;
    vm.setRoot(Root.ThreadNotes, 0);
    popWaiting(vm);
    this.beginTurn();
  }
  private changeTo(t: Addr): void {
    this.park();
    this.resume(t);
  }

  // ---- for the interpreter

  /** At a safe point of a run that is not nested: true if another thread runs now. */
  attend(): boolean {
    const { vm, main, running } = this;
    if (main === 0) return false;
    const pending = (vm.ts + TsOff.Pending) >> 2;
    if (vm.i32[pending] !== 0 && running !== main) {
      // what comes from outside is the main thread's
      vm.i32[(main + ThreadOff.Saved + TsOff.Pending) >> 2] = vm.i32[pending] as number;
      vm.i32[pending] = 0;
      vm.attention = true;
      this.changeTo(main);
      return true;
    }
    if (!this.yields) return false;
    vm.setRoot(Root.ThreadNotes, vm.root(Root.ThreadNotes) & ~Note.Yield);
    this.askOthers();
    const t = this.pick();
    if (t === 0) this.beginTurn();
    else this.changeTo(t);
    return t !== 0;
  }

  /** After all have waited a slice begins: the host may have brought something. */
  woken(): void {
    if (!this.several) return;
    this.askOthers();
    if (this.vm.root(Root.ThreadTurn) === 0) this.beginTurn();
  }

  /** The running thread waits: true if another one runs now. */
  waits(): boolean {
    if (!this.several) return false;
    // one that has only looked whether it can go on has changed nothing for others
    if ((this.vm.root(Root.ThreadNotes) & Note.Worked) !== 0) this.askOthers();
    this.vm.setRoot(Root.ThreadNotes, 0);
    const t = this.pick();
    if (t !== 0) this.changeTo(t);
    else this.endTurn();
    return t !== 0;
  }

  /** When the first of the threads that wait goes on by itself; Infinity: none does. The running one waits, too. */
  get deadline(): number {
    const { vm, running } = this;
    const wait = (rec: Addr) => waitDeadline(vm, (rec + 4) >> 2);
    let first = wait(vm.i32[(vm.ts + TsOff.Rec) >> 2] as number);
    for (let t = this.main; t !== 0; t = this.next(t))
      if (t !== running) first = Math.min(first, wait(this.saved(t, TsOff.Rec)));
    return first;
  }

  /** The run of the running thread is over: false if that is the main one, else another one runs now. */
  ended(exc: Obj): boolean {
    const { vm, main, running } = this;
    if (running === main) return false;
    if (exc !== 0 && !exceptionMatch(vm, exc, Ty.SystemExit)) this.report(exc);
    let before = main;
    while (this.next(before) !== running) before = this.next(before);
    this.askOthers();
    const next = this.pick();
    vm.i32[(before + ThreadOff.Next) >> 2] = this.next(running);
    // one that waits, when all do
    this.resume(next === 0 ? main : next);
    return true;
  }
  private report(exc: Obj): void {
    const { vm } = this;
    const out = vm.profile.platform === 'linux' ? vm.stderr : vm.stdout;
    vm.keep(exc);
    try {
      out.write('Unhandled exception in thread started by ');
      printObj(vm, out, vm.i32[(this.running + ThreadOff.Fun) >> 2] as number, PrintKind.Repr);
      out.write('\n');
      printException(vm, out, exc);
    } catch (e) {
      // the text of its arguments raised, too
      if (!(e instanceof PyRaise)) throw e;
    }
  }

  /** Whether another thread waits for a lock. */
  awaits(lock: Obj): boolean {
    const { vm, running } = this;
    for (let t = this.main; t !== 0; t = this.next(t)) {
      if (t === running || !this.isWaiting(t)) continue;
      const words = (this.saved(t, TsOff.Rec) + 4) >> 2;
      if (vm.i32[words] === WaitFor.Lock && vm.i32[words + 1] === lock) return true;
    }
    return false;
  }
}

/** Whether a lock object is taken. */
export function isLocked(vm: Vm, lock: Obj): boolean {
  return vm.i32[(lock >> 2) + 1] !== 0;
}
/** Takes or frees a lock object. */
export function setLocked(vm: Vm, lock: Obj, locked: boolean): void {
  vm.i32[(lock >> 2) + 1] = locked ? 1 : 0;
}

/** The threads of a board. */
export function threadsOf(vm: Vm): Threads {
  vm.threads ??= new Threads(vm);
  return vm.threads;
}
/** Has a board ready for threads: when it is composed, so that snapshots with threads can be put into it. */
export function enableThreads(vm: Vm): void {
  threadsOf(vm);
}
