import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FLOAT_DOUBLE, FLOAT_SINGLE } from '../../src/num/float-kind.js';
import * as fmath from '../../src/num/fmath.js';
import { exp, log, log2, log10, pow } from '../../src/num/powlog.js';
import { erf, erfc, gamma, lgamma } from '../../src/num/special.js';

const INF = Number.POSITIVE_INFINITY;
const NAN = Number.NaN;

describe('float arithmetic', () => {
  it('divides as Python does', () => {
    const divmod = (x: number, y: number, kind = FLOAT_DOUBLE): [number, number] => {
      fmath.floatDivMod(x, y, kind);
      return [fmath.floatQuo, fmath.floatRem];
    };
    expect(divmod(7, 2)).toEqual([3, 1]);
    expect(divmod(-7, 2)).toEqual([-4, 1]);
    expect(divmod(7, -2)).toEqual([-4, -1]);
    expect(divmod(-7.5, 2)).toEqual([-4, 0.5]);
    expect(divmod(-0.25, 1)).toEqual([-1, 0.75]);
    expect(divmod(-0, 1)).toEqual([-0, 0]);
    expect(divmod(0, -1)).toEqual([-0, -0]);
    expect(divmod(1, Math.fround(0.1), FLOAT_SINGLE)).toEqual([9, Math.fround(0.09999999)]);
    expect(fmath.floatMod(-5, 3, FLOAT_DOUBLE)).toBe(1);
    expect(fmath.floatMod(5, -INF, FLOAT_DOUBLE)).toBe(-INF);
  });

  it('knows which powers are no floats', () => {
    expect(fmath.powCase(0, -1)).toBe(fmath.POW_ZERO_DIVISION);
    expect(fmath.powCase(0, -INF)).toBe(fmath.POW_FLOAT);
    expect(fmath.powCase(-2, 0.5)).toBe(fmath.POW_COMPLEX);
    expect(fmath.powCase(-2, NAN)).toBe(fmath.POW_FLOAT);
    expect(fmath.powCase(-2, 3)).toBe(fmath.POW_FLOAT);
  });

  it('takes floats apart and puts them together', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        const e = fmath.frexp(x);
        const f = fmath.frexpFraction;
        expect(x === 0 || (Math.abs(f) >= 0.5 && Math.abs(f) < 1)).toBe(true);
        expect(fmath.ldexp(f, e, FLOAT_DOUBLE)).toBe(x);
        const part = fmath.modf(x);
        expect(fmath.modfWhole + part).toBe(x);
        expect(fmath.modfWhole).toBe(Math.trunc(x));
      }),
    );
    expect(fmath.frexp(INF)).toBe(0);
    expect(fmath.ldexp(1, -1074, FLOAT_DOUBLE)).toBe(5e-324);
    expect(fmath.ldexp(3, -1075, FLOAT_DOUBLE)).toBe(1e-323);
    expect(fmath.ldexp(1.5, 5000, FLOAT_DOUBLE)).toBe(INF);
    expect(fmath.ldexp(-1.5, -5000, FLOAT_DOUBLE)).toBe(-0);
    expect(fmath.ldexp(5e-324, 2097, FLOAT_DOUBLE)).toBe(2 ** 1023);
    expect(fmath.ldexp(1, 128, FLOAT_SINGLE)).toBe(INF);
    expect([fmath.modf(-INF), fmath.modfWhole]).toEqual([-0, -INF]);
    expect([fmath.modf(-3), fmath.modfWhole]).toEqual([-0, -3]);
  });

  it('rounds halves to even', () => {
    expect([0.5, 1.5, 2.5, -0.5, -1.5, 0.4, 1e17, INF].map(fmath.nearbyInt)).toEqual([0, 2, 2, -0, -2, 0, 1e17, INF]);
    expect(fmath.nearbyInt(0.49999999999999994)).toBe(0);
  });

  it('compares closeness', () => {
    expect(fmath.isClose(1, 1 + 1e-10, 1e-9, 0, FLOAT_DOUBLE)).toBe(true);
    expect(fmath.isClose(1, 1.1, 1e-9, 0, FLOAT_DOUBLE)).toBe(false);
    expect(fmath.isClose(0, 1e-12, 1e-9, 1e-9, FLOAT_DOUBLE)).toBe(true);
    expect(fmath.isClose(INF, 1, 1e-9, INF, FLOAT_DOUBLE)).toBe(false);
    expect(fmath.isClose(INF, INF, 0, 0, FLOAT_DOUBLE)).toBe(true);
    expect(fmath.isClose(NAN, NAN, 1, 1, FLOAT_DOUBLE)).toBe(false);
  });

  it('recognises domain errors', () => {
    expect(fmath.isDomainError(-1, NAN)).toBe(true);
    expect(fmath.isDomainError(NAN, NAN)).toBe(false);
    expect(fmath.isDomainError(1000, INF)).toBe(true);
    expect(fmath.isDomainError(INF, INF)).toBe(false);
    expect(fmath.isDomainError2(2, 5000, INF)).toBe(true);
    expect(fmath.isDomainError2(INF, 1, INF)).toBe(false);
    expect(fmath.isDomainError2(-1, 0.5, NAN)).toBe(true);
  });
});

