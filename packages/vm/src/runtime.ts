/**
 * The operations of the language as natives use them: each returns a finished value. Where Python code has to run for it
 * (a user's `__eq__`, a property), it runs nested; natives that can instead hand over to the interpreter use `tail.ts`.
 * Counterpart: py/runtime.c and py/obj.c.
 */
import { BinaryOp, UnaryOp } from '@tsmp-internal/bytecode';
import { enterNested, failNested, leaveNested, waitInPlace } from './nested.js';
import { enterDepth, leaveDepth } from './records.js';
import { raiseFormat, raiseMsg, raiseTypeError, raiseValueError } from './raise.js';
import * as tail from './tail.js';
import { Ty, TypeFlag, TypeOff } from './types.js';
import type { BufferFn, IternextFn, PrintFn, UnaryOpFn } from './rom/define.js';
import { bigIntToInt32, bigIntToNumber, getFloatMaybe } from './obj/number.js';
import { isStr, strEqual, strOrder } from './obj/str-new.js';
import { type Addr, type Obj, type Qstr, Word } from './words.js';
import type { Printer, PrintKind } from './print.js';
import type { Vm } from './vm.js';

/** Type flags (u16) of a type object. */
export function typeFlags(vm: Vm, type: Addr): number {
  return vm.u16[(type + TypeOff.Flags) >> 1] as number;
}
/** The type's name as text. */
export function typeName(vm: Vm, type: Addr): string {
  return vm.qstrText(vm.u16[(type + TypeOff.Name) >> 1] as number);
}
/** Name of the object's type, for error messages. */
export function typeNameOf(vm: Vm, o: Obj): string {
  return typeName(vm, vm.typeOf(o));
}

/** Calls `fun`; `args` is the address of `nArgs` words then `nKw` pairs, which must stay alive and in place. */
export function callN(vm: Vm, fun: Obj, nArgs: number, nKw: number, args: Addr): Obj {
  for (;;) {
    const base = enterNested(vm);
    let r: Obj;
    try {
      r = tail.tailCall(vm, fun, nArgs, nKw, args);
    } catch (e) {
      return failNested(vm, base, e);
    }
    if (r !== Word.Wait) return leaveNested(vm, base, r);
    waitInPlace(vm, base);
  }
}
export function call0(vm: Vm, fun: Obj): Obj {
  return callN(vm, fun, 0, 0, 0);
}
export function call1(vm: Vm, fun: Obj, a: Obj): Obj {
  for (;;) {
    const base = enterNested(vm);
    let r: Obj;
    try {
      r = tail.tailCall1(vm, fun, a);
    } catch (e) {
      return failNested(vm, base, e);
    }
    if (r !== Word.Wait) return leaveNested(vm, base, r);
    waitInPlace(vm, base);
  }
}
export function call2(vm: Vm, fun: Obj, a: Obj, b: Obj): Obj {
  for (;;) {
    const base = enterNested(vm);
    let r: Obj;
    try {
      r = tail.tailCall2(vm, fun, a, b);
    } catch (e) {
      return failNested(vm, base, e);
    }
    if (r !== Word.Wait) return leaveNested(vm, base, r);
    waitInPlace(vm, base);
  }
}

