/**
 * Decimal text to floats and scaling by powers of ten. Counterpart: mp_decimal_exp and mp_parse_float_internal of
 * py/parsenum.c.
 *
 * Doubles go through 64-bit mantissas (x87.ts). Singles do not have wider floats to go through: the power of ten is
 * split into a power of two, added to the exponent field without any check, and a power of five. That is exact only
 * for short mantissas and small exponents, and it makes NaN of some numbers that are far out of range; all of that is
 * upstream's behaviour and reproduced bit by bit.
 */

import { type FloatKind, isDouble } from './float-kind.js';
import { Ext, extDiv, extMul, extSetInt, extToDouble } from './x87.js';

const f32 = new Float32Array(1);
const u32 = new Uint32Array(f32.buffer);

/** 10^(2^i), rounded as repeated squaring rounds them; each is computed when first asked for. */
const TENS: Ext[] = [];

function tenTo2(i: number): Ext {
  let e = TENS[i];
  if (e === undefined) {
    e = new Ext();
    if (i === 0) {
      extSetInt(e, 0, 10);
    } else {
      const half = tenTo2(i - 1);
      e.hi = half.hi;
      e.lo = half.lo;
      e.exp = half.exp;
      extMul(e, half);
    }
    TENS[i] = e;
  }
  return e;
}

/** e *= 10^n, one multiplication or division for each bit of n. */
export function scaleExt(e: Ext, n: number): void {
  if (e.hi === 0) {
    return;
  }
  let left = n < 0 ? -n : n;
  for (let i = 0; left !== 0; i++) {
    if ((left & 1) !== 0) {
      if (n < 0) {
        extDiv(e, tenTo2(i));
      } else {
        extMul(e, tenTo2(i));
      }
    }
    left >>= 1;
  }
}

/** Powers of five as floats, from 5^POW5_MIN on, computed when first asked for; all beyond are 0 or infinity. */
const POW5_MIN = -66;
const POW5_MAX = 56;
const POW5 = new Float32Array(POW5_MAX - POW5_MIN + 1);

function pow5(n: number): number {
  if (n < POW5_MIN) {
    return 0;
  }
  if (n > POW5_MAX) {
    return Number.POSITIVE_INFINITY;
  }
  if (POW5[n - POW5_MIN] === 0) {
    const e = new Ext();
    extSetInt(e, 0, 1);
    const five = new Ext();
    extSetInt(five, 0, 5);
    for (let i = Math.abs(n); i > 0; i--) {
      if (n < 0) {
        extDiv(e, five);
      } else {
        extMul(e, five);
      }
    }
    POW5[n - POW5_MIN] = extToDouble(e);
  }
  return POW5[n - POW5_MIN];
}

/** The largest n for which 5^n is an exact float, so that dividing by it beats multiplying by its inverse. */
const MAX_EXACT_POW5 = 10;

/** x * 10^n in single precision; x is a float. */
export function scaleSingle(x: number, n: number): number {
  if (n === 0 || x === 0) {
    return x;
  }
  f32[0] = x;
  const bits = u32[0];
  u32[0] = (bits & 0x807fffff) | ((((bits >>> 23) + n) & 0xff) << 23);
  const shifted = f32[0];
  return Math.fround(n < 0 && n >= -MAX_EXACT_POW5 ? shifted / pow5(-n) : shifted * pow5(n));
}

const work = new Ext();

/** Sets e to the mantissa hi:lo times 10^n and returns it as a double. */
export function decimalToDouble(e: Ext, hi: number, lo: number, n: number): number {
  extSetInt(e, hi, lo);
  scaleExt(e, n);
  return extToDouble(e);
}

// the powers of ten themselves, computed when first asked for; all that formatting asks for lie within these bounds
const TEN_MIN = -330;
const doubleTens = new Float64Array(330 + 311);
const singleTens = new Float32Array(330 + 311);

/** 10^n as upstream computes it in the width of `kind`, for the exponents that floats have. */
export function powerOfTen(n: number, double: boolean): number {
  const tens = double ? doubleTens : singleTens;
  let v = tens[n - TEN_MIN];
  if (v === 0) {
    v = double ? decimalToDouble(work, 0, 1, n) : scaleSingle(1, n);
    tens[n - TEN_MIN] = v;
  }
  return v;
}

/** Larger exponents stop growing; anything near gives 0 or infinity. */
const EXP_LIMIT = 107374181;

/** The value read by the last {@link parseDecimal}. */
export const parsed = { value: 0 };

// the mantissa that digits are gathered in: 64 bits for doubles, 32 (all in lo) for singles
let mantHi = 0;
let mantLo = 0;
let full = false;
let expExtra = 0;

/** Takes one more digit while there is room for it. */
function takeDigit(digit: number, inFraction: boolean, double: boolean): void {
  if (full) {
    if (!inFraction) {
      expExtra++;
    }
    return;
  }
  if (inFraction) {
    expExtra--;
  }
  const low = mantLo * 10 + digit;
  if (double) {
    const carry = Math.floor(low / 4294967296);
    mantLo = low - carry * 4294967296;
    mantHi = mantHi * 10 + carry;
    full = mantHi > 0x19999999 || (mantHi === 0x19999999 && mantLo >= 0x99999998);
  } else {
    mantLo = low;
    full = low >= 0x19999998;
  }
}

/**
 * Reads an unsigned decimal number from bytes[at..end) into {@link parsed}; underscores are skipped. Returns where it
 * stopped, or -1 for an exponent without digits at the end of the text.
 */
export function parseDecimal(bytes: Uint8Array, at: number, end: number, kind: FloatKind): number {
  const double = isDouble(kind);
  mantHi = 0;
  mantLo = 0;
  full = false;
  expExtra = 0;
  let inFraction = false;
  let inExp = false;
  let expNeg = false;
  let exp = 0;
  // zeros, and digits that find no room, wait here until a digit that counts follows
  let zerosInt = 0;
  let zerosFrac = 0;
  while (at < end) {
    const c = bytes[at++];
    if (c >= 0x30 && c <= 0x39) {
      const digit = c - 0x30;
      if (inExp) {
        if (exp < EXP_LIMIT) {
          exp = 10 * exp + digit;
        }
      } else if (digit === 0 || full) {
        if (inFraction) {
          zerosFrac++;
        } else {
          zerosInt++;
        }
      } else {
        for (; zerosInt > 0; zerosInt--) {
          takeDigit(0, false, double);
        }
        for (; zerosFrac > 0; zerosFrac--) {
          takeDigit(0, true, double);
        }
        takeDigit(digit, inFraction, double);
      }
    } else if (c === 0x2e && !inFraction && !inExp) {
      inFraction = true;
    } else if (!inExp && (c | 0x20) === 0x65) {
      inExp = true;
      if (at < end && bytes[at] === 0x2b) {
        at++;
      } else if (at < end && bytes[at] === 0x2d) {
        at++;
        expNeg = true;
      }
      if (at === end) {
        return -1;
      }
    } else if (c !== 0x5f) {
      at--;
      break;
    }
  }
  const n = (expNeg ? -exp : exp) + expExtra + zerosInt;
  if (double) {
    parsed.value = decimalToDouble(work, mantHi, mantLo, n);
  } else {
    parsed.value = scaleSingle(Math.fround(mantLo), n);
  }
  return at;
}
