/**
 * pow, exp and logarithms to within 0.51 ulp, so nearly always correctly rounded.
 *
 * JavaScript leaves the accuracy of Math.pow and its kin to the engine: V8 gives 10 ** -5 as 0.000009999999999999999
 * where every C library gives 0.00001, and engines differ from each other, which a replayed run must not see. The
 * work is done in double-double: a value is the unevaluated sum of two doubles, of which functions return the greater
 * and leave the lesser in `low[0]`.
 *
 * log x = k·ln 2 - log c + log(c·m), with x = 2^k·m and c a short fraction near 1/m from a table.
 * exp x = 2^(n/64)·exp(r), with the powers 2^(j/64) from a table.
 */

import { highWord, joinDouble, lowWord, splitDouble } from './x87.js';

const low = new Float64Array(1);

/** a + b exactly. */
function twoSum(a: number, b: number): number {
  const s = a + b;
  const t = s - a;
  low[0] = a - (s - t) + (b - t);
  return s;
}

const SPLITTER = 134217729;

/** a · b exactly, for products that neither overflow nor lose low bits to underflow. */
function twoProduct(a: number, b: number): number {
  const p = a * b;
  let t = SPLITTER * a;
  const ah = t - (t - a);
  const al = a - ah;
  t = SPLITTER * b;
  const bh = t - (t - b);
  const bl = b - bh;
  low[0] = al * bl - (p - ah * bh - al * bh - ah * bl);
  return p;
}

function add(ah: number, al: number, bh: number, bl: number): number {
  const s = twoSum(ah, bh);
  return twoSum(s, low[0] + al + bl);
}

function multiply(ah: number, al: number, bh: number, bl: number): number {
  const p = twoProduct(ah, bh);
  return twoSum(p, low[0] + (ah * bl + al * bh));
}

function divide(ah: number, al: number, bh: number, bl: number): number {
  const q = ah / bh;
  const p = multiply(q, 0, bh, bl);
  const rest = ah - p - low[0] + al;
  return twoSum(q, rest / bh);
}

// ln 2 in two parts; the products of the first with integers below 2^21 are exact
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const INV_LN2 = Math.LOG2E;
const INV_LN2_LOW = 2.0355273740931033e-17;
const INV_LN10 = Math.LOG10E;
const INV_LN10_LOW = 1.098319650216765e-17;

/** The table of c is indexed by round(256·m), for m from sqrt(1/2) to sqrt(2). */
const LOG_FIRST = 181;
const LOG_LAST = 362;
const inverse = new Float64Array(LOG_LAST - LOG_FIRST + 1);
const logTable = new Float64Array(2 * (LOG_LAST - LOG_FIRST + 1));
const expTable = new Float64Array(2 * 64);
let ready = false;

/** Fills the tables by series, once; it takes about as long as a thousand calls of pow. */
function prepare(): void {
  for (let i = LOG_FIRST; i <= LOG_LAST; i++) {
    const c = Math.round(524288 / i) / 2048;
    // -log c = -2 artanh s, for s = (c - 1)/(c + 1)
    const sh = divide(c - 1, 0, c + 1, 0);
    const sl = low[0];
    const zh = multiply(sh, sl, sh, sl);
    const zl = low[0];
    let h = 0;
    let l = 0;
    for (let n = 51; n >= 1; n -= 2) {
      h = multiply(h, l, zh, zl);
      l = low[0];
      const f = divide(1, 0, n, 0);
      h = add(h, l, f, low[0]);
      l = low[0];
    }
    h = multiply(h, l, sh, sl);
    inverse[i - LOG_FIRST] = c;
    logTable[2 * (i - LOG_FIRST)] = -2 * h;
    logTable[2 * (i - LOG_FIRST) + 1] = -2 * low[0];
  }
  for (let j = 0; j < 64; j++) {
    const x = j / 64;
    const xh = add(x * LN2_HIGH, 0, x * LN2_LOW, 0);
    const xl = low[0];
    let h = 1;
    let l = 0;
    for (let n = 25; n >= 1; n--) {
      h = multiply(h, l, xh, xl);
      h = divide(h, low[0], n, 0);
      h = add(h, low[0], 1, 0);
      l = low[0];
    }
    expTable[2 * j] = h;
    expTable[2 * j + 1] = l;
  }
  ready = true;
}

