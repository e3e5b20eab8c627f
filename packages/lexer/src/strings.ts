/**
 * String and bytes literals. Counterpart: `parse_string_literal` of py/lexer.c; templates.ts has its t-string half.
 *
 * An f-string is not evaluated here: its replacement fields move out of the literal, which keeps `{}` and becomes a format
 * string, into a call that the scanner reads next: `f"{a:>4}"` gives the tokens of `"{:>4}".format((a),)`. All literals that
 * stand side by side share one such call. Functions here take the scanner at the literal and leave it behind; they
 * return the token kind, which an error changes.
 */

import { TokenKind } from '@tsmp-internal/bytecode';
import type { ByteBuffer, ExpansionBuffer } from './buffer.js';
import { Byte, CHAR_CLASS, CharClass, hexValue } from './chars.js';
import { LexError } from './errors.js';
import type { Scanner } from './scanner.js';

/** What a string prefix says; the low two bits are its length. */
export const enum Prefix {
  None = -1,
  Length = 3,
  Raw = 4,
  Bytes = 8,
  Format = 16,
  Template = 32,
}

/**
 * The prefix of the string literal at `p` as {@link Prefix} bits, or `Prefix.None` if no literal begins there.
 * `allowed` holds the bits of `Format` and `Template` that are in use.
 */
export function stringPrefix(buf: Uint8Array, p: number, allowed: number): number {
  const c = buf[p] as number;
  if (c === Byte.SingleQuote || c === Byte.DoubleQuote) return 0;
  if (((CHAR_CLASS[c] as number) & CharClass.Prefix) === 0) return Prefix.None;
  const next = buf[p + 1] as number;
  const first = prefixBit(c);
  if (next === Byte.SingleQuote || next === Byte.DoubleQuote) {
    return isAllowed(first, allowed) ? first + 1 : Prefix.None;
  }
  if (((CHAR_CLASS[next] as number) & CharClass.Prefix) === 0) return Prefix.None;
  const after = buf[p + 2];
  if (after !== Byte.SingleQuote && after !== Byte.DoubleQuote) return Prefix.None;
  // Exactly one of the two is `r`, and the other is not `u`.
  const both = first | prefixBit(next);
  if ((first === Prefix.Raw) === (next === Byte.LowerR) || both === Prefix.Raw) return Prefix.None;
  return isAllowed(both, allowed) ? both + 2 : Prefix.None;
}

function prefixBit(c: number): number {
  switch (c) {
    case Byte.LowerR:
      return Prefix.Raw;
    case Byte.LowerB:
      return Prefix.Bytes;
    case Byte.LowerF:
      return Prefix.Format;
    case Byte.LowerT:
      return Prefix.Template;
    default:
      return 0;
  }
}

function isAllowed(bits: number, allowed: number): boolean {
  const special = bits & (Prefix.Format | Prefix.Template);
  return (special & allowed) === special;
}

/**
 * Reads the quotes that open a literal and returns how many will close it. The scanner is at the first and ends up
 * behind them.
 */
export function openingQuotes(s: Scanner): 1 | 3 {
  const quote = s.buf[s.pos];
  if (s.buf[s.pos + 1] === quote && s.buf[s.pos + 2] === quote) {
    s.pos += 3;
    return 3;
  }
  s.pos++;
  return 1;
}

/** Reads a string, bytes or f-string literal from its quote on, appending its contents to `text` and its fields to `call`. */
export function readString(
  s: Scanner,
  text: ByteBuffer,
  call: ExpansionBuffer,
  kind: TokenKind,
  bits: number,
): TokenKind {
  const quote = s.buf[s.pos];
  const isFormat = (bits & Prefix.Format) !== 0;
  if (isFormat && call.length === 0) {
    call.addAll(FORMAT_CALL, 0, FORMAT_CALL.length, ~s.startOffset(s.pos));
  }
  const needed = openingQuotes(s);
  const buf = s.buf;
  let closing = 0;
  while (closing < needed) {
    const start = s.pos;
    let p = start;
    while (((CHAR_CLASS[buf[p] as number] as number) & CharClass.StringStop) === 0) p++;
    if (p > start) {
      text.addRange(buf, start, p, true);
      s.pos = p;
      closing = 0;
    }
    const c = buf[p] as number;
    if (c === Byte.End || (c === Byte.Newline && needed === 1)) break;
    if (c === quote) {
      text.addByte(c);
      closing++;
      s.pos++;
      continue;
    }
    closing = 0;
    if (c === Byte.Backslash) {
      kind = readEscape(s, text, kind, (bits & Prefix.Raw) !== 0);
    } else if (c === Byte.BraceOpen && isFormat) {
      s.pos++;
      // A doubled brace stays doubled: str.format() makes one of it.
      if (buf[s.pos] === Byte.BraceOpen) {
        text.addByte(Byte.BraceOpen);
        s.pos++;
      } else {
        kind = readField(s, text, call, kind);
      }
      text.addByte(Byte.BraceOpen);
    } else {
      text.addByte(c);
      s.advance();
    }
  }
  text.length -= closing;
  return closing < needed ? TokenKind.LonelyStringOpen : kind;
}

