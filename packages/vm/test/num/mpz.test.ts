import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Tick } from '../../src/num/mpn.js';
import {
  allocAdd,
  allocAnd,
  allocMul,
  allocNot,
  allocQuo,
  allocRem,
  allocShl,
  allocShr,
  allocSub,
  allocXor,
  Mpz,
  mpzAbs,
  mpzAdd,
  mpzAnd,
  mpzAsInt32,
  mpzAsUint32,
  mpzBitLength,
  mpzCmp,
  mpzDivMod,
  mpzHash,
  mpzMul,
  mpzNeg,
  mpzNot,
  mpzOr,
  mpzSetInt,
  mpzSetInt64,
  mpzSetSafeInt,
  mpzShl,
  mpzShr,
  mpzSub,
  mpzXor,
  readMpz,
  targetMpz,
  viewMpz,
} from '../../src/num/mpz.js';
import { mpzFactorial, mpzPow, mpzPow3 } from '../../src/num/mpz-pow.js';
import { big, mpz } from './helpers.js';

/** Integers of up to about n digits, with long runs of equal bits among them. */
function ints(n: number): fc.Arbitrary<bigint> {
  const run = fc
    .tuple(fc.integer({ min: 0, max: n * 16 }), fc.integer({ min: 0, max: n * 16 }), fc.integer({ min: -2, max: 2 }))
    .map(([a, b, c]) => (1n << BigInt(a)) - (1n << BigInt(b)) + BigInt(c));
  const limit = 1n << BigInt(n * 16);
  return fc.oneof(fc.bigInt({ min: -limit, max: limit }), run, fc.bigInt({ min: -70000n, max: 70000n }));
}

const floorDiv = (a: bigint, b: bigint): bigint => {
  const q = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? q - 1n : q;
};

/** Every result is normal: no leading zero digit, no negative zero. */
function value(z: Mpz): bigint {
  if (z.len > 0) {
    expect(z.dig[z.off + z.len - 1]).not.toBe(0);
  } else {
    expect(z.neg).toBe(false);
  }
  expect(z.alloc === 0 ? 0 : z.len).toBeLessThanOrEqual(z.alloc);
  return big(z);
}

