/**
 * Big ints on the heap: an object of four words (type, flags, length, address) and a block of 16-bit digits.
 * Counterpart: py/objint_mpz.c; the digit arithmetic is in `num/mpz.ts`.
 *
 * What an operation allocates, and in which order, is what MicroPython allocates: the result object, then its digits, then
 * temporaries that are freed or left for the collector as there. An object may hold any value, also one that would fit a
 * small int; `settle` turns results of operators into small ints.
 *
 * The operands in `A` and `B` are views on memory, shared by all boards: they are set up again after anything that
 * may run other code (an allocation can collect, and a collection can run `__del__`).
 */
import { BinaryOp } from '@tsmp-internal/bytecode';
import { IntOff } from '../layout.js';
import {
  ALLOC_INT64,
  allocAtLeast,
  allocAnd,
  allocOr,
  allocQuo,
  allocRem,
  allocShl,
  allocShr,
  allocXor,
  Mpz,
  mpzAdd,
  mpzAnd,
  mpzAsInt32,
  mpzCmp,
  mpzDivMod,
  mpzMul,
  mpzOr,
  mpzQuo,
  mpzSetInt,
  mpzSetInt64,
  mpzSetSafeInt,
  mpzShl,
  mpzShr,
  mpzSub,
  mpzXor,
  targetMpz,
  viewMpz,
} from '../num/mpz.js';
import { mpzAsFloat } from '../num/mpz-convert.js';
import type { Tick } from '../num/mpn.js';
import { raiseMsg, raiseValueError } from '../raise.js';
import { Ty } from '../types.js';
import {
  type Addr,
  fitsSmallInt,
  newBool,
  newSmallInt,
  type Obj,
  SMALL_INT_MAX,
  SMALL_INT_MIN,
  Word,
} from '../words.js';
import type { Vm } from '../vm.js';
import { floatKind } from './number.js';
import { floatBinary, newFloat } from './float.js';
import { powInto } from './int-pow.js';
import { newTuple2 } from './tuple2.js';

const A = new Mpz();
const B = new Mpz();
const R = new Mpz();
const S = new Mpz();
const A_DIGITS = new Uint16Array(2);
const B_DIGITS = new Uint16Array(2);

/** Digit steps from which an operation reports its progress to the clock. */
const LONG_WORK = 2048;

/** Makes `z` a view on the digits of a big int. */
export function viewBig(vm: Vm, z: Mpz, o: Obj): Mpz {
  const w = o >> 2;
  return viewMpz(
    z,
    vm.u16,
    (vm.i32[w + 3] as number) >> 1,
    vm.i32[w + 2] as number,
    ((vm.i32[w + 1] as number) & 1) !== 0,
  );
}

/** Makes `z` a view on any int; a small one is spelled out in `digits` (two of them). */
function viewInt(vm: Vm, z: Mpz, digits: Uint16Array, o: Obj): void {
  if ((o & 1) !== 0) {
    targetMpz(z, digits, 0, 2);
    mpzSetInt(z, o >> 1);
  } else viewBig(vm, z, o);
}

/** Makes `z` hold any int: a view on a big one, digits of its own for a small one. */
export function loadInt(vm: Vm, z: Mpz, o: Obj): Mpz {
  if ((o & 1) !== 0) return mpzSetInt(z, o >> 1);
  return viewBig(vm, z, o);
}

function operands(vm: Vm, a: Obj, b: Obj): void {
  viewInt(vm, A, A_DIGITS, a);
  viewInt(vm, B, B_DIGITS, b);
}

/** A big int object without digits: zero. */
export function allocBig(vm: Vm): Addr {
  return vm.allocObj(IntOff.Size, Ty.Int);
}

/** Gives the object `res` a block of `alloc` digits and aims `z` at it. */
function place(vm: Vm, res: Addr, z: Mpz, alloc: number): void {
  if (alloc === 0) {
    targetMpz(z, vm.u16, 0, 0);
    return;
  }
  const dig = vm.alloc(alloc * 2);
  setDigits(vm, res, dig, alloc);
  targetMpz(z, vm.u16, dig >> 1, alloc);
}

