import { describe, expect, it } from 'vitest';
import { evaluate, program, type ProgramOptions } from './program.js';

function check(pairs: readonly (readonly [string, string])[], options?: ProgramOptions): void {
  const got = evaluate(
    pairs.map(([e]) => e),
    options,
  );
  expect(pairs.map(([e], i) => `${e} -> ${got[i]}`)).toEqual(pairs.map(([e, r]) => `${e} -> ${r}`));
}

describe('float', () => {
  it('calculates', () => {
    check([
      ['0.1 + 0.2', '0.30000000000000004'],
      ['1.5 - 2**70', '-1.1805916207174113e+21'],
      ['7.5 // 2', '3.0'],
      ['-7.5 // 2', '-4.0'],
      ['-7.5 % 2', '0.5'],
      ['1.5 % -1', '-0.5'],
      ['divmod(7.5, -2)', '(-4.0, -0.5)'],
      ['0.0 // -3', '-0.0'],
      ['2 ** 0.5', '1.4142135623730951'],
      ['10 ** -5', '1e-05'],
      ['2.0 ** -1074', '4.940656458412465e-324'],
      ['-(0.0)', '-0.0'],
      ['abs(-0.0)', '0.0'],
      ['True + 0.5', '1.5'],
      ['1e308 * 10', 'inf'],
      ["float('nan') == float('nan')", 'False'],
      ["float('nan') != float('nan')", 'True'],
      ['1.0 == True', 'True'],
      ['hash(1.0) == hash(1)', 'True'],
      ['hash(2.0**20) == hash(2**20)', 'True'],
    ]);
  });

  it('raises what MicroPython raises', () => {
    check([
      ['1.0 / 0', 'ZeroDivisionError: divide by zero'],
      ['1.0 // 0.0', 'ZeroDivisionError: divide by zero'],
      ['1.0 % 0.0', 'ZeroDivisionError: divide by zero'],
      ['0.0 ** -1', 'ZeroDivisionError: divide by zero'],
      ["1.0 + 'a'", "TypeError: unsupported types for __add__: 'float', 'str'"],
      ['1.5 << 1', "TypeError: unsupported types for __lshift__: 'float', 'int'"],
      ["float('x')", 'ValueError: invalid syntax for number'],
      ["float('1e')", 'ValueError: invalid syntax for number'],
      ['float([])', "TypeError: can't convert list to float"],
      ['float(1, 2)', 'TypeError: function expected at most 1 arguments, got 2'],
    ]);
  });

  it('reads and prints the shortest text', () => {
    check([
      ["float(' -1.5e3 ')", '-1500.0'],
      ["float(b'2.25')", '2.25'],
      ["float('-inf')", '-inf'],
      ["float('1_0.5')", '10.5'],
      ['float(2**80)', '1.2089258196146292e+24'],
      ['1e16', '1e+16'],
      ['123456789012.5', '123456789012.5'],
      ['5e-324', '4.940656458412465e-324'],
      ['1/3', '0.3333333333333333'],
    ]);
  });

  it('rounds to even', () => {
    check([
      ['round(2.5)', '2'],
      ['round(-3.5)', '-4'],
      ['round(1234.567, 2)', '1234.57'],
      ['round(1234.567, -2)', '1200.0'],
      ['round(1e300) == int(1e300)', 'True'],
    ]);
  });

  it('rounds every operation on a board with singles', () => {
    check(
      [
        ['0.1 + 0.2', '0.3'],
        ['16777216.0 + 1', '16777216.0'],
        ['1 / 3', '0.33333334'],
        ['2**0.5', '1.4142135'],
        ['1e38 * 10', 'inf'],
        ['float(2**40 + 1)', '1099511600000.0'],
        ['(1.1 * 1.1) == 1.21', 'True'],
      ],
      { board: 'pico-w' },
    );
  });

  it('takes one block for a float and two for a complex of doubles', () => {
    expect(
      program(
        `
import gc
def m(f, a):
    gc.collect()
    x = gc.mem_alloc()
    f(a)
    return gc.mem_alloc() - x
print([m(f, 1.5) for f in (lambda x: x + 1, lambda x: -x, abs, lambda x: x * 1j, lambda x: divmod(x, 1), int)])
`,
        { board: 'unix32' },
      ),
    ).toBe('[16, 16, 0, 32, 48, 0]\n');
  });

  it('converts what has __float__ and __complex__', () => {
    expect(
      program(`
import math, cmath
class A:
    def __float__(self): return 2.25
class B:
    def __complex__(self): return 3+4j
print(float(A()), math.sqrt(A()), cmath.polar(B())[0], complex(B()))
try: float(B())
except TypeError as e: print(e)
`),
    ).toBe("2.25 1.5 5.0 (3+4j)\ncan't convert B to float\n");
  });
});

describe('complex', () => {
  it('calculates', () => {
    check([
      ['(1+2j) * (3-4j)', '(11+2j)'],
      ['(1+2j) / 2', '(0.5+1j)'],
      ['(1+2j) / 2j', '(1-0.5j)'],
      ['(3+4j) / (1+1j)', '(3.5+0.5j)'],
      ['abs(3+4j)', '5.0'],
      ['-(1-2j)', '(-1+2j)'],
      ['0j ** 0', '(1+0j)'],
      ['(2+0j) == 2', 'True'],
      ['bool(0j)', 'False'],
      ['(1+2j).imag', '2.0'],
      ['2**70 * 1j', '1.1805916207174113e+21j'],
      ['hash(1+0j) == hash(1)', 'True'],
    ]);
  });

  it('reads and prints', () => {
    check([
      ["complex('1+2j')", '(1+2j)'],
      ["complex('-j')", '-1j'],
      ['complex(1j, 1j)', '(-1+1j)'],
      ['complex(1, 2)', '(1+2j)'],
      ['complex()', '0j'],
      ["complex('a')", 'ValueError: invalid syntax for number'],
      ["complex('1', 2)", "TypeError: can't convert str to float"],
      ['complex([])', "TypeError: can't convert list to complex"],
    ]);
  });

  it('raises what MicroPython raises', () => {
    check([
      ['1j // 2', "TypeError: can't truncate-divide a complex number"],
      ['1j / 0', 'ZeroDivisionError: complex divide by zero'],
      ['0j ** 1j', 'ZeroDivisionError: 0.0 to a complex power'],
      ['1j < 2', "TypeError: unsupported types for __lt__: 'complex', 'int'"],
      ['(1j).x', "AttributeError: 'complex' object has no attribute 'x'"],
    ]);
  });
});

describe('bool, None, Ellipsis', () => {
  it('calculates with True and False as 1 and 0', () => {
    check([
      ['True + True', '2'],
      ['True & False', '0'],
      ['-True', '-1'],
      ['~False', '-1'],
      ["True * 'ab'", "'ab'"],
      ['[1] * True', '[1]'],
      ['bool(2**70)', 'True'],
      ["bool('')", 'False'],
      ['hash(True)', '1'],
      ["True + 'a'", "TypeError: unsupported types for __add__: 'int', 'str'"],
      ['len(True)', "TypeError: object of type 'bool' has no len()"],
      ['[None, ..., NotImplemented]', '[None, Ellipsis, NotImplemented]'],
    ]);
  });
});
