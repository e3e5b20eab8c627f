/**
 * What translated functions call: leaving for the loop, calling other frames, and the slow halves of opcodes.
 *
 * A translated function answers how it ended:
 *   0      another frame is to be run, or this one from where it says: the loop looks at the topmost record
 *   1 … 4  a {@link LoopExit}: the run or the slice ends
 *
 * The helpers that may leave answer `Go` when the function can go on, otherwise what it must answer.
 */
import { BinaryOp } from '@tsmp-internal/bytecode';
import { callBuiltin, callBytecode, tailCall } from '../call.js';
import { prepareVarArgs } from '../call-var.js';
import { ContextOff, CsOff, DictOff, FunBcOff, GenOff, InstanceOff, MapFlag, RecOff, Root, TsOff } from '../layout.js';
import { Arrived, catchInFrame, deliver, Mode, pushExcBlock, suspendGenerator } from '../link.js';
import {
  deleteGlobal,
  deleteName,
  iteratorIn,
  loadBuildClass,
  loadGlobal,
  loadName,
  loadSuperMethod,
  nextLeaf,
  nextOf,
  raisedBy,
  returnValue,
  runEnd,
  storeComp,
  storeMap,
  truthOf,
  unboundLocal,
  unpack,
  unwind,
  yieldFrom,
  yieldToLoop,
} from '../loop-help.js';
import { LoopExit } from '../loop-exit.js';
import { dictStore, mapFind, mapFindQstr, newDict } from '../map.js';
import { cachedMember } from '../obj/class-cache.js';
import { newClosure } from '../obj/closure.js';
import { binaryFloat } from '../obj/float.js';
import { newFunction } from '../obj/function.js';
import { resumeGenerator } from '../obj/generator.js';
import { loadInstanceMethod, storeInstanceAttr } from '../obj/instance-attr.js';
import { newInt, smallIntBinary } from '../obj/int.js';
import { newListFrom } from '../obj/list.js';
import { newSetFrom } from '../obj/set.js';
import { newSlice } from '../obj/slice.js';
import { newTupleFrom } from '../obj/tuple.js';
import { PyRaise } from '../raise.js';
import { pushRec, Rec, unwindTo } from '../records.js';
import { typeFlags } from '../runtime.js';
import {
  raiseNoAttribute,
  tailBinaryOp,
  tailGetIter,
  tailLoadAttr,
  tailLoadMethodMaybe,
  tailStoreAttr,
  tailSubscr,
  tailUnaryOp,
} from '../tail.js';
import { Ty, TypeFlag } from '../types.js';
import { type Addr, newQstrObj, type Obj, type Qstr, Word } from '../words.js';
import type { Vm } from '../vm.js';
import type { Jit } from './jit.js';
import { invoke, NO_UNIT, type Unit } from './unit.js';

/** The function goes on. */
export const Go = -1;
/** No position in a table: larger than any. */
export const NOWHERE = 0x3fff_ffff;
/** Instead of a value: the function ends with `vm.exit`. */
export const EXIT = Word.Sentinel;

/** One instruction that may leave the function, for the helpers that do it. */
export class Site {
  /** What a call here called last. */
  unit: Unit = NO_UNIT;
  /**
   * What LOAD_METHOD found here last: in objects of `type`, as long as `version` says ({@link methodVersion}) and their own
   * members, a table of `size`, do not have the name; `home`: where the search for it begins. LOAD_GLOBAL: the built-in `member`
   * that is not in globals of that size.
   */
  type: Obj = NOWHERE;
  version = 0;
  member: Obj = 0;
  size = 0;
  home = 0;
  constructor(
    readonly ip: Addr,
    /** The address behind it. */
    readonly next: Addr,
    /** Words from the code state up to the top value before it. */
    readonly sp: number,
    /** Operands that a result replaces. */
    readonly n: number,
  ) {}
}
/** Translated functions that may be under way at once: JavaScript's stack must hold them and 200 nested runs. */
const MAX_DEPTH = 120;

/** Stores where the frame is; the loop goes on with it, or with what is above it. */
export function out(vm: Vm, fp: number, ip: Addr, sp: number): number {
  vm.i32[fp + (CsOff.Ip >> 2)] = ip;
  vm.i32[fp + (CsOff.Sp >> 2)] = sp << 2;
  return 0;
}

/** The interpreter runs the opcode at `ip`, which is not translated, and what follows. */
export function bail(vm: Vm, fp: number, ip: Addr, sp: number, start: Addr): number {
  vm.unsynced = ip - start;
  vm.jit?.skipEntry();
  return out(vm, fp, ip, sp);
}

/** Runs the frame that is now topmost, above the one of record `rec`, which goes on at `ip` with its value. */
export function runAbove(vm: Vm, rec: Addr, fp: number, ip: Addr): number {
  const i32 = vm.i32;
  const ts = vm.ts >> 2;
  const jit = vm.jit;
  if (i32[ts + (TsOff.Rec >> 2)] === rec)
    return vm.budget > 0 && !vm.attention && i32[fp + (CsOff.Ip >> 2)] === ip ? Go : 0;
  if (vm.budget <= 0 || vm.attention || jit === null || jit.depth >= MAX_DEPTH || i32[ts + (TsOff.Inject >> 2)] !== 0)
    return 0;
  const entry = jit.enter((i32[ts + (TsOff.Fp >> 2)] as number) >> 2);
  if (entry < 0) return 0;
  jit.depth++;
  const x = invoke(jit.fn, entry);
  jit.depth--;
  if (x !== 0) return x;
  if (i32[ts + (TsOff.Rec >> 2)] !== rec || i32[fp + (CsOff.Ip >> 2)] !== ip) return 0;
  return vm.budget <= 0 || vm.attention ? 0 : Go;
}

