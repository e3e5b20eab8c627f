/**
 * Floats to text in formats e, f and g, and the shortest text that reads back as the same float.
 * Counterpart: py/formatfloat.c; MICROPY_FLOAT_FORMAT_IMPL is EXACT for doubles and APPROX for singles.
 *
 * The float is scaled to a decimal integer, the mantissa, of as many digits as the format asks for, but first of only
 * as many as are always safe: if the text of those reads back as the same float it is taken, otherwise one digit
 * more is tried. Singles also search the neighbourhood of the mantissa, since scaling them is not exact.
 * The results differ from C's printf by design: beyond the digits that tell the float from its neighbours there are
 * zeros.
 */

import { decimalToDouble, parseDecimal, parsed, powerOfTen, scaleExt, scaleSingle } from './decimal.js';
import { FLOAT_DOUBLE, FLOAT_SINGLE, FLOAT_X87, type FloatKind, isDouble } from './float-kind.js';
import { Ext, extAddScaled, extSetDouble, extTruncate, highWord, intHigh, intLow, splitDouble } from './x87.js';

/** The `prec` that asks for the text of repr(). */
export const REPR_PREC = 99;
/** The buffer that upstream's mp_print_float formats into, which limits zeros and precision. */
export const PRINT_FLOAT_SIZE = 33;

const MODE_E = 1;
const MODE_G = 2;
const MODE_F = 4;

/** Stands for "no decimal point among the digits" as a place of the point. */
const NO_POINT = 255;

const LOG10_2 = 0.3010299956639812;
const f32 = new Float32Array(1);
const u32 = new Uint32Array(f32.buffer);

const text = new Uint8Array(128);
const work = new Ext();

// The mantissa as decimal digits, the last one at digits[19]; a double's has up to 20.
const DIGITS = 20;
const digits = new Uint8Array(DIGITS);

function setDigits(value: number, last: number): void {
  let i = last;
  while (value > 0 && i >= 0) {
    const q = Math.floor(value / 10);
    digits[i--] = value - q * 10;
    value = q;
  }
  while (i >= 0) {
    digits[i--] = 0;
  }
}

/** Sets the digits of the 64-bit integer hi:lo, by long division by 10^9. */
function setDigits64(hi: number, lo: number): void {
  const q3 = Math.floor(hi / 1e9);
  let t = (hi - q3 * 1e9) * 65536 + (lo >>> 16);
  const q2 = Math.floor(t / 1e9);
  t = (t - q2 * 1e9) * 65536 + (lo & 0xffff);
  const q1 = Math.floor(t / 1e9);
  setDigits(t - q1 * 1e9, DIGITS - 1);
  setDigits(q3 * 4294967296 + q2 * 65536 + q1, DIGITS - 10);
}

/** Whether the mantissa has more than n digits. */
function exceeds(n: number): boolean {
  for (let i = 0; i < DIGITS - n; i++) {
    if (digits[i] !== 0) {
      return true;
    }
  }
  return false;
}

// What is laid out, beside the digits.
let mode = 0;
let letterCase = 0;
/** Where the unsigned text begins, and where its digits do (after leading zeros). */
let textStart = 0;
let digitStart = 0;
let maxExpZeros = 0;

/**
 * Writes the mantissa with `count` digits as text: the point follows digit number `point`, `zeros` more zeros follow
 * the last digit, and `exp` is the power of ten still to be shown. Returns the end of the text.
 */
