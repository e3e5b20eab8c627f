/**
 * The rarer halves of opcodes, out of line so that the loop's own bytecode stays small. Each function says which opcode it
 * belongs to.
 */
import { leaveFrame, tailCall } from './call.js';
import { OWN_LIST } from './call-var.js';
import { CsOff, DictOff, ExcEntryOff, GenOff, RecOff, Root, TsOff } from './layout.js';
import { Arrived, deliver, Mode } from './link.js';
import { LoopExit } from './loop-exit.js';
import { dictGetQstr, dictStore, ensureNotFixed, mapFindQstr, mapRemove } from './map.js';
import { exceptionMatch, isStopIteration, newExceptionText } from './obj/exception.js';
import { makeRaisable, resumeGenerator } from './obj/generator.js';
import { cachedMember } from './obj/class-cache.js';
import { superLookup } from './obj/super.js';
import { listAppend, newList, newListFrom } from './obj/list.js';
import { stackIterBuf } from './obj/seq.js';
import { setStore } from './obj/set.js';
import { Q } from './q.js';
import { PyRaise, raise, raiseArg, raiseFormat, raiseMsg } from './raise.js';
import { growBody, popRec, pushRec, Rec } from './records.js';
import { getIter, isLeafIterable, iterate, iterNext, loadMethodMaybe, typeFlags, typeNameOf } from './runtime.js';
import { callNext, raiseNoAttribute, tailCall1, tailCall2, tailCallMethod, tailLoadMethodMaybe } from './tail.js';
import type { IternextFn, UnaryOpFn } from './rom/define.js';
import { Op, UnaryOp } from '@tsmp-internal/bytecode';
import { Ty, TypeFlag, TypeOff } from './types.js';
import { type Addr, newQstrObj, newSmallInt, type Obj, type Qstr, Word } from './words.js';
import type { Vm } from './vm.js';

export function unboundLocal(vm: Vm): never {
  raiseMsg(vm, Ty.NameError, 'local variable referenced before assignment');
}

/** LOAD_NAME. `key` is a qstr object. */
export function loadName(vm: Vm, key: Obj): Obj {
  const locals = vm.i32[(vm.ts + TsOff.Locals) >> 2] as number;
  if (locals !== (vm.i32[(vm.ts + TsOff.Globals) >> 2] as number)) {
    const v = dictGetQstr(vm, locals, key);
    if (v !== Word.Null) return v;
  }
  return loadGlobal(vm, key);
}

/** LOAD_GLOBAL. `key` is a qstr object. */
export function loadGlobal(vm: Vm, key: Obj): Obj {
  const slot = mapFindQstr(vm, (vm.i32[(vm.ts + TsOff.Globals) >> 2] as number) + DictOff.Map, key);
  if (slot !== 0) return vm.i32[(slot >> 2) + 1] as number;
  const override = vm.root(Root.BuiltinsOverride);
  if (override !== 0) {
    const v = dictGetQstr(vm, override, key);
    if (v !== Word.Null) return v;
  }
  const b = mapFindQstr(vm, vm.image.builtinsDict + DictOff.Map, key);
  if (b !== 0) return vm.i32[(b >> 2) + 1] as number;
  raiseFormat(vm, Ty.NameError, "name '%q' isn't defined", vm.qstrText(key >>> 3));
}

/** LOAD_BUILD_CLASS. */
export function loadBuildClass(vm: Vm): Obj {
  const override = vm.root(Root.BuiltinsOverride);
  const own = override === 0 ? Word.Null : dictGetQstr(vm, override, newQstrObj(Q.__build_class__));
  return own === Word.Null ? vm.image.buildClass : own;
}

function deleteFrom(vm: Vm, dict: Obj, key: Obj): void {
  ensureNotFixed(vm, dict);
  if (mapRemove(vm, dict + DictOff.Map, key) === 0) raiseArg(vm, Ty.KeyError, key);
}
/** DELETE_NAME. */
export function deleteName(vm: Vm, key: Obj): void {
  deleteFrom(vm, vm.i32[(vm.ts + TsOff.Locals) >> 2] as number, key);
}
/** DELETE_GLOBAL. */
export function deleteGlobal(vm: Vm, key: Obj): void {
  deleteFrom(vm, vm.i32[(vm.ts + TsOff.Globals) >> 2] as number, key);
}

