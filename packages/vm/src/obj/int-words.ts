/**
 * Arithmetic of big ints of moderate length by words of the board's memory, which are two digits. What is allocated, and in which order,
 * and the steps that the clock is told of are as in int-big.ts, which does all else.
 */
import { BinaryOp } from '@tsmp-internal/bytecode';
import { IntOff } from '../layout.js';
import { Ty } from '../types.js';
import { mulAdd, toInt } from '../wide.js';
import { type Addr, type Double, newSmallInt, type Obj, SMALL_INT_MAX, Word } from '../words.js';
import type { Vm } from '../vm.js';

/** Digits of operands, and digit steps of products, that are more than this are left to int-big.ts, which tells the clock of them. */
const LONG = 2048;
/** As SMALL_DIVISOR of `num/mpn-mul.ts`. */
const LONG_DIVISOR = 128;
/** Digits that a block has at least. */
const MIN_ROOM = 2;

/** a + b, a - b, a * b, or a // b with a short result, in place or not, if one of them is a big int; Null for all else. */
export function wordsBinary(vm: Vm, op: number, a: Obj, b: Obj): Obj {
  let kind = op;
  if (kind >= BinaryOp.InplaceOr && kind <= BinaryOp.InplacePower) kind += BinaryOp.Or - BinaryOp.InplaceOr;
  if (kind < BinaryOp.Add || (kind > BinaryOp.Multiply && kind !== BinaryOp.FloorDivide)) return Word.Null;
  if ((a & b & 1) !== 0 || !isAnyInt(vm, a) || !isAnyInt(vm, b)) return Word.Null;
  const an = digitsOf(vm, a);
  const bn = digitsOf(vm, b);
  if (an > LONG || bn > LONG) return Word.Null;
  if (kind === BinaryOp.FloorDivide) return quotient(vm, a, an, b, bn);
  if (kind === BinaryOp.Multiply) return an * bn < LONG ? product(vm, a, an, b, bn) : Word.Null;
  const neg = isNegative(vm, a);
  const sameSign = (neg === isNegative(vm, b)) === (kind === BinaryOp.Add);
  const more = an > bn ? an : bn;
  const res = vm.allocObj(IntOff.Size, Ty.Int);
  const digits = sameSign ? more + 1 : more;
  const room = roomFor(digits);
  const dig = allocDigits(vm, res, room);
  const end = wordsFor(digits);
  if (sameSign) {
    addMagnitudes(vm, dig >> 2, end, a, an, b, bn, 0);
    return finish(vm, res, dig, room, neg);
  }
  const order = compareMagnitudes(vm, a, an, b, bn, more);
  if (order > 0) addMagnitudes(vm, dig >> 2, end, a, an, b, bn, -1);
  else if (order < 0) addMagnitudes(vm, dig >> 2, end, b, bn, a, an, -1);
  return finish(vm, res, dig, room, order > 0 ? neg : !neg);
}

function isAnyInt(vm: Vm, o: Obj): boolean {
  return (o & 1) !== 0 || ((o & 3) === 0 && vm.i32[o >> 2] === Ty.Int);
}
function isNegative(vm: Vm, o: Obj): boolean {
  return (o & 1) !== 0 ? o < 0 : ((vm.i32[(o + IntOff.Flags) >> 2] as number) & 1) !== 0;
}
/** Of a small int. */
function magnitude(o: Obj): number {
  return o < 0 ? -(o >> 1) : o >> 1;
}
function digitsOf(vm: Vm, o: Obj): number {
  if ((o & 1) === 0) return vm.i32[(o + IntOff.Len) >> 2] as number;
  const m = magnitude(o);
  return m === 0 ? 0 : m < 0x10000 ? 1 : 2;
}
function roomFor(digits: number): number {
  return digits < MIN_ROOM ? MIN_ROOM : digits;
}

/** Word `i` of the magnitude of an int with `n` digits. */
function wordAt(vm: Vm, o: Obj, n: number, i: number): number {
  if ((o & 1) !== 0) return i === 0 ? magnitude(o) : 0;
  const last = n >> 1;
  if (i > last) return 0;
  const w = vm.i32[((vm.i32[(o + IntOff.Dig) >> 2] as number) >> 2) + i] as number;
  // what lies above the digits is anything
  return i < last ? w : (n & 1) !== 0 ? w & 0xffff : 0;
}

function allocDigits(vm: Vm, res: Addr, room: number): Addr {
  const dig = vm.alloc(room * 2);
  const w = res >> 2;
  vm.i32[w + (IntOff.Flags >> 2)] = room << 2;
  vm.i32[w + (IntOff.Dig >> 2)] = dig;
  return dig;
}

/** Sets length and sign; the value as a small int if it fits one. */
function finish(vm: Vm, res: Addr, dig: Addr, room: number, neg: boolean): Obj {
  let n = room;
  while (n > 0 && vm.u16[(dig >> 1) + n - 1] === 0) n--;
  vm.i32[(res + IntOff.Len) >> 2] = n;
  if (n === 0) return Word.Zero;
  if (neg) vm.i32[(res + IntOff.Flags) >> 2] = (vm.i32[(res + IntOff.Flags) >> 2] as number) | 1;
  if (n > 2) return res;
  const m = vm.i32[dig >> 2] as number;
  if (m < 0 || m > (neg ? SMALL_INT_MAX + 1 : SMALL_INT_MAX)) return res;
  return newSmallInt(neg ? -m : m);
}

/** Words that `digits` fill: never more than their block has. */
function wordsFor(digits: number): number {
  return (digits + 1) >> 1;
}

