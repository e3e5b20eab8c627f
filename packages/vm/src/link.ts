/**
 * What happens to a result that arrives at a link record. `deliver` walks down the Python stack from the topmost record: link
 * records transform the result or start something else, a frame resumes with it, and the record at the bottom of a run
 * ends the run.
 */
import { BinaryOp, UnaryOp } from '@tsmp-internal/bytecode';
import { leaveFrame } from './call.js';
import { OWN_LIST } from './call-var.js';
import { finishClassBody, storeClassCell, tryFinishClass } from './obj/class-build.js';
import { exceptionMatch, exceptionValue, isStopIteration, newExceptionText, printException } from './obj/exception.js';
import { gathered, gatherNext, tryGathered } from './obj/gather.js';
import { GenOp } from './obj/generator.js';
import { finishInit, finishNew, tryFinishInit } from './obj/instance-new.js';
import { CsOff, ExcEntryOff, GenOff, Root, TsOff } from './layout.js';
import { getIntTruncated } from './obj/number.js';
import { InternalError, PyRaise, raiseArg, raiseMsg, raiseType, raiseTypeError } from './raise.js';
import { popRec, pushRec, Rec } from './records.js';
import { isInt } from './runtime.js';
import { noteCalledBack, unlockScheduler, WaitFor } from './schedule.js';
import { binaryNext, tailBool, tailEquality } from './tail.js';
import { addTraceback } from './traceback.js';
import { Ty } from './types.js';
import { type Addr, isPtr, newBool, type Obj, Word } from './words.js';
import { accessorOf } from './obj/instance-attr.js';
import type { LinkFn } from './rom/define.js';
import type { Vm } from './vm.js';

/** In which way a result arrives. */
export const enum Mode {
  /** A function returned. */
  Return = 0,
  /** A generator yielded. */
  Yield = 1,
  /** An exception instance. */
  Raise = 2,
  /** A generator returned: the end of its iteration, with a value. */
  GenEnd = 3,
}

/** How `deliver` ended. */
export const enum Arrived {
  /** A frame is ready to run: the thread's `Fp`. */
  Frame = 0,
  /** The run is over with a value. */
  Value = 1,
  /** The run is over with an exception. */
  Raised = 2,
}

function pushValue(vm: Vm, cs: Addr, v: Obj): void {
  const at = (cs + CsOff.Sp) >> 2;
  const sp = (vm.i32[at] as number) + 4;
  vm.i32[sp >> 2] = v;
  vm.i32[at] = sp;
}

/**
 * Passes a result down until a frame runs on or the run ends; then `ThreadState.Result` has the value or exception.
 * `floor`: the record that was topmost when a native was entered which then threw; what is above it and no link was being
 * built, or belongs to a nested run that is over, and goes. Answers are also kept in `vm.lastArrived`.
 */
export function deliver(vm: Vm, mode: Mode, v: Obj, floor: Addr = ALL): Arrived {
  const a = floor === ALL ? passOn(vm, mode, v) : pass(vm, mode, v, floor);
  vm.lastArrived = a;
  return a;
}

/** As the floor: all records are built. */
const ALL = 0x7fffffff;

