import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mpnAdd, mpnSub, mpnTrim } from '../../src/num/mpn.js';
import { mpnDivRem, mpnLeadingQuotient, mpnMul } from '../../src/num/mpn-mul.js';

const ROOM = 200;

/** Writes a value's digits at `at`; answers how many. */
function put(d: Uint16Array, at: number, value: bigint): number {
  let n = 0;
  for (let v = value; v > 0n; v >>= 16n) d[at + n++] = Number(v & 0xffffn);
  return n;
}

function get(d: Uint16Array, at: number, n: number): bigint {
  let v = 0n;
  for (let i = n - 1; i >= 0; i--) v = (v << 16n) | BigInt(d[at + i] as number);
  return v;
}

/** Values with long runs of ones and zeros among them, where carries travel far. */
const magnitude = fc
  .array(
    fc.tuple(fc.constantFrom(0n, 1n, 0x7fffn, 0x8000n, 0xfffen, 0xffffn, 0x1234n), fc.integer({ min: 1, max: 40 })),
    {
      maxLength: 8,
    },
  )
  .map((runs) => {
    let v = 0n;
    let bits = 0n;
    for (const [digit, n] of runs) {
      for (let i = 0; i < n && bits < 16n * BigInt(ROOM - 2); i++) {
        v |= digit << bits;
        bits += 16n;
      }
    }
    return v;
  });

describe('spans of one array, as in the memory of a board', () => {
  it('adds and subtracts at any alignment', () => {
    fc.assert(
      fc.property(magnitude, magnitude, fc.integer({ min: 0, max: 7 }), (x, y, odd) => {
        const d = new Uint16Array(3 * ROOM + 8);
        const [a, b] = x >= y ? [x, y] : [y, x];
        const ao = odd & 1;
        const bo = ROOM + 2 + ((odd >> 1) & 1);
        const oo = 2 * ROOM + 4 + (odd >> 2);
        const al = put(d, ao, a);
        const bl = put(d, bo, b);
        expect(get(d, oo, mpnAdd(d, oo, d, ao, al, d, bo, bl))).toBe(a + b);
        const n = mpnSub(d, oo, d, ao, al, d, bo, bl);
        expect(n).toBe(mpnTrim(d, oo, n));
        expect(get(d, oo, n)).toBe(a - b);
        // in place
        expect(get(d, ao, mpnSub(d, ao, d, ao, al, d, bo, bl))).toBe(a - b);
      }),
      { seed: 20261122, numRuns: 400 },
    );
  });

  it('multiplies at any alignment, and writes nothing beyond the product', () => {
    fc.assert(
      fc.property(magnitude, magnitude, fc.integer({ min: 0, max: 63 }), fc.nat(40), (x, y, odd, short) => {
        // mostly a long factor and a short one
        const b = (odd & 32) === 0 ? y : y & ((1n << BigInt(short * 16)) - 1n);
        fc.pre(x > 0n && b > 0n);
        const d = new Uint16Array(4 * ROOM + 16).fill(0xaaaa);
        const ao = odd & 1;
        const bo = ROOM + 2 + ((odd >> 1) & 1);
        const oo = 2 * ROOM + 4 + ((odd >> 2) & 1);
        const al = put(d, ao, x);
        const bl = put(d, bo, b);
        const other = (odd & 24) === 0 ? d.slice(bo, bo + bl) : d;
        expect(get(d, oo, mpnMul(d, oo, d, ao, al, other, other === d ? bo : 0, bl))).toBe(x * b);
        expect(d[oo - 1]).toBe(0xaaaa);
        expect(d[oo + al + bl]).toBe(0xaaaa);
      }),
      { seed: 20261130, numRuns: 600 },
    );
  });

  it('tells quotients from leading digits, or that they do not tell', () => {
    let told = 0;
    fc.assert(
      fc.property(
        magnitude,
        fc.bigInt({ min: 0n, max: 0xffff_ffffn }),
        fc.nat(100),
        fc.integer({ min: -1, max: 1 }),
        (b, q, part, near) => {
          fc.pre(b > 1n << 48n);
          // up to a hundredth of the divisor, and quotients as near to a whole number as can be
          const a = b * q + (part === 0 ? BigInt(near) : (b * BigInt(part)) / 101n);
          const d = new Uint16Array(3 * ROOM);
          const bl = put(d, 0, b);
          const al = a > 0n ? put(d, ROOM, a) : 0;
          fc.pre(al >= bl && al <= bl + 2);
          const costs: number[] = [];
          const r = mpnLeadingQuotient(d, ROOM, al, d, 0, bl, (n) => costs.push(n));
          if (r < 0) {
            expect(part).toBeLessThan(2);
            return;
          }
          told++;
          expect(BigInt(r)).toBe(a / b);
          expect(a % b).not.toBe(0n);
          const want: number[] = [];
          if (a >= b) mpnDivRem(d, 2 * ROOM, d, ROOM, al, d, 0, bl, (n) => want.push(n));
          expect(costs).toEqual(want);
        },
      ),
      { seed: 20261130, numRuns: 600 },
    );
    expect(told).toBeGreaterThan(300);
  });
});