/** LOAD_SUPER_METHOD: `super().attr` without making the super object; result in `dest0`, `dest1`. */
export function loadSuperMethod(vm: Vm, attr: Qstr, type: Obj, self: Obj): void {
  vm.dest0 = Word.Null;
  vm.dest1 = Word.Null;
  if (vm.typeOf(type) !== Ty.Type) raiseMsg(vm, Ty.TypeError, '');
  superLookup(vm, type, self, attr);
  if (vm.dest0 === Word.Null)
    raiseFormat(vm, Ty.AttributeError, "'%s' object has no attribute '%q'", 'super', vm.qstrText(attr));
}

/** Truth of a value for a jump: 1, 0, or −1 when Python code must be asked. */
export function truthOf(vm: Vm, o: Obj): number {
  if ((o & 1) !== 0) return o === Word.Zero ? 0 : 1;
  if ((o & 7) === 2) return o === Word.EmptyStr ? 0 : 1;
  if ((o & 3) !== 0) return o === Word.True ? 1 : 0;
  const type = vm.i32[o >> 2] as number;
  if ((typeFlags(vm, type) & TypeFlag.InstanceType) !== 0) return -1;
  const slot = vm.i32[(type + TypeOff.UnaryOp) >> 2] as number;
  if (slot === 0) return 1;
  const fn = vm.fns[slot - 1] as UnaryOpFn;
  let r = fn(vm, UnaryOp.Bool, o);
  if (r !== Word.Null) return r === Word.True ? 1 : 0;
  r = fn(vm, UnaryOp.Len, o);
  return r === Word.Zero ? 0 : 1;
}

/** STORE_COMP: adds to the collection of a comprehension, of kind 0 list, 1 dict, 2 set. Code from outside may have put anything there. */
export function storeComp(vm: Vm, into: Obj, kind: number, item: Obj, value: Obj): void {
  const type = (into & 3) === 0 ? (vm.i32[into >> 2] as number) : 0;
  if (kind === 0 && type === Ty.List) listAppend(vm, into, item);
  else if (kind === 1) storeMap(vm, into, item, value);
  else if (kind === 2 && type === Ty.Set) setStore(vm, into, item);
  else raiseMsg(vm, Ty.TypeError, 'unsupported type for operator');
}

/** STORE_MAP: adds to the dict that a literal builds. */
export function storeMap(vm: Vm, dict: Obj, key: Obj, value: Obj): void {
  const type = (dict & 3) === 0 ? (vm.i32[dict >> 2] as number) : 0;
  if (type !== Ty.Dict && type !== Ty.OrderedDict) raiseMsg(vm, Ty.TypeError, 'unsupported type for operator');
  dictStore(vm, dict, key, value);
}

/** FOR_ITER: the iterator that a comprehension was given. Code from outside may have given it anything. */
export function iteratorIn(vm: Vm, o: Obj): Obj {
  if ((o & 3) === 0 && o !== Word.Null) {
    const type = vm.i32[o >> 2] as number;
    if ((vm.i32[(type + TypeOff.Iternext) >> 2] as number) !== 0) return o;
    if ((typeFlags(vm, type) & TypeFlag.LeafIter) === 0) return o;
  }
  raiseFormat(vm, Ty.TypeError, "'%s' object isn't an iterator", typeNameOf(vm, o));
}

/** FOR_ITER over an iterator that neither calls Python nor waits. */
export function nextLeaf(vm: Vm, type: Addr, iter: Obj): Obj {
  return (vm.fns[(vm.i32[(type + TypeOff.Iternext) >> 2] as number) - 1] as IternextFn)(vm, iter);
}
/** FOR_ITER over any other iterator. */
export function nextOf(vm: Vm, type: Addr, iter: Obj): Obj {
  const slot = vm.i32[(type + TypeOff.Iternext) >> 2] as number;
  return slot !== 0 ? (vm.fns[slot - 1] as IternextFn)(vm, iter) : callNext(vm, iter);
}

/**
 * SETUP_WITH. Puts `__exit__` and its self on the stack in place of the context manager (the code state's `Sp` is updated) and
 * calls `__enter__`; the handler becomes active when that has returned.
 */