/** {@link pass} for the records that only move a value on, or let an exception through, and then for the others. */
function passOn(vm: Vm, mode: Mode, v: Obj): Arrived {
  const i32 = vm.i32;
  const ts = vm.ts >> 2;
  let m: number = mode;
  let value = v;
  for (;;) {
    const r = (i32[ts + (TsOff.Rec >> 2)] as number) >> 2;
    const kind = (i32[r] as number) & 0xff;
    const w0 = i32[r + 1] as number;
    if (kind <= Rec.GenFrame) {
      if (m === Mode.Return) {
        pushValue(vm, w0, value);
        return Arrived.Frame;
      }
      if (m !== Mode.Raise || kind !== Rec.Frame) break;
      if (catchInFrame(vm, w0, value)) return Arrived.Frame;
      leaveFrame(vm);
      continue;
    }
    if (m === Mode.Raise) {
      if (kind !== Rec.Args && kind !== Rec.Init) break;
      popRec(vm);
      continue;
    }
    if (kind === Rec.ForIter) {
      popRec(vm);
      const cs = topFrame(vm);
      if (m === Mode.GenEnd || (m === Mode.Return && value === Word.Null)) leaveLoop(vm, cs, w0);
      else pushValue(vm, cs, value);
      return Arrived.Frame;
    }
    if (kind === Rec.YieldFrom) {
      if (m === Mode.Yield) {
        // as yieldOuter: both records go
        const g = r - ((i32[r] as number) >>> 8);
        const c = (i32[g + 1] as number) >> 2;
        const sp = (i32[c + (CsOff.Sp >> 2)] as number) + 4;
        i32[sp >> 2] = value;
        i32[c + (CsOff.Sp >> 2)] = sp;
        i32[c + (CsOff.Ip >> 2)] = (i32[c + (CsOff.Ip >> 2)] as number) - 1;
        i32[c - ((GenOff.CodeState - GenOff.PendExc) >> 2)] = Word.None;
        i32[ts + (TsOff.Globals >> 2)] = i32[c + (CsOff.OldGlobals >> 2)] as number;
        i32[ts + (TsOff.Fp >> 2)] = i32[g + 2] as number;
        i32[ts + (TsOff.Depth >> 2)] = i32[g + 3] as number;
        i32[ts + (TsOff.Top >> 2)] = g << 2;
        i32[ts + (TsOff.Rec >> 2)] = (g - ((i32[g] as number) >>> 8)) << 2;
      } else if (m === Mode.GenEnd && w0 === 0) {
        popRec(vm);
        i32[(i32[(topFrame(vm) + CsOff.Sp) >> 2] as number) >> 2] = value;
        return Arrived.Frame;
      } else break;
    } else if (kind === Rec.Gather) {
      const result = m === Mode.GenEnd ? tryGathered(vm, w0, i32[r + 2] as number) : 0;
      if (result === 0) break;
      popRec(vm);
      value = result;
      m = Mode.Return;
    } else if (kind === Rec.NextOrNull) {
      popRec(vm);
      if (m === Mode.GenEnd) value = Word.Null;
      m = Mode.Return;
    } else if (m !== Mode.Return) break;
    else if (kind === Rec.Binary) {
      // another method has its turn, or the answer is a bool
      if (value === vm.image.notImplemented || value === Word.Null || w0 === BinaryOp.Contains) break;
      popRec(vm);
    } else if (kind === Rec.Module) {
      popRec(vm);
      i32[ts + (TsOff.Globals >> 2)] = w0;
      i32[ts + (TsOff.Locals >> 2)] = i32[r + 2] as number;
      value = i32[r + 3] as number;
    }
    // @quick-begin
    else if (kind === Rec.ClassBody) {
      const cls = tryFinishClass(vm, value, w0, i32[r + 2] as number, i32[r + 3] as number);
      if (cls === 0) break;
      popRec(vm);
      value = cls;
    } else if (kind === Rec.Init) {
      if (!tryFinishInit(vm, value, w0, i32[r + 3] as number)) break;
      popRec(vm);
      value = w0;
    }
    // @quick-end
    else if (kind === Rec.Args || kind === Rec.GetattrDefault) popRec(vm);
    else if (kind === Rec.Replace || kind === Rec.HasAttr) {
      popRec(vm);
      value = kind === Rec.Replace ? w0 : Word.True;
    } else break;
  }
  return pass(vm, m, value, ALL);
}

/** A `for` loop's iterator has ended: the loop's frame goes on behind the loop. */
function leaveLoop(vm: Vm, cs: Addr, target: Addr): void {
  const at = (cs + CsOff.Sp) >> 2;
  vm.i32[at] = (vm.i32[at] as number) - 16;
  vm.i32[(cs + CsOff.Ip) >> 2] = target;
}

/** The outer generator of a `yield from` yields the same value, and runs the opcode again when it is resumed. */
function yieldOuter(vm: Vm, cs: Addr, v: Obj): void {
  pushValue(vm, cs, v);
  vm.i32[(cs + CsOff.Ip) >> 2] = (vm.i32[(cs + CsOff.Ip) >> 2] as number) - 1;
  suspendGenerator(vm, cs);
}

