import { describe, expect, it } from 'vitest';
import { printJsonText, printQuotedBytes, printQuotedText } from '../../src/obj/str-print.js';
import type { Printer } from '../../src/print.js';
import { Pf, printField, printTextField } from '../../src/print-format.js';

/** Collects what is printed, one entry for each write. */
class Collect implements Printer {
  readonly pieces: Buffer[] = [];
  writeBytes(u8: Uint8Array, from: number, to: number): void {
    this.pieces.push(Buffer.from(u8.slice(from, to)));
  }
  writeByte(b: number): void {
    this.pieces.push(Buffer.from([b]));
  }
  write(text: string): void {
    this.pieces.push(Buffer.from(text));
  }
  get text(): string {
    return Buffer.concat(this.pieces).toString();
  }
}
function shown(print: (out: Printer, u8: Uint8Array, from: number, to: number) => void, data: Uint8Array): string {
  const out = new Collect();
  print(out, Uint8Array.from([...data, 0]), 0, data.length);
  return out.text;
}
const text = (s: string): Uint8Array => Buffer.from(s);

describe('quoted text', () => {
  it('prefers single quotes', () => {
    expect(shown(printQuotedText, text('a'))).toBe("'a'");
    expect(shown(printQuotedText, text("it's"))).toBe('"it\'s"');
    expect(shown(printQuotedText, text('\'"'))).toBe("'\\'\"'");
  });
  it('escapes control characters and leaves letters of any script', () => {
    expect(shown(printQuotedText, text('\0\t\n\r\x1f\x7f\\é€😀'))).toBe("'\\x00\\t\\n\\r\\x1f\\x7f\\\\é€😀'");
  });
  it('escapes surrogates and what lies past the last code point', () => {
    expect(shown(printQuotedText, Uint8Array.of(0xed, 0xa0, 0x80))).toBe("'\\ud800'");
    expect(shown(printQuotedText, Uint8Array.of(0xf7, 0xbf, 0xbf, 0xbf))).toBe("'\\U001fffff'");
  });
  it('shows bytes beyond ASCII as escapes in bytes', () => {
    expect(shown(printQuotedBytes, Uint8Array.of(0x61, 0x27, 0x80, 0xff, 0))).toBe('"a\'\\x80\\xff\\x00"');
  });
  it('escapes as JSON wants it', () => {
    expect(shown(printJsonText, text('a"\\\n\r\t\x01é/'))).toBe('"a\\"\\\\\\n\\r\\t\\u0001é/"');
  });
});

describe('fields', () => {
  const field = (s: string, flags: number, fill: string, width: number): string => {
    const out = new Collect();
    printTextField(out, s, flags, fill.charCodeAt(0), width);
    const other = new Collect();
    printField(other, text(s), 0, s.length, flags, fill.charCodeAt(0), width);
    expect(other.text).toBe(out.text);
    return out.text;
  };
  it('pads left, right and around', () => {
    expect(field('ab', 0, ' ', 5)).toBe('   ab');
    expect(field('ab', Pf.LeftAdjust, '*', 5)).toBe('ab***');
    expect(field('ab', Pf.CenterAdjust, '.', 5)).toBe('.ab..');
    expect(field('abc', 0, ' ', 2)).toBe('abc');
    expect(field('', 0, '0', 40)).toBe('0'.repeat(40));
  });
  it('goes on with the grouping into the zeros', () => {
    const comma = 0x2c << Pf.SepPos;
    expect(field('1,234', comma, '0', 9)).toBe('0,001,234');
    expect(field('1,234', comma, '0', 8)).toBe('0,001,234');
    expect(field('1,234', comma, '0', 7)).toBe('001,234');
    expect(field('1234', 0x5f << Pf.SepPos, '0', 9)).toBe('0000_1234');
  });
  it('writes pads in pieces of sixteen', () => {
    const out = new Collect();
    printTextField(out, 'x', 0, 32, 36);
    expect(out.pieces.map((p) => p.length)).toEqual([16, 16, 3, 1]);
  });
});