/** How many words both operands have in full in memory, from which loops may take them. */
function fullWords(a: Obj, an: number, b: Obj, bn: number): number {
  return ((a | b) & 1) !== 0 ? 0 : (an < bn ? an : bn) >> 1;
}
function wordsAddr(vm: Vm, o: Obj): number {
  return (vm.i32[(o + IntOff.Dig) >> 2] as number) >> 2;
}

/** The carry out of bit 31 of x + y: both have it, or one has and the sum lost it. */
function carryOf(x: number, y: number, sum: number): number {
  return ((x & y) | ((x | y) & ~sum)) >>> 31;
}
/** a + b into `end` words; with `invert` -1 instead of 0 a - b, for a > b, which is a + ~b + 1. */
function addMagnitudes(vm: Vm, out: number, end: number, a: Obj, an: number, b: Obj, bn: number, invert: number): void {
  const i32 = vm.i32;
  const full = fullWords(a, an, b, bn);
  let i = 0;
  let carry = invert & 1;
  if (full > 0) {
    const from = wordsAddr(vm, a);
    const other = wordsAddr(vm, b);
    for (; i < full; i++) {
      const x = i32[from + i] as number;
      const y = (i32[other + i] as number) ^ invert;
      const sum = (((x + y) | 0) + carry) | 0;
      i32[out + i] = sum;
      carry = carryOf(x, y, sum);
    }
  }
  for (; i < end; i++) {
    const x = wordAt(vm, a, an, i);
    const y = wordAt(vm, b, bn, i) ^ invert;
    const sum = (((x + y) | 0) + carry) | 0;
    i32[out + i] = sum;
    carry = carryOf(x, y, sum);
  }
}

/** Greater than, less than or equal to 0. */
function compareMagnitudes(vm: Vm, a: Obj, an: number, b: Obj, bn: number, more: number): number {
  if (an !== bn) return an - bn;
  for (let i = wordsFor(more) - 1; i >= 0; i--) {
    const x = wordAt(vm, a, an, i);
    const y = wordAt(vm, b, bn, i);
    if (x !== y) return (x ^ 0x80000000) > (y ^ 0x80000000) ? 1 : -1;
  }
  return 0;
}

function product(vm: Vm, a: Obj, an: number, b: Obj, bn: number): Obj {
  const res = vm.allocObj(IntOff.Size, Ty.Int);
  if (an === 0 || bn === 0) return Word.Zero;
  const room = roomFor(an + bn);
  const dig = allocDigits(vm, res, room);
  // rows of one that has its digits in memory: the longer one, if both have
  if ((a & 1) !== 0 || ((b & 1) === 0 && bn > an)) rows(vm, dig >> 2, room, b, bn, a, an);
  else rows(vm, dig >> 2, room, a, an, b, bn);
  return finish(vm, res, dig, room, isNegative(vm, a) !== isNegative(vm, b));
}

/** `a` is a big int, `b` any. */
function rows(vm: Vm, out: number, room: number, a: Obj, an: number, b: Obj, bn: number): void {
  const i32 = vm.i32;
  const full = an >> 1;
  const end = wordsFor(room);
  const from = wordsAddr(vm, a);
  const top = (an & 1) !== 0 ? (i32[from + full] as number) & 0xffff : 0;
  for (let j = 0; j < wordsFor(bn); j++) {
    const y = wordAt(vm, b, bn, j);
    const row = out + j;
    let carry = 0;
    for (let i = 0; i < full; i++) carry = mulAdd(i32, row + i, i32[from + i] as number, y, carry);
    if (j + full >= end) continue;
    // the word at the row's end is not in use yet, but for what the row before it carried there
    const high = mulAdd(i32, row + full, top, y, carry);
    if (j + full + 1 < end) i32[row + full + 1] = high;
  }
}

/** a // b where the leading digits tell it and it is a small int; Null otherwise. Compare mpnLeadingQuotient of `num/mpn-mul.ts`. */
function quotient(vm: Vm, a: Obj, an: number, b: Obj, bn: number): Obj {
  if (bn < 4 || an < bn || an > bn + 2 || isNegative(vm, a) !== isNegative(vm, b)) return Word.Null;
  const low = bn - 4;
  const x: Double = leading(vm, a, an, low);
  const y: Double = leading(vm, b, bn, low);
  // what the digits left out add to x and y, and all roundings, are less than 2^-46 of the quotient
  const q: Double = x / y;
  const slack: Double = q * EPSILON;
  const whole: Double = Math.floor(q - slack);
  if (whole > SMALL_INT_MAX || whole !== Math.floor(q + slack)) return Word.Null;
  // the result, the quotient's digits and the remainder's, which are given back
  vm.allocObj(IntOff.Size, Ty.Int);
  vm.alloc((an + 1) * 2);
  vm.heap.free(vm.alloc((an + 1) * 2));
  if (whole > 0 && an * bn >= LONG) {
    if (bn <= LONG_DIVISOR) vm.charge((an - bn + 1) * bn);
    else for (let n = bn; n <= an; n++) vm.charge(bn);
  }
  return newSmallInt(toInt(whole));
}
const EPSILON = 1.4210854715202004e-14;

/** The digits from `low` on as a number, rounded. */
function leading(vm: Vm, o: Obj, n: number, low: number): Double {
  const digits = (vm.i32[(o + IntOff.Dig) >> 2] as number) >> 1;
  let x: Double = 0;
  for (let i = n - 1; i >= low; i--) x = x * 65536 + (vm.u16[digits + i] as number);
  return x;
}