function layout(count: number, zeros: number, point: number, exp: number): number {
  let last = DIGITS - 1;
  let s = digitStart;
  if (exceeds(count)) {
    // rounding made one digit more
    if (mode === MODE_F) {
      count++;
      point++;
    } else {
      last--;
      exp++;
    }
  }
  if (mode === MODE_G && exp !== 0) {
    if (exp > 0) {
      if (exp < maxExpZeros) {
        point += exp;
        if (point >= count) {
          zeros = point - (count - 1);
        }
        exp = 0;
      }
    } else if (exp >= -4) {
      let dropped = 0;
      while (exp < 0 && (last < 0 || digits[last] === 0)) {
        last--;
        dropped++;
        exp++;
      }
      count -= dropped;
      s = leadingZeros(s, dropped - exp - 1);
      point = NO_POINT;
      exp = 0;
    }
  }
  for (let i = count - 1; i >= 0; i--) {
    text[i > point ? s + i + 1 : s + i] = 0x30 + (last >= 0 ? digits[last--] : 0);
  }
  let hasPoint = point >= NO_POINT;
  if (point + 1 < count) {
    hasPoint = true;
    text[s + 1 + point] = 0x2e;
    s++;
  }
  s += count;
  if (zeros > 0) {
    let before = point - (count - 1);
    for (; zeros > 0; zeros--) {
      if (before === 0) {
        text[s++] = 0x2e;
        hasPoint = true;
      }
      before--;
      text[s++] = 0x30;
    }
  }
  if (mode === MODE_G && hasPoint) {
    while (text[s - 1] === 0x30) {
      s--;
    }
    if (text[s - 1] === 0x2e) {
      s--;
    }
  }
  if (mode === MODE_E || (mode === MODE_G && exp !== 0)) {
    text[s++] = 0x45 | letterCase;
    text[s++] = exp < 0 ? 0x2d : 0x2b;
    const abs = exp < 0 ? -exp : exp;
    if (abs >= 100) {
      text[s++] = 0x30 + Math.floor(abs / 100);
    }
    text[s++] = 0x30 + (Math.floor(abs / 10) % 10);
    text[s++] = 0x30 + (abs % 10);
  }
  return s;
}

/** Writes "0." and n zeros. */
function leadingZeros(s: number, n: number): number {
  text[s++] = 0x30;
  text[s++] = 0x2e;
  for (; n > 0; n--) {
    text[s++] = 0x30;
  }
  return s;
}

/** The power of ten of x's first digit; x is finite and positive. */
function decimalExponent(x: number, double: boolean): number {
  let binary: number;
  if (double) {
    splitDouble(x);
    binary = (highWord() >>> 20) - 1023;
  } else {
    f32[0] = x;
    binary = (u32[0] >>> 23) - 127;
  }
  let e = Math.trunc(binary * LOG10_2);
  if (x >= 1) {
    while (x >= powerOfTen(e + 1, double)) {
      e++;
    }
  } else {
    while (x < powerOfTen(e, double)) {
      e--;
    }
  }
  return e;
}

/**
 * Formats `value` at out[at…] and returns the length. `fmt` is the code of one of "eEfFgG" (any other letter counts
 * as e), `prec` the precision, negative for the default of 6, or {@link REPR_PREC}; `sign` is 0 or the character
 * that stands before numbers that are not negative; `size` is the buffer upstream would have had.
 * In single kinds the value must be a float.
 */
export function formatFloat(
  out: Uint8Array,
  at: number,
  value: number,
  fmt: number,
  prec: number,
  sign: number,
  kind: FloatKind,
  size: number = PRINT_FLOAT_SIZE,
): number {
  const end = formatText(value, fmt, prec, sign, kind, size);
  for (let i = 0; i < end; i++) {
    out[at + i] = text[i];
  }
  return end;
}

/** The text of float's repr() and str(), as bytes at out[at…]; returns the length. */
export function formatRepr(out: Uint8Array, at: number, value: number, kind: FloatKind): number {
  const n = formatFloat(out, at, value, 0x67, REPR_PREC, 0, kind);
  for (let i = at; i < at + n; i++) {
    const c = out[i];
    if (c === 0x2e || c === 0x65 || c === 0x6e) {
      return n;
    }
  }
  out[at + n] = 0x2e;
  out[at + n + 1] = 0x30;
  return n + 2;
}

const reprBuffer = new Uint8Array(PRINT_FLOAT_SIZE + 2);

/** The text of float's repr() as a string. */
export function floatRepr(value: number, kind: FloatKind): string {
  const n = formatRepr(reprBuffer, 0, value, kind);
  return String.fromCharCode(...reprBuffer.subarray(0, n));
}

