/**
 * Floats with a 64-bit mantissa, as the x87's `long double`: what MicroPython computes with when it converts between
 * doubles and decimal text (MICROPY_FLOAT_FORMAT_IMPL_EXACT). Only what that needs: positive values, round to nearest
 * even, and an exponent without limits (upstream's own limits lie far outside the range of doubles, where both give 0
 * or infinity).
 */

const f64 = new Float64Array(1);
const w32 = new Uint32Array(f64.buffer);
const HIGH = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;
const LOW = 1 - HIGH;

/** The words of a double: call, then read {@link highWord} and {@link lowWord}. */
export function splitDouble(x: number): void {
  f64[0] = x;
}
export function highWord(): number {
  return w32[HIGH];
}
export function lowWord(): number {
  return w32[LOW];
}
/** The double with these words. */
export function joinDouble(high: number, low: number): number {
  w32[HIGH] = high;
  w32[LOW] = low;
  return f64[0];
}

/** The mantissa hi:lo (both uint32, top bit set unless zero) times 2^exp. */
export class Ext {
  hi = 0;
  lo = 0;
  exp = 0;
}

/** e = a 64-bit integer. */
export function extSetInt(e: Ext, hi: number, lo: number): void {
  if (hi === 0 && lo === 0) {
    e.hi = 0;
    e.lo = 0;
    e.exp = 0;
    return;
  }
  e.exp = 0;
  if (hi === 0) {
    hi = lo;
    lo = 0;
    e.exp = -32;
  }
  const s = Math.clz32(hi);
  if (s > 0) {
    hi = ((hi << s) | (lo >>> (32 - s))) >>> 0;
    lo = (lo << s) >>> 0;
    e.exp -= s;
  }
  e.hi = hi;
  e.lo = lo;
}

/** e = a finite double that is not negative. */
export function extSetDouble(e: Ext, x: number): void {
  f64[0] = x;
  const high = w32[HIGH];
  const low = w32[LOW];
  const biased = high >>> 20;
  if (biased === 0) {
    extSetInt(e, high, low);
    e.exp = e.hi === 0 ? 0 : e.exp - 1074;
  } else {
    extSetInt(e, (high & 0xfffff) | 0x100000, low);
    e.exp += biased - 1075;
  }
}

/** Rounds up by one unit in the last place. */
function increment(e: Ext): void {
  if (e.lo !== 0xffffffff) {
    e.lo++;
    return;
  }
  e.lo = 0;
  if (e.hi !== 0xffffffff) {
    e.hi++;
    return;
  }
  e.hi = 0x80000000;
  e.exp++;
}

/** e = the 128-bit mantissa h3:h2:h1:h0 (uint32 each, bit 127 or 126 set) times 2^exp, rounded. */
function setRounded(e: Ext, h3: number, h2: number, h1: number, h0: number, exp: number): void {
  if (h3 < 0x80000000) {
    h3 = ((h3 << 1) | (h2 >>> 31)) >>> 0;
    h2 = ((h2 << 1) | (h1 >>> 31)) >>> 0;
    h1 = ((h1 << 1) | (h0 >>> 31)) >>> 0;
    h0 = (h0 << 1) >>> 0;
    exp--;
  }
  e.hi = h3;
  e.lo = h2;
  e.exp = exp + 64;
  if (h1 > 0x80000000 || (h1 === 0x80000000 && (h0 !== 0 || (h2 & 1) !== 0))) {
    increment(e);
  }
}

const M16 = 65536;
const M32 = 4294967296;

/** The high word of the product of two uint32. */
function mulHigh(a: number, b: number): number {
  const al = a & 0xffff;
  const ah = a >>> 16;
  const bl = b & 0xffff;
  const bh = b >>> 16;
  const low = Math.imul(al, bl);
  const m1 = Math.imul(ah, bl);
  const m2 = Math.imul(al, bh);
  const mid = (low >>> 16) + (m1 & 0xffff) + (m2 & 0xffff);
  return (Math.imul(ah, bh) + (m1 >>> 16) + (m2 >>> 16) + (mid >>> 16)) >>> 0;
}

