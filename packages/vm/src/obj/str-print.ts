/**
 * How strings print: as they are, quoted with escapes, or as JSON. Counterpart: the print slots in py/objstrunicode.c and
 * py/objstr.c. Quoted text goes out a character at a time, as upstream's does.
 */
import { type Printer, PrintKind } from '../print.js';
import { hexDigit } from '../strops.js';
import { charAt, nextChar } from '../unicode.js';
import type { Addr, Obj } from '../words.js';
import type { Vm } from '../vm.js';
import { spanOf, strSpan } from './str-new.js';

const BACKSLASH = 0x5c;
const SINGLE = 0x27;
const DOUBLE = 0x22;
const LETTER_U = 0x75;
const LETTER_X = 0x78;

/** The quote that a text is printed in: double when it has single quotes and no double ones. */
function quoteFor(u8: Uint8Array, from: Addr, to: Addr): number {
  let hasSingle = false;
  for (let i = from; i < to; i++) {
    if (u8[i] === DOUBLE) return SINGLE;
    if (u8[i] === SINGLE) hasSingle = true;
  }
  return hasSingle ? DOUBLE : SINGLE;
}
/** The letter after the backslash for newline, return and tab; 0 for other characters. */
function escapeLetter(c: number): number {
  return c === 10 ? 0x6e : c === 13 ? 0x72 : c === 9 ? 0x74 : 0;
}
/** Prints `\`, `letter` and `digits` hexadecimal digits. */
function printHexEscape(out: Printer, letter: number, c: number, digits: number): void {
  out.writeByte(BACKSLASH);
  out.writeByte(letter);
  for (let shift = (digits - 1) * 4; shift >= 0; shift -= 4) out.writeByte(hexDigit((c >>> shift) & 15));
}
function printPair(out: Printer, c: number): void {
  out.writeByte(BACKSLASH);
  out.writeByte(c);
}
/** Prints an ASCII character inside quotes. */
function printEscaped(out: Printer, c: number, quote: number): void {
  const letter = escapeLetter(c);
  if (c === quote) printPair(out, quote);
  else if (c === BACKSLASH) printPair(out, BACKSLASH);
  else if (c >= 0x20 && c !== 0x7f) out.writeByte(c);
  else if (letter !== 0) printPair(out, letter);
  else printHexEscape(out, LETTER_X, c, 2);
}

/** Prints bytes as a bytes literal without its `b`. */
export function printQuotedBytes(out: Printer, u8: Uint8Array, from: Addr, to: Addr): void {
  const quote = quoteFor(u8, from, to);
  out.writeByte(quote);
  for (let i = from; i < to; i++) {
    if (u8[i] < 0x80) printEscaped(out, u8[i], quote);
    else printHexEscape(out, LETTER_X, u8[i], 2);
  }
  out.writeByte(quote);
}
/** Prints text as a str literal; printable characters beyond ASCII stay as they are. */
export function printQuotedText(out: Printer, u8: Uint8Array, from: Addr, to: Addr): void {
  const quote = quoteFor(u8, from, to);
  out.writeByte(quote);
  for (let i = from; i < to; ) {
    if (u8[i] < 0x80) {
      printEscaped(out, u8[i], quote);
      i++;
      continue;
    }
    const c = charAt(u8, i);
    const end = nextChar(u8, i);
    if (c < 0x80) printEscaped(out, c, quote);
    else if (c < 0xd800 || (c >= 0xe000 && c < 0x110000)) out.writeBytes(u8, i, end);
    else if (c < 0x10000) printHexEscape(out, LETTER_U, c, 4);
    else printHexEscape(out, LETTER_U - 0x20, c, 8);
    i = end;
  }
  out.writeByte(quote);
}
/** Prints UTF-8 text as a JSON string. */
export function printJsonText(out: Printer, u8: Uint8Array, from: Addr, to: Addr): void {
  out.writeByte(DOUBLE);
  for (let i = from; i < to; i++) {
    const c = u8[i];
    const letter = escapeLetter(c);
    if (c === DOUBLE || c === BACKSLASH) printPair(out, c);
    else if (c >= 0x20) out.writeByte(c);
    else if (letter !== 0) printPair(out, letter);
    else printHexEscape(out, LETTER_U, c, 4);
  }
  out.writeByte(DOUBLE);
}

/** The print slot of str. */
export function strPrint(vm: Vm, out: Printer, o: Obj, kind: PrintKind): void {
  spanOf(vm, o);
  const from = strSpan.addr;
  const to = from + strSpan.len;
  if (kind === PrintKind.Str) out.writeBytes(vm.u8, from, to);
  else if (kind === PrintKind.Json) printJsonText(out, vm.u8, from, to);
  else printQuotedText(out, vm.u8, from, to);
}
/** The print slot of bytes. */
export function bytesPrint(vm: Vm, out: Printer, o: Obj, kind: PrintKind): void {
  spanOf(vm, o);
  const from = strSpan.addr;
  const to = from + strSpan.len;
  if (kind === PrintKind.Json) printJsonText(out, vm.u8, from, to);
  else if (kind === PrintKind.Raw) out.writeBytes(vm.u8, from, to);
  else {
    out.write('b');
    printQuotedBytes(out, vm.u8, from, to);
  }
}
