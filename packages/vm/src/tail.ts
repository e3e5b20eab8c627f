/**
 * Operations for the interpreter loop and for tail natives: where Python code has to run, they push link records and a frame
 * and answer Call; the result arrives through the records (see `link.ts`). With no Python code involved they
 * answer the value. Counterpart: py/runtime.c.
 *
 * Rule: a native that pushed records may still answer a value; whoever called it passes the value through them.
 */
import { BinaryOp, UnaryOp } from '@tsmp-internal/bytecode';
import { tailCall, tailCall1, tailCall2, tailCall3, tailCallMethod } from './call.js';
import { DictOff, StaticMethodOff } from './layout.js';
import { mapFindQstr } from './map.js';
import { newBoundMeth } from './obj/bound-meth.js';
import { newCheckedFun } from './obj/checked-fun.js';
import { exceptionMatch, isExceptionType } from './obj/exception.js';
import { resumeGenerator } from './obj/generator.js';
import { newGetitemIter } from './obj/getitem-iter.js';
import { smallIntBinary, smallIntUnary } from './obj/int.js';
import { strEqual, strHash } from './obj/str-new.js';
import { Q } from './q.js';
import { raiseFormat } from './raise.js';
import { pushRec, Rec } from './records.js';
import type { AttrFn, BinaryOpFn, GetiterFn, IternextFn, SubscrFn, UnaryOpFn } from './rom/define.js';
import { typeFlags, typeName, typeNameOf } from './runtime.js';
import { Ty, TypeFlag, TypeOff } from './types.js';
import { type Addr, newBool, newQstrObj, newSmallInt, type Obj, type Qstr, Word } from './words.js';
import { binaryMethod, UNARY_METHODS } from './special-methods.js';
import type { Vm } from './vm.js';

export { tailCall, tailCall1, tailCall2, tailCall3, tailCallMethod };

/** Unary operation; raises TypeError when unsupported. */
export function tailUnaryOp(vm: Vm, op: number, o: Obj): Obj {
  if (op === UnaryOp.Not) {
    const r = tailBool(vm, o, true);
    return r;
  }
  if ((o & 1) !== 0) return smallIntUnary(vm, op, o);
  const type = vm.typeOf(o);
  if (op === UnaryOp.Hash && (type === Ty.Str || type === Ty.Bytes)) return newSmallInt(strHash(vm, o));
  const slot = vm.i32[(type + TypeOff.UnaryOp) >> 2] as number;
  if (slot !== 0) {
    const r = (vm.fns[slot - 1] as UnaryOpFn)(vm, op, o);
    if (r !== Word.Null) return r;
  } else if (op === UnaryOp.Hash) return newSmallInt(o);
  if (op === UnaryOp.Bool) return Word.True;
  if (op === UnaryOp.IntMaybe || op === UnaryOp.FloatMaybe || op === UnaryOp.ComplexMaybe) return Word.Null;
  raiseUnsupportedUnary(vm, op, o);
}

export function raiseUnsupportedUnary(vm: Vm, op: number, o: Obj): never {
  raiseFormat(
    vm,
    Ty.TypeError,
    "unsupported type for %q: '%s'",
    vm.qstrText(UNARY_METHODS[op] as number),
    typeNameOf(vm, o),
  );
}

/** Truth value as True or False (`invert`: the opposite). */
export function tailBool(vm: Vm, o: Obj, invert = false): Obj {
  const yes = invert ? Word.False : Word.True;
  const no = invert ? Word.True : Word.False;
  if (o === Word.True) return yes;
  if (o === Word.False || o === Word.None || o === Word.Zero) return no;
  if ((o & 1) !== 0) return yes;
  const type = vm.typeOf(o);
  const slot = vm.i32[(type + TypeOff.UnaryOp) >> 2] as number;
  if (slot === 0) return yes;
  const fn = vm.fns[slot - 1] as UnaryOpFn;
  const isInstance = (typeFlags(vm, type) & TypeFlag.InstanceType) !== 0;
  const rec = isInstance ? pushRec(vm, Rec.Truth, invert ? 1 : 0, UnaryOp.Bool, 0) : 0;
  let r = fn(vm, UnaryOp.Bool, o);
  if (r === Word.Null) {
    if (isInstance) vm.i32[(rec >> 2) + 2] = UnaryOp.Len;
    r = fn(vm, UnaryOp.Len, o);
  }
  if (r === Word.Null) {
    if (isInstance) dropRec(vm, rec);
    return yes;
  }
  if (isInstance) return r;
  return r === Word.True || (r !== Word.False && (r & 1) !== 0 && r !== Word.Zero) ? yes : no;
}