/** log x for finite x > 0. */
function logParts(x: number): number {
  if (!ready) {
    prepare();
  }
  let k = 0;
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984;
    k = -54;
  }
  splitDouble(x);
  const high = highWord();
  k += (high >>> 20) - 1023;
  let m = joinDouble((high & 0xfffff) | 0x3ff00000, lowWord());
  if (m > Math.SQRT2) {
    m *= 0.5;
    k++;
  }
  const i = Math.round(m * 256) - LOG_FIRST;
  const c = inverse[i];
  // c·m - 1 exactly: c is short, so the products with both halves of m are exact
  const t = SPLITTER * m;
  const mh = t - (t - m);
  const rh = twoSum(mh * c - 1, (m - mh) * c);
  const rl = low[0];
  // log(1 + r) = r - r²/2 + r³·(1/3 - r/4 + …), the last in plain doubles
  const sq = twoProduct(rh, rh);
  const sqLow = low[0] + 2 * rh * rl;
  const tail = rh * sq * (1 / 3 - rh * (0.25 - rh * (0.2 - rh * (1 / 6 - rh * (1 / 7 - rh * (0.125 - rh / 9))))));
  let h = add(rh, rl, -0.5 * sq, -0.5 * sqLow);
  h = add(h, low[0], tail, 0);
  h = add(logTable[2 * i], logTable[2 * i + 1], h, low[0]);
  const l = low[0];
  const kh = twoSum(k * LN2_HIGH, k * LN2_LOW);
  return add(kh, low[0], h, l);
}

const LN2_64_HIGH = LN2_HIGH / 64;
const LN2_64_LOW = LN2_LOW / 64;

/** exp(h + l), rounded once (twice when subnormal). */
function expParts(h: number, l: number): number {
  if (h > 710) {
    return Number.POSITIVE_INFINITY;
  }
  if (h < -746) {
    return 0;
  }
  if (!ready) {
    prepare();
  }
  const n = Math.round(h * (64 * INV_LN2));
  const rh = twoSum(h - n * LN2_64_HIGH, l - n * LN2_64_LOW);
  const rl = low[0];
  const p = rl + rh * rh * (0.5 + rh * (1 / 6 + rh * (1 / 24 + rh * (1 / 120 + rh / 720))));
  const j = n & 63;
  const th = expTable[2 * j];
  const tl = expTable[2 * j + 1];
  const prod = twoProduct(th, rh);
  const rest = low[0] + tl + th * p + tl * rh;
  const s = twoSum(th, prod);
  const res = s + (low[0] + rest);
  const k = (n - j) / 64;
  if (k < -1022) {
    return res * joinDouble((k + 64 + 1023) << 20, 0) * 2 ** -64;
  }
  return k > 1023 ? res * 2 * joinDouble((k - 1 + 1023) << 20, 0) : res * joinDouble((k + 1023) << 20, 0);
}

/** The natural logarithm. */
export function log(x: number): number {
  return x > 0 && x < Number.POSITIVE_INFINITY ? logParts(x) : Math.log(x);
}

/** `l` divided by the logarithm of `base`, which is not rounded before. */
export function overLog(l: number, base: number): number {
  if (!(base > 0 && base < Number.POSITIVE_INFINITY && Number.isFinite(l))) return l / log(base);
  const h = logParts(base);
  return divide(l, 0, h, low[0]);
}

/** The logarithm to base 2, exact for powers of two. */
export function log2(x: number): number {
  if (!(x > 0 && x < Number.POSITIVE_INFINITY)) {
    return Math.log(x);
  }
  const h = logParts(x);
  return multiply(h, low[0], INV_LN2, INV_LN2_LOW);
}

/** The logarithm to base 10, exact for powers of ten. */
export function log10(x: number): number {
  if (!(x > 0 && x < Number.POSITIVE_INFINITY)) {
    return Math.log(x);
  }
  const h = logParts(x);
  return multiply(h, low[0], INV_LN10, INV_LN10_LOW);
}

/** e to the power x. */
export function exp(x: number): number {
  return x === x ? expParts(x, 0) : x;
}

/** C's pow: unlike JavaScript's, 1 to any power is 1, and so is -1 to an infinite one. */
export function pow(x: number, y: number): number {
  const ax = Math.abs(x);
  if (ax === 1 && (x === 1 || y - y !== 0)) {
    return x === 1 || y === y ? 1 : y;
  }
  // zero, infinity and NaN on either side, roots of negative numbers, and powers that are plainly 1, 0 or infinite
  if (ax === 0 || ax - ax !== 0 || y === 0 || y - y !== 0 || (x < 0 && y !== Math.floor(y))) {
    return x ** y;
  }
  // what a single instruction rounds correctly
  if (y === 2) return x * x;
  if (y === 0.5) return Math.sqrt(x);
  const estimate = y * Math.log(ax);
  if (!(Math.abs(estimate) < 800)) {
    return x ** y;
  }
  const h = logParts(ax);
  const e = multiply(h, low[0], y, 0);
  const res = expParts(e, low[0]);
  return x < 0 && y % 2 !== 0 ? -res : res;
}
