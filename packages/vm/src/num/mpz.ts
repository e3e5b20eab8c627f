/**
 * Signed big ints: sign and magnitude over 16-bit digits. Counterpart: py/mpz.c with MPZ_DIG_SIZE 16.
 *
 * An {@link Mpz} is a host-side handle on a span of digits: either its own buffer, or (by {@link viewMpz} and
 * {@link targetMpz}) digits in the board's memory, so that operands are read and results written in place. The value
 * zero has length 0 and no sign.
 *
 * Every operation leaves in `alloc` of its result how many digits MicroPython would have allocated for it, which is
 * often more than the result has; 0 means that it allocates no digits at all. The `alloc…` functions tell the same
 * before the operation, for callers that place the result first. No operation needs more room than that.
 *
 * A result must not share its digits with an operand, nor be the same object, unless the function says otherwise.
 */

import {
  BITS_AND,
  BITS_OR,
  BITS_XOR,
  mpnAdd,
  mpnBits,
  mpnCmp,
  mpnShl,
  mpnShr,
  mpnSub,
  mpnTrim,
  type Tick,
} from './mpn.js';
import { mpnDivRem, mpnLeadingQuotient, mpnMul } from './mpn-mul.js';

const NO_DIGITS = new Uint16Array(0);
const ONE_DIGIT = Uint16Array.of(1);

/** MicroPython never allocates fewer digits than this. */
export const MIN_ALLOC = 2;

/** A big int, see the head of this file. */
export class Mpz {
  neg = false;
  len = 0;
  /** The digits, from index `off`. */
  dig: Uint16Array = NO_DIGITS;
  off = 0;
  /** Digits that may be written from `off`. */
  cap = 0;
  /** The digits MicroPython would have allocated for this value. */
  alloc = 0;
  /** Buffers of {@link MIN_ALLOC} digits that MicroPython leaves to the collector when it computes this value. */
  leaks = 0;

  /** Makes room for n digits; what was there is lost when that takes a new buffer. */
  need(n: number): void {
    if (this.cap < n) {
      this.dig = new Uint16Array(n);
      this.off = 0;
      this.cap = n;
    }
  }

  /** Gives the digits as a buffer of this object's own, in place of one it only looks at. */
  own(): void {
    this.dig = this.dig.slice(this.off, this.off + this.len);
    this.off = 0;
    this.cap = this.len;
  }
}

/** A new big int with a copy of `len` digits at `index`. */
export function readMpz(u16: Uint16Array, index: number, len: number, neg: boolean): Mpz {
  const z = new Mpz();
  viewMpz(z, u16, index, len, neg);
  z.own();
  z.alloc = Math.max(len, MIN_ALLOC);
  return z;
}

/** Makes z an operand that reads `len` digits at `index` where they lie. */
export function viewMpz(z: Mpz, u16: Uint16Array, index: number, len: number, neg: boolean): Mpz {
  z.dig = u16;
  z.off = index;
  z.len = len;
  z.cap = 0;
  z.neg = neg;
  z.alloc = 0;
  return z;
}

/** Makes z a result that is written to the `cap` digits at `index`. */
export function targetMpz(z: Mpz, u16: Uint16Array, index: number, cap: number): Mpz {
  z.dig = u16;
  z.off = index;
  z.len = 0;
  z.cap = cap;
  z.neg = false;
  z.alloc = 0;
  return z;
}

export function allocAtLeast(n: number): number {
  return n < MIN_ALLOC ? MIN_ALLOC : n;
}

function setLen(z: Mpz, len: number, neg: boolean, alloc: number): Mpz {
  z.len = len;
  z.neg = len !== 0 && neg;
  z.alloc = allocAtLeast(alloc);
  z.leaks = 0;
  return z;
}

/** Sets a word-sized integer, -2^31 to 2^32 - 1. Allocates 2 digits, or none for 0. */
export function mpzSetInt(z: Mpz, value: number): Mpz {
  if (value === 0) {
    z.neg = false;
    z.len = 0;
    z.alloc = 0;
    z.leaks = 0;
    return z;
  }
  setMagnitude32(z, value < 0 ? -value : value);
  return setLen(z, z.len, value < 0, 2);
}

function setMagnitude32(z: Mpz, u: number): void {
  z.need(2);
  z.dig[z.off] = u;
  z.dig[z.off + 1] = u >>> 16;
  z.len = mpnTrim(z.dig, z.off, 2);
}

/** Digits allocated by {@link mpzSetInt64}, which is also what an int too big for a small int takes. */
export const ALLOC_INT64 = 4;