describe('pow, exp and logarithms', () => {
  it('are exact where the result is', () => {
    for (let i = -1022; i <= 1023; i += 3) {
      expect(pow(2, i)).toBe(2 ** i);
      expect(log2(2 ** i)).toBe(i);
    }
    for (let i = -307; i <= 308; i++) {
      expect(pow(10, i)).toBe(Number(`1e${i}`));
      expect(log10(Number(`1e${i}`))).toBe(i);
    }
    expect(exp(1)).toBe(Math.E);
    expect(log(10)).toBe(Math.LN10);
    expect(pow(2, 0.5)).toBe(Math.SQRT2);
    expect(pow(-3, 3)).toBe(-27);
  });

  it('square and multiply as multiplication does', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e100, max: 1e100, noNaN: true }), (x) => {
        fc.pre(Math.abs(x) > 1e-100);
        expect(pow(x, 2)).toBe(x * x);
        expect(pow(x, -1)).toBe(1 / x);
      }),
      { numRuns: 500 },
    );
  });

  it('follow C at the special values', () => {
    expect(pow(1, NAN)).toBe(1);
    expect(pow(NAN, 0)).toBe(1);
    expect(pow(-1, INF)).toBe(1);
    expect(pow(-1, NAN)).toBeNaN();
    expect(pow(-0, -3)).toBe(-INF);
    expect(pow(0, -2)).toBe(INF);
    expect(pow(-8, 1 / 3)).toBeNaN();
    expect(pow(2, 1e300)).toBe(INF);
    expect(pow(-2, -1e300)).toBe(0);
    expect(pow(2, -1074)).toBe(5e-324);
    expect([exp(1000), exp(-1000), exp(INF), exp(-INF)]).toEqual([INF, 0, INF, 0]);
    expect([log(0), log2(0), log10(INF)]).toEqual([-INF, -INF, INF]);
    expect(log(-1)).toBeNaN();
  });
});

describe('special functions', () => {
  /** Error in units of the last place of the exact value. */
  function ulps(got: number, want: number): number {
    return Math.abs(got - want) / (2 ** Math.floor(Math.log2(Math.abs(want))) * 2 ** -52);
  }

  // exact values, rounded to double
  it.each([
    [erf, 1e-10, 1.1283791670955126e-10, 1],
    [erf, 0.5, 0.5204998778130465, 1],
    [erf, 1, 0.8427007929497149, 1],
    [erf, -2, -0.9953222650189527, 1],
    [erf, 3.5, 0.9999992569016276, 1],
    [erfc, 0.5, 0.4795001221869535, 1],
    [erfc, 1, 0.15729920705028513, 1],
    [erfc, 2, 0.004677734981047266, 1],
    [erfc, 10, 2.088487583762545e-45, 1],
    [erfc, 26, 5.663192408856143e-296, 1],
    [erfc, -3, 1.9999779095030015, 1],
    [gamma, 0.5, 1.772453850905516, 3],
    [gamma, 5.5, 52.34277778455352, 6],
    [gamma, 100.5, 9.320963104082716e156, 6],
    [gamma, -1.5, 2.3632718012073544, 6],
    [gamma, -30.5, -2.1357974436941745e-33, 8],
    [gamma, 171.5, 9.483367566824795e307, 6],
    [lgamma, 0.1, 2.252712651734206, 2],
    [lgamma, 0.5, 0.5723649429247001, 2],
    [lgamma, 1.4616321449683622, -0.1214862905358496, 2],
    [lgamma, 1.75, -0.08440112102048555, 2],
    [lgamma, 4.5, 2.453736570842442, 2],
    [lgamma, 100, 359.1342053695754, 2],
    [lgamma, 1e30, 6.807755278982137e31, 2],
    [lgamma, -2.5, -0.05624371649767405, 16],
  ])('%o(%d) is %d', (f, x, want, tolerance) => {
    expect(ulps(f(x), want)).toBeLessThanOrEqual(tolerance);
  });

  it('have the values at the edges', () => {
    expect([erf(INF), erf(-INF), erf(0), erf(7)]).toEqual([1, -1, 0, 1]);
    expect([erfc(INF), erfc(-INF), erfc(0), erfc(30)]).toEqual([0, 2, 1, 0]);
    expect([gamma(1), gamma(5), gamma(23), gamma(0), gamma(-0), gamma(172), gamma(INF)]).toEqual([
      1,
      24,
      1.1240007277776077e21,
      INF,
      -INF,
      INF,
      INF,
    ]);
    expect([gamma(-1), gamma(-INF), gamma(NAN), erf(NAN), lgamma(NAN)]).toEqual([NAN, NAN, NAN, NAN, NAN]);
    expect([gamma(-200.5), gamma(-201.5)]).toEqual([-0, 0]);
    expect([lgamma(1), lgamma(2), lgamma(0), lgamma(-3), lgamma(-INF)]).toEqual([0, 0, INF, INF, INF]);
  });
});