/** Binary operation; raises TypeError when unsupported. */
export function tailBinaryOp(vm: Vm, op: number, a: Obj, b: Obj): Obj {
  switch (op) {
    case BinaryOp.Is:
      return a === b ? Word.True : Word.False;
    case BinaryOp.Equal:
    case BinaryOp.NotEqual:
      return tailEquality(vm, op, a, b, 0);
    case BinaryOp.ExceptionMatch:
      return matchException(vm, a, b);
    case BinaryOp.In:
      // an int asks the other number, which has no such operation
      if ((a & 1) !== 0 && isFloatOrComplex(vm, b)) raiseUnsupportedBinary(vm, op, a, b);
      return binaryFrom(vm, BinaryOp.Contains, b, a);
    default:
      if ((a & b & 1) !== 0) {
        const r = smallIntBinary(vm, op, a, b);
        if (r !== Word.Null) return r;
        raiseUnsupportedBinary(vm, op, a, b);
      }
      if ((a & 1) !== 0 && isFloatOrComplex(vm, b)) {
        // a small int asks the other number, and nobody else
        const slot = vm.i32[(Ty.Int + TypeOff.BinaryOp) >> 2] as number;
        const r = (vm.fns[slot - 1] as BinaryOpFn)(vm, op, a, b);
        if (r !== Word.Null) return r;
        raiseUnsupportedBinary(vm, op, a, b);
      }
      return binaryFrom(vm, op, a, b);
  }
}

/**
 * Goes through the operations that may stand in for `op`: in-place, plain, reversed. `op`, `a` and `b` are as the operation
 * would be called (a reverse one has its operands swapped). A user method that answers NotImplemented comes back
 * here through its Binary record with the next operation.
 */
export function binaryFrom(vm: Vm, op: number, a: Obj, b: Obj): Obj {
  for (;;) {
    const type = vm.typeOf(a);
    const slot = vm.i32[(type + TypeOff.BinaryOp) >> 2] as number;
    if (slot !== 0) {
      if ((typeFlags(vm, type) & TypeFlag.InstanceType) !== 0) {
        const rec = pushRec(vm, Rec.Binary, op, a, b);
        const r = (vm.fns[slot - 1] as BinaryOpFn)(vm, op, a, b);
        if (r !== Word.Null) return r;
        dropRec(vm, rec);
      } else {
        const r = (vm.fns[slot - 1] as BinaryOpFn)(vm, op, a, b);
        if (r !== Word.Null) return r;
      }
    }
    const next = nextBinary(op);
    if (next < 0) return binaryFallback(vm, op, a, b);
    if (op >= BinaryOp.Or && op <= BinaryOp.Power) {
      const t = a;
      a = b;
      b = t;
    }
    op = next;
  }
}

function isFloatOrComplex(vm: Vm, o: Obj): boolean {
  const type = vm.typeOf(o);
  return type === Ty.Float || type === Ty.Complex;
}

/** The operation tried after `op`, or −1. */
function nextBinary(op: number): number {
  if (op >= BinaryOp.InplaceOr && op <= BinaryOp.InplacePower) return op + BinaryOp.Or - BinaryOp.InplaceOr;
  if (op >= BinaryOp.Or && op <= BinaryOp.Power) return op + BinaryOp.ReverseOr - BinaryOp.Or;
  return -1;
}

/** Continues after the method for `op` answered NotImplemented. */
export function binaryNext(vm: Vm, op: number, a: Obj, b: Obj): Obj {
  const next = nextBinary(op);
  if (next < 0) return binaryFallback(vm, op, a, b);
  return op >= BinaryOp.Or && op <= BinaryOp.Power ? binaryFrom(vm, next, b, a) : binaryFrom(vm, next, a, b);
}

function binaryFallback(vm: Vm, op: number, a: Obj, b: Obj): Obj {
  if (op === BinaryOp.Contains) {
    const found = leafContains(vm, a, b);
    if (found >= 0) return newBool(found !== 0);
    return tailCall2(vm, vm.addrOf(vm.image.helpers.contains), a, b);
  }
  if (op >= BinaryOp.ReverseOr) raiseUnsupportedBinary(vm, op - (BinaryOp.ReverseOr - BinaryOp.Or), b, a);
  raiseUnsupportedBinary(vm, op, a, b);
}

/** Items between two looks at the host's clock. */
const SCAN_STEP = 0x400;