/** Sets a 64-bit integer from its two words; signed (two's complement) or unsigned. Allocates 4 digits. */
export function mpzSetInt64(z: Mpz, high: number, low: number, signed: boolean): Mpz {
  z.need(4);
  const neg = signed && (high | 0) < 0;
  let h = high >>> 0;
  let l = low >>> 0;
  if (neg) {
    l = -l >>> 0;
    h = (~h + (l === 0 ? 1 : 0)) >>> 0;
  }
  const d = z.dig;
  const o = z.off;
  d[o] = l;
  d[o + 1] = l >>> 16;
  d[o + 2] = h;
  d[o + 3] = h >>> 16;
  return setLen(z, mpnTrim(d, o, 4), neg, ALLOC_INT64);
}

/** Sets an integer of magnitude at most 2^53, as a value that does not fit a small int. Allocates 4 digits. */
export function mpzSetSafeInt(z: Mpz, value: number): Mpz {
  const high = Math.floor(value / 4294967296);
  return mpzSetInt64(z, high, value - high * 4294967296, true);
}

/** dest = src, which may be the same. */
export function mpzCopy(dest: Mpz, src: Mpz): Mpz {
  return copyWith(dest, src, src.neg);
}

function copyWith(dest: Mpz, src: Mpz, neg: boolean): Mpz {
  const n = src.len;
  if (dest !== src) {
    dest.need(n);
    for (let i = 0; i < n; i++) {
      dest.dig[dest.off + i] = src.dig[src.off + i];
    }
  }
  return setLen(dest, n, neg, n);
}

/** -1, 0 or 1 as a is less than, equal to or greater than b. */
export function mpzCmp(a: Mpz, b: Mpz): number {
  if (a.neg !== b.neg) {
    return a.neg ? -1 : 1;
  }
  const c = mpnCmp(a.dig, a.off, a.len, b.dig, b.off, b.len);
  return a.neg ? 0 - c : c;
}

/** dest = -a. Also for dest === a. */
export function mpzNeg(dest: Mpz, a: Mpz): Mpz {
  return copyWith(dest, a, !a.neg);
}

/** dest = |a|. Also for dest === a. */
export function mpzAbs(dest: Mpz, a: Mpz): Mpz {
  return copyWith(dest, a, false);
}

/** Digits allocated for -a and |a|. */
export function allocCopy(a: Mpz): number {
  return allocAtLeast(a.len);
}

/** dest = ~a, which is -a - 1. */
export function mpzNot(dest: Mpz, a: Mpz): Mpz {
  const alloc = allocNot(a);
  dest.need(alloc);
  if (a.neg) {
    const n = mpnSub(dest.dig, dest.off, a.dig, a.off, a.len, ONE_DIGIT, 0, 1);
    return setLen(dest, n, false, alloc);
  }
  const n =
    a.len === 0
      ? mpnAdd(dest.dig, dest.off, ONE_DIGIT, 0, 1, a.dig, a.off, 0)
      : mpnAdd(dest.dig, dest.off, a.dig, a.off, a.len, ONE_DIGIT, 0, 1);
  return setLen(dest, n, true, alloc);
}

/** Digits allocated for ~a. */
export function allocNot(a: Mpz): number {
  return allocAtLeast(a.neg ? a.len : a.len + 1);
}

/** dest = a + b. */
export function mpzAdd(dest: Mpz, a: Mpz, b: Mpz): Mpz {
  return addSigned(dest, a, b, b.neg);
}

/** dest = a - b. */
export function mpzSub(dest: Mpz, a: Mpz, b: Mpz): Mpz {
  return addSigned(dest, a, b, !b.neg);
}

function addSigned(dest: Mpz, a: Mpz, b: Mpz, bNeg: boolean): Mpz {
  const bigger = mpnCmp(a.dig, a.off, a.len, b.dig, b.off, b.len) >= 0;
  const x = bigger ? a : b;
  const y = bigger ? b : a;
  const neg = bigger ? a.neg : bNeg;
  if (a.neg === bNeg) {
    const alloc = x.len + 1;
    dest.need(alloc);
    const n = mpnAdd(dest.dig, dest.off, x.dig, x.off, x.len, y.dig, y.off, y.len);
    return setLen(dest, n, neg, alloc);
  }
  dest.need(x.len);
  const n = mpnSub(dest.dig, dest.off, x.dig, x.off, x.len, y.dig, y.off, y.len);
  return setLen(dest, n, neg, x.len);
}

