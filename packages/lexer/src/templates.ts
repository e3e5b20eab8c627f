/**
 * T-strings. Counterpart: the t-string half of `parse_string_literal` in py/lexer.c.
 *
 * A t-string becomes a call of `__template__`: its static parts, still as they were written, are the first argument, and
 * each interpolation adds its value, its text, its conversion and its format. `t"a{b!r:>4}c"` gives the tokens of
 * `__template__(("a","c",),(b),"b","r",">4",)`. Since everything is lexed once more, escapes are left alone here.
 */

import { TokenKind } from '@tsmp-internal/bytecode';
import type { ByteBuffer, ExpansionBuffer } from './buffer.js';
import { Byte } from './chars.js';
import type { Scanner } from './scanner.js';
import { echoExpression, openingQuotes, Prefix, readExpression } from './strings.js';

/** With more interpolations than this (four arguments each, and one) the call would have over 255 arguments. */
const MAX_PLAIN_INTERPOLATIONS = 63;

const NO_CONVERSION = Uint8Array.of(0x4e, 0x6f, 0x6e, 0x65, Byte.Comma); // "None,"
const REPR_CONVERSION = Uint8Array.of(Byte.SingleQuote, Byte.LowerR, Byte.SingleQuote, Byte.Comma); // "'r',"

/** Reads a t-string from its quote on: static parts to `text`, interpolations to `call`. */
export function readTemplate(
  s: Scanner,
  text: ByteBuffer,
  call: ExpansionBuffer,
  kind: TokenKind,
  bits: number,
): TokenKind {
  const quote = s.buf[s.pos] as number;
  const needed = openingQuotes(s);
  if (call.length === 0) {
    text.addByte(Byte.ParenOpen);
    text.addByte(Byte.ParenOpen);
    for (let i = 0; i < needed; i++) text.addByte(quote);
  }
  const buf = s.buf;
  let interpolations = 0;
  let formatStart = 0; // where the current interpolation's brace is in `text`, its format behind it
  let nesting = 0; // the open braces of the current interpolation
  let nestedFields = false;
  let closing = 0;
  while (closing < needed) {
    const c = buf[s.pos] as number;
    if (c === Byte.End || (c === Byte.Newline && needed === 1)) break;
    if (c === quote) {
      closing++;
      text.addByte(c);
      s.pos++;
      continue;
    }
    if (c === Byte.Newline) {
      // The count of quotes goes on across it, as it does upstream.
      text.addByte(Byte.Backslash);
      text.addByte(Byte.LowerN);
      s.advance();
      continue;
    }
    closing = 0;
    if (c === Byte.BraceOpen && nesting === 0) {
      s.pos++;
      if (buf[s.pos] === Byte.BraceOpen) {
        s.pos++;
      } else {
        if (!readInterpolation(s, text, call, quote, needed)) kind = TokenKind.MalformedFstring;
        nesting = 1;
        formatStart = text.length;
      }
      text.addByte(Byte.BraceOpen);
    } else if (c === Byte.Backslash) {
      text.addByte(Byte.Backslash);
      if ((bits & Prefix.Raw) !== 0) {
        text.addByte(Byte.Backslash);
      } else {
        s.pos++;
        text.addByte(buf[s.pos] as number);
      }
      s.advance();
    } else if (c === Byte.BraceClose && nesting > 0) {
      if (--nesting > 0) {
        nestedFields = true;
        text.addByte(c);
      } else {
        interpolations++;
        addFormat(s, text, call, quote, formatStart, nestedFields);
        nestedFields = false;
      }
      s.pos++;
    } else {
      if (c === Byte.BraceOpen) nesting++;
      text.addByte(c);
      if (c === Byte.BraceClose) {
        if (buf[s.pos + 1] === Byte.BraceClose) s.pos++;
        else kind = TokenKind.MalformedFstring;
      }
      s.advance();
    }
  }
  if (closing < needed) kind = TokenKind.LonelyStringOpen;
  if (nesting > 0) kind = TokenKind.MalformedFstring;
  if (interpolations > MAX_PLAIN_INTERPOLATIONS) {
    const origin = ~s.startOffset(s.pos);
    call.insertFront(Uint8Array.of(Byte.ParenOpen), 1, origin);
    call.add(Byte.ParenClose, origin);
  }
  return kind;
}

/** Reads an interpolation up to its format: the arguments for its value, text and conversion. False if it is empty. */
function readInterpolation(
  s: Scanner,
  text: ByteBuffer,
  call: ExpansionBuffer,
  quote: number,
  needed: number,
): boolean {
  const start = readExpression(s, call);
  const isDebug = echoExpression(text, call, start);
  while (isSpace(call.data[call.length - 1] as number)) call.length--;
  const end = call.length;
  const origin = ~s.startOffset(s.pos);
  call.add(Byte.ParenClose, origin);
  call.add(Byte.Comma, origin);

  call.add(quote, origin);
  for (let i = start; i < end; i++) {
    const c = call.data[i] as number;
    if (c === quote || c === Byte.Backslash) call.add(Byte.Backslash, origin);
    call.add(c, origin);
  }
  call.add(quote, origin);
  call.add(Byte.Comma, origin);

  // The literal goes on as the next static part.
  for (let i = 0; i < needed; i++) text.addByte(quote);
  text.addByte(Byte.Comma);
  for (let i = 0; i < needed; i++) text.addByte(quote);

  const buf = s.buf;
  if (buf[s.pos] === Byte.Exclamation) {
    call.add(quote, origin);
    call.add(buf[s.pos + 1] as number, origin);
    call.add(quote, origin);
    call.add(Byte.Comma, origin);
    s.pos += 2;
  } else if (isDebug && buf[s.pos] !== Byte.Colon) {
    call.addAll(REPR_CONVERSION, 0, REPR_CONVERSION.length, origin);
  } else {
    call.addAll(NO_CONVERSION, 0, NO_CONVERSION.length, origin);
  }
  if (buf[s.pos] === Byte.Colon) s.pos++;
  return end > start;
}

function isSpace(c: number): boolean {
  return c === Byte.Space || (c >= Byte.Tab && c <= Byte.Return);
}

/** Moves a finished interpolation's format from the literal to the call; with fields of its own it becomes an f-string. */
function addFormat(
  s: Scanner,
  text: ByteBuffer,
  call: ExpansionBuffer,
  quote: number,
  formatStart: number,
  nestedFields: boolean,
): void {
  const origin = ~s.startOffset(s.pos);
  if (nestedFields) call.add(Byte.LowerF, origin);
  call.add(quote, origin);
  call.addAll(text.data, formatStart + 1, text.length, origin);
  text.length = formatStart;
  call.add(quote, origin);
  call.add(Byte.Comma, origin);
}
