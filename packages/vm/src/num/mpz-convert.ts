/**
 * Big ints to and from floats and bytes.
 * Counterpart: mpz_set_from_float, mpz_as_float, mpz_set_from_bytes and mpz_as_bytes of py/mpz.c, and
 * mp_obj_new_int_from_float of py/objint.c.
 */

import { FLOAT_X87, type FloatKind, isDouble } from './float-kind.js';
import { mpnTrim } from './mpn.js';
import { MIN_ALLOC, type Mpz, mpzSetInt } from './mpz.js';
import { Ext, extAddScaled, extToDouble, extToSingle, highWord, lowWord, splitDouble } from './x87.js';

/** What {@link floatToInt} found. */
export const INT_SMALL = 0;
export const INT_BIG = 1;
export const INT_INF = 2;
export const INT_NAN = 3;

/** Messages of the errors {@link INT_INF} (an OverflowError) and {@link INT_NAN} (a ValueError). */
export const INF_TO_INT = "can't convert inf to int";
export const NAN_TO_INT = "can't convert NaN to int";

/**
 * Decides how int(x) is made: as a small int of the truncated value, or as a big int by {@link mpzSetFloat}.
 * Negative subnormals become a big int of value 0, as upstream's test of the exponent has it.
 */
export function floatToInt(x: number, kind: FloatKind): number {
  if (x - x !== 0) {
    return x !== x ? INT_NAN : INT_INF;
  }
  if (x < 1073741824 && x >= -1073741824) {
    const smallest = isDouble(kind) ? 2.2250738585072014e-308 : 1.1754943508222875e-38;
    return x < 0 && x > -smallest ? INT_BIG : INT_SMALL;
  }
  return INT_BIG;
}

/** Sets the integer part of a finite x. Allocates just the digits it has, none below 1. */
export function mpzSetFloat(z: Mpz, x: number): Mpz {
  let left = Math.trunc(Math.abs(x));
  if (left < 2) {
    return mpzSetInt(z, Math.trunc(x));
  }
  let len = 1;
  let unit = 1;
  while (left / unit >= 65536) {
    unit *= 65536;
    len++;
  }
  z.need(len);
  for (let i = len - 1; i >= 0; i--) {
    const d = Math.floor(left / unit);
    z.dig[z.off + i] = d;
    left -= d * unit;
    unit /= 65536;
  }
  z.len = len;
  z.neg = x < 0;
  z.alloc = Math.max(len, MIN_ALLOC);
  z.leaks = 0;
  return z;
}

const wide = new Ext();

/** The value as a float: digits are added from the top, so that all after the first few round one by one. */
export function mpzAsFloat(z: Mpz, kind: FloatKind): number {
  let v = 0;
  const d = z.dig;
  const o = z.off;
  if ((kind & FLOAT_X87) !== 0) {
    wide.hi = 0;
    wide.lo = 0;
    wide.exp = 0;
    for (let i = z.len - 1; i >= 0; i--) {
      wide.exp += wide.hi === 0 ? 0 : 16;
      extAddScaled(wide, d[o + i], 0);
    }
    v = isDouble(kind) ? extToDouble(wide) : extToSingle(wide);
  } else if (isDouble(kind)) {
    for (let i = z.len - 1; i >= 0; i--) {
      v = v * 65536 + d[o + i];
    }
  } else {
    for (let i = z.len - 1; i >= 0; i--) {
      v = Math.fround(Math.fround(v * 65536) + d[o + i]);
    }
  }
  return z.neg ? -v : v;
}

/** Sets the unsigned integer in `len` bytes. */
export function mpzSetBytes(z: Mpz, bytes: Uint8Array, start: number, len: number, bigEndian: boolean): Mpz {
  const n = allocBytes(len);
  z.need(n);
  const d = z.dig;
  const o = z.off;
  const step = bigEndian ? -1 : 1;
  let at = bigEndian ? start + len - 1 : start;
  const whole = len >> 1;
  for (let i = 0; i < whole; i++) {
    d[o + i] = bytes[at] | (bytes[at + step] << 8);
    at += 2 * step;
  }
  if ((len & 1) !== 0) {
    d[o + whole] = bytes[at];
  }
  z.len = mpnTrim(d, o, (len + 1) >> 1);
  z.neg = false;
  z.alloc = n;
  z.leaks = 0;
  return z;
}