/**
 * CALL_FUNCTION of a translated function whose arguments need no binding: as `callBytecode` and {@link runAbove}, in one. `args`: word index
 * of the first.
 */
function callUnit(vm: Vm, unit: Unit, fun: Obj, args: number, rec: Addr, fp: number, ip: Addr): number {
  const i32 = vm.i32;
  const ts = vm.ts >> 2;
  const jit = vm.jit as Jit;
  const top = i32[ts] as number;
  const d = i32[ts + (TsOff.Depth >> 2)] as number;
  if (jit.depth >= MAX_DEPTH || top + unit.frameBytes > vm.stackEnd || d + vm.callCost > vm.stackLimit) {
    callBytecode(vm, fun, unit.nArgs, 0, args << 2, 0, 0);
    return runAbove(vm, rec, fp, ip);
  }
  const r = top >> 2;
  const c = r + 4;
  i32[r] = Rec.Frame | (((top - rec) >> 2) << 8);
  i32[r + 1] = c << 2;
  i32[r + 2] = fp << 2;
  i32[r + 3] = d;
  i32[c] = fun;
  i32[c + 1] = unit.start;
  i32[c + 2] = (c << 2) + CsOff.State - 4;
  i32[c + 3] = unit.nState;
  i32[c + 4] = i32[ts + (TsOff.Globals >> 2)] as number;
  const end = (top + unit.frameBytes) >> 2;
  for (let i = c + 5; i < end; i++) i32[i] = 0;
  const local0 = c + 4 + unit.nState;
  for (let i = unit.nArgs - 1; i >= 0; i--) i32[local0 - i] = i32[args + i] as number;
  i32[ts] = top + unit.frameBytes;
  i32[ts + (TsOff.Rec >> 2)] = top;
  i32[ts + (TsOff.Fp >> 2)] = c << 2;
  i32[ts + (TsOff.Globals >> 2)] = i32[
    ((i32[(fun + FunBcOff.Context) >> 2] as number) + ContextOff.Globals) >> 2
  ] as number;
  i32[ts + (TsOff.Depth >> 2)] = d + vm.callCost;
  if (vm.budget <= 0 || vm.attention) return 0;
  jit.depth++;
  const x = invoke(unit.fn, 0);
  jit.depth--;
  if (x !== 0) return x;
  if (i32[ts + (TsOff.Rec >> 2)] !== rec || i32[fp + (CsOff.Ip >> 2)] !== ip) return 0;
  return vm.budget <= 0 || vm.attention ? 0 : Go;
}

/** The translation of `fun`, if {@link callUnit} can call it with `nArgs` arguments; else one that is no function's. */
function unitOf(vm: Vm, fun: Obj, nArgs: number): Unit {
  return (vm.jit as Jit).simpleUnit(vm.i32[(fun + FunBcOff.Bytecode) >> 2] as number, nArgs);
}

/**
 * FOR_ITER over a generator: as {@link forNext} and {@link leave}. `exit`: where the loop goes on after the last value; `start`: first byte not
 * yet charged.
 */
function resumeFor(
  vm: Vm,
  gen: Obj,
  exit: Addr,
  rec: Addr,
  fp: number,
  ip: Addr,
  opIp: Addr,
  sp: number,
  start: Addr,
): number {
  const i32 = vm.i32;
  const ts = vm.ts >> 2;
  const jit = vm.jit as Jit;
  const c = (gen + GenOff.CodeState) >> 2;
  const top = i32[ts] as number;
  const d = i32[ts + (TsOff.Depth >> 2)] as number;
  const at = i32[c + (CsOff.Sp >> 2)] as number;
  if (
    i32[c + (CsOff.Ip >> 2)] === 0 ||
    i32[(gen + GenOff.PendExc) >> 2] !== Word.None ||
    jit.depth >= MAX_DEPTH ||
    top + 2 * RecOff.Size > vm.stackEnd ||
    d + vm.callCost > vm.stackLimit
  ) {
    pushRec(vm, Rec.ForIter, exit, 0, 0);
    return leave(vm, fp, rec, resumeGenerator(vm, gen, Word.None, 0), 0, ip, opIp, sp, start);
  }
  out(vm, fp, ip, sp);
  vm.budget = (vm.budget - (ip - start)) | 0;
  if (at !== (c << 2) + CsOff.State - 4) i32[at >> 2] = Word.None;
  i32[(gen + GenOff.PendExc) >> 2] = Word.Null;
  i32[c + (CsOff.OldGlobals >> 2)] = i32[ts + (TsOff.Globals >> 2)] as number;
  const r = top >> 2;
  i32[r] = Rec.ForIter | (((top - rec) >> 2) << 8);
  i32[r + 1] = exit;
  i32[r + 2] = 0;
  i32[r + 3] = 0;
  i32[r + 4] = Rec.GenFrame | ((RecOff.Size >> 2) << 8);
  i32[r + 5] = c << 2;
  i32[r + 6] = fp << 2;
  i32[r + 7] = d;
  i32[ts] = top + 2 * RecOff.Size;
  i32[ts + (TsOff.Rec >> 2)] = top + RecOff.Size;
  i32[ts + (TsOff.Globals >> 2)] = i32[
    ((i32[((i32[c] as number) + FunBcOff.Context) >> 2] as number) + ContextOff.Globals) >> 2
  ] as number;
  i32[ts + (TsOff.Depth >> 2)] = d + vm.callCost;
  i32[ts + (TsOff.Fp >> 2)] = c << 2;
  if (vm.budget <= 0 || vm.attention) return 0;
  const entry = jit.enter(c);
  if (entry < 0) return 0;
  jit.depth++;
  const x = invoke(jit.fn, entry);
  jit.depth--;
  if (x !== 0) return x;
  if (i32[ts + (TsOff.Rec >> 2)] !== rec || i32[fp + (CsOff.Ip >> 2)] !== ip) return 0;
  return vm.budget <= 0 || vm.attention ? 0 : Go;
}

