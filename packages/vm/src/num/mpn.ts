/**
 * Magnitudes: non-negative integers as spans of 16-bit digits, least significant first.
 * Counterpart: the mpn functions of py/mpz.c.
 *
 * A span is (array, index of its lowest digit, digit count); spans may lie in any Uint16Array, the board's
 * memory included, so that results can be written where the VM allocated them. Operands have no leading zero
 * digits. `out` needs room for the longest result of the operation, which each function states, and may be the
 * same span as an operand unless the function says otherwise. Every function returns the length of its result.
 *
 * Digit products stay below 2^32, so every inner loop runs on int32 (`Math.imul`, `>>> 16`).
 */

/** Called by operations of more than linear cost with the digit steps done since the last call; it may throw to abort. */
export type Tick = (cost: number) => void;

/** The length of a span without its leading zero digits. */
export function mpnTrim(d: Uint16Array, o: number, n: number): number {
  while (n > 0 && d[o + n - 1] === 0) {
    n--;
  }
  return n;
}

/** -1, 0 or 1 as a is less than, equal to or greater than b. */
export function mpnCmp(a: Uint16Array, ao: number, al: number, b: Uint16Array, bo: number, bl: number): number {
  if (al !== bl) {
    return al < bl ? -1 : 1;
  }
  for (let i = al - 1; i >= 0; i--) {
    const d = a[ao + i] - b[bo + i];
    if (d !== 0) {
      return d < 0 ? -1 : 1;
    }
  }
  return 0;
}

/** Digit arrays as 32-bit words, for loops over two digits at a time. */
const words = new WeakMap<Uint16Array, Int32Array>();
/** The array that was asked for last, which mostly is the memory of the board that runs, and its words. */
let lastDigits: Uint16Array = new Uint16Array(0);
let lastWords: Int32Array | null = null;

/** The array as 32-bit words; null when its memory does not begin at a word. */
export function wordsOf(d: Uint16Array): Int32Array | null {
  if (d === lastDigits) return lastWords;
  let w = words.get(d);
  if (w === undefined) {
    if ((d.byteOffset & 3) !== 0 || new Uint8Array(Uint16Array.of(1).buffer)[0] !== 1) return null;
    w = new Int32Array(d.buffer, d.byteOffset, d.length >> 1);
    words.set(d, w);
  }
  lastDigits = d;
  lastWords = w;
  return w;
}

/** Spans of at least so many digits are worth the look-up of their words. */
export const LONG = 12;

/** The carry that {@link addWords} and {@link subWords} left. */
let carryOut = 0;

/** out = a + b over n words. */
function addWords(w: Int32Array, oo: number, ao: number, bo: number, n: number): void {
  let carry = 0;
  for (let i = 0; i < n; i++) {
    const x = w[ao + i];
    const y = w[bo + i];
    const sum = (((x + y) | 0) + carry) | 0;
    w[oo + i] = sum;
    // the carry out of bit 31: both have it, or one has and the sum lost it
    carry = ((x & y) | ((x | y) & ~sum)) >>> 31;
  }
  carryOut = carry;
}

/** out = a - b over n words. */
function subWords(w: Int32Array, oo: number, ao: number, bo: number, n: number): void {
  let borrow = 0;
  for (let i = 0; i < n; i++) {
    const x = w[ao + i];
    const y = w[bo + i];
    const diff = (((x - y) | 0) - borrow) | 0;
    w[oo + i] = diff;
    borrow = ((~x & y) | ((~x | y) & diff)) >>> 31;
  }
  carryOut = borrow;
}

/** Copies n digits; the spans may overlap. */
function mpnCopy(out: Uint16Array, oo: number, a: Uint16Array, ao: number, n: number): void {
  if (out === a && n >= LONG) out.copyWithin(oo, ao, ao + n);
  else for (let i = 0; i < n; i++) out[oo + i] = a[ao + i];
}

/** out = a + b, for al >= bl. At most al + 1 digits. */
export function mpnAdd(
  out: Uint16Array,
  oo: number,
  a: Uint16Array,
  ao: number,
  al: number,
  b: Uint16Array,
  bo: number,
  bl: number,
): number {
  let carry = 0;
  let i = 0;
  if (bl >= LONG && a === b && a === out && ((oo | ao | bo) & 1) === 0) {
    const w = wordsOf(a);
    if (w !== null) {
      addWords(w, oo >> 1, ao >> 1, bo >> 1, bl >> 1);
      i = bl & ~1;
      carry = carryOut;
    }
  }
  for (; i < bl; i++) {
    carry += a[ao + i] + b[bo + i];
    out[oo + i] = carry;
    carry >>= 16;
  }
  for (; i < al && carry !== 0; i++) {
    carry += a[ao + i];
    out[oo + i] = carry;
    carry >>= 16;
  }
  if (carry !== 0) {
    out[oo + i] = carry;
    return i + 1;
  }
  mpnCopy(out, oo + i, a, ao + i, al - i);
  return al;
}

