import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDecimal, parsed } from '../../src/num/decimal.js';
import { floatRepr, formatFloat } from '../../src/num/float-format.js';
import { FLOAT_DOUBLE, FLOAT_SINGLE, FLOAT_X87, type FloatKind } from '../../src/num/float-kind.js';
import { ascii, bitsOfDouble, bitsOfSingle, doubleOf, goldenLines, singleOf } from './helpers.js';

const out = new Uint8Array(100);

function format(x: number, fmt: string, prec: number, sign: string, kind: FloatKind): string {
  const n = formatFloat(out, 3, x, fmt.charCodeAt(0), prec, sign === '' ? 0 : sign.charCodeAt(0), kind);
  return String.fromCharCode(...out.subarray(3, 3 + n));
}

function parse(text: string, kind: FloatKind): { value: number; used: number } {
  const bytes = ascii(text);
  const used = parseDecimal(bytes, 0, bytes.length, kind);
  return { value: parsed.value, used };
}

function checkGolden(name: string, kind: FloatKind, of: (h: string) => number, bits: (x: number) => string): number {
  let count = 0;
  for (const line of goldenLines(name)) {
    const bar = line.indexOf('|');
    const want = line.slice(bar + 1);
    if (line.startsWith('f')) {
      const [, hex = '', fmt = '', prec, sign = ''] = line.slice(0, bar).split(' ');
      const got = format(of(hex), fmt, Number(prec), sign === '0' ? '' : sign.replace('_', ' '), kind);
      expect(got, line).toBe(want);
      count++;
    } else if (want !== 'err') {
      const { value, used } = parse(line.slice(2, bar), kind);
      expect(used, line).toBe(bar - 2);
      expect(bits(value), line).toBe(want);
      count++;
    }
  }
  return count;
}

describe('float text', () => {
  it('of doubles equals the 32-bit unix port’s', () => {
    expect(checkGolden('double.txt', FLOAT_DOUBLE, doubleOf, bitsOfDouble)).toBeGreaterThan(1400);
  });

  it('of singles equals the 32-bit unix port’s', () => {
    expect(checkGolden('single.txt', FLOAT_SINGLE | FLOAT_X87, singleOf, bitsOfSingle)).toBeGreaterThan(1400);
  });

  it('of singles differs on boards, which have no wider registers', () => {
    const x = Math.fround(-1245734720);
    expect(format(x, 'g', 99, '', FLOAT_SINGLE | FLOAT_X87)).toBe('-1245734700');
    expect(format(x, 'g', 99, '', FLOAT_SINGLE)).toBe('-1245734600');
  });

  it('reads back as the same double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (x) => {
        const repr = floatRepr(Math.abs(x), FLOAT_DOUBLE);
        if (Number.isFinite(x)) {
          expect(parse(repr, FLOAT_DOUBLE).value).toBe(Math.abs(x));
          // MicroPython's own text of a large number may be a little off
          expect(Math.abs(Number(repr) - Math.abs(x))).toBeLessThanOrEqual(Math.abs(x) * 1e-15 + Number.MIN_VALUE);
        } else {
          expect(repr).toBe('inf');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('has the usual forms', () => {
    const repr = (x: number): string => floatRepr(x, FLOAT_DOUBLE);
    expect([0, -0, 1, -2.5, 0.1, 1 / 3, 1e15, 1e16, 1e-4, 1e-5, 5e-324].map(repr)).toEqual([
      '0.0',
      '-0.0',
      '1.0',
      '-2.5',
      '0.1',
      '0.3333333333333333',
      '1000000000000000.0',
      '1e+16',
      '0.0001',
      '1e-05',
      '4.940656458412465e-324',
    ]);
    expect(repr(Number.NaN)).toBe('nan');
    expect(repr(Number.NEGATIVE_INFINITY)).toBe('-inf');
    expect(floatRepr(Math.fround(0.1), FLOAT_SINGLE)).toBe('0.1');
    expect(format(Number.POSITIVE_INFINITY, 'E', 3, '+', FLOAT_DOUBLE)).toBe('+INF');
    expect(format(1.5, 'f', 50, '', FLOAT_DOUBLE)).toBe('1.50000000000000000000000000000');
    expect(format(2.5, 'e', -1, ' ', FLOAT_DOUBLE)).toBe(' 2.500000e+00');
  });
});

describe('reading decimals', () => {
  it('is exact to the last bit or one beside it, as rounding twice makes it, for moderate exponents', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), fc.integer({ min: -20, max: 20 }), (m, e) => {
        const exact = Number(`${m}e${e}`);
        expect(Math.abs(parse(`${m}e${e}`, FLOAT_DOUBLE).value - exact)).toBeLessThanOrEqual(exact * 2 ** -52);
      }),
    );
  });

  it('handles the far ends', () => {
    const value = (s: string): number => parse(s, FLOAT_DOUBLE).value;
    expect(value('1e400')).toBe(Number.POSITIVE_INFINITY);
    expect(value('1e-400')).toBe(0);
    expect(value('2.4703282292062328e-324')).toBe(5e-324);
    expect(value('2.47e-324')).toBe(0);
    expect(value('1.7976931348623157e308')).toBe(Number.MAX_VALUE);
    expect(value(`1${'0'.repeat(400)}e-400`)).toBe(1);
    expect(value(`0.${'0'.repeat(400)}1e401`)).toBe(1);
    expect(value('1e99999999999999999999')).toBe(Number.POSITIVE_INFINITY);
    expect(value('1_0.2_5')).toBe(10.25);
    // the exponent field of a single wraps
    expect(parse('15e125', FLOAT_SINGLE).value).toBeNaN();
    expect(parse('1e128', FLOAT_SINGLE).value).toBe(Number.POSITIVE_INFINITY);
  });

  it('says where it stopped', () => {
    expect(parse('12x', FLOAT_DOUBLE)).toEqual({ value: 12, used: 2 });
    expect(parse('1.2.3', FLOAT_DOUBLE)).toEqual({ value: 1.2, used: 3 });
    expect(parse('1e', FLOAT_DOUBLE).used).toBe(-1);
    expect(parse('', FLOAT_DOUBLE)).toEqual({ value: 0, used: 0 });
  });
});