/**
 * An operation ended in something else than a plain value: Call, Wait, the end of a generator, or a value for the records it left.
 * `n`: operands to pop from `sp`; a value is on the stack when the function goes on.
 */
function leave(
  vm: Vm,
  fp: number,
  rec: Addr,
  r: Obj,
  n: number,
  ip: Addr,
  opIp: Addr,
  sp: number,
  start: Addr,
): number {
  const i32 = vm.i32;
  const ts = vm.ts >> 2;
  if (r === Word.Wait) {
    unwindTo(vm, rec);
    out(vm, fp, opIp, sp);
    vm.budget = (vm.budget - (opIp - start)) | 0;
    pushRec(
      vm,
      Rec.Waiting,
      i32[ts + (TsOff.Wait0 >> 2)] as number,
      i32[ts + (TsOff.Wait1 >> 2)] as number,
      i32[ts + (TsOff.Wait2 >> 2)] as number,
    );
    return LoopExit.Waiting;
  }
  out(vm, fp, ip, sp - n);
  vm.budget = (vm.budget - (ip - start)) | 0;
  if (r === Word.Call) return runAbove(vm, rec, fp, ip);
  const mode = r === Word.Sentinel ? Mode.GenEnd : Mode.Return;
  if (deliver(vm, mode, r === Word.Sentinel ? Word.None : r) !== Arrived.Frame) return runEnd(vm);
  if (i32[ts + (TsOff.Rec >> 2)] !== rec || i32[fp + (CsOff.Ip >> 2)] !== ip) return 0;
  return vm.budget <= 0 || vm.attention ? 0 : Go;
}

/** {@link leave} at a site. */
export function leaveAt(vm: Vm, site: Site, fp: number, rec: Addr, start: Addr, r: Obj): number {
  return leave(vm, fp, rec, r, site.n, site.next, site.ip, fp + site.sp, start);
}

/**
 * The value of an operation that answered `r`, or {@link EXIT}. `vm.start` is then the first byte not yet charged. The value is on the stack
 * only if it came through records.
 */
export function valueAt(vm: Vm, site: Site, fp: number, rec: Addr, start: Addr, r: Obj): Obj {
  if (((r & 3) !== 0 || r > 15 || r <= 0) && vm.i32[(vm.ts + TsOff.Rec) >> 2] === rec) {
    vm.start = start;
    return r;
  }
  const x = leaveAt(vm, site, fp, rec, start, r);
  if (x >= 0) {
    vm.exit = x;
    return EXIT;
  }
  vm.start = site.next;
  return vm.i32[fp + site.sp - site.n + 1] as number;
}

/** Says in the frame where it is. */
function mark(vm: Vm, site: Site, fp: number): void {
  vm.i32[fp + (CsOff.Ip >> 2)] = site.next;
  vm.i32[fp + (CsOff.Sp >> 2)] = (fp + site.sp - site.n) << 2;
}

/** Charges what the frame used since `start`; nothing that the instruction made is needed any more. */
function spend(vm: Vm, site: Site, start: Addr): void {
  vm.budget = (vm.budget - (site.next - start)) | 0;
  vm.heap.logTop = vm.heap.logBase;
}
/** Before a call: what the frame used is charged, and it says where it is. */
function charge(vm: Vm, site: Site, fp: number, start: Addr): void {
  spend(vm, site, start);
  mark(vm, site, fp);
}

/** A binary operation that is none of two small ints. */
export function binaryAt(vm: Vm, site: Site, fp: number, rec: Addr, start: Addr, op: number, a: Obj, b: Obj): Obj {
  mark(vm, site, fp);
  if (vm.doubles && (a & b & 1) === 0) {
    const r = binaryFloat(vm, vm.f64, op, a, b);
    if (r !== 0) {
      vm.start = start;
      return r;
    }
  }
  return valueAt(vm, site, fp, rec, start, binary(vm, op, a, b));
}