/** Sets an object's block of digits; its value is zero until {@link setValue}. */
export function setDigits(vm: Vm, res: Addr, dig: Addr, alloc: number): void {
  const w = res >> 2;
  vm.i32[w + 1] = alloc << 2;
  vm.i32[w + 2] = 0;
  vm.i32[w + 3] = dig;
}
/** Sets sign and length of an object whose digits are written. */
export function setValue(vm: Vm, res: Addr, len: number, neg: boolean): void {
  const w = res >> 2;
  vm.i32[w + 1] = ((vm.i32[w + 1] as number) & ~1) | (neg ? 1 : 0);
  vm.i32[w + 2] = len;
}

/** The object's value as a small int if it fits one, else the object. */
export function settle(vm: Vm, res: Addr): Obj {
  if ((vm.i32[(res + IntOff.Len) >> 2] as number) > 2) return res;
  const v = mpzAsInt32(viewBig(vm, S, res));
  return v >= SMALL_INT_MIN && v <= SMALL_INT_MAX ? newSmallInt(v) : res;
}

function finish(vm: Vm, res: Addr): Obj {
  setValue(vm, res, R.len, R.neg);
  return settle(vm, res);
}

/** A new big int object with the value of `z` and the room that `z.alloc` asks for; also for values that fit a small int. */
export function newBigInt(vm: Vm, z: Mpz): Obj {
  const res = allocBig(vm);
  if (z.alloc !== 0) {
    const dig = vm.alloc(z.alloc * 2);
    setDigits(vm, res, dig, z.alloc);
    for (let i = 0; i < z.len; i++) vm.u16[(dig >> 1) + i] = z.dig[z.off + i] as number;
  }
  setValue(vm, res, z.len, z.neg);
  return res;
}

/** A new big int object of an integer up to 2^53; also for values that fit a small int. */
export function newBigFromNumber(vm: Vm, n: number): Obj {
  const res = allocBig(vm);
  place(vm, res, R, ALLOC_INT64);
  mpzSetSafeInt(R, n);
  setValue(vm, res, R.len, R.neg);
  return res;
}

/** The int of a 64-bit word pair, always as an object (as `mp_obj_new_int_from_ll` makes it). */
export function newBigFromInt64(vm: Vm, high: number, low: number, signed: boolean): Obj {
  const res = allocBig(vm);
  place(vm, res, R, ALLOC_INT64);
  mpzSetInt64(R, high, low, signed);
  setValue(vm, res, R.len, R.neg);
  return res;
}

/** Any integer up to 2^53. */
export function newInt(vm: Vm, n: number): Obj {
  return fitsSmallInt(n) ? newSmallInt(n) : newBigFromNumber(vm, n);
}
/** An unsigned word. */
export function newIntFromUint32(vm: Vm, n: number): Obj {
  return newInt(vm, n >>> 0);
}

function tickFor(vm: Vm): Tick {
  return (cost) => vm.charge(cost);
}

export function raiseZeroDivision(vm: Vm): never {
  raiseMsg(vm, Ty.ZeroDivisionError, 'divide by zero');
}

function isZero(vm: Vm, o: Obj): boolean {
  return o === Word.Zero || ((o & 1) === 0 && vm.i32[(o + IntOff.Len) >> 2] === 0);
}

/** The int as a float of the board's width. */
export function intAsFloat(vm: Vm, o: Obj): number {
  if ((o & 1) !== 0) return vm.doubles ? o >> 1 : Math.fround(o >> 1);
  return mpzAsFloat(viewBig(vm, S, o), floatKind(vm));
}

