/**
 * Products and quotients of magnitudes. Counterpart: mpn_mul and mpn_div of py/mpz.c, which are both schoolbook;
 * here long products use Karatsuba's method. Spans are as in mpn.ts, but `out` must not overlap an operand.
 *
 * The digit steps done are handed to the caller's tick. Scratch memory that lives across a tick is never shared.
 */

import { LONG, mpnAdd, mpnDivSmall, mpnSub, mpnTrim, type Tick, wordsOf } from './mpn.js';

/** Digit steps between two ticks. */
export const TICK_EVERY = 65536;

/**
 * Operands at least this long are multiplied by Karatsuba's method. Measured in Node 20, both methods take the same
 * time at 64 to 96 digits; 256 digits take two thirds of the schoolbook's time, 2048 a sixth.
 */
const KARATSUBA_MIN = 64;

/** Tells the caller's tick of digit steps done. Nothing is kept between calls, so that a run's charges depend on it alone. */
export function charge(cost: number, tick: Tick | undefined): void {
  if (tick !== undefined) tick(cost);
}

/** out = a * digit over n words; the digit that is carried out. */
function mulWords(w: Int32Array, oo: number, ao: number, n: number, digit: number): number {
  let carry = 0;
  for (let i = 0; i < n; i++) {
    const x = w[ao + i];
    const low = (Math.imul(x & 0xffff, digit) + carry) | 0;
    const high = (Math.imul(x >>> 16, digit) + (low >>> 16)) | 0;
    w[oo + i] = (high << 16) | (low & 0xffff);
    carry = high >>> 16;
  }
  return carry;
}

/** out += a * two digits over n words; the word that is carried out. */
function addProduct(w: Int32Array, oo: number, ao: number, n: number, b0: number, b1: number): number {
  let carry = 0;
  for (let i = 0; i < n; i++) {
    const x = w[ao + i];
    const o = w[oo + i];
    const p0 = Math.imul(x & 0xffff, b0);
    const p1 = Math.imul(x & 0xffff, b1);
    const p2 = Math.imul(x >>> 16, b0);
    const low = (p0 & 0xffff) + (o & 0xffff) + (carry & 0xffff);
    const high = (p0 >>> 16) + (p1 & 0xffff) + (p2 & 0xffff) + (o >>> 16) + (carry >>> 16) + (low >>> 16);
    w[oo + i] = (high << 16) | (low & 0xffff);
    carry = (Math.imul(x >>> 16, b1) + (p1 >>> 16) + (p2 >>> 16) + (high >>> 16)) | 0;
  }
  return carry;
}

/** out = a * b by rows. out gets al + bl digits, untrimmed. */
function mulRows(
  out: Uint16Array,
  oo: number,
  a: Uint16Array,
  ao: number,
  al: number,
  b: Uint16Array,
  bo: number,
  bl: number,
): void {
  const w = al >= LONG && a === out && ((oo | ao) & 1) === 0 ? wordsOf(a) : null;
  const n = w === null ? 0 : al >> 1;
  let j = 0;
  if (w !== null && bl > 1) {
    out.fill(0, oo, oo + al);
    for (; j + 1 < bl; j += 2) {
      const b0 = b[bo + j];
      const b1 = b[bo + j + 1];
      const carry = addProduct(w, (oo + j) >> 1, ao >> 1, n, b0, b1);
      const top = oo + j + al;
      if ((al & 1) === 0) w[top >> 1] = carry;
      else {
        const x = a[ao + al - 1];
        let t = (Math.imul(x, b0) + (carry & 0xffff) + out[top - 1]) | 0;
        out[top - 1] = t;
        t = (Math.imul(x, b1) + (carry >>> 16) + (t >>> 16)) | 0;
        out[top] = t;
        out[top + 1] = t >>> 16;
      }
    }
  } else {
    // the first row writes instead of adding, which saves clearing the result
    const b0 = b[bo];
    let carry = w === null ? 0 : mulWords(w, oo >> 1, ao >> 1, n, b0);
    for (let i = n << 1; i < al; i++) {
      const t = (Math.imul(a[ao + i], b0) + carry) | 0;
      out[oo + i] = t;
      carry = t >>> 16;
    }
    out[oo + al] = carry;
    j = 1;
  }
  for (; j < bl; j++) {
    const bj = b[bo + j];
    const row = oo + j;
    let carry = 0;
    if (bj !== 0) {
      for (let i = 0; i < al; i++) {
        const t = (Math.imul(a[ao + i], bj) + out[row + i] + carry) | 0;
        out[row + i] = t;
        carry = t >>> 16;
      }
    }
    out[row + al] = carry;
  }
}

