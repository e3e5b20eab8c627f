/**
 * Calls: binding arguments and pushing frames. Counterpart: py/objfun.c and py/bc.c.
 *
 * A call of a bytecode function pushes a Frame record with a code state behind it and answers Call; the loop then runs
 * that frame. Code states with more than eleven words of state live in the heap, as in MicroPython, and in the stack when
 * the heap has no room.
 */
import { moveWords } from './move.js';
import { ScopeFlag } from '@tsmp-internal/bytecode';
import { newBoundMeth } from './obj/bound-meth.js';
import { newCell } from './obj/closure.js';
import { dictStoreQstr, mapFind, newDict } from './map.js';
import { newTupleFrom } from './obj/tuple.js';
import {
  BoundMethOff,
  ClosureOff,
  ContextOff,
  CsOff,
  DictOff,
  FunBcOff,
  FunFixedOff,
  FunVarOff,
  GenOff,
  RecOff,
  TsOff,
} from './layout.js';
import { raiseFormat, raiseTypeError } from './raise.js';
import { growBody, popRec, pushRec, Rec, stackOverflow } from './records.js';
import { checkArgCount } from './runtime.js';
import type { CallFn, Fun0, Fun1, Fun2, Fun3, FunVar } from './rom/define.js';
import { Ty, TypeOff } from './types.js';
import { type Addr, newQstrObj, type Obj, qstrOfObj, Word } from './words.js';
import { typeNameOf } from './runtime.js';
import type { Vm } from './vm.js';

/** Words of state (locals, operands, exception entries) that a code state on the Python stack may have. */
const MAX_STATE_ON_STACK = 11 * 4;

/** The signature of the prelude last decoded; filled by {@link decodeSignature}. */
export const sig = { nState: 0, nExc: 0, flags: 0, nPos: 0, nKwonly: 0, nDef: 0, next: 0 };

/** Decodes the signature at `at`; `sig.next` is the address behind it. Encoding: see py/bc.h and docs. */
export function decodeSignature(u8: Uint8Array, at: Addr): void {
  let z = u8[at++] as number;
  let s = (z >> 3) & 15;
  let e = (z >> 2) & 1;
  let a = z & 3;
  let f = 0;
  let k = 0;
  let d = 0;
  for (let n = 0; (z & 0x80) !== 0 && n < 16; n++) {
    z = u8[at++] as number;
    s |= (z & 0x30) << (2 * n);
    e |= (z & 2) << n;
    f |= ((z & 0x40) >> 6) << n;
    a |= (z & 4) << n;
    k |= ((z & 8) >> 3) << n;
    d |= (z & 1) << n;
  }
  sig.nState = s + 1;
  sig.nExc = e;
  sig.flags = f;
  sig.nPos = a;
  sig.nKwonly = k;
  sig.nDef = d;
  sig.next = at;
}

/** Sizes of the two sections behind the signature; `sections.next` is the start of the source info. */
export const sections = { nInfo: 0, nCells: 0, next: 0 };
export function decodeSections(u8: Uint8Array, at: Addr): void {
  let c = 0;
  let i = 0;
  for (let n = 0; n < 6; n++) {
    const z = u8[at++] as number;
    c |= (z & 1) << n;
    i |= ((z & 0x7e) >> 1) << (6 * n);
    if ((z & 0x80) === 0) break;
  }
  sections.nInfo = i;
  sections.nCells = c;
  sections.next = at;
}

/** Name of a bytecode function (a qstr). */
export function functionName(vm: Vm, fun: Obj): number {
  decodeSignature(vm.u8, vm.i32[(fun + FunBcOff.Bytecode) >> 2] as number);
  decodeSections(vm.u8, sig.next);
  const table = vm.i32[((vm.i32[(fun + FunBcOff.Context) >> 2] as number) + ContextOff.Qstrs) >> 2] as number;
  return vm.u16[(table >> 1) + decodeUint(vm.u8, sections.next)] as number;
}

/** Where {@link decodeUint} stopped. */
export let uintEnd = 0;
export function decodeUint(u8: Uint8Array, at: Addr): number {
  let v = 0;
  let b: number;
  do {
    b = u8[at++] as number;
    v = (v << 7) | (b & 0x7f);
  } while ((b & 0x80) !== 0);
  uintEnd = at;
  return v;
}