/** Whether a list or tuple has `x`: 1 or 0; −1: comparing may run Python code, or it is something else. */
function leafContains(vm: Vm, seq: Obj, x: Obj): number {
  const { i32 } = vm;
  const type = vm.typeOf(seq);
  if (type !== Ty.List && type !== Ty.Tuple) return -1;
  const at = seq >> 2;
  const n = i32[type === Ty.List ? at + 2 : at + 1] as number;
  const items = type === Ty.List ? (i32[at + 3] as number) >> 2 : at + 2;
  for (let i = 0; i < n; i++) {
    const equal = leafEqual(vm, i32[items + i] as number, x);
    if (equal !== 0) return equal;
    if ((i & (SCAN_STEP - 1)) === SCAN_STEP - 1) vm.charge(SCAN_STEP);
  }
  return 0;
}

/** Whether two small ints, strs or Nones are equal: 1 or 0; −1 for other values. */
export function leafEqual(vm: Vm, a: Obj, b: Obj): number {
  if (a === b && (a & 3) !== 0) return 1;
  const ta = vm.typeOf(a);
  const tb = vm.typeOf(b);
  if (!isPlainLeaf(a, ta) || !isPlainLeaf(b, tb)) return -1;
  return ta === Ty.Str && tb === Ty.Str && strEqual(vm, a, b) ? 1 : 0;
}

function isPlainLeaf(o: Obj, type: Addr): boolean {
  return (type === Ty.Int && (o & 1) !== 0) || type === Ty.Str || type === Ty.NoneType;
}

function dropRec(vm: Vm, rec: Addr): void {
  // the record is still the topmost: the slot found no method and pushed nothing
  const below = ((vm.i32[rec >> 2] as number) >>> 8) << 2;
  const ts = vm.ts >> 2;
  vm.i32[ts] = rec;
  vm.i32[ts + 1] = below === 0 ? 0 : rec - below;
}

export function raiseUnsupportedBinary(vm: Vm, op: number, a: Obj, b: Obj): never {
  const name = vm.qstrText(binaryMethod(vm, op));
  raiseFormat(vm, Ty.TypeError, "unsupported types for %q: '%s', '%s'", name, typeNameOf(vm, a), typeNameOf(vm, b));
}

function matchException(vm: Vm, exc: Obj, classes: Obj): Obj {
  if (isExceptionType(vm, classes)) return exceptionMatch(vm, exc, classes) ? Word.True : Word.False;
  if (vm.typeOf(classes) === Ty.Tuple) {
    const n = vm.i32[(classes >> 2) + 1] as number;
    for (let i = 0; i < n; i++) {
      const c = vm.i32[(classes >> 2) + 2 + i] as number;
      if (!isExceptionType(vm, c)) raiseUnsupportedBinary(vm, BinaryOp.ExceptionMatch, exc, c);
      if (exceptionMatch(vm, exc, c)) return Word.True;
    }
    return Word.False;
  }
  raiseUnsupportedBinary(vm, BinaryOp.ExceptionMatch, exc, classes);
}

/**
 * `==` and `!=`. `step` counts the tries: even ones ask for the exact operator, odd ones fall back to `__eq__`; from 2 on the
 * operands are swapped. An Equality record brings a user's answer back.
 */
export function tailEquality(vm: Vm, op: number, a: Obj, b: Obj, step: number): Obj {
  const eq = op === BinaryOp.Equal;
  const yes = eq ? Word.True : Word.False;
  const no = eq ? Word.False : Word.True;
  if (step === 0) {
    if (a === b && ((a & 1) !== 0 || (typeFlags(vm, vm.typeOf(a)) & TypeFlag.EqNotReflexive) === 0)) return yes;
    if ((a & b & 1) !== 0) return no;
    const ta = vm.typeOf(a);
    if (ta === Ty.Str) {
      if (vm.typeOf(b) === Ty.Str) return strEqual(vm, a, b) ? yes : no;
      if (vm.typeOf(b) === Ty.Bytes) return warnMixed(vm, no);
      step = 2;
    } else if (ta === Ty.Bytes && vm.typeOf(b) === Ty.Str) {
      return warnMixed(vm, no);
    } else if ((a & 1) !== 0) step = 2;
  }
  for (; step < 4; step++) {
    const x = step < 2 ? a : b;
    const y = step < 2 ? b : a;
    const type = vm.typeOf(x);
    const slot = vm.i32[(type + TypeOff.BinaryOp) >> 2] as number;
    const flags = typeFlags(vm, type);
    if (slot === 0 || ((flags & TypeFlag.EqChecksOtherType) === 0 && vm.typeOf(y) !== type)) {
      step |= 1;
      continue;
    }
    const tryNe = (step & 1) === 0;
    if (tryNe && (eq || (flags & TypeFlag.EqHasNeqTest) === 0)) continue;
    const fn = vm.fns[slot - 1] as BinaryOpFn;
    const asked = tryNe ? BinaryOp.NotEqual : BinaryOp.Equal;
    if ((flags & TypeFlag.InstanceType) !== 0) {
      const rec = pushRec(vm, Rec.Equality, op | (step << 8), a, b);
      const r = fn(vm, asked, x, y);
      if (r !== Word.Null) return r;
      dropRec(vm, rec);
    } else {
      const r = fn(vm, asked, x, y);
      if (r !== Word.Null) {
        if (tryNe || eq) return r;
        return r === Word.True ? Word.False : Word.True;
      }
    }
  }
  return a === b ? yes : no;
}

