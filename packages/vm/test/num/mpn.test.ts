import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mpnAdd, mpnSub, mpnTrim } from '../../src/num/mpn.js';

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
});