export function enterWith(vm: Vm, cs: Addr, handler: Addr): Obj {
  const at = (cs + CsOff.Sp) >> 2;
  const sp = (vm.i32[at] as number) >> 2;
  const mgr = vm.i32[sp] as number;
  loadMethodMaybe(vm, mgr, Q.__exit__);
  if (vm.dest0 === Word.Null) raiseNoAttribute(vm, mgr, Q.__exit__);
  const exit = vm.keep(vm.dest0);
  const exitSelf = vm.keep(vm.dest1);
  loadMethodMaybe(vm, mgr, Q.__enter__);
  if (vm.dest0 === Word.Null) raiseNoAttribute(vm, mgr, Q.__enter__);
  const enter = vm.dest0;
  const enterSelf = vm.dest1;
  pushRec(vm, Rec.Enter, handler, 0, 0);
  const r = tailCallMethod(vm, enter, enterSelf, Word.Null, Word.Null);
  // the opcode is run again after a wait
  if (r === Word.Wait) return r;
  vm.i32[sp] = exit;
  vm.i32[sp + 1] = exitSelf;
  vm.i32[at] = (sp + 1) << 2;
  return r;
}

/** WITH_CLEANUP: calls `__exit__(type, exc, None)`. */
export function callExit(vm: Vm, exit: Obj, self: Obj, type: Obj, exc: Obj): Obj {
  pushRec(vm, Rec.Args, 0, 0, 0);
  const n = self === Word.Null ? 3 : 4;
  const at = growBody(vm, n * 4);
  let w = at >> 2;
  if (n === 4) vm.i32[w++] = self;
  vm.i32[w] = type;
  vm.i32[w + 1] = exc;
  vm.i32[w + 2] = Word.None;
  return tailCall(vm, exit, n, 0, at);
}

/** Drops a finally handler that is being run: the values it left on the stack go, the one below stays on top. */
function cancelActiveFinally(vm: Vm, sp: number): number {
  const i32 = vm.i32;
  const below = i32[sp - 1] as number;
  if ((below & 1) !== 0) {
    // stack: …, data, cause, X → …, X
    i32[sp - 2] = i32[sp] as number;
    return sp - 2;
  }
  // stack: …, None or exception, X → …, X
  i32[sp - 1] = i32[sp] as number;
  return sp - 1;
}
/** No code lies below the core types. */
const FIRST_TARGET = 0x100;

/** The destination of an UNWIND_JUMP as a word that no instruction makes: code from outside cannot have END_FINALLY jump anywhere. */
export function unwindTarget(ip: Addr): number {
  return (ip << 3) | 6;
}

/**
 * UNWIND_JUMP: `break` or `continue` out of try blocks and loops. The stack's top is the destination. Answers the next ip: a finally
 * handler that must run first, or the destination.
 */
export function unwindJump(vm: Vm, cs: Addr, ip: Addr, count: number): Addr {
  const i32 = vm.i32;
  const c = cs >> 2;
  const spAt = c + (CsOff.Sp >> 2);
  let sp = (i32[spAt] as number) >> 2;
  let unum = count;
  while ((unum & 0x7f) > 0) {
    unum--;
    const counts = i32[c + (CsOff.NState >> 2)] as number;
    const e = (cs + CsOff.State + (counts & 0xffff) * 4 + ((counts >>> 16) - 1) * ExcEntryOff.Size) >> 2;
    if (((i32[e + 1] as number) & 2) !== 0) {
      if ((i32[e] as number) >= ip) {
        i32[++sp] = newSmallInt(unum);
        i32[spAt] = sp << 2;
        return i32[e] as number;
      }
      sp = cancelActiveFinally(vm, sp);
    }
    i32[c + (CsOff.NState >> 2)] = counts - 0x10000;
    vm.setRoot(Root.CurException, 0);
  }
  const target = i32[sp--] as number;
  // None, False and True are the immediate words below
  if ((target & 7) !== 6 || target >>> 3 < FIRST_TARGET) raiseMsg(vm, Ty.RuntimeError, 'bad unwinding');
  if (unum !== 0) sp -= 4;
  i32[spAt] = sp << 2;
  return target >>> 3;
}