/** The same for a comparison that decides a jump: True, False, or EXIT; another answer is left to the interpreter. */
export function compareAt(vm: Vm, site: Site, fp: number, rec: Addr, start: Addr, op: number, a: Obj, b: Obj): Obj {
  const r = binaryAt(vm, site, fp, rec, start, op, a, b);
  if (r === Word.True || r === Word.False || r === EXIT) return r;
  vm.i32[fp + site.sp - 1] = r;
  vm.exit = bail(vm, fp, site.next, fp + site.sp - 1, vm.start);
  return EXIT;
}

/** LOAD_ATTR in general; `vm.position` is where the member is for the cache. */
export function attrAt(vm: Vm, site: Site, fp: number, rec: Addr, start: Addr, o: Obj, attr: Qstr): Obj {
  mark(vm, site, fp);
  const at = memberPosition(vm, o, newQstrObj(attr));
  if (at !== NOWHERE) {
    vm.position = at;
    vm.start = start;
    return vm.i32[((vm.i32[(o >> 2) + 3] as number) >> 2) + at * 2 + 1] as number;
  }
  const v = valueAt(vm, site, fp, rec, start, tailLoadAttr(vm, o, attr));
  vm.position = NOWHERE;
  return v;
}

/** STORE_ATTR in general: `Go` or how to end. */
export function storeAttrAt(
  vm: Vm,
  site: Site,
  fp: number,
  rec: Addr,
  start: Addr,
  o: Obj,
  attr: Qstr,
  value: Obj,
): number {
  mark(vm, site, fp);
  if (storeAttr(vm, o, attr, value, rec) === 0) {
    vm.position = memberPosition(vm, o, newQstrObj(attr));
    vm.start = start;
    return Go;
  }
  const x = leaveAt(vm, site, fp, rec, start, Word.Call);
  vm.position = NOWHERE;
  vm.start = site.next;
  return x;
}

/** A subscript whose time is charged: what raises charges it again. */
function subscrAt(vm: Vm, site: Site, start: Addr, o: Obj, index: Obj, value: Obj): Obj {
  try {
    return tailSubscr(vm, o, index, value);
  } catch (e) {
    vm.budget = (vm.budget + (site.next - start)) | 0;
    throw e;
  }
}

/** LOAD_SUBSCR of anything but an item of a list. */
export function itemAt(vm: Vm, site: Site, fp: number, rec: Addr, start: Addr, o: Obj, index: Obj): Obj {
  const i32 = vm.i32;
  if ((o & 3) === 0) {
    const type = i32[o >> 2] as number;
    if (type === Ty.Dict) {
      mark(vm, site, fp);
      const v = dictItem(vm, o, index);
      vm.start = start;
      if (v !== 0) return v;
    } else if ((index & 1) !== 0) {
      vm.start = start;
      let at = index >> 1;
      if (type === Ty.Tuple) {
        const n = i32[(o >> 2) + 1] as number;
        if (at < 0) at += n;
        if (at >= 0 && at < n) return i32[(o >> 2) + 2 + at] as number;
      } else if (type === Ty.Bytearray || type === Ty.Bytes) {
        const n = i32[(o >> 2) + 2] as number;
        if (at < 0) at += n;
        if (at >= 0 && at < n) return ((vm.u8[(i32[(o >> 2) + 3] as number) + at] as number) << 1) | 1;
      } else if (type === Ty.List) {
        const n = i32[(o >> 2) + 2] as number;
        if (at < 0) at += n;
        if (at >= 0 && at < n) return i32[((i32[(o >> 2) + 3] as number) >> 2) + at] as number;
      }
    }
  }
  mark(vm, site, fp);
  // subscripts of native objects may be the bus, which reads the clock
  vm.budget = (vm.budget - (site.next - start)) | 0;
  return valueAt(vm, site, fp, rec, site.next, subscrAt(vm, site, start, o, index, Word.Sentinel));
}

/** STORE_SUBSCR of anything but an item of a list: `Go` or how to end. */
export function storeItemAt(
  vm: Vm,
  site: Site,
  fp: number,
  rec: Addr,
  start: Addr,
  o: Obj,
  index: Obj,
  value: Obj,
): number {
  const i32 = vm.i32;
  if ((o & 3) === 0 && value !== 0) {
    vm.start = start;
    const type = i32[o >> 2] as number;
    if ((index & 1) !== 0 && (type === Ty.List || (type === Ty.Bytearray && (value & 1) !== 0))) {
      const n = i32[(o >> 2) + 2] as number;
      let at = index >> 1;
      if (at < 0) at += n;
      if (at >= 0 && at < n) {
        const items = i32[(o >> 2) + 3] as number;
        if (type === Ty.List) i32[(items >> 2) + at] = value;
        else vm.u8[items + at] = value >> 1;
        return Go;
      }
    } else if (type === Ty.Dict) {
      mark(vm, site, fp);
      dictStore(vm, o, index, value);
      vm.start = start;
      return Go;
    }
  }
  mark(vm, site, fp);
  vm.budget = (vm.budget - (site.next - start)) | 0;
  pushRec(vm, Rec.Discard, 0, 0, 0);
  const r = subscrAt(vm, site, start, o, index, value) === Word.Call ? Word.Call : 0;
  if (r === 0) unwindTo(vm, rec);
  const x = r === 0 ? Go : leaveAt(vm, site, fp, rec, site.next, r);
  vm.start = site.next;
  return x;
}