/** Any binary operation of two ints of which at least one is a big int object; Null when there is no such operation. */
export function bigBinary(vm: Vm, op: number, a: Obj, b: Obj): Obj {
  if (op < BinaryOp.InplaceOr || op >= BinaryOp.Contains) return compare(vm, op, a, b);
  if (op <= BinaryOp.InplacePower) op += BinaryOp.Or - BinaryOp.InplaceOr;
  if (op === BinaryOp.TrueDivide) {
    if (isZero(vm, b)) raiseZeroDivision(vm);
    const x = intAsFloat(vm, a);
    return newFloat(vm, x / intAsFloat(vm, b));
  }
  const res = allocBig(vm);
  if (op >= BinaryOp.Add && op <= BinaryOp.Multiply) return arithmetic(vm, op, res, a, b);
  switch (op) {
    case BinaryOp.FloorDivide:
      if (isZero(vm, b)) raiseZeroDivision(vm);
      divide(vm, a, b, res, 0);
      return settle(vm, res);
    case BinaryOp.Modulo:
      if (isZero(vm, b)) raiseZeroDivision(vm);
      divide(vm, a, b, 0, res);
      return settle(vm, res);
    case BinaryOp.Divmod: {
      if (isZero(vm, b)) raiseZeroDivision(vm);
      const quo = allocBig(vm);
      divide(vm, a, b, quo, res);
      return newTuple2(vm, quo, res);
    }
    case BinaryOp.And:
      operands(vm, a, b);
      place(vm, res, R, allocAnd(A, B));
      operands(vm, a, b);
      mpzAnd(R, A, B);
      return finish(vm, res);
    case BinaryOp.Or:
      operands(vm, a, b);
      place(vm, res, R, allocOr(A, B));
      operands(vm, a, b);
      mpzOr(R, A, B);
      return finish(vm, res);
    case BinaryOp.Xor:
      operands(vm, a, b);
      place(vm, res, R, allocXor(A, B));
      operands(vm, a, b);
      mpzXor(R, A, B);
      return finish(vm, res);
    case BinaryOp.Lshift:
    case BinaryOp.Rshift:
      return shift(vm, op, res, a, shiftCount(vm, b));
    case BinaryOp.Power:
      if (isNegative(vm, b)) return floatBinary(vm, op, intAsFloat(vm, a), b);
      powInto(vm, res, a, b);
      return settle(vm, res);
    default:
      return Word.Null;
  }
}

/** Digits of an int; a small one has up to two. */
function digitCount(vm: Vm, o: Obj): number {
  if ((o & 1) === 0) return vm.i32[(o + IntOff.Len) >> 2] as number;
  const v = Math.abs(o >> 1);
  return v === 0 ? 0 : v < 0x10000 ? 1 : 2;
}
/** The value of an int of up to three digits. */
function shortValue(vm: Vm, o: Obj, digits: number): number {
  if ((o & 1) !== 0) return o >> 1;
  const dig = (vm.i32[(o + IntOff.Dig) >> 2] as number) >> 1;
  let v = 0;
  for (let i = digits - 1; i >= 0; i--) v = v * 0x10000 + (vm.u16[dig + i] as number);
  return ((vm.i32[(o + IntOff.Flags) >> 2] as number) & 1) !== 0 ? -v : v;
}

/** Whether an int is negative. */
function isNegative(vm: Vm, o: Obj): boolean {
  return (o & 1) !== 0 ? o < 0 : ((vm.i32[(o + IntOff.Flags) >> 2] as number) & 1) !== 0;
}

/** a + b, a - b or a * b into `res`. */
function arithmetic(vm: Vm, op: number, res: Addr, a: Obj, b: Obj): Obj {
  const an = digitCount(vm, a);
  const bn = digitCount(vm, b);
  let room: number;
  if (op === BinaryOp.Multiply) room = an === 0 || bn === 0 ? 0 : allocAtLeast(an + bn);
  else {
    const grows = (isNegative(vm, a) === isNegative(vm, b)) === (op === BinaryOp.Add);
    room = allocAtLeast((an > bn ? an : bn) + (grows ? 1 : 0));
  }
  let dig = 0;
  if (room !== 0) {
    dig = vm.alloc(room * 2);
    setDigits(vm, res, dig, room);
  }
  // where JavaScript's numbers are exact
  if (an <= 3 && bn <= 3 && (op !== BinaryOp.Multiply || an + bn <= 3)) {
    const x = shortValue(vm, a, an);
    const y = shortValue(vm, b, bn);
    const v = op === BinaryOp.Multiply ? x * y : op === BinaryOp.Add ? x + y : x - y;
    let len = 0;
    for (let rest = Math.abs(v); rest !== 0; rest = Math.floor(rest / 0x10000))
      vm.u16[(dig >> 1) + len++] = rest % 0x10000;
    setValue(vm, res, len, v < 0);
    return v >= SMALL_INT_MIN && v <= SMALL_INT_MAX ? newSmallInt(v) : res;
  }
  targetMpz(R, vm.u16, dig >> 1, room);
  operands(vm, a, b);
  if (op === BinaryOp.Add) mpzAdd(R, A, B);
  else if (op === BinaryOp.Subtract) mpzSub(R, A, B);
  else if (an * bn < LONG_WORK) mpzMul(R, A, B);
  else {
    const z = targetMpz(new Mpz(), R.dig, R.off, R.cap);
    mpzMul(z, loadInt(vm, new Mpz(), a), loadInt(vm, new Mpz(), b), tickFor(vm));
    setValue(vm, res, z.len, z.neg);
    return settle(vm, res);
  }
  return finish(vm, res);
}

