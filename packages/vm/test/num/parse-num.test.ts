import { describe, expect, it } from 'vitest';
import { FLOAT_DOUBLE } from '../../src/num/float-kind.js';
import {
  NUM_BAD_BASE,
  NUM_BAD_FLOAT,
  NUM_BAD_INT,
  NUM_BIG,
  NUM_COMPLEX,
  NUM_FLOAT,
  NUM_SMALL,
  ParsedNum,
  parseErrorMessage,
  parseInteger,
  parseNumber,
} from '../../src/num/parse-num.js';
import { big } from './helpers.js';

const r = new ParsedNum();

function int(text: string, base = 10): number | bigint | string {
  const bytes = new TextEncoder().encode(`<${text}>`);
  const code = parseInteger(r, bytes, 1, bytes.length - 1, base);
  switch (code) {
    case NUM_SMALL:
      return r.int;
    case NUM_BIG:
      return big(r.big);
    default:
      expect([NUM_BAD_BASE, NUM_BAD_INT]).toContain(code);
      return parseErrorMessage(r, bytes);
  }
}

function num(text: string, imag = false, complex = false): number | [number, number] | string {
  const bytes = new TextEncoder().encode(`<${text}>`);
  const code = parseNumber(r, bytes, 1, bytes.length - 1, imag, complex, FLOAT_DOUBLE);
  if (code === NUM_FLOAT) {
    return r.real;
  }
  if (code === NUM_COMPLEX) {
    return [r.real, r.imag];
  }
  expect(code).toBe(NUM_BAD_FLOAT);
  return parseErrorMessage(r, bytes);
}

describe('parseInteger', () => {
  it('reads small ints', () => {
    expect(int('0')).toBe(0);
    expect(int(' \t\n\v\f\r-12 ')).toBe(-12);
    expect(int('+1_0__0')).toBe(100);
    expect(int('1_')).toBe(1);
    expect(int('_')).toBe(0);
    expect(int('1073741823')).toBe(1073741823);
    expect(int('-1073741823')).toBe(-1073741823);
    expect(int('abc', 16)).toBe(2748);
    expect(int('0xFf', 16)).toBe(255);
    expect(int('0xFf', 0)).toBe(255);
    expect(int('0b101', 0)).toBe(5);
    expect(int('0O17', 8)).toBe(15);
    expect(int('zz', 36)).toBe(1295);
    expect(int('00', 0)).toBe(0);
    expect(int('12', 0)).toBe(12);
    expect(Object.is(int('-0'), 0)).toBe(true);
  });

  it('reads big ints, -2^30 among them', () => {
    expect(int('1073741824')).toBe(1073741824n);
    expect(int('-1073741824')).toBe(-1073741824n);
    expect(int(`-${'9'.repeat(50)} `)).toBe(-(10n ** 50n - 1n));
    expect(int('0x1_0')).toBe("invalid syntax for integer with base 10: '0x1_0'");
    expect(int('z'.repeat(40), 36)).toBe(36n ** 40n - 1n);
  });

  it('says what is wrong in upstream’s words', () => {
    const bad = (base: number, quoted: string): string => `invalid syntax for integer with base ${base}: ${quoted}`;
    expect(int('1_000_000_000_000')).toBe(bad(10, "'1_000_000_000_000'"));
    expect(int('é1')).toBe(bad(10, "'\\xc3\\xa91'"));
    expect(int('  0x1g ', 0)).toBe(bad(16, "'1g '"));
    expect(int('012', 0)).toBe(bad(0, "'012'"));
    expect(int('')).toBe(bad(10, "''"));
    expect(int("'\n")).toBe(bad(10, '"\'\\n"'));
    expect(int('"\'\\')).toBe(bad(10, `'"\\'\\\\'`));
    expect(int('0x', 16)).toBe(bad(16, "''"));
    expect(int('  - 5')).toBe(bad(10, "' 5'"));
    expect(int('1', 1)).toBe('int() arg 2 must be >= 2 and <= 36');
    expect(int('1', 37)).toBe('int() arg 2 must be >= 2 and <= 36');
  });
});

describe('parseNumber', () => {
  const bad = 'invalid syntax for number';

  it('reads floats', () => {
    expect(num(' -1.5e3 ')).toBe(-1500);
    expect(num('.')).toBe(0);
    expect(num('.5')).toBe(0.5);
    expect(num('1_0.5')).toBe(10.5);
    expect(num('InF')).toBe(Number.POSITIVE_INFINITY);
    expect(num('-infinity')).toBe(Number.NEGATIVE_INFINITY);
    expect(num('nan')).toBeNaN();
    expect(Object.is(num('-0'), -0)).toBe(true);
    for (const text of ['', ' ', '-', '1e', '1j', 'infinit', '1 2', 'x', '1.2.3']) {
      expect(num(text)).toBe(bad);
    }
  });

  it('reads imaginary tokens', () => {
    expect(num('2.5j', true)).toEqual([0, 2.5]);
    expect(num('1', true)).toBe(1);
  });

  it('reads complex numbers', () => {
    expect(num('1+2j', true, true)).toEqual([1, 2]);
    expect(num('j', true, true)).toEqual([0, 1]);
    expect(num('-j', true, true)).toEqual([0, -1]);
    expect(num(' 3 ', true, true)).toEqual([3, 0]);
    expect(num('inf+nanj', true, true)).toEqual([Number.POSITIVE_INFINITY, Number.NaN]);
    for (const text of ['1+2', '1 + j', '1j+2', '1+2j3', '']) {
      expect(num(text, true, true)).toBe(bad);
    }
  });
});