/** `op` is a `UnaryOp` up to `Not`, or Len/Hash/Abs; raises TypeError when unsupported. */
export function unaryOp(vm: Vm, op: number, o: Obj): Obj {
  for (;;) {
    const base = enterNested(vm);
    let r: Obj;
    try {
      r = tail.tailUnaryOp(vm, op, o);
    } catch (e) {
      return failNested(vm, base, e);
    }
    if (r !== Word.Wait) return leaveNested(vm, base, r);
    waitInPlace(vm, base);
  }
}
/** A number or string: what operators do with such runs no Python code. */
export function isPlain(vm: Vm, o: Obj): boolean {
  const t = vm.typeOf(o);
  return t === Ty.Int || t === Ty.Str || t === Ty.Float || t === Ty.Bytes || t === Ty.Bool;
}
/** Any `BinaryOp` of the bytecode (with reverse methods, equality shortcuts, `in`, exception match); raises TypeError when unsupported. */
export function binaryOp(vm: Vm, op: number, a: Obj, b: Obj): Obj {
  if (op < BinaryOp.In || op === BinaryOp.Add) {
    const t = vm.typeOf(a);
    // tuples and lists compare their items by functions that run Python code nested
    if (isPlain(vm, a) ? isPlain(vm, b) : (t === Ty.Tuple || t === Ty.List) && t === vm.typeOf(b))
      return tail.tailBinaryOp(vm, op, a, b);
  }
  return binaryOpNested(vm, op, a, b);
}
export function binaryOpNested(vm: Vm, op: number, a: Obj, b: Obj): Obj {
  for (;;) {
    const base = enterNested(vm);
    let r: Obj;
    try {
      r = tail.tailBinaryOp(vm, op, a, b);
    } catch (e) {
      return failNested(vm, base, e);
    }
    if (r !== Word.Wait) return leaveNested(vm, base, r);
    waitInPlace(vm, base);
  }
}
/** Python's `a == b`, as a truth value. */
export function equal(vm: Vm, a: Obj, b: Obj): boolean {
  if (a === b && ((a & 3) !== 0 || (typeFlags(vm, vm.typeOf(a)) & TypeFlag.EqNotReflexive) === 0)) return true;
  if ((a & b & 1) !== 0) return false;
  if ((a & 7) === 2 && (b & 7) === 2) return false;
  if (isStr(vm, a) && isStr(vm, b)) return strEqual(vm, a, b);
  return isTrue(vm, binaryOp(vm, BinaryOp.Equal, a, b));
}
/** Python's `a < b`, as a truth value. */
export function less(vm: Vm, a: Obj, b: Obj): boolean {
  if ((a & b & 1) !== 0) return a < b;
  if (isStr(vm, a) && isStr(vm, b)) return strOrder(vm, a, b) < 0;
  return isTrue(vm, binaryOp(vm, BinaryOp.Less, a, b));
}
/** Truth of an object, as `if` sees it. */
export function isTrue(vm: Vm, o: Obj): boolean {
  if (o === Word.True) return true;
  if (o === Word.False || o === Word.None || o === Word.Zero) return false;
  return (o & 1) !== 0 || isTrueNested(vm, o);
}
export function isTrueNested(vm: Vm, o: Obj): boolean {
  for (;;) {
    const base = enterNested(vm);
    let r: Obj;
    try {
      r = tail.tailBool(vm, o);
    } catch (e) {
      return failNested(vm, base, e) === Word.True;
    }
    if (r !== Word.Wait) return leaveNested(vm, base, r) === Word.True;
    waitInPlace(vm, base);
  }
}
/** Python's `len(o)` as a number, or −1 when `o` has none. */
export function lenMaybe(vm: Vm, o: Obj): number {
  const type = vm.typeOf(o);
  const slot = vm.i32[(type + TypeOff.UnaryOp) >> 2] as number;
  if (slot === 0) return -1;
  const base = enterNested(vm);
  const r = leaveNested(vm, base, (vm.fns[slot - 1] as UnaryOpFn)(vm, UnaryOp.Len, o));
  return r === Word.Null ? -1 : r >> 1;
}
/** Hash as a small int word; raises TypeError for unhashable types. */
export function hash(vm: Vm, o: Obj): Obj {
  if (isPlain(vm, o)) return tail.tailUnaryOp(vm, UnaryOp.Hash, o);
  return unaryOp(vm, UnaryOp.Hash, o);
}

/** Attribute load; raises AttributeError. */
export function loadAttr(vm: Vm, o: Obj, attr: Qstr): Obj {
  for (;;) {
    const base = enterNested(vm);
    let r: Obj;
    try {
      r = tail.tailLoadAttr(vm, o, attr);
    } catch (e) {
      return failNested(vm, base, e);
    }
    if (r !== Word.Wait) return leaveNested(vm, base, r);
    waitInPlace(vm, base);
  }
}
/**
 * Looks up a method or attribute: `vm.dest0` = Null when there is none, else the function with `vm.dest1` = self, or the
 * value with `dest1` = Null.
 */
