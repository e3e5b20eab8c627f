import { describe, expect, it } from 'vitest';
import { evaluate, type ProgramOptions } from '../obj/program.js';

function check(pairs: readonly (readonly [string, string])[], options?: ProgramOptions): void {
  const got = evaluate(
    pairs.map(([e]) => e),
    options,
  );
  expect(pairs.map(([e], i) => `${e} -> ${got[i]}`)).toEqual(pairs.map(([e, r]) => `${e} -> ${r}`));
}

describe('math', () => {
  it('computes', () => {
    check([
      ['math.sqrt(2)', '1.4142135623730951'],
      ['math.pow(2, 0.5)', '1.4142135623730951'],
      ['math.exp(1)', '2.718281828459045'],
      ['math.log(16, 4)', '2.0'],
      ['math.log2(2**20)', '20.0'],
      ['math.log10(1000)', '3.0'],
      ['math.sin(0.5)', '0.479425538604203'],
      ['math.atan2(1, -1)', '2.356194490192345'],
      ['math.atan2(-0.0, -1)', '-3.141592653589793'],
      ['math.fmod(-7, 3)', '-1.0'],
      ['math.copysign(3, -0.0)', '-3.0'],
      ['math.frexp(-3)', '(-0.75, 2)'],
      ['math.ldexp(0.75, 2)', '3.0'],
      ['math.ldexp(1.0, 5000)', 'inf'],
      ['math.modf(-2.5)', '(-0.5, -2.0)'],
      ['math.degrees(math.pi)', '180.0'],
      ['math.gamma(5)', '24.0'],
      ['math.erf(0)', '0.0'],
      ["'%.6f' % math.lgamma(10)", "'12.801827'"],
    ]);
  });

  it('makes whole numbers of any size', () => {
    check([
      ['math.floor(-1.5)', '-2'],
      ['math.ceil(-0.5)', '0'],
      ['math.trunc(1e20)', '100000000000000000000'],
      ["math.floor(float('inf'))", "OverflowError: can't convert inf to int"],
      ['math.factorial(0)', '1'],
      ['math.factorial(20)', '2432902008176640000'],
      ['math.factorial(30)', '265252859812191058636308480000000'],
      ['math.factorial(-1)', 'ValueError: negative factorial'],
    ]);
  });

  it('tells numbers apart', () => {
    check([
      ["math.isnan(float('nan'))", 'True'],
      ["math.isinf(float('-inf'))", 'True'],
      ["math.isfinite(float('nan'))", 'False'],
      ['math.isclose(1, 1 + 1e-10)', 'True'],
      ['math.isclose(1, 1.1)', 'False'],
      ['math.isclose(1, 1.1, rel_tol=0.2)', 'True'],
      ['math.isclose(0, 0.1, abs_tol=0.2)', 'True'],
      ['math.isclose(1, 1, rel_tol=-1)', 'ValueError: math domain error'],
      ['math.isclose(1, 1, 1)', 'TypeError: extra positional arguments given'],
    ]);
  });

  it('rejects arguments outside the domain', () => {
    check([
      ['math.sqrt(-1)', 'ValueError: math domain error'],
      ['math.log(0)', 'ValueError: math domain error'],
      ['math.log(2, 1)', 'ZeroDivisionError: divide by zero'],
      ['math.acos(2)', 'ValueError: math domain error'],
      ['math.exp(1000)', 'ValueError: math domain error'],
      ["math.exp(float('inf'))", 'inf'],
      ['math.pow(0, -1)', 'ValueError: math domain error'],
      ['math.gamma(-1)', 'ValueError: math domain error'],
      ["math.fmod(float('inf'), 1)", 'ValueError: math domain error'],
      ["math.sin('a')", "TypeError: can't convert str to float"],
    ]);
  });

  it('rounds to singles where the board has them', () => {
    check(
      [
        ['math.pi', '3.1415928'],
        ['math.sqrt(2)', '1.4142135'],
        ['math.exp(100)', 'ValueError: math domain error'],
        ['math.radians(180)', '3.1415928'],
      ],
      { board: 'pico-w' },
    );
  });
});

describe('cmath', () => {
  it('computes', () => {
    check([
      ['cmath.phase(-1)', '3.141592653589793'],
      ['cmath.polar(3+4j)[0]', '5.0'],
      ['cmath.rect(2, 0)', '(2+0j)'],
      ['cmath.exp(0)', '(1+0j)'],
      ['cmath.log(1)', '0j'],
      ['cmath.log10(100)', '(2+0j)'],
      ['cmath.sqrt(4)', '(2+0j)'],
      ['cmath.cos(0)', '(1-0j)'],
      ['cmath.sin(0)', '0j'],
      ["cmath.exp('a')", "TypeError: can't convert str to complex"],
    ]);
  });
});