/** Digits allocated for a + b. */
export function allocAdd(a: Mpz, b: Mpz): number {
  return allocAtLeast(Math.max(a.len, b.len) + (a.neg === b.neg ? 1 : 0));
}

/** Digits allocated for a - b. */
export function allocSub(a: Mpz, b: Mpz): number {
  return allocAtLeast(Math.max(a.len, b.len) + (a.neg !== b.neg ? 1 : 0));
}

/** dest = a * b. */
export function mpzMul(dest: Mpz, a: Mpz, b: Mpz, tick?: Tick): Mpz {
  if (a.len === 0 || b.len === 0) {
    return mpzSetInt(dest, 0);
  }
  const alloc = a.len + b.len;
  dest.need(alloc);
  const n = mpnMul(dest.dig, dest.off, a.dig, a.off, a.len, b.dig, b.off, b.len, tick);
  return setLen(dest, n, a.neg !== b.neg, alloc);
}

/** Digits allocated for a * b. */
export function allocMul(a: Mpz, b: Mpz): number {
  return a.len === 0 || b.len === 0 ? 0 : allocAtLeast(a.len + b.len);
}

/** quo, rem = divmod(a, b), rounding to minus infinity as Python does. b must not be zero. Sets `leaks` of both. */
export function mpzDivMod(quo: Mpz, rem: Mpz, a: Mpz, b: Mpz, tick?: Tick): void {
  const quoAlloc = a.len + 1;
  quo.need(quoAlloc);
  rem.need(allocRem(a, b));
  let ql = 0;
  let rl = a.len;
  for (let i = 0; i < rl; i++) {
    rem.dig[rem.off + i] = a.dig[a.off + i];
  }
  if (mpnCmp(a.dig, a.off, a.len, b.dig, b.off, b.len) >= 0) {
    mpnDivRem(quo.dig, quo.off, rem.dig, rem.off, a.len, b.dig, b.off, b.len, tick);
    ql = mpnTrim(quo.dig, quo.off, a.len - b.len + 1);
    rl = mpnTrim(rem.dig, rem.off, b.len);
  }
  let remNeg = a.neg;
  let leaks = 0;
  if (a.neg !== b.neg && rl !== 0) {
    leaks = 1; // the -1 that upstream adds to the quotient
    ql =
      ql === 0
        ? mpnAdd(quo.dig, quo.off, ONE_DIGIT, 0, 1, quo.dig, quo.off, 0)
        : mpnAdd(quo.dig, quo.off, quo.dig, quo.off, ql, ONE_DIGIT, 0, 1);
    rl = mpnSub(rem.dig, rem.off, b.dig, b.off, b.len, rem.dig, rem.off, rl);
    remNeg = b.neg;
  }
  setLen(quo, ql, a.neg !== b.neg, quoAlloc);
  setLen(rem, rl, remNeg, allocRem(a, b));
  quo.leaks = leaks;
  rem.leaks = leaks;
}

/**
 * quo = a // b as {@link mpzDivMod}, without working out the remainder, if the leading digits tell the quotient. Otherwise false, and
 * quo is without value.
 */
export function mpzQuo(quo: Mpz, a: Mpz, b: Mpz, tick?: Tick): boolean {
  const al = a.len;
  const bl = b.len;
  if (bl < 4 || al < bl || al > bl + 2) return false;
  let q = mpnLeadingQuotient(a.dig, a.off, al, b.dig, b.off, bl, tick);
  const neg = a.neg !== b.neg;
  if (q < 0 || q === 0xffffffff) return false;
  if (neg) q++;
  const quoAlloc = al + 1;
  quo.need(quoAlloc);
  setMagnitude32(quo, q);
  setLen(quo, quo.len, neg, quoAlloc);
  quo.leaks = neg ? 1 : 0;
  return true;
}

/** Digits allocated for a // b, also for the quotient that a % b drops again. */
export function allocQuo(a: Mpz): number {
  return allocAtLeast(a.len + 1);
}

/** Digits allocated for a % b. */
export function allocRem(a: Mpz, b: Mpz): number {
  return allocAtLeast(a.len !== 0 && a.neg !== b.neg ? Math.max(b.len, a.len + 1) : a.len + 1);
}

/** dest = a & b. */
export function mpzAnd(dest: Mpz, a: Mpz, b: Mpz): Mpz {
  return bits(BITS_AND, dest, a, b, a.neg && b.neg, allocAnd(a, b));
}

/** dest = a | b. */
export function mpzOr(dest: Mpz, a: Mpz, b: Mpz): Mpz {
  return bits(BITS_OR, dest, a, b, a.neg || b.neg, allocOr(a, b));
}