export function wrongArgCount(vm: Vm, fun: Obj, expected: number, given: number): never {
  const name = vm.qstrText(functionName(vm, fun));
  raiseFormat(vm, Ty.TypeError, '%q() takes %d positional arguments but %d were given', name, expected, given);
}

/** Calls a bytecode function: pushes its frame. `prefix`: address of `nPrefix` words that come before the arguments. */
export function callBytecode(
  vm: Vm,
  fun: Obj,
  nArgs: number,
  nKw: number,
  args: Addr,
  prefix: Addr,
  nPrefix: number,
): Obj {
  const i32 = vm.i32;
  const ts = vm.ts >> 2;
  const code = i32[(fun + FunBcOff.Bytecode) >> 2] as number;
  // the common case, with nothing to bind but positional arguments: one byte of signature, one of sizes, no cells
  const z = vm.u8[code] as number;
  const sizes = vm.u8[code + 1] as number;
  if ((z & 0x80) === 0 && (sizes & 0x81) === 0 && nKw === 0 && nPrefix + nArgs === (z & 3)) {
    const n = ((z >> 3) & 15) + 1;
    const words = n + (z & 4 ? 3 : 0);
    const top = i32[ts] as number;
    const d = i32[ts + (TsOff.Depth >> 2)] as number;
    if (words <= 11 && top + 36 + 4 * words <= vm.stackEnd && d + vm.callCost <= vm.stackLimit) {
      const below = i32[ts + (TsOff.Rec >> 2)] as number;
      const r = top >> 2;
      const c = r + 4;
      i32[r] = Rec.Frame | (((top - below) >> 2) << 8);
      i32[r + 1] = c << 2;
      i32[r + 2] = i32[ts + (TsOff.Fp >> 2)] as number;
      i32[r + 3] = d;
      i32[c] = fun;
      i32[c + 1] = code + 2 + (sizes >> 1);
      i32[c + 2] = (c << 2) + CsOff.State - 4;
      i32[c + 3] = n;
      i32[c + 4] = i32[ts + (TsOff.Globals >> 2)] as number;
      const end = c + 5 + words;
      for (let i = c + 5; i < end; i++) i32[i] = 0;
      let l = c + 4 + n;
      for (let p = prefix >> 2, e = p + nPrefix; p < e; p++) i32[l--] = i32[p] as number;
      for (let p = args >> 2, e = p + nArgs; p < e; p++) i32[l--] = i32[p] as number;
      i32[ts] = end << 2;
      i32[ts + (TsOff.Rec >> 2)] = top;
      i32[ts + (TsOff.Fp >> 2)] = c << 2;
      i32[ts + (TsOff.Globals >> 2)] = i32[
        ((i32[(fun + FunBcOff.Context) >> 2] as number) + ContextOff.Globals) >> 2
      ] as number;
      i32[ts + (TsOff.Depth >> 2)] = d + vm.callCost;
      return Word.Call;
    }
  }
  decodeSignature(vm.u8, code);
  const s = sig;
  const depthAt = ts + (TsOff.Depth >> 2);
  const depth = i32[depthAt] as number;
  if (depth + vm.profile.stack.call > vm.profile.stack.limit) stackOverflow(vm);
  const stateBytes = s.nState * 4 + s.nExc * 12;
  const nState = s.nState;
  let cs = 0;
  if (stateBytes > MAX_STATE_ON_STACK) cs = vm.heap.alloc(CsOff.State + stateBytes);
  pushRec(vm, Rec.Frame, cs, i32[ts + (TsOff.Fp >> 2)] as number, depth);
  if (cs === 0) {
    cs = growBody(vm, CsOff.State + stateBytes);
    i32[((i32[ts + (TsOff.Rec >> 2)] as number) >> 2) + 1] = cs;
  }
  setupCodeState(vm, cs, fun, nState, nArgs, nKw, args, prefix, nPrefix);
  const c = cs >> 2;
  i32[c + (CsOff.OldGlobals >> 2)] = i32[ts + (TsOff.Globals >> 2)] as number;
  i32[ts + (TsOff.Globals >> 2)] = i32[
    ((i32[(fun + FunBcOff.Context) >> 2] as number) + ContextOff.Globals) >> 2
  ] as number;
  i32[depthAt] = depth + vm.profile.stack.call;
  i32[ts + (TsOff.Fp >> 2)] = cs;
  return Word.Call;
}