/** RETURN_VALUE inside try blocks: answers the ip of a finally handler that must run first, or 0. */
export function unwindReturn(vm: Vm, cs: Addr, ip: Addr): Addr {
  const i32 = vm.i32;
  const c = cs >> 2;
  const spAt = c + (CsOff.Sp >> 2);
  let sp = (i32[spAt] as number) >> 2;
  for (;;) {
    const counts = i32[c + (CsOff.NState >> 2)] as number;
    if (counts >>> 16 === 0) break;
    const e = (cs + CsOff.State + (counts & 0xffff) * 4 + ((counts >>> 16) - 1) * ExcEntryOff.Size) >> 2;
    if (((i32[e + 1] as number) & 2) !== 0) {
      if ((i32[e] as number) >= ip) {
        // loop iterators may lie between the handler's values and the result: they go
        const at = ((i32[e + 1] as number) >> 2) + 1;
        i32[at] = i32[sp] as number;
        i32[at + 1] = newSmallInt(-1);
        i32[spAt] = (at + 1) << 2;
        return i32[e] as number;
      }
      sp = cancelActiveFinally(vm, sp);
    }
    i32[c + (CsOff.NState >> 2)] = counts - 0x10000;
    vm.setRoot(Root.CurException, 0);
  }
  i32[spAt] = sp << 2;
  return 0;
}

/** RETURN_VALUE in its general form: leaves the frame and hands the value on. False: the run is over. */
export function returnValue(vm: Vm, v: Obj): boolean {
  const rec = (vm.i32[(vm.ts + TsOff.Rec) >> 2] as number) >> 2;
  const isGen = ((vm.i32[rec] as number) & 0xff) === Rec.GenFrame;
  const cs = vm.i32[rec + 1] as number;
  vm.keep(v);
  if (isGen) {
    vm.i32[(cs + CsOff.Ip) >> 2] = 0;
    vm.i32[(cs - GenOff.CodeState + GenOff.PendExc) >> 2] = Word.None;
  }
  leaveFrame(vm);
  if (v === Word.None && !isGen) {
    // the usual end of `__init__`: the instance goes to the frame that asked for it
    const init = (vm.i32[(vm.ts + TsOff.Rec) >> 2] as number) >> 2;
    const below = init - ((vm.i32[init] as number) >>> 8);
    if (((vm.i32[init] as number) & 0xff) === Rec.Init && ((vm.i32[below] as number) & 0xff) <= Rec.GenFrame) {
      const o = vm.i32[init + 1] as number;
      if (cachedMember(vm, vm.i32[o >> 2] as number, Q.__new__) === Word.Null) {
        const copy = vm.i32[init + 3] as number;
        if (copy !== 0) vm.heap.free(copy);
        popRec(vm);
        const at = ((vm.i32[below + 1] as number) + CsOff.Sp) >> 2;
        const sp = (vm.i32[at] as number) + 4;
        vm.i32[sp >> 2] = o;
        vm.i32[at] = sp;
        return true;
      }
    }
  }
  return deliver(vm, isGen ? Mode.GenEnd : Mode.Return, v) === Arrived.Frame;
}

/**
 * YIELD_VALUE's fast path: the generator runs for a `for` loop right below. Leaves the generator's frame, pushes the value for
 * the loop; false when something else is below.
 */
export function yieldToLoop(vm: Vm, cs: Addr, v: Obj): boolean {
  const i32 = vm.i32;
  const ts = vm.ts >> 2;
  const rec = (i32[ts + (TsOff.Rec >> 2)] as number) >> 2;
  const link = rec - ((i32[rec] as number) >>> 8);
  if (((i32[link] as number) & 0xff) !== Rec.ForIter) return false;
  const loop = link - ((i32[link] as number) >>> 8);
  if (((i32[loop] as number) & 0xff) > Rec.GenFrame) return false;
  i32[(cs - GenOff.CodeState + GenOff.PendExc) >> 2] = Word.None;
  i32[ts + (TsOff.Globals >> 2)] = i32[(cs + CsOff.OldGlobals) >> 2] as number;
  i32[ts + (TsOff.Fp >> 2)] = i32[rec + 2] as number;
  i32[ts + (TsOff.Depth >> 2)] = i32[rec + 3] as number;
  i32[ts + (TsOff.Top >> 2)] = link << 2;
  i32[ts + (TsOff.Rec >> 2)] = loop << 2;
  const at = ((i32[rec + 2] as number) + CsOff.Sp) >> 2;
  const sp = (i32[at] as number) + 4;
  i32[sp >> 2] = v;
  i32[at] = sp;
  return true;
}

