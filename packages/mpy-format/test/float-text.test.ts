import { describe, expect, it } from 'vitest';
import { formatComplex, formatFloat, parseComplexText, parseFloatText } from '../src/index.js';
import { chance } from './model-machine.js';

describe('formatFloat', () => {
  it('prints as repr does', () => {
    const cases: [number, string][] = [
      [0, '0.0'],
      [-0, '-0.0'],
      [1, '1.0'],
      [-100, '-100.0'],
      [0.1, '0.1'],
      [0.1 + 0.2, '0.30000000000000004'],
      [1e15, '1000000000000000.0'],
      [1e16, '1e+16'],
      [9999999999999998, '9999999999999998.0'],
      [1e22, '1e+22'],
      [1.5e-5, '1.5e-05'],
      [0.00012, '0.00012'],
      [5e-324, '4.940656458412465e-324'],
      [Number.MAX_VALUE, '1.7976931348623157e+308'],
      [2.2250738585072014e-308, '2.2250738585072014e-308'],
      [1 / 3, '0.3333333333333333'],
      [2 / 3, '0.6666666666666666'],
      [Math.PI, '3.141592653589793'],
      [Infinity, 'inf'],
      [-Infinity, '-inf'],
      [NaN, 'nan'],
    ];
    for (const [value, text] of cases) expect(formatFloat(value)).toBe(text);
  });

  it('prints six thousand literals as mpy-cross does', () => {
    const next = chance(11);
    const view = new DataView(new ArrayBuffer(8));
    const texts: string[] = [];
    for (let i = 0; i < 3000; i++) {
      for (let b = 0; b < 8; b++) view.setUint8(b, next(256));
      const value = Math.abs(view.getFloat64(0));
      if (Number.isFinite(value)) texts.push(value.toExponential(next(17) + 4));
      texts.push((next(1e9) / 10 ** next(12)).toFixed(12));
    }
    // FNV-1a of what mpy-cross (v1.29.0-preview) wrote for them
    let hash = 0x811c9dc5;
    for (const text of texts) {
      for (const c of `${formatFloat(parseFloatText(text))}\n`) hash = Math.imul(hash ^ c.charCodeAt(0), 0x01000193);
    }
    expect(texts.length).toBe(5996);
    expect((hash >>> 0).toString(16)).toBe('a19516c');
  });

  it('prints what reads back equal', () => {
    let seed = 7;
    const next = (): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return seed;
    };
    const view = new DataView(new ArrayBuffer(8));
    for (let i = 0; i < 300; i++) {
      view.setUint32(0, next() & 0x7fffffff);
      view.setUint32(4, next());
      const value = view.getFloat64(0);
      if (!Number.isFinite(value)) continue;
      const text = formatFloat(value);
      // 19 digits are not checked when printing; all others are.
      if (text.replace(/\D|e.*/g, '').length < 19) expect(parseFloatText(text)).toBe(value);
      expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(Math.abs(value) * 2 ** -52);
    }
  });
});

describe('parseFloatText', () => {
  it('reads decimal numbers', () => {
    expect(parseFloatText('1.25')).toBe(1.25);
    expect(parseFloatText('+12.')).toBe(12);
    expect(parseFloatText('.5e1')).toBe(5);
    expect(parseFloatText('-000.0625E-2')).toBe(-0.000625);
    expect(parseFloatText(`0.${'0'.repeat(340)}1e341`)).toBe(1);
    expect(parseFloatText('1'.repeat(400))).toBe(Infinity);
    expect(parseFloatText('1e999999999999999999')).toBe(Infinity);
    expect(parseFloatText('1e-999999999999999999')).toBe(0);
    expect(parseFloatText('1e-400')).toBe(0);
    expect(Object.is(parseFloatText('-0.0'), -0)).toBe(true);
    expect(parseFloatText('nan')).toBeNaN();
    expect(parseFloatText('-inf')).toBe(-Infinity);
  });

  it('refuses everything else', () => {
    for (const text of ['', '.', 'e5', '1e', '1_0', ' 1', '1 ', '0x1', 'infinity', '--1', '1.2.3', '1j']) {
      expect(() => parseFloatText(text)).toThrow(/bad-number/);
    }
  });
});

describe('complex numbers', () => {
  it('print as repr does', () => {
    expect(formatComplex(0, 2)).toBe('2j');
    expect(formatComplex(0, -0.5)).toBe('-0.5j');
    expect(formatComplex(1, 2)).toBe('(1+2j)');
    expect(formatComplex(-1.5, -1e20)).toBe('(-1.5-1e+20j)');
  });

  it('read back', () => {
    expect(parseComplexText('2j')).toEqual({ real: 0, imag: 2 });
    expect(parseComplexText('(1+2j)')).toEqual({ real: 1, imag: 2 });
    expect(parseComplexText('(-1.5e-07-1e+20j)')).toEqual({ real: -1.5e-7, imag: -1e20 });
    expect(parseComplexText('3.5')).toEqual({ real: 3.5, imag: 0 });
    expect(() => parseComplexText('j')).toThrow(/bad-number/);
    expect(() => parseComplexText('1+j')).toThrow(/bad-number/);
  });
});