/** Makes the generator object of a generator function. */
export function newGenerator(
  vm: Vm,
  fun: Obj,
  nArgs: number,
  nKw: number,
  args: Addr,
  prefix: Addr,
  nPrefix: number,
): Obj {
  const code = vm.i32[(fun + FunBcOff.Bytecode) >> 2] as number;
  decodeSignature(vm.u8, code);
  const nState = sig.nState;
  const gen = vm.allocObj(GenOff.CodeState + CsOff.State + nState * 4 + sig.nExc * 12, Ty.Generator);
  vm.i32[(gen + GenOff.PendExc) >> 2] = Word.None;
  setupCodeState(vm, gen + GenOff.CodeState, fun, nState, nArgs, nKw, args, prefix, nPrefix);
  return gen;
}

/**
 * Binds arguments to the locals of a zero-filled code state and points it at its first instruction.
 * `sig` must hold the function's signature.
 */
function setupCodeState(
  vm: Vm,
  cs: Addr,
  fun: Obj,
  nState: number,
  nArgs: number,
  nKw: number,
  args: Addr,
  prefix: Addr,
  nPrefix: number,
): void {
  const i32 = vm.i32;
  const c = cs >> 2;
  i32[c] = fun;
  i32[c + (CsOff.Sp >> 2)] = cs + CsOff.State - 4;
  i32[c + (CsOff.NState >> 2)] = nState;
  decodeSections(vm.u8, sig.next);
  const nPos = sig.nPos;
  const nInfo = sections.nInfo;
  let nCells = sections.nCells;
  const info = sections.next;
  /** Word index of local 0; locals run down. */
  const local0 = c + (CsOff.State >> 2) + nState - 1;
  if (nPrefix + nArgs === nPos && (nKw | (sig.flags & ~ScopeFlag.Generator) | sig.nKwonly) === 0) {
    let l = local0;
    for (let p = prefix >> 2, e = p + nPrefix; p < e; p++) i32[l--] = i32[p] as number;
    for (let p = args >> 2, e = p + nArgs; p < e; p++) i32[l--] = i32[p] as number;
  } else {
    bindArgs(vm, fun, local0, nArgs, nKw, args, prefix, nPrefix, info);
  }
  let ip = info + nInfo;
  while (nCells-- > 0) {
    const l = local0 - (vm.u8[ip++] as number);
    i32[l] = newCell(vm, i32[l] as number);
  }
  i32[c + (CsOff.Ip >> 2)] = ip;
}

/** The general case: defaults, *args, keywords. `sig` holds the function's signature. */
function bindArgs(
  vm: Vm,
  fun: Obj,
  local0: number,
  nArgsIn: number,
  nKw: number,
  args: Addr,
  prefix: Addr,
  nPrefix: number,
  info: Addr,
): void {
  const i32 = vm.i32;
  const nPos = sig.nPos;
  const nKwonly = sig.nKwonly;
  const nDef = sig.nDef;
  const flags = sig.flags;
  const extra = (fun + FunBcOff.ExtraArgs) >> 2;
  const given = nPrefix + nArgsIn;
  let nArgs = given;
  let varSlot = local0 - nPos - nKwonly;
  if (given > nPos) {
    if ((flags & ScopeFlag.VarArgs) === 0) wrongArgCount(vm, fun, nPos, given);
    const t = newTupleFrom(vm, given - nPos, 0);
    for (let i = nPos; i < given; i++) i32[(t >> 2) + 2 + i - nPos] = argAt(i32, args, prefix, nPrefix, i);
    i32[varSlot--] = t;
    nArgs = nPos;
  } else {
    if ((flags & ScopeFlag.VarArgs) !== 0) i32[varSlot--] = vm.image.emptyTuple;
    if (nKw === 0 && (flags & ScopeFlag.DefKwArgs) === 0) {
      if (given < nPos - nDef) wrongArgCount(vm, fun, nPos - nDef, given);
      for (let i = given; i < nPos; i++) i32[local0 - i] = i32[extra + i - (nPos - nDef)] as number;
    }
  }
  for (let i = 0; i < nArgs; i++) i32[local0 - i] = argAt(i32, args, prefix, nPrefix, i);
  if (nKw === 0 && (flags & ScopeFlag.DefKwArgs) === 0) {
    if (nKwonly !== 0) raiseTypeError(vm, 'function missing keyword-only argument');
    if ((flags & ScopeFlag.VarKeywords) !== 0) i32[varSlot] = newDict(vm, 0);
    return;
  }
  bindKeywords(vm, fun, local0, nKw, args + nArgsIn * 4, info, varSlot);
}