describe('big int arithmetic', () => {
  it('agrees with exact integers on two operands', () => {
    fc.assert(
      fc.property(ints(12), ints(12), (a, b) => {
        const x = mpz(a);
        const y = mpz(b);
        const check = (op: (d: Mpz, p: Mpz, q: Mpz) => Mpz, want: bigint, alloc: (p: Mpz, q: Mpz) => number): void => {
          const r = op(new Mpz(), x, y);
          expect(value(r)).toBe(want);
          expect(r.alloc).toBe(alloc(x, y));
        };
        check(mpzAdd, a + b, allocAdd);
        check(mpzSub, a - b, allocSub);
        check(mpzMul, a * b, allocMul);
        check(mpzAnd, a & b, allocAnd);
        check(mpzOr, a | b, allocAnd);
        check(mpzXor, a ^ b, allocXor);
        expect(mpzCmp(x, y)).toBe(a < b ? -1 : a > b ? 1 : 0);
        if (b !== 0n) {
          const quo = new Mpz();
          const rem = new Mpz();
          mpzDivMod(quo, rem, x, y);
          expect(value(quo)).toBe(floorDiv(a, b));
          expect(value(rem)).toBe(a - floorDiv(a, b) * b);
          expect(quo.alloc).toBe(allocQuo(x));
          expect(rem.alloc).toBe(allocRem(x, y));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('agrees with exact integers on one operand', () => {
    fc.assert(
      fc.property(ints(8), fc.integer({ min: 0, max: 100 }), (a, n) => {
        const x = mpz(a);
        expect(value(mpzNeg(new Mpz(), x))).toBe(-a);
        expect(value(mpzAbs(new Mpz(), x))).toBe(a < 0n ? -a : a);
        expect(value(mpzNot(new Mpz(), x))).toBe(~a);
        expect(value(mpzShl(new Mpz(), x, n))).toBe(a << BigInt(n));
        expect(value(mpzShr(new Mpz(), x, n))).toBe(a >> BigInt(n));
        expect(mpzBitLength(x)).toBe(a === 0n ? 0 : (a < 0n ? -a : a).toString(2).length);
        expect(mpzHash(x)).toBe(Number(BigInt.asIntN(32, a)));
        const inRange = a > -0x80000000n && a < 0x80000000n;
        expect(mpzAsInt32(x)).toBe(inRange ? Number(a) : Number.NaN);
        expect(mpzAsUint32(x)).toBe(a >= 0n && a < 0x100000000n ? Number(a) : Number.NaN);
      }),
      { numRuns: 100 },
    );
  });

  it('multiplies and divides long numbers', () => {
    fc.assert(
      fc.property(ints(400), ints(330), (a, b) => {
        const x = mpz(a);
        const y = mpz(b);
        expect(value(mpzMul(new Mpz(), x, y))).toBe(a * b);
        if (b !== 0n) {
          const quo = new Mpz();
          const rem = new Mpz();
          mpzDivMod(quo, rem, mpz(a * b + a), y);
          expect(value(quo)).toBe(floorDiv(a * b + a, b));
          expect(value(rem)).toBe(a * b + a - floorDiv(a * b + a, b) * b);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('corrects quotient estimates that are too large', () => {
    // the estimate from the leading digits is one too large only about once in 32768 random divisions
    for (const [a, b] of [
      [0x7fff_8000_0000_0000n, 0x8000_0000_0001n],
      [0x8000_0000_0000_0003n << 16n, 0x2000_0000_0000_0001n],
      [(1n << 96n) - 1n, (1n << 64n) - 1n],
      [0xffff_fffe_0000_0000n, 0xffff_ffff_0000n],
    ] as const) {
      const quo = new Mpz();
      const rem = new Mpz();
      mpzDivMod(quo, rem, mpz(a), mpz(b));
      expect(value(quo)).toBe(a / b);
      expect(value(rem)).toBe(a % b);
    }
  });

  it('sets words', () => {
    expect(big(mpzSetInt(new Mpz(), -0x80000000))).toBe(-0x80000000n);
    expect(big(mpzSetInt(new Mpz(), 0xffffffff))).toBe(0xffffffffn);
    expect(big(mpzSetInt64(new Mpz(), -1, -2, true))).toBe(-2n);
    expect(big(mpzSetInt64(new Mpz(), -1, -2, false))).toBe(0xffff_ffff_ffff_fffen);
    expect(big(mpzSetInt64(new Mpz(), 0x80000000, 0, true))).toBe(-(1n << 63n));
    for (const v of [0, 1, -1, 2 ** 40 + 5, -(2 ** 52) + 1, -(2 ** 32)]) {
      const z = mpzSetSafeInt(new Mpz(), v);
      expect(big(z)).toBe(BigInt(v));
      expect(z.alloc).toBe(4);
    }
  });

  it('reads and writes digits in place', () => {
    const memory = new Uint16Array(64).fill(0xaaaa);
    memory.set([0xffff, 0xffff, 1], 10);
    const a = viewMpz(new Mpz(), memory, 10, 3, false);
    const b = mpzSetInt(new Mpz(), 1);
    const r = mpzAdd(targetMpz(new Mpz(), memory, 20, allocAdd(a, b)), a, b);
    expect(r.dig).toBe(memory);
    expect([...memory.subarray(19, 24)]).toEqual([0xaaaa, 0, 0, 2, 0xaaaa]);
    const copy = readMpz(memory, 20, 3, true);
    memory.fill(0);
    expect(big(copy)).toBe(-(2n << 32n));
    // a result that is too long for its place goes to a buffer of its own
    const c = mpzShl(targetMpz(new Mpz(), memory, 0, 2), copy, 64);
    expect(c.dig).not.toBe(memory);
    expect(big(c)).toBe(-(2n << 96n));
  });
});

describe('powers', () => {
  const pow = (a: bigint, b: bigint): bigint => value(mpzPow(new Mpz(), mpz(a), mpz(b)));

  it('raises to powers', () => {
    fc.assert(
      fc.property(ints(3), fc.bigInt({ min: 0n, max: 70n }), (a, b) => {
        fc.pre(a !== 0n);
        expect(pow(a, b)).toBe(a ** b);
      }),
      { numRuns: 60 },
    );
    expect(pow(3n, 1000n)).toBe(3n ** 1000n);
    expect(pow(2n, -1n)).toBe(0n);
    expect(pow(0n, 0n)).toBe(0n); // upstream's mpz gives 0; small ints never get here
  });

  it('raises to powers modulo a number', () => {
    fc.assert(
      fc.property(ints(4), fc.bigInt({ min: 0n, max: 100000n }), ints(4), (a, b, m) => {
        fc.pre(m !== 0n);
        let want = 1n;
        for (let e = b, x = a % m; e > 0n; e >>= 1n, x = (x * x) % m) {
          want = e & 1n ? (want * x) % m : want;
        }
        want %= m;
        if (want !== 0n && want < 0n !== m < 0n) {
          want += m;
        }
        expect(value(mpzPow3(new Mpz(), mpz(a), mpz(b), mpz(m)))).toBe(want);
      }),
      { numRuns: 100 },
    );
  });

  it('says what it allocates', () => {
    const seen: number[] = [];
    const r = mpzPow(new Mpz(), mpz(10n), mpz(30n), undefined, (n) => seen.push(n));
    expect(big(r)).toBe(10n ** 30n);
    expect(seen).toEqual([2, 2, 2, 2, 2, 4, 4, 7]);
    expect(r.alloc).toBe(7);
  });

  it('multiplies up factorials', () => {
    let want = 1n;
    for (let n = 0; n <= 200; n++) {
      want *= BigInt(Math.max(n, 1));
      if (n % 13 === 0 || n < 10) {
        expect(value(mpzFactorial(new Mpz(), n))).toBe(want);
      }
    }
  });
});

describe('tick', () => {
  function cost(run: (tick: Tick) => void): { calls: number; most: number } {
    let calls = 0;
    let most = 0;
    run((c) => {
      calls++;
      most = Math.max(most, c);
    });
    return { calls, most };
  }

  it('comes at least every 64 K digit steps', () => {
    const a = readMpz(new Uint16Array(1200).fill(0x1234), 0, 1200, false);
    const b = readMpz(new Uint16Array(2400).fill(0x4321), 0, 2400, false);
    for (const run of [
      (t: Tick) => mpzMul(new Mpz(), a, b, t),
      (t: Tick) => mpzDivMod(new Mpz(), new Mpz(), b, a, t),
      (t: Tick) => mpzPow(new Mpz(), a, mpz(3n), t),
    ]) {
      const { calls, most } = cost(run);
      expect(calls).toBeGreaterThan(5);
      expect(most).toBeLessThan(2 * 65536);
    }
  });

  it('may abort a hopeless power', () => {
    const seven = mpz(7n);
    const huge = mpz(10n ** 30n);
    let left = 20;
    expect(() =>
      mpzPow(new Mpz(), seven, huge, () => {
        if (--left === 0) {
          throw new RangeError('enough');
        }
      }),
    ).toThrow('enough');
  });
});

describe('allocation sizes', () => {
  it('count what upstream leaves behind', () => {
    const quo = new Mpz();
    const rem = new Mpz();
    mpzDivMod(quo, rem, mpz(-(10n ** 20n)), mpz(7n));
    expect([quo.leaks, rem.leaks]).toEqual([1, 1]);
    mpzDivMod(quo, rem, mpz(10n ** 20n), mpz(7n));
    expect([quo.leaks, rem.leaks]).toEqual([0, 0]);
    expect(mpzPow3(new Mpz(), mpz(3n), mpz(5n), mpz(-7n)).leaks).toBe(4);
  });

  it('are at least two digits, and none for a product of zero', () => {
    const one = mpz(1n);
    const zero = mpz(0n);
    expect([allocAdd(one, one), allocSub(one, one), allocNot(one), allocShr(one), allocShl(one, 20)]).toEqual([
      2, 2, 2, 2, 3,
    ]);
    expect(allocMul(one, zero)).toBe(0);
    expect(allocRem(zero, mpz(-(1n << 200n)))).toBe(2);
    expect(allocRem(mpz(-1n), mpz(1n << 200n))).toBe(13);
  });
});