/** str and bytes are never equal; asking is reported, for it is mostly a mistake. */
function warnMixed(vm: Vm, no: Obj): Obj {
  vm.warn('Comparison between bytes and str', 'BytesWarning');
  return no;
}

// ---- attributes ----------------------------------------------------------------------------------------------------

/** Converts a member found in a class into what an attribute load answers; result in `dest0`, `dest1`. */
export function convertMember(vm: Vm, self: Obj, type: Addr, member: Obj): void {
  vm.dest0 = member;
  vm.dest1 = Word.Null;
  if ((member & 3) !== 0) return;
  const mType = vm.i32[member >> 2] as number;
  const flags = typeFlags(vm, mType);
  if ((flags & TypeFlag.BindsSelf) !== 0) {
    if ((flags & TypeFlag.BuiltinFun) === 0) vm.dest1 = self;
    else if ((typeFlags(vm, type) & TypeFlag.InstanceType) === 0) {
      if (self === Word.Null && type !== Ty.Object) vm.dest0 = newCheckedFun(vm, type, member);
      else vm.dest1 = self;
    }
  } else if (mType === Ty.Staticmethod) {
    vm.dest0 = vm.i32[(member + StaticMethodOff.Fun) >> 2] as number;
  } else if (mType === Ty.Classmethod) {
    let t = type;
    if (self !== Word.Null) {
      t = vm.typeOf(self);
      if (t === Ty.Type) t = self;
    }
    vm.dest0 = vm.i32[(member + StaticMethodOff.Fun) >> 2] as number;
    vm.dest1 = t;
  }
}

/**
 * Looks an attribute up: `dest0` Null when absent; a method has `dest1` = self. Answers Call when a frame was pushed (a
 * property, `__getattr__`): its result is the attribute's value.
 */
export function tailLoadMethodMaybe(vm: Vm, o: Obj, attr: Qstr): number {
  vm.dest0 = Word.Null;
  vm.dest1 = Word.Null;
  const type = vm.typeOf(o);
  const i32 = vm.i32;
  if (attr === Q.__class__) {
    vm.dest0 = type;
    return 0;
  }
  if (attr === Q.__next__ && i32[(type + TypeOff.Iternext) >> 2] !== 0) {
    vm.dest0 = vm.image.builtinNext;
    vm.dest1 = o;
    return 0;
  }
  const slot = i32[(type + TypeOff.Attr) >> 2] as number;
  if (slot !== 0) {
    const r = (vm.fns[slot - 1] as AttrFn)(vm, o, attr);
    if (r === Word.Call) return r;
    if (vm.dest1 !== Word.Sentinel) return 0;
    vm.dest1 = Word.Null;
  }
  const locals = i32[(type + TypeOff.Locals) >> 2] as number;
  if (locals !== 0) {
    const found = mapFindQstr(vm, locals + DictOff.Map, newQstrObj(attr));
    if (found !== 0) convertMember(vm, o, type, i32[(found >> 2) + 1] as number);
  }
  return 0;
}

/** Raises the AttributeError for a missing attribute. */
export function raiseNoAttribute(vm: Vm, o: Obj, attr: Qstr): never {
  const name = vm.qstrText(attr);
  const type = vm.typeOf(o);
  if (type === Ty.Type)
    raiseFormat(vm, Ty.AttributeError, "type object '%q' has no attribute '%q'", typeName(vm, o), name);
  if (type === Ty.Module) {
    tailLoadMethodMaybe(vm, o, Q.__name__);
    const m = (vm.dest0 & 7) === 2 ? vm.qstrText(vm.dest0 >>> 3) : '';
    raiseFormat(vm, Ty.AttributeError, "module '%q' has no attribute '%q'", m, name);
  }
  raiseFormat(vm, Ty.AttributeError, "'%s' object has no attribute '%q'", typeName(vm, type), name);
}