function argAt(i32: Int32Array, args: Addr, prefix: Addr, nPrefix: number, i: number): Obj {
  return (i < nPrefix ? i32[(prefix >> 2) + i] : i32[(args >> 2) + i - nPrefix]) as number;
}

function bindKeywords(vm: Vm, fun: Obj, local0: number, nKw: number, kwargs: Addr, info: Addr, varSlot: number): void {
  const i32 = vm.i32;
  const { nPos, nKwonly, nDef, flags } = sig;
  const table = (i32[((i32[(fun + FunBcOff.Context) >> 2] as number) + ContextOff.Qstrs) >> 2] as number) >> 1;
  const extra = (fun + FunBcOff.ExtraArgs) >> 2;
  let dict = 0;
  if ((flags & ScopeFlag.VarKeywords) !== 0) {
    dict = newDict(vm, nKw);
    i32[varSlot] = dict;
  }
  decodeUint(vm.u8, info);
  const names = uintEnd;
  for (let i = 0; i < nKw; i++) {
    const name = i32[(kwargs >> 2) + 2 * i] as number;
    const value = i32[(kwargs >> 2) + 2 * i + 1] as number;
    let at = names;
    let j = 0;
    for (; j < nPos + nKwonly; j++) {
      const q = vm.u16[table + decodeUint(vm.u8, at)] as number;
      at = uintEnd;
      if (name === newQstrObj(q)) break;
    }
    if (j < nPos + nKwonly) {
      if (i32[local0 - j] !== 0) multipleValues(vm, name);
      i32[local0 - j] = value;
    } else if (dict === 0) {
      raiseFormat(vm, Ty.TypeError, "unexpected keyword argument '%q'", vm.qstrText(qstrOfObj(name)));
    } else if (!dictStoreQstr(vm, dict, name, value)) multipleValues(vm, name);
  }
  for (let i = 0; i < nDef; i++) {
    const l = local0 - (nPos - 1 - i);
    if (i32[l] === 0) i32[l] = i32[extra + nDef - 1 - i] as number;
  }
  for (let i = nPos - nDef - 1; i >= 0; i--) {
    if (i32[local0 - i] === 0) raiseFormat(vm, Ty.TypeError, 'function missing required positional argument #%d', i);
  }
  let at = names;
  for (let i = 0; i < nPos; i++) {
    decodeUint(vm.u8, at);
    at = uintEnd;
  }
  for (let i = 0; i < nKwonly; i++) {
    const q = vm.u16[table + decodeUint(vm.u8, at)] as number;
    at = uintEnd;
    const l = local0 - nPos - i;
    if (i32[l] !== 0) continue;
    const slot =
      (flags & ScopeFlag.DefKwArgs) === 0 ? 0 : mapFind(vm, (i32[extra + nDef] as number) + DictOff.Map, newQstrObj(q));
    if (slot === 0) raiseFormat(vm, Ty.TypeError, "function missing required keyword argument '%q'", vm.qstrText(q));
    i32[l] = i32[(slot >> 2) + 1] as number;
  }
}

function multipleValues(vm: Vm, name: Obj): never {
  raiseFormat(vm, Ty.TypeError, "function got multiple values for argument '%q'", vm.qstrText(qstrOfObj(name)));
}