function formatText(value: number, fmt: number, prec: number, sign: number, kind: FloatKind, size: number): number {
  let s = 0;
  let x = value;
  if (x < 0 || (x === 0 && 1 / x < 0)) {
    x = -x;
    sign = 0x2d;
  }
  if (sign !== 0) {
    text[s++] = sign;
    size--;
  }
  letterCase = fmt & 0x20;
  if (x === Number.POSITIVE_INFINITY || x !== x) {
    const word = x !== x ? 0x4e414e : 0x494e46;
    text[s++] = (word >>> 16) | letterCase;
    text[s++] = ((word >>> 8) & 0xff) | letterCase;
    text[s++] = (word & 0xff) | letterCase;
    return s;
  }
  textStart = s;
  const letter = fmt | 0x20;
  mode = letter === 0x66 ? MODE_F : letter === 0x67 ? MODE_G : MODE_E;
  const double = isDouble(kind);
  const e = x === 0 ? 0 : decimalExponent(x, double);
  planDigits(e, prec, size, double);
  for (let count = Math.min(double ? 16 : 6, maxDigits); ; count++) {
    s = double ? tryDouble(x, e, count) : trySingle(x, e, count, (kind & FLOAT_X87) !== 0);
    if (s >= 0) {
      return s;
    }
  }
}

// The plan of a text: how many digits at most, and the zeros before (format f only) and after them.
let maxDigits = 0;
let leadZeros = 0;
let trailZeros = 0;

function planDigits(e: number, prec: number, size: number, double: boolean): void {
  const maxMantissa = double ? 19 : 9;
  if (prec < 0) {
    prec = 6;
  }
  maxExpZeros = prec < size - 3 ? prec : size - 3;
  if (prec === REPR_PREC) {
    prec = maxMantissa;
    maxExpZeros = 16;
  }
  if (mode === MODE_F && e > 0 && e + prec + 2 > size) {
    // no room for all the digits before the point
    mode = MODE_G;
    prec++;
  }
  maxDigits = prec;
  leadZeros = 0;
  if (mode === MODE_F) {
    maxDigits = Math.min(maxDigits, size - 3);
    if (e >= 0) {
      maxDigits += e + 1;
    } else if (maxDigits > 2 && e < -2) {
      leadZeros = Math.min(-e, maxDigits) - 2;
      maxDigits -= leadZeros;
    } else {
      maxDigits++;
    }
  } else if (mode === MODE_E || maxDigits === 0) {
    maxDigits++;
  }
  trailZeros = 0;
  if (maxDigits > maxMantissa) {
    trailZeros = maxDigits - maxMantissa;
    maxDigits = maxMantissa;
  }
  // what stands beside the digits: a sign and "0." in format f, else point and exponent
  const beside = mode === MODE_F ? 3 : double ? 8 : 7;
  trailZeros = Math.min(trailZeros, size - maxDigits - beside);
}

/** Where the point goes among `count` digits; sets `digitStart` and `scale`. */
function placePoint(x: number, e: number, count: number): number {
  digitStart = textStart;
  scale = 0;
  if (x === 0) {
    return 0;
  }
  if (mode !== MODE_F) {
    scale = count - e - 1;
    return 0;
  }
  if (e >= 0) {
    scale = count - 1 - e;
    return e;
  }
  scale = count - 1;
  if (leadZeros === 0) {
    return 0;
  }
  digitStart = leadingZeros(textStart, leadZeros);
  scale += leadZeros + 1;
  return NO_POINT;
}

/** The power of ten that makes x its mantissa. */
let scale = 0;