/** e *= f. */
export function extMul(e: Ext, f: Ext): void {
  if (e.hi === 0 || f.hi === 0) {
    extSetInt(e, 0, 0);
    return;
  }
  // columns of 32 bits; their sums stay below 2^34, exact in a double
  const t1 = mulHigh(e.lo, f.lo) + (Math.imul(e.lo, f.hi) >>> 0) + (Math.imul(e.hi, f.lo) >>> 0);
  const t2 = mulHigh(e.lo, f.hi) + mulHigh(e.hi, f.lo) + (Math.imul(e.hi, f.hi) >>> 0) + Math.floor(t1 * (1 / M32));
  const t3 = mulHigh(e.hi, f.hi) + Math.floor(t2 * (1 / M32));
  setRounded(e, t3, t2 >>> 0, t1 >>> 0, Math.imul(e.lo, f.lo) >>> 0, e.exp + f.exp);
}

/** e /= f, which must not be zero. */
export function extDiv(e: Ext, f: Ext): void {
  if (e.hi === 0) {
    return;
  }
  // a quotient of 64 bits exactly: the numerator is shifted one less when its mantissa is the greater one
  let { hi, lo } = e;
  let next = 0;
  const more = hi > f.hi || (hi === f.hi && lo >= f.lo);
  if (more) {
    next = (lo & 1) << 15;
    lo = ((lo >>> 1) | (hi << 31)) >>> 0;
    hi >>>= 1;
  }
  e.exp = e.exp - f.exp - (more ? 63 : 64);
  const divisor = f.hi * M32 + f.lo;
  // hi and lo are the remainder, which is below f; each turn gives 16 bits of the quotient
  for (let i = 0; i < 4; i++) {
    // at most one off; the products below are exact in a double
    let q = Math.floor(((hi * M32 + lo) * M16) / divisor);
    lo = lo * M16 + next - q * f.lo;
    next = 0;
    const high = Math.floor(lo / M32);
    lo -= high * M32;
    hi = hi * M16 - q * f.hi + high;
    if (hi < 0) {
      q--;
      hi += f.hi;
      lo += f.lo;
      if (lo >= M32) {
        lo -= M32;
        hi++;
      }
    } else if (hi > f.hi || (hi === f.hi && lo >= f.lo)) {
      q++;
      hi -= f.hi;
      lo -= f.lo;
      if (lo < 0) {
        lo += M32;
        hi--;
      }
    }
    if (i < 2) e.hi = i === 0 ? q : e.hi * M16 + q;
    else e.lo = i === 2 ? q : e.lo * M16 + q;
  }
  // the remainder against half the divisor; a tie cannot happen, since the divisor's top bit is set
  const twiceHi = hi * 2 + (lo >>> 31);
  const twiceLo = (lo << 1) >>> 0;
  if (twiceHi > f.hi || (twiceHi === f.hi && (twiceLo > f.lo || (twiceLo === f.lo && (e.lo & 1) !== 0)))) {
    increment(e);
  }
}

const addend = new Ext();

/** e += d * 2^dexp, for a small positive integer d. */
export function extAddScaled(e: Ext, d: number, dexp: number): void {
  if (d === 0) {
    return;
  }
  if (e.hi === 0) {
    extSetInt(e, 0, d);
    e.exp += dexp;
    return;
  }
  extSetInt(addend, 0, d);
  addend.exp += dexp;
  let big: Ext = e;
  let small: Ext = addend;
  if (addend.exp > e.exp) {
    big = addend;
    small = e;
  }
  const shift = big.exp - small.exp;
  if (shift > 64) {
    e.hi = big.hi;
    e.lo = big.lo;
    e.exp = big.exp;
    return;
  }
  // align the smaller one in 128 bits below the larger, then add
  let s3 = small.hi;
  let s2 = small.lo;
  let s1 = 0;
  let s0 = 0;
  let left = shift;
  while (left >= 32) {
    s0 = s1;
    s1 = s2;
    s2 = s3;
    s3 = 0;
    left -= 32;
  }
  if (left > 0) {
    s0 = ((s1 << (32 - left)) | (s0 >>> left)) >>> 0;
    s1 = ((s2 << (32 - left)) | (s1 >>> left)) >>> 0;
    s2 = ((s3 << (32 - left)) | (s2 >>> left)) >>> 0;
    s3 = s3 >>> left;
  }
  const low = big.lo + s2;
  const high = big.hi + s3 + (low >= M32 ? 1 : 0);
  let h3 = high >>> 0;
  let h2 = low >>> 0;
  let h1 = s1;
  let h0 = s0;
  let exp = big.exp - 64;
  if (high >= M32) {
    h0 = ((h1 << 31) | (h0 >>> 1) | (h0 & 1)) >>> 0;
    h1 = ((h2 << 31) | (h1 >>> 1)) >>> 0;
    h2 = ((h3 << 31) | (h2 >>> 1)) >>> 0;
    h3 = ((h3 >>> 1) | 0x80000000) >>> 0;
    exp++;
  }
  setRounded(e, h3, h2, h1, h0, exp);
}