/** Copies `self` and the arguments onto the Python stack behind an Args record and calls `fun` with them. */
export function callWithSelf(vm: Vm, fun: Obj, self: Obj, nArgs: number, nKw: number, args: Addr): Obj {
  const n = nArgs + 2 * nKw;
  pushRec(vm, Rec.Args, 0, 0, 0);
  const at = growBody(vm, (n + 1) * 4);
  vm.i32[at >> 2] = self;
  if (n !== 0) moveWords(vm.i32, (at >> 2) + 1, args >> 2, (args >> 2) + n);
  return tailCall(vm, fun, nArgs + 1, nKw, at);
}

/** As {@link tailCall}, with one argument. */
export function tailCall1(vm: Vm, fun: Obj, a: Obj): Obj {
  pushRec(vm, Rec.Args, 0, 0, 0);
  const at = growBody(vm, 4);
  vm.i32[at >> 2] = a;
  return tailCall(vm, fun, 1, 0, at);
}
/** As {@link tailCall}, with two arguments. */
export function tailCall2(vm: Vm, fun: Obj, a: Obj, b: Obj): Obj {
  pushRec(vm, Rec.Args, 0, 0, 0);
  const at = growBody(vm, 8);
  vm.i32[at >> 2] = a;
  vm.i32[(at >> 2) + 1] = b;
  return tailCall(vm, fun, 2, 0, at);
}
/** As {@link tailCall}, with three arguments. */
export function tailCall3(vm: Vm, fun: Obj, a: Obj, b: Obj, c: Obj): Obj {
  pushRec(vm, Rec.Args, 0, 0, 0);
  const at = growBody(vm, 12);
  vm.i32[at >> 2] = a;
  vm.i32[(at >> 2) + 1] = b;
  vm.i32[(at >> 2) + 2] = c;
  return tailCall(vm, fun, 3, 0, at);
}
/** Calls what a method lookup found: `fun` alone when `self` is Null. `a`, `b`: Null when absent. */
export function tailCallMethod(vm: Vm, fun: Obj, self: Obj, a: Obj, b: Obj): Obj {
  if (self === Word.Null) {
    if (a === Word.Null) return tailCall(vm, fun, 0, 0, 0);
    return b === Word.Null ? tailCall1(vm, fun, a) : tailCall2(vm, fun, a, b);
  }
  if (a === Word.Null) return tailCall1(vm, fun, self);
  return b === Word.Null ? tailCall2(vm, fun, self, a) : tailCall3(vm, fun, self, a, b);
}

/**
 * Calls any object. Answers the value, or Call when a frame was pushed (its result comes later), or Wait.
 * The arguments must stay where they are until the frame returns: on a suspended frame's value stack, behind an Args
 * record, or in a block that something refers to.
 */