const FORMAT_CALL = Uint8Array.of(0x2e, 0x66, 0x6f, 0x72, 0x6d, 0x61, 0x74, Byte.ParenOpen); // ".format("

/** Reads one replacement field's expression and wraps it as an argument: `(expression),`. */
function readField(s: Scanner, text: ByteBuffer, call: ExpansionBuffer, kind: TokenKind): TokenKind {
  const start = readExpression(s, call);
  echoExpression(text, call, start);
  if (call.length === start) kind = TokenKind.MalformedFstring;
  const origin = ~s.startOffset(s.pos);
  call.add(Byte.ParenClose, origin);
  call.add(Byte.Comma, origin);
  return kind;
}

/**
 * Copies a replacement field's expression to `call` behind an opening parenthesis, and returns where it begins there. It
 * ends at `:`, `}` or a conversion outside brackets; of Python's syntax only square and curly brackets are known, not
 * even strings. Newlines belong to it even in a string with single quotes.
 */
export function readExpression(s: Scanner, call: ExpansionBuffer): number {
  call.add(Byte.ParenOpen, ~s.startOffset(s.pos));
  const start = call.length;
  const buf = s.buf;
  let depth = 0;
  for (;;) {
    const c = buf[s.pos] as number;
    if (c === Byte.End || (depth === 0 && endsExpression(buf, s.pos))) return start;
    if (c === Byte.BracketOpen || c === Byte.BraceOpen) depth++;
    else if (c === Byte.BracketClose || c === Byte.BraceClose) depth--;
    call.add(c, s.originAt(s.pos));
    s.advance();
  }
}

function endsExpression(buf: Uint8Array, p: number): boolean {
  const c = buf[p];
  if (c === Byte.Colon || c === Byte.BraceClose) return true;
  if (c !== Byte.Exclamation) return false;
  const conversion = buf[p + 1];
  const after = buf[p + 2];
  return (
    (conversion === Byte.LowerR || conversion === Byte.LowerS) && (after === Byte.Colon || after === Byte.BraceClose)
  );
}

/** If the expression at `start` ends with `=`, moves that into the literal's text, with the expression before it. */
export function echoExpression(text: ByteBuffer, call: ExpansionBuffer, start: number): boolean {
  if (call.data[call.length - 1] !== Byte.Equal) return false;
  text.addRange(call.data, start, call.length, false);
  call.length--;
  return true;
}

/** Reads a backslash and what belongs to it. */
function readEscape(s: Scanner, text: ByteBuffer, kind: TokenKind, raw: boolean): TokenKind {
  const buf = s.buf;
  s.pos++;
  let c = buf[s.pos] as number;
  if (raw) {
    // A quote behind it does not close the literal; both are part of it.
    text.addByte(Byte.Backslash);
  } else {
    switch (c) {
      case Byte.Newline:
        s.advance();
        return kind;
      case Byte.Backslash:
      case Byte.SingleQuote:
      case Byte.DoubleQuote:
        break;
      case Byte.LowerA:
        c = 0x07;
        break;
      case Byte.LowerB:
        c = 0x08;
        break;
      case Byte.LowerT:
        c = Byte.Tab;
        break;
      case Byte.LowerN:
        c = Byte.Newline;
        break;
      case Byte.LowerV:
        c = Byte.VerticalTab;
        break;
      case Byte.LowerF:
        c = Byte.FormFeed;
        break;
      case Byte.LowerR:
        c = Byte.Return;
        break;
      case Byte.LowerU:
      case Byte.UpperU:
        if (kind === TokenKind.Bytes) text.addByte(Byte.Backslash);
        else c = readHex(s, c === Byte.LowerU ? 4 : 8);
        break;
      case Byte.LowerX:
        c = readHex(s, 2);
        break;
      case Byte.UpperN:
        throw new LexError('unicode-name', 'unicode name escapes', s.fileName, s.line, s.column());
      default:
        if (c >= Byte.Zero && c <= Byte.Seven) c = readOctal(s);
        else text.addByte(Byte.Backslash);
    }
  }
  // A byte that needed no escape is a code point all the same: "\é" turns both bytes of é into characters, as upstream.
  if (kind === TokenKind.String && c >= 0 && c < 0x110000) text.addChar(c);
  else if (kind === TokenKind.Bytes && c >= 0 && c < 0x100) text.addByte(c);
  else kind = TokenKind.Invalid;
  s.advance();
  return kind;
}

/** Reads `count` hexadecimal digits and stays at the last; -1, at what is no digit, if there are fewer. */
function readHex(s: Scanner, count: number): number {
  let value = 0;
  for (let i = 0; i < count; i++) {
    const digit = hexValue(s.buf[++s.pos] as number);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/** Reads up to three octal digits from the current one on and stays at the last. */
function readOctal(s: Scanner): number {
  let value = (s.buf[s.pos] as number) - Byte.Zero;
  for (let i = 0; i < 2; i++) {
    const next = s.buf[s.pos + 1] as number;
    if (next < Byte.Zero || next > Byte.Seven) break;
    value = value * 8 + next - Byte.Zero;
    s.pos++;
  }
  return value;
}