/** The value as a double, rounded to nearest even. */
export function extToDouble(e: Ext): number {
  if (e.hi === 0) {
    return 0;
  }
  const top = e.exp + 63;
  if (top > 1023) {
    return Number.POSITIVE_INFINITY;
  }
  // bits to drop: 11, or more where the result is subnormal
  const drop = top >= -1022 ? 11 : 11 - 1022 - top;
  if (drop > 64) {
    return 0;
  }
  let kept: number;
  let up: boolean;
  if (drop === 64) {
    kept = 0;
    up = e.hi > 0x80000000 || e.lo !== 0;
  } else if (drop >= 32) {
    const s = drop - 32;
    kept = e.hi >>> s;
    const rest = e.hi & ((1 << s) - 1);
    const half = s === 0 ? 0 : 1 << (s - 1);
    const below = s === 0 ? e.lo - 0x80000000 : e.lo;
    up = rest > half || (rest === half && (below > 0 || (below === 0 && (kept & 1) !== 0)));
  } else {
    kept = (e.hi >>> drop) * M32 + (((e.hi << (32 - drop)) | (e.lo >>> drop)) >>> 0);
    const rest = (e.lo & ((1 << drop) - 1)) >>> 0;
    const half = (1 << (drop - 1)) >>> 0;
    up = rest > half || (rest === half && ((e.lo >>> drop) & 1) !== 0);
  }
  if (up) {
    kept++;
  }
  return scale(kept, e.exp + drop);
}

/** The value as a single, rounded once; for values that are zero or at least 1. */
export function extToSingle(e: Ext): number {
  // 32 bits with one for all that lies below them round as all the bits would
  const k = (e.hi | (e.lo !== 0 ? 1 : 0)) >>> 0;
  return e.exp > 100 ? Number.POSITIVE_INFINITY : Math.fround(scale(k, e.exp + 32));
}

/** k * 2^n for an integer k up to 2^53 and n >= -1074, where the result is exact or infinite. */
function scale(k: number, n: number): number {
  if (n > 960) {
    return k * joinDouble((960 + 1023) << 20, 0) * joinDouble((n - 960 + 1023) << 20, 0);
  }
  if (n < -1022) {
    return k * joinDouble((n + 1074 + 1023) << 20, 0) * Number.MIN_VALUE;
  }
  return k * joinDouble((n + 1023) << 20, 0);
}

/** Splits the integer part of a value below 2^64 into {@link intHigh} and {@link intLow}. */
export function extTruncate(e: Ext): void {
  const s = -e.exp;
  if (e.hi === 0 || s >= 64) {
    truncHi = 0;
    truncLo = 0;
  } else if (s >= 32) {
    truncHi = 0;
    truncLo = e.hi >>> (s - 32);
  } else if (s > 0) {
    truncHi = e.hi >>> s;
    truncLo = ((e.hi << (32 - s)) | (e.lo >>> s)) >>> 0;
  } else {
    truncHi = e.hi;
    truncLo = e.lo;
  }
}

let truncHi = 0;
let truncLo = 0;
export function intHigh(): number {
  return truncHi;
}
export function intLow(): number {
  return truncLo;
}