/** out = a - b, for a >= b. At most al digits. */
export function mpnSub(
  out: Uint16Array,
  oo: number,
  a: Uint16Array,
  ao: number,
  al: number,
  b: Uint16Array,
  bo: number,
  bl: number,
): number {
  let borrow = 0;
  let i = 0;
  if (bl >= LONG && a === b && a === out && ((oo | ao | bo) & 1) === 0) {
    const w = wordsOf(a);
    if (w !== null) {
      subWords(w, oo >> 1, ao >> 1, bo >> 1, bl >> 1);
      i = bl & ~1;
      borrow = -carryOut;
    }
  }
  for (; i < bl; i++) {
    borrow += a[ao + i] - b[bo + i];
    out[oo + i] = borrow;
    borrow >>= 16;
  }
  for (; i < al && borrow !== 0; i++) {
    borrow += a[ao + i];
    out[oo + i] = borrow;
    borrow >>= 16;
  }
  mpnCopy(out, oo + i, a, ao + i, al - i);
  return mpnTrim(out, oo, al);
}

/** out = a << bits. At most al + ceil(bits / 16) digits. */
export function mpnShl(out: Uint16Array, oo: number, a: Uint16Array, ao: number, al: number, bits: number): number {
  if (al === 0) {
    return 0;
  }
  const whole = Math.floor(bits / 16);
  const part = bits & 15;
  if (part === 0) {
    for (let i = al - 1; i >= 0; i--) {
      out[oo + whole + i] = a[ao + i];
    }
    out.fill(0, oo, oo + whole);
    return al + whole;
  }
  // from the top, so that a span may be shifted in place
  let high = a[ao + al - 1];
  const top = high >>> (16 - part);
  const base = oo + whole;
  if (top !== 0) {
    out[base + al] = top;
  }
  for (let i = al - 1; i > 0; i--) {
    const low = a[ao + i - 1];
    out[base + i] = (high << part) | (low >>> (16 - part));
    high = low;
  }
  out[base] = high << part;
  out.fill(0, oo, base);
  return top !== 0 ? al + whole + 1 : al + whole;
}

/** out = a >> bits (towards zero). At most al - floor(bits / 16) digits. */
export function mpnShr(out: Uint16Array, oo: number, a: Uint16Array, ao: number, al: number, bits: number): number {
  const whole = Math.floor(bits / 16);
  const part = bits & 15;
  if (whole >= al) {
    return 0;
  }
  const n = al - whole;
  const base = ao + whole;
  let low = a[base];
  for (let i = 0; i < n - 1; i++) {
    const high = a[base + i + 1];
    out[oo + i] = ((high << 16) | low) >>> part;
    low = high;
  }
  low >>>= part;
  out[oo + n - 1] = low;
  return low === 0 ? n - 1 : n;
}

/** d = d * mul + add in place, for mul and add below 2^16. At most n + 1 digits. */
export function mpnMulAddSmall(d: Uint16Array, o: number, n: number, mul: number, add: number): number {
  let carry = add;
  for (let i = o; i < o + n; i++) {
    const t = (Math.imul(d[i], mul) + carry) | 0;
    d[i] = t;
    carry = t >>> 16;
  }
  if (carry !== 0) {
    d[o + n] = carry;
    n++;
  }
  return n;
}

/** quo = a / div for 0 < div < 2^16; quo gets all al digits, untrimmed. Returns the remainder, not a length. */
export function mpnDivSmall(quo: Uint16Array, qo: number, a: Uint16Array, ao: number, al: number, div: number): number {
  const inverse = 1 / div;
  let rem = 0;
  for (let i = al - 1; i >= 0; i--) {
    // multiplying by the inverse is quicker than dividing, and at most one off
    const t = ((rem << 16) | a[ao + i]) >>> 0;
    let q = (t * inverse) | 0;
    rem = (t - Math.imul(q, div)) | 0;
    if (rem < 0) {
      q--;
      rem += div;
    } else if (rem >= div) {
      q++;
      rem -= div;
    }
    quo[qo + i] = q;
  }
  return rem;
}

/** The operations of {@link mpnBits}. */
export const BITS_AND = 0;
export const BITS_OR = 1;
export const BITS_XOR = 2;

/** out = the magnitude of (-a if aNeg) op (-b if bNeg) in two's complement, for al >= bl. At most al + 1 digits. */
export function mpnBits(
  op: number,
  out: Uint16Array,
  oo: number,
  a: Uint16Array,
  ao: number,
  al: number,
  aNeg: boolean,
  b: Uint16Array,
  bo: number,
  bl: number,
  bNeg: boolean,
): number {
  const am = aNeg ? 0xffff : 0;
  const bm = bNeg ? 0xffff : 0;
  const om = op === BITS_AND ? am & bm : op === BITS_OR ? am | bm : am ^ bm;
  let ac = am & 1;
  let bc = bm & 1;
  let oc = om & 1;
  for (let i = 0; i < al; i++) {
    ac += a[ao + i] ^ am;
    bc += i < bl ? b[bo + i] ^ bm : bm;
    const r = op === BITS_AND ? ac & bc : op === BITS_OR ? ac | bc : ac ^ bc;
    oc += (r ^ om) & 0xffff;
    out[oo + i] = oc;
    ac >>= 16;
    bc >>= 16;
    oc >>= 16;
  }
  if (oc !== 0) {
    out[oo + al] = oc;
    return al + 1;
  }
  return mpnTrim(out, oo, al);
}