/**
 * CALL_FUNCTION and CALL_METHOD without keywords: `Go` when the result is on the stack. `args`: word index of the first of `nArgs`
 * arguments. What was used from `start` on is charged; the caller counts on from behind the call.
 */
export function callAt(
  vm: Vm,
  site: Site,
  fp: number,
  rec: Addr,
  start: Addr,
  fun: Obj,
  nArgs: number,
  args: number,
): number {
  const i32 = vm.i32;
  charge(vm, site, fp, start);
  const type = (fun & 3) === 0 ? (i32[fun >> 2] as number) : 0;
  if (type === Ty.Function) {
    const unit = site.unit;
    if (unit.code === i32[(fun + FunBcOff.Bytecode) >> 2] && unit.nArgs === nArgs)
      return callUnit(vm, unit, fun, args, rec, fp, site.next);
    site.unit = unitOf(vm, fun, nArgs);
    callBytecode(vm, fun, nArgs, 0, args << 2, 0, 0);
    return runAbove(vm, rec, fp, site.next);
  }
  const r =
    type >= Ty.Fun0 && type <= Ty.Funvar
      ? callBuiltin(vm, type, fun, nArgs, 0, args << 2)
      : tailCall(vm, fun, nArgs, 0, args << 2);
  if (((r & 3) !== 0 || r > 15 || r <= 0) && i32[(vm.ts + TsOff.Rec) >> 2] === rec) {
    i32[fp + site.sp - site.n + 1] = r;
    return Go;
  }
  return leaveAt(vm, site, fp, rec, site.next, r);
}

/** The same with keywords. */
export function callKwAt(
  vm: Vm,
  site: Site,
  fp: number,
  rec: Addr,
  start: Addr,
  fun: Obj,
  nArgs: number,
  nKw: number,
  args: number,
): number {
  charge(vm, site, fp, start);
  const r = callOther(vm, fun, nArgs, nKw, args << 2);
  if (((r & 3) !== 0 || r > 15 || r <= 0) && vm.i32[(vm.ts + TsOff.Rec) >> 2] === rec) {
    vm.i32[fp + site.sp - site.n + 1] = r;
    return Go;
  }
  return leaveAt(vm, site, fp, rec, site.next, r);
}

/**
 * What was thrown in a translated function whose frame has the address of the failing instruction's end in `Ip`. `Go`: the frame goes on where
 * its `Ip` says now.
 */
export function raised(
  vm: Vm,
  e: unknown,
  fp: number,
  rec: Addr,
  start: Addr,
  nesting: number,
  logBase: number,
): number {
  const i32 = vm.i32;
  const ts = vm.ts >> 2;
  vm.budget = (vm.budget - ((i32[fp + (CsOff.Ip >> 2)] as number) - start)) | 0;
  vm.nested = nesting;
  vm.heap.logBase = logBase;
  if (!(e instanceof PyRaise)) throw e;
  vm.heap.logTop = logBase;
  vm.keep(e.exc);
  i32[ts + (TsOff.Fp >> 2)] = fp << 2;
  i32[ts + (TsOff.Depth >> 2)] = (i32[(rec >> 2) + 3] as number) + vm.profile.stack.call;
  i32[ts + (TsOff.Inject >> 2)] = 0;
  i32[ts + (TsOff.Waiting >> 2)] = 0;
  if (deliver(vm, Mode.Raise, e.exc, rec) !== Arrived.Frame) return runEnd(vm);
  return i32[ts + (TsOff.Rec >> 2)] === rec && vm.budget > 0 && !vm.attention ? Go : 0;
}

/** RAISE_OBJ: `Go` when this frame has a handler, which its `Ip` says then. */
export function raiseHere(vm: Vm, fp: number, exc: Obj): number {
  if (catchInFrame(vm, fp << 2, exc)) return vm.budget > 0 && !vm.attention ? Go : 0;
  return unwind(vm, exc) ? 0 : runEnd(vm);
}

/** CALL_FUNCTION and CALL_METHOD of anything but a bytecode function. */
function callOther(vm: Vm, fun: Obj, nArgs: number, nKw: number, args: Addr): Obj {
  const type = (fun & 3) === 0 ? (vm.i32[fun >> 2] as number) : 0;
  if (type >= Ty.Fun0 && type <= Ty.Funvar) return callBuiltin(vm, type, fun, nArgs, nKw, args);
  return tailCall(vm, fun, nArgs, nKw, args);
}

/** CALL_FUNCTION_VAR_KW and CALL_METHOD_VAR_KW; `vm.varArgs` is −1 when the opcode has to run again. */
export function callVar(vm: Vm, arg: number, isMethod: boolean, base: Addr, sp: Addr, opIp: Addr): Obj {
  const args = prepareVarArgs(vm, arg, isMethod, base, sp, opIp);
  if (args === Word.Call) {
    vm.varArgs = -1;
    return args;
  }
  pushRec(vm, Rec.HeapArgs, args, 0, 0);
  const r = tailCall(vm, vm.i32[base >> 2] as number, vm.varArgs, vm.varKw, args);
  vm.varArgs = 0;
  return r;
}