/**
 * An exception came out of an instruction of the frame at word `fp`, whose record is `rec`; its registers are saved. Python's are handed to
 * what is to handle them, false when that ends the run; others are thrown on.
 */
export function recover(vm: Vm, e: unknown, fp: number, rec: Addr): boolean {
  const { i32, heap } = vm;
  const ts = vm.ts >> 2;
  if (!(e instanceof PyRaise)) throw e;
  heap.logTop = heap.logBase;
  vm.keep(e.exc);
  i32[ts + (TsOff.Fp >> 2)] = fp << 2;
  i32[ts + (TsOff.Depth >> 2)] = (i32[(rec >> 2) + 3] as number) + vm.profile.stack.call;
  i32[ts + (TsOff.Inject >> 2)] = 0;
  i32[ts + (TsOff.Waiting >> 2)] = 0;
  return deliver(vm, Mode.Raise, e.exc, rec) === Arrived.Frame;
}

/** The run ended in `deliver`: which way. */
export function runEnd(vm: Vm): LoopExit {
  return vm.lastArrived === Arrived.Raised ? LoopExit.Raised : LoopExit.Value;
}

/** RAISE_LAST: the exception being handled. */
export function lastRaised(vm: Vm, cs: Addr): Obj {
  const counts = vm.i32[(cs + CsOff.NState) >> 2] as number;
  for (let i = (counts >>> 16) - 1; i >= 0; i--) {
    const e = (cs + CsOff.State + (counts & 0xffff) * 4 + i * ExcEntryOff.Size) >> 2;
    const prev = vm.i32[e + 2] as number;
    if (prev !== 0) return prev;
  }
  return newExceptionText(vm, Ty.RuntimeError, 'no active exception to reraise');
}

/** RAISE_OBJ, RAISE_FROM: the instance to raise. */
export function raisedBy(vm: Vm, sp: Addr, isFrom: boolean): Obj {
  let at = sp >> 2;
  if (isFrom) {
    if (vm.i32[at] !== Word.None) vm.warn('exception chaining not supported');
    at--;
  }
  return makeRaisable(vm, vm.i32[at] as number);
}

/** Goes on with an exception for which the running frame has no handler. False: the run is over. */
export function unwind(vm: Vm, exc: Obj): boolean {
  const rec = (vm.i32[(vm.ts + TsOff.Rec) >> 2] as number) >> 2;
  const cs = vm.i32[rec + 1] as number;
  const isGen = ((vm.i32[rec] as number) & 0xff) === Rec.GenFrame;
  vm.keep(exc);
  leaveFrame(vm);
  let out = exc;
  if (isGen) {
    vm.i32[(cs + CsOff.Ip) >> 2] = 0;
    vm.i32[(cs - GenOff.CodeState + GenOff.PendExc) >> 2] = Word.None;
    if (isStopIteration(vm, exc)) out = newExceptionText(vm, Ty.RuntimeError, 'generator raised StopIteration');
  }
  return deliver(vm, Mode.Raise, out) === Arrived.Frame;
}

/** The exception waiting to be raised, which is taken out. */
export function takePending(vm: Vm): Obj {
  const at = (vm.ts + TsOff.Pending) >> 2;
  const exc = vm.i32[at] as number;
  vm.i32[at] = 0;
  return exc;
}

/**
 * UNPACK_SEQUENCE, UNPACK_EX. `sp`: address of the operand, whose slot and those above take the items in reverse. None when done,
 * otherwise Call or a list that the opcode then runs again on (through its Retry record).
 */