/** The general form. */
export function pass(vm: Vm, mode: Mode, v: Obj, top: Addr): Arrived {
  const i32 = vm.i32;
  const ts = vm.ts >> 2;
  let m = mode;
  let value = v;
  let floor = top;
  for (;;) {
    const rec = i32[ts + (TsOff.Rec >> 2)] as number;
    const r = rec >> 2;
    const kind = ((i32[r] as number) & 0xff) as Rec;
    const below = rec - (((i32[r] as number) >>> 8) << 2);
    if (rec > floor && (kind <= Rec.Base || kind === Rec.Waiting)) {
      popRec(vm);
      continue;
    }
    try {
      switch (kind) {
        case Rec.Frame:
        case Rec.GenFrame: {
          const cs = i32[r + 1] as number;
          if (m === Mode.Return) {
            pushValue(vm, cs, value);
            return Arrived.Frame;
          }
          if (m === Mode.Yield) throw new InternalError('a frame received a yield');
          if (m === Mode.GenEnd) {
            value = stopIteration(vm, value);
            m = Mode.Raise;
          }
          if (catchInFrame(vm, cs, value)) return Arrived.Frame;
          leaveFrame(vm);
          if (kind === Rec.GenFrame) value = failGenerator(vm, cs, value);
          break;
        }
        case Rec.Nested:
        case Rec.Base:
          i32[ts + (TsOff.Result >> 2)] = m === Mode.GenEnd ? stopIteration(vm, value) : value;
          return m === Mode.Raise || m === Mode.GenEnd ? Arrived.Raised : Arrived.Value;
        default: {
          const w0 = i32[r + 1] as number;
          const w1 = i32[r + 2] as number;
          const w2 = i32[r + 3] as number;
          // what the record refers to must outlive its removal
          keepWords(vm, value, w0, w1, w2);
          popRec(vm);
          const next =
            m === Mode.Raise ? linkRaise(vm, kind, value, w0, w1, w2) : linkValue(vm, kind, m, value, w0, w1, w2);
          if (next === Word.Call) {
            if (((i32[(i32[ts + (TsOff.Rec >> 2)] as number) >> 2] as number) & 0xff) <= Rec.GenFrame)
              return Arrived.Frame;
            throw new InternalError('a link pushed no frame');
          }
          if (next === Word.Wait) raiseMsg(vm, Ty.RuntimeError, 'a call that blocks is not possible here');
          if (next === Word.Sentinel) {
            m = Mode.GenEnd;
            value = Word.None;
          } else {
            m = vm.nextMode;
            value = next;
          }
          vm.nextMode = Mode.Return;
        }
      }
    } catch (e) {
      if (!(e instanceof PyRaise)) throw e;
      if (below < floor) floor = below;
      m = Mode.Raise;
      value = e.exc;
    }
  }
}

/** The frame resumes as prepared: nothing is pushed. Only when the record below is a frame. */
const RESUMED = Word.Call;

function keepWords(vm: Vm, a: Obj, b: number, c: number, d: number): void {
  if (isPtr(a)) vm.keep(a);
  if (isPtr(b)) vm.keep(b);
  if (isPtr(c)) vm.keep(c);
  if (isPtr(d)) vm.keep(d);
}

/** StopIteration instance with `value` (None: without). */
function stopIteration(vm: Vm, value: Obj): Obj {
  try {
    if (value === Word.None) raiseType(vm, Ty.StopIteration);
    raiseArg(vm, Ty.StopIteration, value);
  } catch (e) {
    if (e instanceof PyRaise) return e.exc;
    throw e;
  }
}

/** The code state of the frame that is now topmost. */
function topFrame(vm: Vm): Addr {
  const rec = vm.i32[(vm.ts + TsOff.Rec) >> 2] as number;
  if (((vm.i32[rec >> 2] as number) & 0xff) > Rec.GenFrame) throw new InternalError('link record is not above a frame');
  return vm.i32[(rec >> 2) + 1] as number;
}