/** RETURN_VALUE of a function that is no generator. */
export function returnAt(vm: Vm, site: Site, fp: number, rec: Addr, start: Addr, v: Obj): number {
  const i32 = vm.i32;
  const r = rec >> 2;
  const head = i32[r] as number;
  const below = r - (head >>> 8);
  if ((head & 255) !== Rec.Frame || ((i32[below] as number) & 255) > Rec.GenFrame)
    return returnAny(vm, site, fp, rec, start, v);
  const ts = vm.ts >> 2;
  spend(vm, site, start);
  i32[ts] = rec;
  give(vm, ts, fp, r, below, v);
  if (fp !== r + (RecOff.Size >> 2)) vm.heap.free(fp << 2);
  return 0;
}

/** RETURN_VALUE in general. */
export function returnAny(vm: Vm, site: Site, fp: number, _rec: Addr, start: Addr, v: Obj): number {
  spend(vm, site, start);
  vm.i32[fp + (CsOff.Ip >> 2)] = site.next;
  return returnValue(vm, v) ? 0 : runEnd(vm);
}

/** YIELD_VALUE. */
export function yieldAt(vm: Vm, site: Site, fp: number, rec: Addr, start: Addr, v: Obj): number {
  const i32 = vm.i32;
  const ts = vm.ts >> 2;
  const r = rec >> 2;
  i32[fp + (CsOff.Ip >> 2)] = site.next;
  i32[fp + (CsOff.Sp >> 2)] = (fp + site.sp) << 2;
  spend(vm, site, start);
  // as yieldToLoop: a for loop waits for the value
  const loop = r - ((i32[r] as number) >>> 8);
  const frame = loop - ((i32[loop] as number) >>> 8);
  if (((i32[loop] as number) & 255) === Rec.ForIter && ((i32[frame] as number) & 255) <= Rec.GenFrame) {
    i32[fp - ((GenOff.CodeState - GenOff.PendExc) >> 2)] = Word.None;
    i32[ts] = loop << 2;
    give(vm, ts, fp, r, frame, v);
    return 0;
  }
  if (yieldToLoop(vm, fp << 2, v)) return 0;
  suspendGenerator(vm, fp << 2);
  return deliver(vm, Mode.Yield, v) === Arrived.Frame ? 0 : runEnd(vm);
}

/** A frame, at word `fp` with its record at `r`, gives `v` to the one whose record is at word `to`. */
function give(vm: Vm, ts: number, fp: number, r: number, to: number, v: Obj): void {
  const i32 = vm.i32;
  const caller = i32[r + 2] as number;
  const sp = (caller + CsOff.Sp) >> 2;
  const top = (i32[sp] as number) + 4;
  i32[ts + (TsOff.Globals >> 2)] = i32[fp + (CsOff.OldGlobals >> 2)] as number;
  i32[ts + (TsOff.Fp >> 2)] = caller;
  i32[ts + (TsOff.Depth >> 2)] = i32[r + 3] as number;
  i32[ts + (TsOff.Rec >> 2)] = to << 2;
  i32[top >> 2] = v;
  i32[sp] = top;
}

/** YIELD_FROM: as {@link yieldValue}; runs the inner generator if it is topmost then. */
export function yieldInner(vm: Vm, iter: Obj, send: Obj): number {
  return yieldFrom(vm, iter, send, 0) ? 0 : runEnd(vm);
}

/** A binary operation by its general ways. */
function binary(vm: Vm, op: number, a: Obj, b: Obj): Obj {
  if ((a & b & 1) !== 0 && op > BinaryOp.ExceptionMatch) {
    const r = smallIntBinary(vm, op, a, b);
    if (r !== 0) return r;
  }
  return tailBinaryOp(vm, op, a, b);
}

/** LOAD_METHOD in general: true when `dest0` and `dest1` are set, false when a call is under way that answers them. */
function loadMethod(vm: Vm, o: Obj, attr: Qstr, rec: Addr): boolean {
  if (loadInstanceMethod(vm, o, attr)) return true;
  pushRec(vm, Rec.LoadMethod, 0, 0, 0);
  if (tailLoadMethodMaybe(vm, o, attr) === Word.Call) return false;
  unwindTo(vm, rec);
  if (vm.dest0 === 0) raiseNoAttribute(vm, o, attr);
  return true;
}

/** LOAD_METHOD: the function, with what goes with it in `vm.dest1`, or EXIT. */
export function methodAt(vm: Vm, site: Site, fp: number, rec: Addr, start: Addr, o: Obj, attr: Qstr): Obj {
  const i32 = vm.i32;
  const type = (o & 3) === 0 ? (i32[o >> 2] as number) : (o & 7) === 2 ? Ty.Str : 0;
  if (type === site.type) {
    const { version } = site;
    if (
      version === NATIVE ||
      (version === vm.classCache.version && isMissing(vm, (o >> 2) + 1, site, (attr << 3) | 2))
    ) {
      vm.dest1 = o;
      vm.start = start;
      return site.member;
    }
  }
  mark(vm, site, fp);
  if (!loadMethod(vm, o, attr, rec)) {
    const x = leaveAt(vm, site, fp, rec, start, Word.Call);
    vm.start = site.next;
    if (x < 0) {
      // the result of Python code came as function and Null
      vm.dest1 = i32[fp + site.sp + 1] as number;
      return i32[fp + site.sp] as number;
    }
    vm.exit = x;
    return EXIT;
  }
  vm.start = start;
  const fun = vm.dest0;
  const found = methodVersion(vm, o, attr, fun, vm.dest1);
  if (found !== 0) {
    site.type = type;
    site.version = found;
    site.member = fun;
    if (found !== NATIVE) noteMissing(vm, (o >> 2) + 1, site, (attr << 3) | 2);
  }
  return fun;
}