/** Lays out the mantissa of `count` digits; -1 when it does not read back as x and more digits may be tried. */
function tryDouble(x: number, e: number, count: number): number {
  const point = placePoint(x, e, count);
  extSetDouble(work, x);
  scaleExt(work, scale);
  extAddScaled(work, 1, -1);
  extTruncate(work);
  setDigits64(intHigh(), intLow());
  const zeros = trailZeros + maxDigits - count;
  if (count >= maxDigits) {
    return layout(count, zeros, point, e);
  }
  if (mode !== MODE_F) {
    return readBackDouble(count, e) === x ? layout(count, zeros, point, e) : -1;
  }
  const s = layout(count, zeros, point, e);
  parseDecimal(text, textStart, s, FLOAT_DOUBLE);
  return parsed.value === x ? s : -1;
}

/**
 * What the text of the digits reads back as, without the text, in formats e and g. (In format f some of the digits
 * may be missing from the text, which only reading it shows.)
 */
function readBackDouble(count: number, e: number): number {
  let last = DIGITS - 1;
  let n = e - count + 1;
  if (exceeds(count)) {
    last--;
    n++;
  }
  while (last > 0 && digits[last] === 0) {
    last--;
    n++;
  }
  if (last === DIGITS - 1) {
    return decimalToDouble(work, intHigh(), intLow(), n);
  }
  let v = 0;
  let i = 0;
  for (; i <= last && v < 9e14; i++) {
    v = v * 10 + digits[i];
  }
  let hi = Math.floor(v / 4294967296);
  let lo = v >>> 0;
  for (; i <= last; i++) {
    const t = lo * 10 + digits[i];
    hi = hi * 10 + Math.floor(t / 4294967296);
    lo = t >>> 0;
  }
  return decimalToDouble(work, hi, lo, n);
}

/** Mantissa values are 32 bits wide for singles. */
function layoutSingle(m: number, count: number, point: number, e: number): number {
  setDigits(m, DIGITS - 1);
  return layout(count, trailZeros + maxDigits - count, point, e);
}

/** What the text of the mantissa m reads back as. */
function readBackSingle(m: number, count: number, point: number, e: number): number {
  if (mode === MODE_F) {
    parseDecimal(text, textStart, layoutSingle(m, count, point, e), FLOAT_SINGLE);
    return parsed.value;
  }
  let n = e - count + 1;
  const cap = powerOfTen(count, true);
  if (m >= cap) {
    // the scaled subnormals are far off, and lose digits at the front
    m = Math.floor(m / 10) % cap;
    n++;
  }
  while (m !== 0 && m % 10 === 0) {
    m /= 10;
    n++;
  }
  return scaleSingle(Math.fround(m), n);
}

/**
 * Finds the mantissa of `count` digits that reads back as x, by bisection around the scaled one, and lays it out, or
 * the best there is. Returns -1 when there is none and more digits may be tried. `wide` is the x87's way.
 */
function trySingle(x: number, e: number, count: number, wide: boolean): number {
  const point = placePoint(x, e, count);
  let factor = 1;
  if (count > 6 && scale > 1) {
    // the last digits come by integer multiplication, since the float has none to give
    factor = count > 7 && scale > 2 ? 100 : 10;
    scale -= factor === 100 ? 2 : 1;
  }
  // the x87 keeps the sum and the differences unrounded, except for the difference that it must store
  const scaled = scaleSingle(x, scale) + 0.5;
  let m = Math.imul(factor, wide ? scaled : Math.fround(scaled)) >>> 0;
  let diff = readBackSingle(m, count, point, e) - x;
  let bestDiff = Math.fround(diff);
  let best = m;
  let range = count > 6 ? 1 << (3 * (count - 6)) : 1;
  for (let runs = 12; runs > 0 && diff !== 0; runs--) {
    m = (diff < 0 ? m + range : m - range) >>> 0;
    diff = readBackSingle(m, count, point, e) - x;
    if (diff === 0) {
      break;
    }
    const delta = Math.abs(wide ? diff : Math.fround(diff)) - Math.abs(bestDiff);
    if (delta < 0 || (delta === 0 && m % 10 === 0)) {
      bestDiff = Math.fround(diff);
      best = m;
    }
    if (range > 1) {
      range >>= 1;
    } else if (count < maxDigits) {
      return -1;
    } else {
      m = best;
      break;
    }
  }
  return layoutSingle(m, count, point, e);
}