/** Divides into the objects `quo` and `rem`; the one that is 0 is dropped. */
function divide(vm: Vm, a: Obj, b: Obj, quo: Addr, rem: Addr): void {
  operands(vm, a, b);
  const alloc = allocQuo(A);
  const remAlloc = allocRem(A, B);
  const long = A.len * B.len >= LONG_WORK;
  const q = vm.alloc(alloc * 2);
  let r = vm.alloc(alloc * 2);
  const early = remAlloc > alloc;
  if (early) {
    // rounding down adds the divisor to the remainder; the 1 for the quotient is a big int that is left behind
    vm.alloc(4);
    r = vm.realloc(r, remAlloc * 2);
  }
  const x = long ? new Mpz() : A;
  const y = long ? new Mpz() : B;
  const zq = long ? new Mpz() : R;
  const zr = long ? new Mpz() : S;
  if (long) {
    loadInt(vm, x, a);
    loadInt(vm, y, b);
  } else operands(vm, a, b);
  targetMpz(zq, vm.u16, q >> 1, alloc);
  targetMpz(zr, vm.u16, r >> 1, remAlloc);
  const tick = long ? tickFor(vm) : undefined;
  if (rem !== 0 || !mpzQuo(zq, x, y, tick)) mpzDivMod(zq, zr, x, y, tick);
  if (quo !== 0) {
    setDigits(vm, quo, q, alloc);
    setValue(vm, quo, zq.len, zq.neg);
  }
  if (rem !== 0) {
    setDigits(vm, rem, r, remAlloc);
    setValue(vm, rem, zr.len, zr.neg);
  }
  if (zq.leaks !== 0 && !early) vm.alloc(4);
  if (quo === 0) vm.heap.free(q);
  if (rem === 0) vm.heap.free(r);
}

function shiftCount(vm: Vm, b: Obj): number {
  const n = intAsInt32(vm, b);
  if (n < 0) raiseValueError(vm, 'negative shift count');
  return n;
}

function shift(vm: Vm, op: number, res: Addr, a: Obj, count: number): Obj {
  viewInt(vm, A, A_DIGITS, a);
  place(vm, res, R, op === BinaryOp.Lshift ? allocShl(A, count) : allocShr(A));
  viewInt(vm, A, A_DIGITS, a);
  if (op === BinaryOp.Lshift) mpzShl(R, A, count);
  else mpzShr(R, A, count);
  return finish(vm, res);
}

function compare(vm: Vm, op: number, a: Obj, b: Obj): Obj {
  operands(vm, a, b);
  switch (op) {
    case BinaryOp.Less:
      return newBool(mpzCmp(A, B) < 0);
    case BinaryOp.More:
      return newBool(mpzCmp(A, B) > 0);
    case BinaryOp.Equal:
      return newBool(mpzCmp(A, B) === 0);
    case BinaryOp.LessEqual:
      return newBool(mpzCmp(A, B) <= 0);
    case BinaryOp.MoreEqual:
      return newBool(mpzCmp(A, B) >= 0);
    default:
      return Word.Null;
  }
}

/** An int as a signed machine word; raises OverflowError. */
export function intAsInt32(vm: Vm, o: Obj): number {
  if ((o & 1) !== 0) return o >> 1;
  const v = mpzAsInt32(viewBig(vm, S, o));
  if (v !== v) raiseWordOverflow(vm);
  return v;
}
export function raiseWordOverflow(vm: Vm): never {
  raiseMsg(vm, Ty.OverflowError, 'overflow converting long int to machine word');
}