export function loadMethodMaybe(vm: Vm, o: Obj, attr: Qstr): void {
  const base = enterNested(vm);
  if (tail.tailLoadMethodMaybe(vm, o, attr) === Word.Call) {
    const r = leaveNested(vm, base, Word.Call);
    vm.dest0 = r;
    vm.dest1 = Word.Null;
  } else {
    const d0 = vm.dest0;
    const d1 = vm.dest1;
    leaveNested(vm, base, Word.None);
    vm.dest0 = d0;
    vm.dest1 = d1;
  }
}
/** Calls method `attr` of `o` with up to two arguments (Null: absent); raises AttributeError when there is none. */
export function callMethod(vm: Vm, o: Obj, attr: Qstr, a: Obj = Word.Null, b: Obj = Word.Null): Obj {
  loadMethodMaybe(vm, o, attr);
  if (vm.dest0 === Word.Null) tail.raiseNoAttribute(vm, o, attr);
  const base = enterNested(vm);
  let r: Obj;
  try {
    r = tail.tailCallMethod(vm, vm.dest0, vm.dest1, a, b);
  } catch (e) {
    return failNested(vm, base, e);
  }
  return leaveNested(vm, base, r);
}
/** Attribute store (`value` Null: delete). */
export function storeAttr(vm: Vm, o: Obj, attr: Qstr, value: Obj): void {
  const base = enterNested(vm);
  let r: Obj;
  try {
    r = tail.tailStoreAttr(vm, o, attr, value);
  } catch (e) {
    failNested(vm, base, e);
    return;
  }
  leaveNested(vm, base, r);
}
/** `value`: Sentinel loads, Null deletes, anything else is stored. */
export function subscr(vm: Vm, o: Obj, index: Obj, value: Obj): Obj {
  const base = enterNested(vm);
  let r: Obj;
  try {
    r = tail.tailSubscr(vm, o, index, value);
  } catch (e) {
    return failNested(vm, base, e);
  }
  return leaveNested(vm, base, r);
}

/** Iterator of `o` (`iterBuf`: see `GetiterFn`); raises TypeError when not iterable. */
export function getIter(vm: Vm, o: Obj, iterBuf: Addr): Obj {
  return isLeafIterable(vm, o) ? tail.tailGetIter(vm, o, iterBuf) : getIterNested(vm, o, iterBuf);
}
export function getIterNested(vm: Vm, o: Obj, iterBuf: Addr): Obj {
  const base = enterNested(vm);
  let r: Obj;
  try {
    r = tail.tailGetIter(vm, o, iterBuf);
  } catch (e) {
    return failNested(vm, base, e);
  }
  return leaveNested(vm, base, r);
}
/** Next item, Null at the end. StopIteration raised by Python code counts as the end. */
export function iterNext(vm: Vm, iter: Obj): Obj {
  if (isLeafIterable(vm, iter)) {
    const slot = vm.i32[(vm.typeOf(iter) + TypeOff.Iternext) >> 2] as number;
    if (slot !== 0) return (vm.fns[slot - 1] as IternextFn)(vm, iter);
  }
  return iterNextNested(vm, iter);
}
export function iterNextNested(vm: Vm, iter: Obj): Obj {
  for (;;) {
    const base = enterNested(vm);
    let r: Obj;
    try {
      r = tail.tailIterNext(vm, iter);
    } catch (e) {
      return failNested(vm, base, e);
    }
    if (r !== Word.Wait) return leaveNested(vm, base, r);
    waitInPlace(vm, base);
  }
}
/**
 * Next item for a native that loops: releases what the previous turn allocated (down to `mark`, the value of
 * `vm.heap.logTop` after the native made what it holds), charges the clock and checks for an abort. Null at the end.
 */
export function iterate(vm: Vm, iter: Obj, mark: number): Obj {
  vm.heap.logTop = mark;
  vm.checkpoint(1);
  return iterNext(vm, iter);
}
/** Whether a native may loop over `o` itself: its iteration runs no Python code and never waits. */
export function isLeafIterable(vm: Vm, o: Obj): boolean {
  return (typeFlags(vm, vm.typeOf(o)) & TypeFlag.LeafIter) !== 0;
}

/** Prints `o` as `print(o)` or `repr(o)` would; what holds itself ends in RuntimeError. */
export function printObj(vm: Vm, out: Printer, o: Obj, kind: PrintKind): void {
  // measured on the 32-bit unix port: 65 bytes a level, a quarter of what a call back into Python takes
  const bytes = vm.profile.stack.native >> 2;
  vm.worked(2);
  enterDepth(vm, bytes);
  if (o === Word.Null) out.write('(nil)');
  else {
    const type = vm.typeOf(o);
    const slot = vm.i32[(type + TypeOff.Print) >> 2] as number;
    if (slot !== 0) (vm.fns[slot - 1] as PrintFn)(vm, out, o, kind);
    else out.write(`<${typeName(vm, type)}>`);
  }
  leaveDepth(vm, bytes);
}

/** Buffer access flags. */
export const BUFFER_READ = 1;
/** Access for writing. */
export const BUFFER_WRITE = 2;
export const BUFFER_RW = 3;

/** Fills `vm.buf`; false when `o` has no such buffer. */
export function getBufferMaybe(vm: Vm, o: Obj, flags: number): boolean {
  const slot = vm.i32[(vm.typeOf(o) + TypeOff.Buffer) >> 2] as number;
  return slot !== 0 && (vm.fns[slot - 1] as BufferFn)(vm, o, flags);
}
/** Fills `vm.buf`; raises TypeError. */
export function getBuffer(vm: Vm, o: Obj, flags: number): void {
  if (!getBufferMaybe(vm, o, flags)) raiseTypeError(vm, 'object with buffer protocol required');
}