/** A value, yield or end of generator arrives at a link record (already popped). */
function linkValue(vm: Vm, kind: Rec, mode: Mode, v: Obj, w0: number, w1: number, w2: number): Obj {
  switch (kind) {
    case Rec.ForIter: {
      const cs = topFrame(vm);
      if (mode === Mode.GenEnd || (mode === Mode.Return && v === Word.Null)) leaveLoop(vm, cs, w0);
      else pushValue(vm, cs, v);
      return RESUMED;
    }
    case Rec.NextOrNull:
      return mode === Mode.GenEnd ? Word.Null : v;
    case Rec.Next:
      if (mode !== Mode.GenEnd && v !== Word.Null) return v;
      if (w0 === Word.Null) return raiseStop(vm, mode === Mode.GenEnd ? v : stopArgument(vm));
      if (mode === Mode.GenEnd && w0 === vm.image.endIteration) vm.setRoot(Root.StopArg, v);
      return w0;
    case Rec.GenResume:
      if (w0 === GenOp.Close) {
        if (mode === Mode.Yield) raiseMsg(vm, Ty.RuntimeError, 'generator ignored GeneratorExit');
        return Word.None;
      }
      return mode === Mode.GenEnd ? raiseStop(vm, v) : v;
    case Rec.YieldFrom:
      // a ROM function behind `__next__` answers Null at the end
      if (mode === Mode.Return && v === Word.Null) return yieldFromValue(vm, Mode.GenEnd, Word.None, w0);
      return yieldFromValue(vm, w1 !== 0 && mode === Mode.Return ? Mode.GenEnd : mode, v, w0);
    // @quick-begin
    case Rec.Gather:
      return mode === Mode.GenEnd ? gathered(vm, w0, w1) : gatherNext(vm, w0, w1, w2, v);
    // @quick-end
    default:
      break;
  }
  if (mode === Mode.GenEnd) return raiseStop(vm, v);
  switch (kind) {
    case Rec.Args:
      return v;
    case Rec.HeapArgs:
      vm.heap.free(w0);
      return v;
    case Rec.Discard:
      return discard(vm);
    case Rec.Replace:
      return w0;
    case Rec.LoadMethod: {
      const cs = topFrame(vm);
      pushValue(vm, cs, v);
      pushValue(vm, cs, Word.Null);
      return RESUMED;
    }
    case Rec.Jump: {
      const cs = topFrame(vm);
      if ((v === Word.True) === ((w1 & 1) !== 0)) vm.i32[(cs + CsOff.Ip) >> 2] = w0;
      else if ((w1 & 2) !== 0) vm.i32[(cs + CsOff.Sp) >> 2] = (vm.i32[(cs + CsOff.Sp) >> 2] as number) - 4;
      return RESUMED;
    }
    case Rec.Retry: {
      const cs = topFrame(vm);
      vm.i32[((vm.i32[(cs + CsOff.Sp) >> 2] as number) - w1) >> 2] = v;
      if (w2 !== 0) vm.i32[v >> 2] = OWN_LIST;
      vm.i32[(cs + CsOff.Ip) >> 2] = w0;
      return RESUMED;
    }
    case Rec.Truth:
      return truth(v, w0, w1);
    case Rec.Binary:
      if (v === vm.image.notImplemented || v === Word.Null) return binaryNext(vm, w0, w1, w2);
      return w0 === BinaryOp.Contains ? tailBool(vm, v) : v;
    case Rec.Equality:
      return equality(vm, v, w0, w1, w2);
    case Rec.GetattrDefault:
      return v;
    case Rec.HasAttr:
      return Word.True;
    case Rec.UnaryResult:
      return unaryResult(vm, v, w0);
    case Rec.New:
      return finishNew(vm, v, w0, w1, w2);
    case Rec.Init:
      return finishInit(vm, v, w0, w1, w2);
    case Rec.ClassBody:
      return finishClassBody(vm, v, w0, w1, w2);
    case Rec.ClassCell:
      return storeClassCell(vm, v, w0);
    case Rec.Module:
    case Rec.Exec:
      vm.i32[(vm.ts + TsOff.Globals) >> 2] = w0;
      vm.i32[(vm.ts + TsOff.Locals) >> 2] = w1;
      return kind === Rec.Module ? w2 : v;
    case Rec.Scheduled:
      unlockScheduler(vm);
      return resumeInterrupted(vm);
    case Rec.IterStack:
      vm.i32[w0 >> 2] = 0;
      vm.i32[(w0 >> 2) + 1] = v;
      return discard(vm);
    case Rec.Enter: {
      const cs = topFrame(vm);
      pushExcBlock(vm, cs, w0, vm.i32[(cs + CsOff.Sp) >> 2] as number, true);
      return v;
    }
    case Rec.WithExit:
      return withExit(vm, v);
    case Rec.Native:
      return (vm.fns[w0] as LinkFn)(vm, v, w1, w2);
    default:
      throw new InternalError(`value at link record of kind ${kind}`);
  }
}