/** Digits of scratch that {@link mulEqual} needs for operands of n digits. */
function karatsubaScratch(n: number): number {
  let total = 0;
  while (n >= KARATSUBA_MIN) {
    n = n - (n >> 1) + 1;
    total += 4 * n;
  }
  return total;
}

/**
 * out = a * b for operands of n digits each, leading zeros allowed; out gets 2n digits.
 * With a = a1·B^h + a0 and b likewise, the middle term is (a0 + a1)(b0 + b1) - a0·b0 - a1·b1.
 */
function mulEqual(
  out: Uint16Array,
  oo: number,
  a: Uint16Array,
  ao: number,
  b: Uint16Array,
  bo: number,
  n: number,
  tmp: Uint16Array,
  to: number,
  tick: Tick | undefined,
): void {
  if (n < KARATSUBA_MIN) {
    mulRows(out, oo, a, ao, n, b, bo, n);
    charge(n * n, tick);
    return;
  }
  const h = n >> 1;
  const m = n - h;
  const s = m + 1;
  const sumA = to;
  const sumB = to + s;
  const mid = to + 2 * s;
  const rest = to + 4 * s;
  mulEqual(out, oo, a, ao, b, bo, h, tmp, rest, tick);
  mulEqual(out, oo + 2 * h, a, ao + h, b, bo + h, m, tmp, rest, tick);
  tmp.fill(0, sumA, mid);
  mpnAdd(tmp, sumA, a, ao + h, m, a, ao, h);
  mpnAdd(tmp, sumB, b, bo + h, m, b, bo, h);
  mulEqual(tmp, mid, tmp, sumA, tmp, sumB, s, tmp, rest, tick);
  const midLen = 2 * s;
  mpnSub(tmp, mid, tmp, mid, midLen, out, oo, 2 * h);
  mpnSub(tmp, mid, tmp, mid, midLen, out, oo + 2 * h, 2 * m);
  const len = mpnTrim(tmp, mid, midLen);
  addInto(out, oo + h, tmp, mid, len);
}

/** Adds a span to the digits at out, where the carry is known to die within the result. */
function addInto(out: Uint16Array, oo: number, a: Uint16Array, ao: number, al: number): void {
  let carry = 0;
  for (let i = 0; i < al; i++) {
    carry += out[oo + i] + a[ao + i];
    out[oo + i] = carry;
    carry >>= 16;
  }
  for (let i = oo + al; carry !== 0; i++) {
    carry += out[i];
    out[i] = carry;
    carry >>= 16;
  }
}

/** out = a * b, for al and bl > 0; out needs al + bl digits, all of which are written. Returns the result's length. */
export function mpnMul(
  out: Uint16Array,
  oo: number,
  a: Uint16Array,
  ao: number,
  al: number,
  b: Uint16Array,
  bo: number,
  bl: number,
  tick?: Tick,
): number {
  if (al < bl) {
    return mpnMul(out, oo, b, bo, bl, a, ao, al, tick);
  }
  if (bl < KARATSUBA_MIN) {
    mulRows(out, oo, a, ao, al, b, bo, bl);
    charge(al * bl, tick);
  } else {
    // the longer operand is taken in pieces as long as the shorter one
    const tmp = new Uint16Array(karatsubaScratch(bl) + 2 * bl);
    const prod = tmp.length - 2 * bl;
    if (al === bl) {
      mulEqual(out, oo, a, ao, b, bo, bl, tmp, 0, tick);
    } else {
      out.fill(0, oo, oo + al + bl);
      let i = 0;
      for (; i + bl <= al; i += bl) {
        mulEqual(tmp, prod, a, ao + i, b, bo, bl, tmp, 0, tick);
        addInto(out, oo + i, tmp, prod, 2 * bl);
      }
      const left = mpnTrim(a, ao + i, al - i);
      if (left > 0) {
        mpnMul(tmp, prod, b, bo, bl, a, ao + i, left, tick);
        addInto(out, oo + i, tmp, prod, left + bl);
      }
    }
  }
  return mpnTrim(out, oo, al + bl);
}

/** Divisors up to this long are normalised in a shared buffer; longer ones may be divided by across ticks. */
const SMALL_DIVISOR = 128;
const smallDivisor = new Uint16Array(SMALL_DIVISOR);

/** Whether a division by `dl` digits tells of its steps at the end. */
function isShort(dl: number, steps: number): boolean {
  return dl <= SMALL_DIVISOR && steps < TICK_EVERY;
}

