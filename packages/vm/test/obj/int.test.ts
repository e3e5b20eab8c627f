import { describe, expect, it } from 'vitest';
import { evaluate, program, type ProgramOptions } from './program.js';

/** `[expression, result]` pairs; the results are the 32-bit coverage build's. */
function check(pairs: readonly (readonly [string, string])[], options?: ProgramOptions): void {
  const got = evaluate(
    pairs.map(([e]) => e),
    options,
  );
  expect(pairs.map(([e], i) => `${e} -> ${got[i]}`)).toEqual(pairs.map(([e, r]) => `${e} -> ${r}`));
}

const ARITHMETIC = [
  ['2**30 - 1 + 1', '1073741824'],
  ['-2**30 - 1', '-1073741825'],
  ['(2**30 - 1) * (2**30 - 1)', '1152921502459363329'],
  ['7 // -2', '-4'],
  ['7 % -2', '-1'],
  ['-7 // 2', '-4'],
  ['divmod(-7, 2)', '(-4, 1)'],
  ['2**64 // 3', '6148914691236517205'],
  ['-2**64 % 7', '5'],
  ['divmod(-2**70, 3)', '(-393530540239137101142, 2)'],
  ['divmod(2**40, 2**39)', '(2, 0)'],
  ['1 << 100', '1267650600228229401496703205376'],
  ['0 << 100', '0'],
  ['-1 >> 100', '-1'],
  ['-2**70 >> 69', '-2'],
  ['(-2**70 - 1) >> 69', '-3'],
  ['2**70 & -2**35', '1180591620717411303424'],
  ['-2**70 | 5', '-1180591620717411303419'],
  ['-2**70 ^ 2**70', '-2361183241434822606848'],
  ['3**50', '717897987691852588770249'],
  ['(-3)**51', '-2153693963075557766310747'],
  ['2**-1', '0.5'],
  ['(2**70)**-1', '8.470329472543003e-22'],
  ['1 / 3', '0.3333333333333333'],
  ['2**70 / 2**69', '2.0'],
  ['~(2**40)', '-1099511627777'],
  ['abs(-2**40)', '1099511627776'],
  ['pow(3, 5, 7)', '5'],
  ['pow(3, 2**40, -1000007)', '-252947'],
  ['pow(5, 0, -7)', '-6'],
  ['pow(3, -1, 7)', '0'],
] as const;