/** An exception arrives at a link record (already popped). */
function linkRaise(vm: Vm, kind: Rec, exc: Obj, w0: number, w1: number, w2: number): Obj {
  switch (kind) {
    case Rec.ForIter: {
      if (!isStopIteration(vm, exc)) break;
      const cs = topFrame(vm);
      leaveLoop(vm, cs, w0);
      return RESUMED;
    }
    case Rec.NextOrNull:
      if (isStopIteration(vm, exc)) return Word.Null;
      break;
    case Rec.Next:
      if (w0 !== Word.Null && isStopIteration(vm, exc)) {
        if (w0 === vm.image.endIteration) vm.setRoot(Root.StopArg, exceptionValue(vm, exc));
        return w0;
      }
      break;
    case Rec.GenResume:
      if (w0 === GenOp.Close && exceptionMatch(vm, exc, Ty.GeneratorExit)) return Word.None;
      break;
    case Rec.YieldFrom: {
      const cs = topFrame(vm);
      const at = (cs + CsOff.Sp) >> 2;
      if (isStopIteration(vm, exc)) {
        vm.i32[(vm.i32[at] as number) >> 2] = exceptionValue(vm, exc);
        return RESUMED;
      }
      vm.i32[at] = (vm.i32[at] as number) - 4;
      break;
    }
    case Rec.GetattrDefault:
      if (exceptionMatch(vm, exc, Ty.AttributeError)) {
        const member = accessorOf(vm, w1, w2);
        return member === Word.Null ? w0 : member;
      }
      break;
    case Rec.HasAttr:
      if (exceptionMatch(vm, exc, Ty.AttributeError)) return newBool(accessorOf(vm, w1, w2) !== Word.Null);
      break;
    case Rec.HeapArgs:
      vm.heap.free(w0);
      break;
    case Rec.ClassBody:
      vm.i32[(vm.ts + TsOff.Locals) >> 2] = w2;
      break;
    case Rec.Module:
    case Rec.Exec:
      vm.i32[(vm.ts + TsOff.Globals) >> 2] = w0;
      vm.i32[(vm.ts + TsOff.Locals) >> 2] = w1;
      break;
    case Rec.Scheduled:
      unlockScheduler(vm);
      printException(vm, vm.stdout, exc);
      return resumeInterrupted(vm);
    default:
      break;
  }
  vm.nextMode = Mode.Raise;
  return exc;
}

function raiseStop(vm: Vm, v: Obj): never {
  if (v === Word.None) raiseType(vm, Ty.StopIteration);
  raiseArg(vm, Ty.StopIteration, v);
}

/** What ended the iterator inside the one that has just ended; None when nothing did. */
function stopArgument(vm: Vm): Obj {
  const value = vm.root(Root.StopArg);
  return value === Word.Null ? Word.None : value;
}

/** The opcode that caused the call pushes no value. */
function discard(vm: Vm): Obj {
  const rec = vm.i32[(vm.ts + TsOff.Rec) >> 2] as number;
  const kind = (vm.i32[rec >> 2] as number) & 0xff;
  return kind <= Rec.GenFrame ? RESUMED : Word.None;
}

/** After a scheduled callback: what it interrupted goes on, a waiting native by being entered again. */
function resumeInterrupted(vm: Vm): Obj {
  noteCalledBack(vm);
  popWaiting(vm);
  return discard(vm);
}

/** Takes a Waiting record off the top, so that the native under it can go on waiting with its words. */
export function popWaiting(vm: Vm): void {
  const i32 = vm.i32;
  const ts = vm.ts >> 2;
  const rec = (i32[ts + (TsOff.Rec >> 2)] as number) >> 2;
  if (rec === 0 || ((i32[rec] as number) & 0xff) !== Rec.Waiting) return;
  // who waited for its own code has not begun
  i32[ts + (TsOff.Waiting >> 2)] = i32[rec + 1] === WaitFor.Part ? 0 : 1;
  i32[ts + (TsOff.Wait0 >> 2)] = i32[rec + 1] as number;
  i32[ts + (TsOff.Wait1 >> 2)] = i32[rec + 2] as number;
  i32[ts + (TsOff.Wait2 >> 2)] = i32[rec + 3] as number;
  popRec(vm);
}

function truth(v: Obj, invert: number, op: number): Obj {
  let t: boolean;
  if (v === Word.True) t = true;
  else if (v === Word.False) t = false;
  else t = op === UnaryOp.Len && v !== Word.Zero;
  return t !== (invert !== 0) ? Word.True : Word.False;
}

function equality(vm: Vm, v: Obj, w0: number, a: Obj, b: Obj): Obj {
  const op = w0 & 0xff;
  const step = w0 >> 8;
  if (v === vm.image.notImplemented || v === Word.Null) return tailEquality(vm, op, a, b, step + 1);
  if (op === BinaryOp.Equal || (step & 1) === 0) return v;
  return tailBool(vm, v, true);
}