export function unpack(vm: Vm, sp: Addr, arg: number, isEx: boolean, opIp: Addr): Obj {
  const i32 = vm.i32;
  const seq = i32[sp >> 2] as number;
  const type = vm.typeOf(seq);
  if (type !== Ty.Tuple && type !== Ty.List && type !== OWN_LIST) {
    if (isLeafIterable(vm, seq)) return isEx ? unpackExLeaf(vm, sp, arg) : unpackLeaf(vm, sp, arg);
    pushRec(vm, Rec.Retry, opIp, 0, 1);
    if (isEx) return tailCall1(vm, vm.addrOf(vm.image.helpers.toList), seq);
    return tailCall2(vm, vm.addrOf(vm.image.helpers.take), seq, newSmallInt(arg + 1));
  }
  const len = type === Ty.Tuple ? (i32[(seq >> 2) + 1] as number) : (i32[(seq >> 2) + 2] as number);
  const items = type === Ty.Tuple ? (seq >> 2) + 2 : (i32[(seq >> 2) + 3] as number) >> 2;
  const out = sp >> 2;
  if (!isEx) {
    if (len < arg) raiseTooFew(vm, len);
    if (len > arg) raiseTooMany(vm, arg);
    for (let i = 0; i < arg; i++) i32[out + i] = i32[items + arg - 1 - i] as number;
    if (type === OWN_LIST) freeOwnList(vm, seq);
    return Word.None;
  }
  const left = arg & 0xff;
  const right = (arg >> 8) & 0xff;
  if (len < left + right) raiseTooFew(vm, len);
  const rest = newListFrom(vm, len - left - right, (items + left) << 2);
  // the operand is the topmost root of the items: it is overwritten last
  for (let i = left - 1; i >= 0; i--) i32[out + right + 1 + i] = i32[items + left - 1 - i] as number;
  const lastRight = right > 0 ? (i32[items + len - 1] as number) : rest;
  for (let i = right - 1; i > 0; i--) i32[out + i] = i32[items + len - 1 - i] as number;
  i32[out + right] = rest;
  i32[out] = lastRight;
  if (type === OWN_LIST) freeOwnList(vm, seq);
  return Word.None;
}

function raiseTooFew(vm: Vm, len: number): never {
  raiseFormat(vm, Ty.ValueError, 'need more than %d values to unpack', String(len));
}
function raiseTooMany(vm: Vm, expected: number): never {
  raiseFormat(vm, Ty.ValueError, 'too many values to unpack (expected %d)', String(expected));
}

/** Gives back the list that stood in for an iterable. Its items are on the stack. */
function freeOwnList(vm: Vm, list: Obj): void {
  vm.heap.free(vm.i32[(list >> 2) + 3] as number);
  vm.heap.free(list);
}

/** UNPACK_SEQUENCE of what runs no Python code: the items go where they belong at once. */
function unpackLeaf(vm: Vm, sp: Addr, n: number): Obj {
  const iter = getIter(vm, vm.i32[sp >> 2] as number, stackIterBuf(vm));
  const out = sp >> 2;
  // the operand's slot is the last to be written
  for (let i = 0; i < n; i++) {
    const x = iterNext(vm, iter);
    if (x === Word.Null) raiseTooFew(vm, i);
    vm.i32[out + n - 1 - i] = x;
  }
  if (iterNext(vm, iter) !== Word.Null) raiseTooMany(vm, n);
  popRec(vm);
  return Word.None;
}

/** UNPACK_EX of what runs no Python code. */
function unpackExLeaf(vm: Vm, sp: Addr, arg: number): Obj {
  const { i32 } = vm;
  const left = arg & 0xff;
  const right = (arg >> 8) & 0xff;
  const out = sp >> 2;
  const iter = getIter(vm, i32[out] as number, 0);
  for (let i = 0; i < left; i++) {
    const x = iterNext(vm, iter);
    if (x === Word.Null) raiseTooFew(vm, i);
    // the operand goes when the rest is known
    if (left - i + right > 0) i32[out + left + right - i] = x;
  }
  const rest = newList(vm, 0);
  const mark = vm.heap.logTop;
  for (let x = iterate(vm, iter, mark); x !== Word.Null; x = iterate(vm, iter, mark)) listAppend(vm, rest, x);
  const n = i32[(rest >> 2) + 2] as number;
  if (n < right) raiseTooFew(vm, left);
  const items = ((i32[(rest >> 2) + 3] as number) >> 2) + n - right;
  i32[out + right] = rest;
  for (let i = 0; i < right; i++) {
    i32[out + right - 1 - i] = i32[items + i] as number;
    i32[items + i] = Word.Null;
  }
  i32[(rest >> 2) + 2] = n - right;
  return Word.None;
}

/**
 * YIELD_FROM: resumes the iterator `iter` with `send` or with the exception `thrown`. The frame's `Ip` is behind the opcode and
 * its `Sp` at the iterator. False: the run is over.
 */