/**
 * Divides in place: rem holds the numerator in nl digits and room for one more, and is left with the remainder in dl
 * digits (untrimmed); quo gets nl - dl + 1 digits (untrimmed). For nl >= dl > 0. Knuth's algorithm D.
 */
export function mpnDivRem(
  quo: Uint16Array,
  qo: number,
  rem: Uint16Array,
  ro: number,
  nl: number,
  den: Uint16Array,
  dO: number,
  dl: number,
  tick?: Tick,
): void {
  if (dl === 1) {
    rem[ro] = mpnDivSmall(quo, qo, rem, ro, nl, den[dO]);
    charge(nl, tick);
    return;
  }
  // shift both so that the divisor's top bit is set
  const shift = Math.clz32(den[dO + dl - 1]) - 16;
  const steps = (nl - dl + 1) * dl;
  const short = isShort(dl, steps);
  const div = short ? smallDivisor : new Uint16Array(dl);
  let carry = 0;
  for (let i = 0; i < dl; i++) {
    const d = den[dO + i];
    div[i] = (d << shift) | carry;
    carry = d >>> (16 - shift);
  }
  carry = 0;
  for (let i = 0; i < nl; i++) {
    const d = rem[ro + i];
    rem[ro + i] = (d << shift) | carry;
    carry = d >>> (16 - shift);
  }
  rem[ro + nl] = carry;
  const v1 = div[dl - 1];
  const v2 = div[dl - 2];
  for (let j = nl - dl; j >= 0; j--) {
    const at = ro + j;
    const top = rem[at + dl];
    const num = ((top << 16) | rem[at + dl - 1]) >>> 0;
    // the estimate from two digits by one is at most 2 too large; the next digit of each corrects nearly all of that
    let q = Math.floor(num / v1);
    let r = num - q * v1;
    const next = rem[at + dl - 2];
    while (r < 65536 && (q > 65535 || q * v2 > r * 65536 + next)) {
      q--;
      r += v1;
    }
    if (q !== 0 && subtractProduct(rem, at, div, dl, q | 0) < 0) {
      q--;
      addBack(rem, at, div, dl);
    }
    quo[qo + j] = q;
    if (!short) {
      charge(dl, tick);
    }
  }
  if (shift !== 0) {
    let high = 0;
    for (let i = dl - 1; i >= 0; i--) {
      const d = rem[ro + i];
      rem[ro + i] = (d >>> shift) | high;
      high = d << (16 - shift);
    }
  }
  if (short) {
    charge(steps, tick);
  }
}

/**
 * floor(a / b) as far as the leading digits tell it, for a and b of al >= bl > 3 digits with a quotient of at most two digits; -1 if
 * they do not. Where they do, there is a remainder. `tick` is told what {@link mpnDivRem} would tell it for a >= b.
 */
export function mpnLeadingQuotient(
  a: Uint16Array,
  ao: number,
  al: number,
  b: Uint16Array,
  bo: number,
  bl: number,
  tick?: Tick,
): number {
  const low = bl - 4;
  let x = 0;
  for (let i = al - 1; i >= low; i--) x = x * 65536 + a[ao + i];
  let y = 0;
  for (let i = bl - 1; i >= low; i--) y = y * 65536 + b[bo + i];
  // what the digits left out add to x and y, and all roundings, are less than 2^-46 of the quotient
  const q = x / y;
  const slack = q * 2 ** -46;
  const whole = Math.floor(q - slack);
  if (whole > 0xffffffff || whole !== Math.floor(q + slack)) return -1;
  if (whole === 0) return 0;
  const steps = (al - bl + 1) * bl;
  if (isShort(bl, steps)) charge(steps, tick);
  else for (let j = al - bl; j >= 0; j--) charge(bl, tick);
  return whole;
}

/** num[0..dl] -= div * q; the final borrow: 0, or -1 when q was one too large. */
function subtractProduct(num: Uint16Array, at: number, div: Uint16Array, dl: number, q: number): number {
  let carry = 0;
  let borrow = 0;
  for (let i = 0; i < dl; i++) {
    const p = (Math.imul(div[i], q) + carry) | 0;
    carry = p >>> 16;
    borrow += num[at + i] - (p & 0xffff);
    num[at + i] = borrow;
    borrow >>= 16;
  }
  borrow += num[at + dl] - carry;
  num[at + dl] = borrow;
  return borrow >> 16;
}

function addBack(num: Uint16Array, at: number, div: Uint16Array, dl: number): void {
  let carry = 0;
  for (let i = 0; i < dl; i++) {
    carry += num[at + i] + div[i];
    num[at + i] = carry;
    carry >>= 16;
  }
  num[at + dl] = num[at + dl] + carry;
}