/** Digits allocated for an int from `len` bytes. */
export function allocBytes(len: number): number {
  return Math.max((len + 1) >> 1, MIN_ALLOC);
}

/**
 * Writes the two's complement value to `len` bytes, cutting off what does not fit. Returns false when something that
 * counts was cut off: bytes that are not sign extension or, for a signed value, the sign itself.
 */
export function mpzToBytes(
  z: Mpz,
  bytes: Uint8Array,
  start: number,
  len: number,
  bigEndian: boolean,
  signed: boolean,
): boolean {
  const fill = z.neg ? 0xff : 0;
  const step = bigEndian ? -1 : 1;
  let at = bigEndian ? start + len - 1 : start;
  let room = len;
  let carry = 1;
  let byte = 0;
  for (let i = 0; i < z.len; i++) {
    let digit = z.dig[z.off + i];
    for (let half = 0; half < 2; half++) {
      byte = digit & 0xff;
      digit >>>= 8;
      if (z.neg) {
        byte = (byte ^ 0xff) + carry;
        carry = byte >> 8;
        byte &= 0xff;
      }
      if (room > 0) {
        bytes[at] = byte;
        at += step;
        room--;
      } else if (byte !== fill) {
        return false;
      }
    }
  }
  if (room === 0) {
    return !signed || (byte & 0x80) === (fill & 0x80);
  }
  for (; room > 0; room--) {
    bytes[at] = fill;
    at += step;
  }
  return true;
}

/** The 64-bit two's complement value, truncated: call, then read {@link int64High} and {@link int64Low} (int32). */
export function mpzSplit64(z: Mpz): void {
  const d = z.dig;
  const o = z.off;
  const n = z.len;
  let low = n > 0 ? d[o] : 0;
  low |= n > 1 ? d[o + 1] << 16 : 0;
  let high = n > 2 ? d[o + 2] : 0;
  high |= n > 3 ? d[o + 3] << 16 : 0;
  if (z.neg) {
    low = -low | 0;
    high = (~high + (low === 0 ? 1 : 0)) | 0;
  }
  splitHigh = high;
  splitLow = low;
}

let splitHigh = 0;
let splitLow = 0;
export function int64High(): number {
  return splitHigh;
}
export function int64Low(): number {
  return splitLow;
}

/**
 * The hash of a float as an int32. `thorough` is MICROPY_FLOAT_HIGH_QUALITY_HASH, set at the highest feature level
 * only; otherwise the hash is the truncated value, and -2^31 when that is no word.
 */
export function floatHash(x: number, kind: FloatKind, thorough: boolean): number {
  if (!thorough) {
    return x > -2147483649 && x < 2147483648 ? Math.trunc(x) | 0 : -2147483648;
  }
  const h = isDouble(kind) ? hashDouble(x) : hashSingle(x);
  return x < 0 || (x === 0 && 1 / x < 0) ? -h | 0 : h;
}

const f32 = new Float32Array(1);
const u32 = new Uint32Array(f32.buffer);

function hashSingle(x: number): number {
  f32[0] = x;
  const w = u32[0];
  const e = ((w >>> 23) & 0xff) - 127;
  const frac = (w & 0x7fffff) | 0x800000;
  if (e < 0) {
    return w | 0;
  }
  if (e <= 23) {
    return (frac >>> (23 - e)) ^ (frac & ((1 << (23 - e)) - 1));
  }
  return e < 31 ? (frac << (e - 23)) | 0 : frac;
}

function hashDouble(x: number): number {
  splitDouble(x);
  const high = highWord();
  const low = lowWord();
  const e = ((high >>> 20) & 0x7ff) - 1023;
  if (e < 0) {
    return low | 0;
  }
  // the low word of integer part xor fraction
  const fracHigh = (high & 0xfffff) | 0x100000;
  const s = 52 - e;
  if (s > 32) {
    return (fracHigh >>> (s - 32)) ^ low;
  }
  if (s === 32) {
    return fracHigh ^ low;
  }
  if (s >= 0) {
    const whole = s === 0 ? low : (fracHigh << (32 - s)) | (low >>> s);
    return whole ^ (s === 0 ? 0 : low & ((1 << s) - 1));
  }
  return low | 0;
}