export function tailCall(vm: Vm, fun: Obj, nArgs: number, nKw: number, args: Addr): Obj {
  const i32 = vm.i32;
  const type = vm.typeOf(fun);
  switch (type) {
    case Ty.Function:
      return callBytecode(vm, fun, nArgs, nKw, args, 0, 0);
    case Ty.GeneratorWrap:
      return newGenerator(vm, fun, nArgs, nKw, args, 0, 0);
    case Ty.Fun0:
    case Ty.Fun1:
    case Ty.Fun2:
    case Ty.Fun3:
    case Ty.Funvar:
      return callBuiltin(vm, type, fun, nArgs, nKw, args);
    case Ty.Closure: {
      const f = i32[(fun + ClosureOff.Fun) >> 2] as number;
      const n = i32[(fun + ClosureOff.NClosed) >> 2] as number;
      if (vm.typeOf(f) === Ty.Function) return callBytecode(vm, f, nArgs, nKw, args, fun + ClosureOff.Closed, n);
      return newGenerator(vm, f, nArgs, nKw, args, fun + ClosureOff.Closed, n);
    }
    case Ty.BoundMethod: {
      const meth = i32[(fun + BoundMethOff.Meth) >> 2] as number;
      const self = i32[(fun + BoundMethOff.Self) >> 2] as number;
      switch (vm.typeOf(meth)) {
        // nothing need be copied: the object has self in a word that lives as long as the call
        case Ty.Function:
          return callBytecode(vm, meth, nArgs, nKw, args, fun + BoundMethOff.Self, 1);
        case Ty.GeneratorWrap:
          return newGenerator(vm, meth, nArgs, nKw, args, fun + BoundMethOff.Self, 1);
        case Ty.Fun1:
          checkArgCount(vm, nArgs + 1, nKw, 1, 1, false);
          return (vm.fns[i32[(meth + FunFixedOff.Fn) >> 2] as number] as Fun1)(vm, self);
        case Ty.Fun2:
          checkArgCount(vm, nArgs + 1, nKw, 2, 2, false);
          return (vm.fns[i32[(meth + FunFixedOff.Fn) >> 2] as number] as Fun2)(vm, self, i32[args >> 2] as number);
        case Ty.Fun3:
          checkArgCount(vm, nArgs + 1, nKw, 3, 3, false);
          return (vm.fns[i32[(meth + FunFixedOff.Fn) >> 2] as number] as Fun3)(
            vm,
            self,
            i32[args >> 2] as number,
            i32[(args >> 2) + 1] as number,
          );
        default:
          return callWithSelf(vm, meth, self, nArgs, nKw, args);
      }
    }
    default: {
      const slot = i32[(type + TypeOff.Call) >> 2] as number;
      if (slot === 0) raiseFormat(vm, Ty.TypeError, "'%s' object isn't callable", typeNameOf(vm, fun));
      return (vm.fns[slot - 1] as CallFn)(vm, fun, nArgs, nKw, args);
    }
  }
}

/** Calls a built-in function object. */
export function callBuiltin(vm: Vm, type: Addr, fun: Obj, nArgs: number, nKw: number, args: Addr): Obj {
  const i32 = vm.i32;
  const a = args >> 2;
  switch (type) {
    case Ty.Fun0:
      checkArgCount(vm, nArgs, nKw, 0, 0, false);
      return (vm.fns[i32[(fun + FunFixedOff.Fn) >> 2] as number] as Fun0)(vm);
    case Ty.Fun1:
      checkArgCount(vm, nArgs, nKw, 1, 1, false);
      return (vm.fns[i32[(fun + FunFixedOff.Fn) >> 2] as number] as Fun1)(vm, i32[a] as number);
    case Ty.Fun2:
      checkArgCount(vm, nArgs, nKw, 2, 2, false);
      return (vm.fns[i32[(fun + FunFixedOff.Fn) >> 2] as number] as Fun2)(vm, i32[a] as number, i32[a + 1] as number);
    case Ty.Fun3:
      checkArgCount(vm, nArgs, nKw, 3, 3, false);
      return (vm.fns[i32[(fun + FunFixedOff.Fn) >> 2] as number] as Fun3)(
        vm,
        i32[a] as number,
        i32[a + 1] as number,
        i32[a + 2] as number,
      );
    default: {
      const s = i32[(fun + FunVarOff.Sig) >> 2] as number;
      checkArgCount(vm, nArgs, nKw, s >>> 17, (s >> 1) & 0xffff, (s & 1) !== 0);
      return (vm.fns[i32[(fun + FunVarOff.Fn) >> 2] as number] as FunVar)(vm, nArgs, nKw, args);
    }
  }
}

/** Leaves the running frame: restores globals, depth and the frame below; frees a code state in the heap. */
export function leaveFrame(vm: Vm): void {
  const i32 = vm.i32;
  const ts = vm.ts >> 2;
  const rec = (i32[ts + (TsOff.Rec >> 2)] as number) >> 2;
  const cs = i32[rec + 1] as number;
  i32[ts + (TsOff.Globals >> 2)] = i32[(cs + CsOff.OldGlobals) >> 2] as number;
  i32[ts + (TsOff.Fp >> 2)] = i32[rec + 2] as number;
  i32[ts + (TsOff.Depth >> 2)] = i32[rec + 3] as number;
  // one that is not right behind its record has a block of its own
  if (((i32[rec] as number) & 0xff) === Rec.Frame && cs !== (rec << 2) + RecOff.Size) vm.heap.free(cs);
  popRec(vm);
}

export { newBoundMeth };