/** STORE_ATTR in general: 0 when it is done, Call when Python code does it. */
function storeAttr(vm: Vm, o: Obj, attr: Qstr, value: Obj, rec: Addr): Obj {
  if (storeInstanceAttr(vm, o, attr, value)) return 0;
  pushRec(vm, Rec.Discard, 0, 0, 0);
  if (tailStoreAttr(vm, o, attr, value) === Word.Call) return Word.Call;
  unwindTo(vm, rec);
  return 0;
}

/** The value under `index` in a dict, else 0. */
function dictItem(vm: Vm, o: Obj, index: Obj): Obj {
  const slot = mapFind(vm, o + DictOff.Map, index);
  return slot === 0 ? 0 : (vm.i32[(slot >> 2) + 1] as number);
}

/** GET_ITER_STACK: 0 when the iterator is on the stack, otherwise Call or Wait. */
export function getIterStack(vm: Vm, at: Addr, rec: Addr): Obj {
  const i32 = vm.i32;
  pushRec(vm, Rec.IterStack, at, 0, 0);
  const r = tailGetIter(vm, i32[at >> 2] as number, at);
  if (r === Word.Call || r === Word.Wait) return r;
  unwindTo(vm, rec);
  if (r !== at) {
    i32[at >> 2] = 0;
    i32[(at >> 2) + 1] = r;
  }
  return 0;
}

/**
 * FOR_ITER over anything but a range on the stack: the next value, Call, Wait or Sentinel; 0 is the end, unless the record that waits for it is
 * there: then it has to arrive there. `at`: the iterator's words.
 */
function forNext(vm: Vm, at: Addr, exit: Addr): Obj {
  const i32 = vm.i32;
  const iter = i32[at >> 2] === 0 ? iteratorIn(vm, i32[(at >> 2) + 1] as number) : at;
  const type = i32[iter >> 2] as number;
  if (type === Ty.ListIter) {
    const list = (i32[(iter >> 2) + 1] as number) >> 2;
    const n = i32[(iter >> 2) + 2] as number;
    if (n >= (i32[list + 2] as number)) return 0;
    i32[(iter >> 2) + 2] = n + 1;
    return i32[((i32[list + 3] as number) >> 2) + n] as number;
  }
  if (type !== Ty.Generator && (typeFlags(vm, type) & TypeFlag.LeafIter) !== 0) return nextLeaf(vm, type, iter);
  pushRec(vm, Rec.ForIter, exit, 0, 0);
  if (type === Ty.Generator) return resumeGenerator(vm, iter, Word.None, 0);
  return nextOf(vm, type, iter);
}

/** FOR_ITER over anything but a range on the stack: the next value, which is on the stack, 0 at the end, or EXIT. */
export function forAt(vm: Vm, site: Site, fp: number, rec: Addr, start: Addr, exit: Addr): Obj {
  const i32 = vm.i32;
  const at = fp + site.sp - 3;
  const gen = i32[at] === 0 ? (i32[at + 1] as number) : 0;
  let x: number;
  // a generator that is no local of a comprehension lies behind a Null
  if (gen !== 0 && (gen & 3) === 0 && i32[gen >> 2] === Ty.Generator) {
    mark(vm, site, fp);
    x = resumeFor(vm, gen, exit, rec, fp, site.next, site.ip, fp + site.sp, start);
  } else {
    mark(vm, site, fp);
    const r = forNext(vm, at << 2, exit);
    if (i32[(vm.ts + TsOff.Rec) >> 2] === rec && (r === 0 || (r & 3) !== 0 || r > 15 || r < 0)) {
      vm.start = start;
      if (r !== 0) i32[fp + site.sp + 1] = r;
      return r;
    }
    x = leaveAt(vm, site, fp, rec, start, r);
  }
  vm.start = site.next;
  if (x < 0) return i32[fp + site.sp + 1] as number;
  vm.exit = x;
  return EXIT;
}

/**
 * The position of a name in the table of a map of names, for the caches of attribute and global accesses; NOWHERE if it is not in it, or the
 * map is another kind.
 */
function positionOf(vm: Vm, map: Addr, key: Obj): number {
  const m = map >> 2;
  if (((vm.i32[m] as number) & (MapFlag.AllQstrs | MapFlag.Ordered)) !== MapFlag.AllQstrs) return NOWHERE;
  const slot = mapFindQstr(vm, map, key);
  return slot === 0 ? NOWHERE : (slot - (vm.i32[m + 2] as number)) >> 3;
}

/**
 * LOAD_GLOBAL of a name that is not where it was; `vm.position` is where it is in globals for the cache. `g`: word index of their
 * map.
 */