/** dest = a ^ b. */
export function mpzXor(dest: Mpz, a: Mpz, b: Mpz): Mpz {
  return bits(BITS_XOR, dest, a, b, a.neg !== b.neg, allocXor(a, b));
}

function bits(op: number, dest: Mpz, a: Mpz, b: Mpz, neg: boolean, alloc: number): Mpz {
  const x = a.len >= b.len ? a : b;
  const y = a.len >= b.len ? b : a;
  dest.need(alloc);
  const n = mpnBits(op, dest.dig, dest.off, x.dig, x.off, x.len, x.neg, y.dig, y.off, y.len, y.neg);
  return setLen(dest, n, neg, alloc);
}

/** Digits allocated for a & b. */
export function allocAnd(a: Mpz, b: Mpz): number {
  return allocAtLeast(Math.max(a.len, b.len) + (a.neg || b.neg ? 1 : 0));
}

/** Digits allocated for a | b. */
export function allocOr(a: Mpz, b: Mpz): number {
  return allocAnd(a, b);
}

/** Digits allocated for a ^ b. */
export function allocXor(a: Mpz, b: Mpz): number {
  return allocAtLeast(Math.max(a.len, b.len) + (a.neg !== b.neg ? 1 : 0));
}

/** dest = a << bits. */
export function mpzShl(dest: Mpz, a: Mpz, count: number): Mpz {
  const alloc = allocShl(a, count);
  dest.need(alloc);
  const n = mpnShl(dest.dig, dest.off, a.dig, a.off, a.len, count);
  return setLen(dest, n, a.neg, alloc);
}

/** Digits allocated for a << count. */
export function allocShl(a: Mpz, count: number): number {
  return allocAtLeast(a.len === 0 ? 0 : a.len + Math.ceil(count / 16));
}

/** dest = a >> bits, rounding to minus infinity. */
export function mpzShr(dest: Mpz, a: Mpz, count: number): Mpz {
  const alloc = allocShr(a);
  dest.need(alloc);
  let n = mpnShr(dest.dig, dest.off, a.dig, a.off, a.len, count);
  if (a.neg && shiftsOutBits(a, count)) {
    n =
      n === 0
        ? mpnAdd(dest.dig, dest.off, ONE_DIGIT, 0, 1, dest.dig, dest.off, 0)
        : mpnAdd(dest.dig, dest.off, dest.dig, dest.off, n, ONE_DIGIT, 0, 1);
  }
  return setLen(dest, n, a.neg, alloc);
}

/** Digits allocated for a >> count. */
export function allocShr(a: Mpz): number {
  return allocAtLeast(a.len);
}

/** Whether any of the low `count` bits of the magnitude is set. */
function shiftsOutBits(a: Mpz, count: number): boolean {
  const whole = Math.min(Math.floor(count / 16), a.len);
  for (let i = 0; i < whole; i++) {
    if (a.dig[a.off + i] !== 0) {
      return true;
    }
  }
  return whole < a.len && (a.dig[a.off + whole] & ((1 << (count & 15)) - 1)) !== 0;
}

/** The number of bits in the magnitude. */
export function mpzBitLength(z: Mpz): number {
  return z.len === 0 ? 0 : z.len * 16 - (Math.clz32(z.dig[z.off + z.len - 1]) - 16);
}

/** The low 32 bits of the two's complement value, as an int32: the hash, and the truncated word value. */
export function mpzHash(z: Mpz): number {
  let v = 0;
  if (z.len > 0) {
    v = z.dig[z.off];
    if (z.len > 1) {
      v |= z.dig[z.off + 1] << 16;
    }
  }
  return z.neg ? -v | 0 : v;
}

/** What the checked conversions return for values out of range. */
export const OVERFLOW = Number.NaN;

/** The value as a signed word, or {@link OVERFLOW}; as upstream, -2^31 counts as too big. */
export function mpzAsInt32(z: Mpz): number {
  const v = magnitude32(z);
  return v <= 0x7fffffff ? (z.neg ? -v : v) : OVERFLOW;
}

/** The value as an unsigned word, or {@link OVERFLOW}. */
export function mpzAsUint32(z: Mpz): number {
  const v = magnitude32(z);
  return !z.neg && v <= 0xffffffff ? v : OVERFLOW;
}

function magnitude32(z: Mpz): number {
  switch (z.len) {
    case 0:
      return 0;
    case 1:
      return z.dig[z.off];
    case 2:
      return z.dig[z.off + 1] * 65536 + z.dig[z.off];
    default:
      return Number.POSITIVE_INFINITY;
  }
}
