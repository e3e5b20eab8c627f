import { describe, expect, it } from 'vitest';
import {
  charAt,
  charCount,
  charLength,
  decodeText,
  hexValue,
  isAlpha,
  isSpace,
  isValidText,
  nextChar,
  putChar,
  step,
  stepInvalid,
  toLower,
  toUpper,
} from '../../src/unicode.js';

const bytes = (...b: number[]): Uint8Array => Uint8Array.from([...b, 0]);
const utf8 = (s: string): Uint8Array => Uint8Array.from([...Buffer.from(s, 'utf8'), 0]);
const valid = (b: Uint8Array, ascii = false): boolean => isValidText(b, 0, b.length - 1, ascii);

describe('ASCII classes', () => {
  it('counts six characters as white space', () => {
    const all = Array.from({ length: 256 }, (_, c) => c).filter(isSpace);
    expect(all).toEqual([9, 10, 11, 12, 13, 32]);
  });
  it('leaves everything beyond ASCII alone', () => {
    for (let c = 128; c < 256; c++) {
      expect(isAlpha(c)).toBe(false);
      expect(toUpper(c)).toBe(c);
      expect(toLower(c)).toBe(c);
    }
    expect(toUpper(0x7a)).toBe(0x5a);
    expect(toLower(0x41)).toBe(0x61);
  });
  it('reads hexadecimal digits', () => {
    expect([...'09afAFgG/:@`'].map((c) => hexValue(c.charCodeAt(0)))).toEqual([
      0, 9, 10, 15, 10, 15, -1, -1, -1, -1, -1, -1,
    ]);
  });
});

describe('walking over UTF-8', () => {
  const text = 'aé€😀z';
  const b = utf8(text);
  it('counts characters', () => {
    expect(charCount(b, 0, b.length - 1)).toBe(5);
  });
  it('visits each character once', () => {
    const seen: number[] = [];
    for (let i = 0; i < b.length - 1; i = nextChar(b, i)) {
      seen.push(charAt(b, i));
      expect(nextChar(b, i) - i).toBe(charLength(b[i]));
    }
    expect(String.fromCodePoint(...seen)).toBe(text);
  });
  it('writes what it reads', () => {
    for (const c of [0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x10000, 0x10ffff]) {
      const out = new Uint8Array(5);
      const n = putChar(out, 0, c);
      expect(n).toBe(charLength(out[0]));
      expect(charAt(out, 0)).toBe(c);
    }
  });
});

describe('checking text', () => {
  it('wants continuation bytes where they belong', () => {
    expect(valid(utf8('aé€😀'))).toBe(true);
    expect(valid(bytes(0x80))).toBe(false);
    expect(valid(bytes(0xc3))).toBe(false);
    expect(valid(bytes(0xc3, 0x41))).toBe(false);
    expect(valid(bytes(0xf8, 0x80, 0x80, 0x80))).toBe(false);
  });
  it('lets surrogates and overlong forms pass', () => {
    expect(valid(bytes(0xed, 0xa0, 0x80))).toBe(true);
    expect(valid(bytes(0xc0, 0x80))).toBe(true);
  });
  it('accepts only seven bits as ASCII', () => {
    expect(valid(utf8('abc'), true)).toBe(true);
    expect(valid(utf8('é'), true)).toBe(false);
  });
  it('steps over what is wrong, a whole sequence at a time', () => {
    const b = bytes(0x61, 0xe2, 0x82, 0x62, 0xff, 0xc3, 0xa9);
    const codes: number[] = [];
    for (let i = 0; i < b.length - 1; i = step.next) {
      stepInvalid(b, i, b.length - 1, false);
      codes.push(step.code);
    }
    expect(codes).toEqual([0x61, -1, 0x62, -1, 0xe9]);
  });
  it('shows the host invalid bytes as replacement characters', () => {
    expect(decodeText(bytes(0x61, 0xff, 0xc3, 0xa9), 0, 4)).toBe('a\ufffdé');
  });
});