export function yieldFrom(vm: Vm, iter: Obj, send: Obj, thrown: Obj): boolean {
  const type = vm.typeOf(iter);
  const exitThrown = thrown !== 0 && exceptionMatch(vm, thrown, Ty.GeneratorExit) ? makeRaisable(vm, thrown) : 0;
  pushRec(vm, Rec.YieldFrom, exitThrown, exitThrown !== 0 && type !== Ty.Generator ? 1 : 0, 0);
  let r: Obj;
  let mode = Mode.Yield;
  if (type === Ty.Generator) {
    r = resumeGenerator(vm, iter, thrown === 0 ? send : Word.None, thrown);
    // @quick-begin
    if (r === Word.Call) r = resumeInner(vm);
    // @quick-end
  } else if (thrown === 0 && send === Word.None && vm.i32[(type + TypeOff.Iternext) >> 2] !== 0) {
    r = (vm.fns[(vm.i32[(type + TypeOff.Iternext) >> 2] as number) - 1] as IternextFn)(vm, iter);
    if (r === Word.Null) {
      r = Word.None;
      mode = Mode.GenEnd;
    }
  } else {
    r = resumeObject(vm, iter, send, thrown);
    mode = Mode.Return;
  }
  if (r === Word.Call) return true;
  if (r === Word.Sentinel) {
    r = Word.None;
    mode = Mode.GenEnd;
  }
  return deliver(vm, mode, r) === Arrived.Frame;
}

/** While the generator that was resumed is at a YIELD_FROM over another one itself, that is resumed at once. */
function resumeInner(vm: Vm): Obj {
  const i32 = vm.i32;
  const ts = vm.ts >> 2;
  let r: Obj = Word.Call;
  while (r === Word.Call && i32[ts + (TsOff.Inject >> 2)] === 0) {
    const c = (i32[ts + (TsOff.Fp >> 2)] as number) >> 2;
    const ip = i32[c + (CsOff.Ip >> 2)] as number;
    if (vm.u8[ip] !== Op.YieldFrom) break;
    const sp = i32[c + (CsOff.Sp >> 2)] as number;
    const send = i32[sp >> 2] as number;
    const inner = i32[(sp >> 2) - 1] as number;
    // what raises does so where the opcode is run
    if (send !== Word.None || vm.typeOf(inner) !== Ty.Generator) break;
    if (i32[(inner + GenOff.PendExc) >> 2] !== Word.None) break;
    if ((i32[ts + (TsOff.Depth >> 2)] as number) + vm.profile.stack.call > vm.profile.stack.limit) break;
    if ((i32[ts + (TsOff.Top >> 2)] as number) + 2 * RecOff.Size > vm.stackEnd) break;
    i32[c + (CsOff.Ip >> 2)] = ip + 1;
    i32[c + (CsOff.Sp >> 2)] = sp - 4;
    vm.budget = (vm.budget - 1) | 0;
    pushRec(vm, Rec.YieldFrom, 0, 0, 0);
    r = resumeGenerator(vm, inner, send, 0);
  }
  return r;
}

/** YIELD_FROM over an object that is no generator: its `__next__`, `send`, `throw` or `close`. */
function resumeObject(vm: Vm, iter: Obj, send: Obj, thrown: Obj): Obj {
  if (thrown === 0) {
    if (send === Word.None) {
      tailLoadMethodMaybe(vm, iter, Q.__next__);
      if (vm.dest0 !== Word.Null) return tailCallMethod(vm, vm.dest0, vm.dest1, Word.Null, Word.Null);
    }
    tailLoadMethodMaybe(vm, iter, Q.send);
    if (vm.dest0 === Word.Null) raiseNoAttribute(vm, iter, Q.send);
    return tailCallMethod(vm, vm.dest0, vm.dest1, send, Word.Null);
  }
  const exit = exceptionMatch(vm, thrown, Ty.GeneratorExit);
  loadMethodMaybe(vm, iter, exit ? Q.close : Q.throw);
  if (vm.dest0 !== Word.Null) return tailCallMethod(vm, vm.dest0, vm.dest1, exit ? Word.Null : thrown, Word.Null);
  if (exceptionMatch(vm, thrown, Ty.StopIteration))
    raise(newExceptionText(vm, Ty.RuntimeError, 'generator raised StopIteration'));
  raise(makeRaisable(vm, thrown));
}
