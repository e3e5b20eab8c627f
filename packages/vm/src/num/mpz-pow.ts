/**
 * Powers of big ints. Counterpart: mpz_pow_inpl and mpz_pow3_inpl of py/mpz.c.
 *
 * Both take the exponent's bits from the lowest up, as upstream does: the order decides how long the intermediate
 * results are, and so what is allocated and when memory runs out.
 */

import type { Tick } from './mpn.js';
import { Mpz, mpzAdd, mpzCopy, mpzDivMod, mpzMul, mpzSetInt } from './mpz.js';

/** Told, before a buffer is made, how many digits MicroPython would allocate for it; it may throw to abort. */
export type AllocHook = (digits: number) => void;

function bitAt(z: Mpz, i: number): number {
  return (z.dig[z.off + (i >>> 4)] >>> (i & 15)) & 1;
}

/** The index of the highest set bit of a number that is not zero. */
function topBit(z: Mpz): number {
  return z.len * 16 + 15 - Math.clz32(z.dig[z.off + z.len - 1]);
}

/** dest = a ** b; a negative b gives 0, as upstream does. */
export function mpzPow(dest: Mpz, a: Mpz, b: Mpz, tick?: Tick, onAlloc?: AllocHook): Mpz {
  if (a.len === 0 || b.neg) {
    return mpzSetInt(dest, 0);
  }
  if (b.len === 0) {
    return mpzSetInt(dest, 1);
  }
  let res = mpzSetInt(new Mpz(), 1);
  let x = a;
  let spareRes = new Mpz();
  let spareX = new Mpz();
  let alloc = res.alloc;
  const last = topBit(b);
  for (let i = 0; ; i++) {
    if (bitAt(b, i) !== 0) {
      const need = res.len + x.len;
      onAlloc?.(need);
      mpzMul(spareRes, res, x, tick);
      alloc = Math.max(alloc, need);
      const t = res;
      res = spareRes;
      spareRes = t;
    }
    if (i === last) {
      break;
    }
    onAlloc?.(2 * x.len);
    mpzMul(spareX, x, x, tick);
    const t = x === a ? new Mpz() : x;
    x = spareX;
    spareX = t;
  }
  mpzCopy(dest, res);
  dest.alloc = alloc;
  return dest;
}

/** dest = a ** b % mod with the sign of mod; a negative b gives 0, as upstream does. mod must not be zero. */
export function mpzPow3(dest: Mpz, a: Mpz, b: Mpz, mod: Mpz, tick?: Tick): Mpz {
  if (b.neg || (mod.len === 1 && mod.dig[mod.off] === 1)) {
    return mpzSetInt(dest, 0);
  }
  const one = mpzSetInt(new Mpz(), 1);
  if (b.len === 0) {
    return mod.neg ? mpzAdd(dest, one, mod) : mpzSetInt(dest, 1);
  }
  if (a.len === 0) {
    mpzSetInt(dest, 0);
    dest.alloc = one.alloc;
    return dest;
  }
  const quo = new Mpz();
  const prod = new Mpz();
  const res = one;
  let x = a;
  let alloc = res.alloc;
  let leaks = 0;
  const last = topBit(b);
  for (let i = 0; ; i++) {
    if (bitAt(b, i) !== 0) {
      mpzMul(prod, res, x, tick);
      alloc = Math.max(alloc, prod.alloc);
      mpzDivMod(quo, res, prod, mod, tick);
      alloc = Math.max(alloc, res.alloc);
      leaks += res.leaks;
    }
    if (i === last) {
      break;
    }
    mpzMul(prod, x, x, tick);
    if (x === a) {
      x = new Mpz();
    }
    mpzDivMod(quo, x, prod, mod, tick);
    leaks += x.leaks;
  }
  mpzCopy(dest, res);
  dest.alloc = alloc;
  dest.leaks = leaks;
  return dest;
}

/** dest = n!, as math.factorial multiplies it up: by halving the range of factors. */
export function mpzFactorial(dest: Mpz, n: number, tick?: Tick): Mpz {
  return n === 0 ? mpzSetInt(dest, 1) : product(dest, 1, n, tick);
}

function product(dest: Mpz, first: number, last: number, tick: Tick | undefined): Mpz {
  if (first === last) {
    return mpzSetInt(dest, first);
  }
  const middle = first + ((last - first) >>> 1);
  const low = product(new Mpz(), first, middle, tick);
  const high = product(new Mpz(), middle + 1, last, tick);
  return mpzMul(dest, low, high, tick);
}