describe('int', () => {
  it('calculates with small and big ints', () => {
    check(ARITHMETIC);
  });

  it('does so with a collection at every allocation', () => {
    check(ARITHMETIC, { stress: true });
  });

  it('compares with every kind of number', () => {
    check([
      ['2**70 < 2**71', 'True'],
      ['-2**70 < 5', 'True'],
      ['5 <= -2**70', 'False'],
      ['2**70 == 2.0**70', 'True'],
      ['2**70 != 2.0**70', 'False'],
      ['2**70 < 1e30', 'True'],
      ['1 == True', 'True'],
      ['3 == 3 + 0j', 'True'],
      ['hash(2**70) == hash(2**70 + 0)', 'True'],
    ]);
  });

  it('raises what MicroPython raises', () => {
    check([
      ['1 // 0', 'ZeroDivisionError: divide by zero'],
      ['2**70 % 0', 'ZeroDivisionError: divide by zero'],
      ['pow(3, 4, 0)', 'ValueError: divide by zero'],
      ['pow(2.0, 1, 7)', 'TypeError: pow() with 3 arguments requires integers'],
      ['1 << -1', 'ValueError: negative shift count'],
      ['2**40 >> -1', 'ValueError: negative shift count'],
      ['1 << 2**40', 'OverflowError: overflow converting long int to machine word'],
      ['1 @ 2', "TypeError: unsupported types for __matmul__: 'int', 'int'"],
      ["1 < 'a'", "TypeError: unsupported types for __lt__: 'int', 'str'"],
      ['1.5 | True', "TypeError: unsupported types for __ror__: 'int', 'float'"],
      ['None + 1', "TypeError: unsupported types for __add__: 'NoneType', 'int'"],
    ]);
  });

  it('reads text, floats and objects', () => {
    check([
      ["int(' -0x1F ', 16)", '-31'],
      ["int('zz', 36)", '1295'],
      ["int('1_000')", '1000'],
      ["int('9' * 40)", '9'.repeat(40)],
      ["int(b'12')", '12'],
      ["int('0b101', 0)", '5'],
      ["int('010', 0)", "ValueError: invalid syntax for integer with base 0: '010'"],
      ["int('12a')", "ValueError: invalid syntax for integer with base 10: '12a'"],
      ["int('1', 1)", 'ValueError: int() arg 2 must be >= 2 and <= 36'],
      ['int([])', "TypeError: can't convert list to int"],
      ['int(5, 10)', "TypeError: can't convert 'int' object to str implicitly"],
      ['int(-1.9)', '-1'],
      ['int(1e30)', '1000000000000000019884624838656'],
      ["int(float('inf'))", "OverflowError: can't convert inf to int"],
      ["int(float('nan'))", "ValueError: can't convert NaN to int"],
    ]);
    expect(
      program(`
class A:
    def __int__(self): return 2**70
class B:
    def __int__(self): return 'x'
print(int(A()))
try: int(B())
except TypeError: print('TypeError')
`),
    ).toBe('1180591620717411303424\nTypeError\n');
  });

  it('prints and formats in every base', () => {
    check([
      ['str(-2**70)', "'-1180591620717411303424'"],
      ['hex(-2**70)', "'-0x400000000000000000'"],
      ["'{:,}'.format(-1234567)", "'-1,234,567'"],
      ["'{:,}'.format(2**70)", "'1,180,591,620,717,411,303,424'"],
      ["'{:_x}'.format(2**70)", "'40_0000_0000_0000_0000'"],
      ["'{:b}'.format(-5)", "'-101'"],
      ["'%X' % (2**40 + 10)", "'1000000000A'"],
    ]);
  });

  it('converts from and to bytes', () => {
    check([
      ["int.from_bytes(b'\\x01\\x02\\x03\\x04\\x05', 'little')", '21542142465'],
      ["int.from_bytes(b'\\0\\0\\0\\0\\0\\x07', 'big')", '7'],
      ["int.from_bytes(b'')", '0'],
      ['(1000).to_bytes(4)', "b'\\x00\\x00\\x03\\xe8'"],
      ["(-5).to_bytes(6, 'little', signed=True)", "b'\\xfb\\xff\\xff\\xff\\xff\\xff'"],
      ["(-2**40).to_bytes(6, 'big', signed=True)", "b'\\xff\\x00\\x00\\x00\\x00\\x00'"],
      ["(300).to_bytes(1, 'big')", 'OverflowError: value would overflow a 1 byte buffer'],
      ["(2**40).to_bytes(5, 'big')", 'OverflowError: value would overflow a 5 byte buffer'],
      ["(-1).to_bytes(2, 'big')", "OverflowError: can't convert negative int to unsigned"],
      ['(5).to_bytes(-1)', 'ValueError: '],
      ["(5).to_bytes(1, 'big', True)", 'TypeError: extra positional arguments given'],
      ['(5).to_bytes(x=1)', 'TypeError: extra keyword arguments given'],
    ]);
  });

  it('rounds to powers of ten, halves to even', () => {
    check([
      ['round(12345, -1)', '12340'],
      ['round(12355, -1)', '12360'],
      ['round(-12345, -2)', '-12300'],
      ['round(2**70, -5)', '1180591620717411300000'],
      ['round(7, 3)', '7'],
    ]);
  });

  it('allocates what a 32-bit MicroPython allocates', () => {
    const out = program(
      `
import gc
def m(f, *a):
    gc.collect()
    x = gc.mem_alloc()
    f(*a)
    return gc.mem_alloc() - x
A = 2**100
B = -3**50
D = 2**40
def add(a, b): return a + b
def fd(a, b): return a // b
def dm(a, b): return divmod(a, b)
def pw(a, b): return a**b
print([m(add, a, b) for a in (A, B, 1000000000) for b in (A, D, 1000000000)])
print([m(fd, a, b) for a in (A, B, D) for b in (A, D, -7)])
print([m(dm, a, b) for a in (A, B, D) for b in (A, D, -7)])
print([m(pw, a, b) for a in (A, 7) for b in (0, 1, 17, 33)])
print([m(pow, a, 1000, b) for a in (A, B, 7) for b in (A, B, 7, -5)])
print([m(str, a) for a in (A, D, 7)], [m(int, s) for s in ('1073741824', '-' + '9' * 50)])
`,
      { board: 'unix32' },
    );
    expect(out).toBe(MEMORY);
  });
});

/** From the 32-bit unix port. */
const MEMORY = `[32, 32, 32, 32, 32, 32, 32, 32, 32]
[32, 32, 48, 48, 48, 32, 32, 32, 48]
[80, 80, 96, 96, 96, 80, 80, 80, 96]
[32, 32, 240, 432, 0, 0, 64, 64]
[32, 272, 32, 256, 48, 32, 32, 256, 48, 272, 32, 256]
[48, 32, 32] [32, 80]
`;