/** Attribute value; methods come bound. Raises AttributeError. */
export function tailLoadAttr(vm: Vm, o: Obj, attr: Qstr): Obj {
  const r = tailLoadMethodMaybe(vm, o, attr);
  if (r === Word.Call) return r;
  if (vm.dest0 === Word.Null) raiseNoAttribute(vm, o, attr);
  return vm.dest1 === Word.Null ? vm.dest0 : newBoundMeth(vm, vm.dest0, vm.dest1);
}

/** Attribute store (`value` Null: delete). A pushed setter's value is dropped. Answers None or Call. */
export function tailStoreAttr(vm: Vm, o: Obj, attr: Qstr, value: Obj): Obj {
  const slot = vm.i32[(vm.typeOf(o) + TypeOff.Attr) >> 2] as number;
  if (slot !== 0) {
    vm.dest0 = Word.Sentinel;
    vm.dest1 = value;
    const r = (vm.fns[slot - 1] as AttrFn)(vm, o, attr);
    if (r === Word.Call) return r;
    if (vm.dest0 === Word.Null) return Word.None;
  }
  raiseFormat(vm, Ty.AttributeError, "'%s' object has no attribute '%q'", typeNameOf(vm, o), vm.qstrText(attr));
}

/** `value`: Sentinel loads, Null deletes, else stores. */
export function tailSubscr(vm: Vm, o: Obj, index: Obj, value: Obj): Obj {
  const type = vm.typeOf(o);
  const slot = vm.i32[(type + TypeOff.Subscr) >> 2] as number;
  if (slot !== 0) {
    const r = (vm.fns[slot - 1] as SubscrFn)(vm, o, index, value);
    if (r !== Word.Null) return r;
  }
  const name = typeName(vm, type);
  if (value === Word.Null) raiseFormat(vm, Ty.TypeError, "'%s' object doesn't support item deletion", name);
  if (value === Word.Sentinel) raiseFormat(vm, Ty.TypeError, "'%s' object isn't subscriptable", name);
  raiseFormat(vm, Ty.TypeError, "'%s' object doesn't support item assignment", name);
}

// ---- iteration -----------------------------------------------------------------------------------------------------

/** Iterator of `o`; raises TypeError. `iterBuf`: four words on the value stack, or 0. */
export function tailGetIter(vm: Vm, o: Obj, iterBuf: Addr): Obj {
  const type = vm.typeOf(o);
  const i32 = vm.i32;
  const slot = i32[(type + TypeOff.Getiter) >> 2] as number;
  if (slot !== 0) {
    const r = (vm.fns[slot - 1] as GetiterFn)(vm, o, iterBuf);
    if (r !== Word.Null) return r;
  } else if (i32[(type + TypeOff.Iternext) >> 2] !== 0) return o;
  if (tailLoadMethodMaybe(vm, o, Q.__getitem__) === Word.Call) return Word.Call;
  if (vm.dest0 !== Word.Null) return newGetitemIter(vm, vm.dest0, vm.dest1, iterBuf);
  raiseFormat(vm, Ty.TypeError, "'%s' object isn't iterable", typeName(vm, type));
}

/** Next item; Null at the end, which a StopIteration raised by Python code is turned into. */
export function tailIterNext(vm: Vm, iter: Obj): Obj {
  const type = vm.typeOf(iter);
  const slot = vm.i32[(type + TypeOff.Iternext) >> 2] as number;
  if (slot !== 0) {
    if ((typeFlags(vm, type) & TypeFlag.LeafIter) !== 0) return (vm.fns[slot - 1] as IternextFn)(vm, iter);
    pushRec(vm, Rec.NextOrNull, 0, 0, 0);
    return (vm.fns[slot - 1] as IternextFn)(vm, iter);
  }
  pushRec(vm, Rec.NextOrNull, 0, 0, 0);
  return callNext(vm, iter);
}

/** Calls `__next__`; raises TypeError when there is none. */
export function callNext(vm: Vm, iter: Obj): Obj {
  if (tailLoadMethodMaybe(vm, iter, Q.__next__) === Word.Call) return Word.Call;
  if (vm.dest0 === Word.Null) raiseFormat(vm, Ty.TypeError, "'%s' object isn't an iterator", typeNameOf(vm, iter));
  return tailCallMethod(vm, vm.dest0, vm.dest1, Word.Null, Word.Null);
}

export { resumeGenerator };
