/**
 * Float arithmetic with Python's rules, and C's functions on float representations.
 * Counterpart: py/objfloat.c, py/modmath.c and the C library's frexp, ldexp, modf and nearbyint.
 *
 * In single kinds the arguments are floats and every step rounds to a float, as it does on a board.
 */

import { type FloatKind, isDouble, roundTo } from './float-kind.js';
import { highWord, joinDouble, lowWord, splitDouble } from './x87.js';

export function signBit(x: number): boolean {
  return x < 0 || (x === 0 && 1 / x < 0);
}

/** |x| with the sign of y; the sign of a NaN counts as positive. */
export function copySign(x: number, y: number): number {
  const abs = Math.abs(x);
  return signBit(y) ? -abs : abs;
}

/** The quotient of the last {@link floatDivMod}. */
export let floatQuo = 0;
/** The remainder of the last {@link floatDivMod}. */
export let floatRem = 0;

/** divmod(x, y) for y not 0, into {@link floatQuo} and {@link floatRem}. */
export function floatDivMod(x: number, y: number, kind: FloatKind): void {
  let mod = x % y;
  let div = roundTo(kind, roundTo(kind, x - mod) / y);
  if (mod === 0) {
    mod = copySign(0, y);
  } else if (mod < 0 !== y < 0) {
    mod = roundTo(kind, mod + y);
    div = roundTo(kind, div - 1);
  }
  if (div === 0) {
    floatQuo = copySign(0, x / y);
  } else {
    // div is a whole number but for rounding, which may have left it just below
    let whole = Math.floor(div);
    if (div - whole > 0.5) {
      whole = roundTo(kind, whole + 1);
    }
    floatQuo = whole;
  }
  floatRem = mod;
}

/** x % y for y not 0: the remainder has the sign of y. */
export function floatMod(x: number, y: number, kind: FloatKind): number {
  const mod = x % y;
  if (mod === 0) {
    return copySign(0, y);
  }
  return mod < 0 !== y < 0 ? roundTo(kind, mod + y) : mod;
}

/** What `x ** y` needs: `pow` of powlog.ts, */
export const POW_FLOAT = 0;
/** a ZeroDivisionError, */
export const POW_ZERO_DIVISION = 1;
/** or a complex result. */
export const POW_COMPLEX = 2;

/** How the operator ** treats these floats (math.pow does not ask). */
export function powCase(x: number, y: number): number {
  if (x === 0 && y < 0 && y !== Number.NEGATIVE_INFINITY) {
    return POW_ZERO_DIVISION;
  }
  return x < 0 && y === y && y !== Math.floor(y) ? POW_COMPLEX : POW_FLOAT;
}

/** The fraction of the last {@link frexp}: 0.5 <= |fraction| < 1, or the argument if zero, infinite or NaN. */
export let frexpFraction = 0;

/** Splits x into a fraction and a power of two; sets {@link frexpFraction} and returns the exponent. */
export function frexp(x: number): number {
  frexpFraction = x;
  if (x === 0 || x - x !== 0) {
    return 0;
  }
  let extra = 0;
  if (Math.abs(x) < 2.2250738585072014e-308) {
    x *= 18014398509481984;
    extra = -54;
  }
  splitDouble(x);
  const high = highWord();
  frexpFraction = joinDouble((high & 0x800fffff) | 0x3fe00000, lowWord());
  return ((high >>> 20) & 0x7ff) - 1022 + extra;
}

const TWO_1023 = 2 ** 1023;
const TWO_M969 = 2 ** -969;

/** x * 2^n, rounded once. */
export function ldexp(x: number, n: number, kind: FloatKind): number {
  if (x === 0 || x - x !== 0 || n === 0) {
    return x;
  }
  if (!isDouble(kind)) {
    // singles lie within the normal doubles far enough for one rounding
    const m = n > 300 ? 300 : n < -300 ? -300 : n;
    return Math.fround(x * joinDouble((m + 1023) << 20, 0));
  }
  let m = n > 2200 ? 2200 : n < -2200 ? -2200 : n;
  for (; m > 1023; m -= 1023) {
    x *= TWO_1023;
  }
  // steps of 2^-969 stay normal until the last one, whose product may be subnormal and rounds alone
  for (; m < -1022; m += 969) {
    x *= TWO_M969;
  }
  return x * joinDouble((m + 1023) << 20, 0);
}

/** The whole part of the last {@link modf}. */
export let modfWhole = 0;

/** Splits x into whole and fractional part, both with its sign; sets {@link modfWhole} and returns the fraction. */
export function modf(x: number): number {
  if (x - x !== 0) {
    modfWhole = x;
    return x !== x ? x : copySign(0, x);
  }
  modfWhole = copySign(Math.trunc(x), x);
  return copySign(x - modfWhole, x);
}

/** x rounded to a whole number, halves to the even one, as round() and C's nearbyint do. */
export function nearbyInt(x: number): number {
  if (x - x !== 0) {
    return x;
  }
  const low = Math.floor(x);
  const part = x - low;
  const whole = part < 0.5 || (part === 0.5 && low % 2 === 0) ? low : low + 1;
  return copySign(whole, x);
}

/** math.isclose, for tolerances that are not negative. */
export function isClose(a: number, b: number, relTol: number, absTol: number, kind: FloatKind): boolean {
  if (a === b) {
    return true;
  }
  const diff = Math.abs(roundTo(kind, a - b));
  if (diff === Number.POSITIVE_INFINITY) {
    return false;
  }
  return diff <= absTol || diff <= Math.abs(roundTo(kind, relTol * a)) || diff <= Math.abs(roundTo(kind, relTol * b));
}

/** Whether a math function's result means "math domain error": NaN or infinity that the argument does not explain. */
export function isDomainError(x: number, result: number): boolean {
  return result !== result ? x === x : result - result !== 0 && isNotInf(x);
}

/** The same for functions of two arguments. */
export function isDomainError2(x: number, y: number, result: number): boolean {
  if (result !== result) {
    return x === x && y === y;
  }
  return result - result !== 0 && isNotInf(x) && isNotInf(y);
}

function isNotInf(x: number): boolean {
  return x !== Number.POSITIVE_INFINITY && x !== Number.NEGATIVE_INFINITY;
}