export function globalAt(vm: Vm, site: Site, g: number, key: Obj): Obj {
  const isOverridden = vm.i32[(vm.roots >> 2) + Root.BuiltinsOverride] !== 0;
  if (site.member !== 0 && !isOverridden && isMissing(vm, g, site, key)) {
    vm.position = NOWHERE;
    return site.member;
  }
  const v = loadGlobal(vm, key);
  vm.position = positionOf(vm, g << 2, key);
  if (vm.position === NOWHERE && !isOverridden) {
    site.member = v;
    noteMissing(vm, g, site, key);
  }
  return v;
}

/** Position of an instance's member, for the caches of LOAD_ATTR and STORE_ATTR; NOWHERE for other objects. */
function memberPosition(vm: Vm, o: Obj, key: Obj): number {
  if ((o & 3) !== 0 || (typeFlags(vm, vm.i32[o >> 2] as number) & TypeFlag.InstanceType) === 0) return NOWHERE;
  return positionOf(vm, o + InstanceOff.Members, key);
}

/** The version of what LOAD_METHOD finds in built-in types, which do not change. */
const NATIVE = -2;

/**
 * How long LOAD_METHOD `attr` of objects of `o`'s type finds `fun` and the object itself: as long as the version of classes is this and the
 * object has no such member, always for {@link NATIVE}; 0: one cannot say.
 */
function methodVersion(vm: Vm, o: Obj, attr: Qstr, fun: Obj, self: Obj): number {
  if (self !== o || o === 0) return 0;
  const type = vm.typeOf(o);
  const flags = typeFlags(vm, type) & (TypeFlag.InstanceType | TypeFlag.HasSpecialAccessors);
  if ((fun & 3) !== 0 || fun < 16) return 0;
  const mt = vm.i32[fun >> 2] as number;
  if (flags === 0) return type < vm.ramStart && mt >= Ty.Fun0 && mt <= Ty.Funvar ? NATIVE : 0;
  if (flags !== TypeFlag.InstanceType || cachedMember(vm, type, attr) !== fun) return 0;
  return mt === Ty.Function || mt === Ty.Closure || mt === Ty.GeneratorWrap ? vm.classCache.version : 0;
}
/** Notes at a site that the map at word `m` does not have `key`. */
function noteMissing(vm: Vm, m: number, site: Site, key: Obj): void {
  const size = vm.i32[m + 1] as number;
  site.size = size;
  site.home = size === 0 ? 0 : (vm.qstrs.hashes[key >>> 3] as number) % size;
}

/** Whether the map at word `m` is of names in a hash table of the size that the site notes, and does not have `key`. */
function isMissing(vm: Vm, m: number, site: Site, key: Obj): boolean {
  const i32 = vm.i32;
  const { size } = site;
  if (i32[m + 1] !== size || ((i32[m] as number) & (MapFlag.AllQstrs | MapFlag.Ordered)) !== MapFlag.AllQstrs)
    return false;
  const table = (i32[m + 2] as number) >> 2;
  for (let n = size, at = site.home; n > 0; n--) {
    const k = i32[table + at * 2] as number;
    if (k === 0) return true;
    if (k === key) return false;
    if (++at === size) at = 0;
  }
  return true;
}

/** STORE_NAME and STORE_GLOBAL. */
export function storeIn(vm: Vm, at: TsOff, attr: Qstr, value: Obj): void {
  dictStore(vm, vm.i32[(vm.ts + at) >> 2] as number, newQstrObj(attr), value);
}

/** BUILD_SLICE: `step` Null for slices of two. `reuse`: a subscript follows, which may take the slice in static RAM. */
export function buildSlice(vm: Vm, o: Obj, from: Obj, to: Obj, step: Obj, reuse: boolean): Obj {
  const i32 = vm.i32;
  if (reuse && vm.stackSlice !== 0 && (typeFlags(vm, vm.typeOf(o)) & TypeFlag.StackSlice) !== 0) {
    const s = vm.stackSlice;
    i32[(s >> 2) + 1] = from;
    i32[(s >> 2) + 2] = to;
    i32[(s >> 2) + 3] = step;
    return s;
  }
  return newSlice(vm, from, to, step);
}

/** SETUP_EXCEPT and SETUP_FINALLY. */
export function setupBlock(vm: Vm, fp: number, handler: Addr, sp: number, isFinally: boolean): void {
  pushExcBlock(vm, fp << 2, handler, sp << 2, isFinally);
}

/** The functions that translated code may name. */
export const SUPPORT = {
  attrAt,
  bail,
  binaryAt,
  buildSlice,
  callAt,
  callKwAt,
  callVar,
  compareAt,
  deleteGlobal,
  deleteName,
  forAt,
  getIterStack,
  globalAt,
  itemAt,
  leaveAt,
  methodAt,
  loadBuildClass,
  loadName,
  loadSuperMethod,
  newClosure,
  newDict,
  newFunction,
  newInt,
  newListFrom,
  newSetFrom,
  newTupleFrom,
  out,
  raised,
  raisedBy,
  raiseHere,
  returnAny,
  returnAt,
  runAbove,
  setupBlock,
  storeAttrAt,
  storeComp,
  storeIn,
  storeItemAt,
  storeMap,
  tailGetIter,
  tailUnaryOp,
  truthOf,
  unboundLocal,
  unpack,
  valueAt,
  yieldAt,
  yieldInner,
} as const;