function unaryResult(vm: Vm, v: Obj, op: number): Obj {
  if (op === UnaryOp.Hash) {
    if ((v & 1) !== 0) return v;
    return (getIntTruncated(vm, v) << 1) | 1;
  }
  if (op === UnaryOp.IntMaybe && !isInt(vm, v)) raiseTypeError(vm, '');
  return v;
}

function yieldFromValue(vm: Vm, mode: Mode, v: Obj, exitThrown: number): Obj {
  const cs = topFrame(vm);
  const at = (cs + CsOff.Sp) >> 2;
  if (mode === Mode.GenEnd) {
    vm.i32[(vm.i32[at] as number) >> 2] = v;
    if (exitThrown !== 0) {
      vm.nextMode = Mode.Raise;
      return exitThrown;
    }
    return RESUMED;
  }
  yieldOuter(vm, cs, v);
  vm.nextMode = Mode.Yield;
  return v;
}

/** Leaves the running generator frame at a yield. */
export function suspendGenerator(vm: Vm, cs: Addr): void {
  vm.i32[(cs - GenOff.CodeState + GenOff.PendExc) >> 2] = Word.None;
  leaveFrame(vm);
}

/** Marks a generator as finished after an exception; StopIteration turns into RuntimeError. */
function failGenerator(vm: Vm, cs: Addr, exc: Obj): Obj {
  vm.i32[(cs + CsOff.Ip) >> 2] = 0;
  vm.i32[(cs - GenOff.CodeState + GenOff.PendExc) >> 2] = Word.None;
  if (isStopIteration(vm, exc)) return vm.keep(newExceptionText(vm, Ty.RuntimeError, 'generator raised StopIteration'));
  return exc;
}

/** `__exit__` answered for an exception, which is the top value: a true answer replaces it by None. */
function withExit(vm: Vm, v: Obj): Obj {
  if (v !== Word.True && v !== Word.False) {
    pushRec(vm, Rec.WithExit, 0, 0, 0);
    return tailBool(vm, v);
  }
  const cs = topFrame(vm);
  if (v === Word.True) vm.i32[(vm.i32[(cs + CsOff.Sp) >> 2] as number) >> 2] = Word.None;
  return RESUMED;
}

/** Activates an exception handler of a frame. `isFinally`: it was set up by SETUP_WITH or SETUP_FINALLY. */
export function pushExcBlock(vm: Vm, cs: Addr, handler: Addr, valSp: Addr, isFinally: boolean): void {
  const c = cs >> 2;
  const counts = vm.i32[c + (CsOff.NState >> 2)] as number;
  const excSp = counts >>> 16;
  const e = (cs + CsOff.State + (counts & 0xffff) * 4 + excSp * ExcEntryOff.Size) >> 2;
  vm.i32[e] = handler;
  vm.i32[e + 1] = valSp | (isFinally ? 2 : 0);
  vm.i32[e + 2] = 0;
  vm.i32[c + (CsOff.NState >> 2)] = counts + 0x10000;
}

/**
 * Looks for a handler of `exc` in a frame. The code state's `ip` must point behind the first byte of the instruction
 * that raised. Adds the traceback entry. False: the frame has no handler.
 */
export function catchInFrame(vm: Vm, cs: Addr, exc: Obj): boolean {
  const i32 = vm.i32;
  const c = cs >> 2;
  const ip = (i32[c + (CsOff.Ip >> 2)] as number) - 1;
  vm.setRoot(Root.CurException, exc);
  addTraceback(vm, cs, ip, exc);
  const counts = i32[c + (CsOff.NState >> 2)] as number;
  const nState = counts & 0xffff;
  let excSp = counts >>> 16;
  const entries = cs + CsOff.State + nState * 4;
  while (excSp > 0) {
    const e = (entries + (excSp - 1) * ExcEntryOff.Size) >> 2;
    const handler = i32[e] as number;
    if (handler > ip) {
      i32[c + (CsOff.NState >> 2)] = nState | (excSp << 16);
      i32[c + (CsOff.Ip >> 2)] = handler;
      const sp = ((i32[e + 1] as number) & ~3) + 4;
      i32[e + 2] = exc;
      i32[sp >> 2] = exc;
      i32[c + (CsOff.Sp >> 2)] = sp;
      return true;
    }
    excSp--;
  }
  i32[c + (CsOff.NState >> 2)] = nState;
  return false;
}
