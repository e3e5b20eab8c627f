import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ext, extDiv } from '../../src/num/x87.js';

/** Mantissas with their top bit set, many of them near the ends of the range or with halves of equal bits. */
const mantissa = fc.oneof(
  fc.bigInt({ min: 1n << 63n, max: (1n << 64n) - 1n }),
  fc.bigInt({ min: 0n, max: 70000n }).map((v) => (1n << 63n) + v),
  fc.bigInt({ min: 1n, max: 70000n }).map((v) => (1n << 64n) - v),
  fc.bigInt({ min: 1n << 31n, max: (1n << 32n) - 1n }).map((v) => v << 32n),
  fc.bigInt({ min: 1n << 31n, max: (1n << 32n) - 1n }).map((v) => (v << 32n) | 0xffff_ffffn),
);

function ext(m: bigint): Ext {
  const e = new Ext();
  e.hi = Number(m >> 32n);
  e.lo = Number(m & 0xffff_ffffn);
  return e;
}

describe('extDiv', () => {
  it('rounds the exact quotient to 64 bits', () => {
    fc.assert(
      fc.property(mantissa, mantissa, (a, b) => {
        const e = ext(a);
        extDiv(e, ext(b));
        const bits = a >= b ? 63n : 64n;
        const twice = (a << (bits + 1n)) / b;
        // never a tie: the bit below the last one says which way
        let want = (twice >> 1n) + (twice & 1n);
        let exp = -bits;
        if (want === 1n << 64n) {
          want >>= 1n;
          exp++;
        }
        expect([e.hi, e.lo, e.exp]).toEqual([Number(want >> 32n), Number(want & 0xffff_ffffn), Number(exp)]);
      }),
      { seed: 20261130, numRuns: 1000 },
    );
  });
});