/** Number of a small int, bool or big int that fits 32 bits; raises TypeError, OverflowError. */
export function getInt(vm: Vm, o: Obj): number {
  if ((o & 1) !== 0) return o >> 1;
  if (o === Word.False) return 0;
  if (o === Word.True) return 1;
  const type = vm.typeOf(o);
  if (type === Ty.Int) return bigIntToInt32(vm, o);
  if (type !== Ty.Float && type !== Ty.Complex) {
    const slot = vm.i32[(type + TypeOff.UnaryOp) >> 2] as number;
    if (slot !== 0) {
      const base = enterNested(vm);
      const r = leaveNested(vm, base, (vm.fns[slot - 1] as UnaryOpFn)(vm, UnaryOp.IntMaybe, o));
      if (r !== Word.Null) return getInt(vm, r);
    }
  }
  raiseFormat(vm, Ty.TypeError, "can't convert %s to int", typeName(vm, type));
}
/** As {@link getInt} for ints and bools only; undefined for other types. */
export function getIntMaybe(vm: Vm, o: Obj): number | undefined {
  if ((o & 1) !== 0) return o >> 1;
  if (o === Word.False) return 0;
  if (o === Word.True) return 1;
  return vm.typeOf(o) === Ty.Int ? bigIntToInt32(vm, o) : undefined;
}
/** Whether `o` is an int (bools excluded). */
export function isInt(vm: Vm, o: Obj): boolean {
  return (o & 1) !== 0 || ((o & 3) === 0 && (vm.i32[o >> 2] as number) === Ty.Int);
}
/** Number of any int, float or object with `__float__`; raises TypeError. */
export function getFloat(vm: Vm, o: Obj): number {
  const v = getFloatMaybe(vm, o);
  if (v === undefined) raiseFormat(vm, Ty.TypeError, "can't convert %s to float", typeNameOf(vm, o));
  return v;
}
export { bigIntToNumber };

/**
 * Resolves a sequence index; raises TypeError for non-ints, IndexError when out of range.
 * With `isSlice`, clamps instead.
 */
export function getIndex(vm: Vm, type: Addr, len: number, index: Obj, isSlice: boolean): number {
  let i = (index & 1) !== 0 ? index >> 1 : convertIndex(vm, type, index);
  if (i < 0) i += len;
  if (isSlice) return i < 0 ? 0 : i > len ? len : i;
  if (i < 0 || i >= len) raiseFormat(vm, Ty.IndexError, '%q index out of range', typeName(vm, type));
  return i;
}
export function convertIndex(vm: Vm, type: Addr, index: Obj): number {
  const n = getIndexMaybe(vm, index);
  if (n === undefined)
    raiseFormat(vm, Ty.TypeError, '%q indices must be integers, not %s', typeName(vm, type), typeNameOf(vm, index));
  return n;
}
function getIndexMaybe(vm: Vm, o: Obj): number | undefined {
  const n = getIntMaybe(vm, o);
  if (n !== undefined) return n;
  const slot = vm.i32[(vm.typeOf(o) + TypeOff.UnaryOp) >> 2] as number;
  if (slot === 0 || vm.typeOf(o) === Ty.Float) return undefined;
  const base = enterNested(vm);
  const r = leaveNested(vm, base, (vm.fns[slot - 1] as UnaryOpFn)(vm, UnaryOp.IntMaybe, o));
  return r === Word.Null ? undefined : getInt(vm, r);
}

/** Raises unless `nArgs` is within bounds and there are no keywords; as MicroPython's mp_arg_check_num. */
export function checkArgCount(vm: Vm, nArgs: number, nKw: number, min: number, max: number, takesKw: boolean): void {
  if (nKw !== 0 && !takesKw) raiseTypeError(vm, "function doesn't take keyword arguments");
  if (min === max) {
    if (nArgs !== min)
      raiseFormat(vm, Ty.TypeError, 'function takes %d positional arguments but %d were given', min, nArgs);
  } else if (nArgs < min) {
    raiseFormat(vm, Ty.TypeError, 'function missing %d required positional arguments', min - nArgs);
  } else if (nArgs > max) {
    raiseFormat(vm, Ty.TypeError, 'function expected at most %d arguments, got %d', max, nArgs);
  }
}
export { raiseMsg, raiseTypeError, raiseValueError };
