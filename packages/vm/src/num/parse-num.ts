/**
 * Numbers from text: int(), float(), complex() and number tokens. Counterpart: py/parsenum.c, py/parsenumbase.c.
 *
 * Works on a span of bytes and fills a {@link ParsedNum}; what went wrong is a code, from which
 * {@link parseErrorMessage} makes the message that Python sees.
 */

import { parseDecimal, parsed } from './decimal.js';
import type { FloatKind } from './float-kind.js';
import type { Tick } from './mpn.js';
import { Mpz } from './mpz.js';
import { mpzSetText } from './mpz-text.js';

/** Results: `int` holds a small int; */
export const NUM_SMALL = 0;
/** `big` holds a big int, which may well be a small value: -2^30 always is one; */
export const NUM_BIG = 1;
/** `real` holds a float; */
export const NUM_FLOAT = 2;
/** `real` and `imag` hold a complex number. */
export const NUM_COMPLEX = 3;
/** Errors, all of them ValueError (SyntaxError in source text): the base is out of range; */
export const NUM_BAD_BASE = 4;
/** the text is no integer; */
export const NUM_BAD_INT = 5;
/** the text is no number. */
export const NUM_BAD_FLOAT = 6;

/** Where a parser leaves what it found. */
export class ParsedNum {
  code = NUM_SMALL;
  int = 0;
  real = 0;
  imag = 0;
  readonly big = new Mpz();
  /** For the message of a bad integer: its base, and where its digits should have begun and the text ends. */
  base = 0;
  from = 0;
  to = 0;
}

function isSpace(c: number): boolean {
  return c === 0x20 || (c >= 9 && c <= 13);
}

function skipSpace(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && isSpace(bytes[at])) {
    at++;
  }
  return at;
}

/** The base that {@link skipBase} settled on; 1 for a number that starts with a bare 0 where it must not. */
let foundBase = 0;

/** Skips 0x, 0o or 0b where `base` allows it, and decides what base 0 means. */
function skipBase(bytes: Uint8Array, at: number, end: number, base: number): number {
  foundBase = base;
  if (end - at > 1 && bytes[at] === 0x30) {
    const c = bytes[at + 1] | 0x20;
    const named = c === 0x78 ? 16 : c === 0x6f ? 8 : c === 0x62 ? 2 : 0;
    if (named !== 0 && (base === 0 || base === named)) {
      foundBase = named;
      return at + 2;
    }
    if (base === 0) {
      foundBase = 1;
    }
  } else if (base === 0) {
    foundBase = 10;
  }
  return at;
}

/** Reads bytes[start..end) as an integer in `base` (0: as in source text). Returns `r.code`. */
export function parseInteger(
  r: ParsedNum,
  bytes: Uint8Array,
  start: number,
  end: number,
  base: number,
  tick?: Tick,
): number {
  if ((base !== 0 && base < 2) || base > 36) {
    r.code = NUM_BAD_BASE;
    return r.code;
  }
  let at = skipSpace(bytes, start, end);
  let neg = false;
  if (at < end && (bytes[at] === 0x2b || bytes[at] === 0x2d)) {
    neg = bytes[at] === 0x2d;
    at++;
  }
  at = skipBase(bytes, at, end, base);
  base = foundBase;
  const digits = at;
  r.code = NUM_SMALL;
  let value = 0;
  for (; at < end; at++) {
    let d = bytes[at];
    if (d === 0x5f) {
      continue;
    }
    if (d >= 0x30 && d <= 0x39) {
      d -= 0x30;
    } else {
      d |= 0x20;
      if (d < 0x61 || d > 0x7a) {
        break;
      }
      d -= 0x57;
    }
    if (d >= base) {
      break;
    }
    value = value * base + d;
    if (value > 0x3fffffff) {
      // once more as a big int, which knows no underscores
      r.code = NUM_BIG;
      at = digits + mpzSetText(r.big, bytes, digits, end, neg, base, tick);
      break;
    }
  }
  r.int = neg ? -value | 0 : value;
  if (at === digits || skipSpace(bytes, at, end) !== end) {
    r.code = NUM_BAD_INT;
    r.base = base === 1 ? 0 : base;
    r.from = digits;
    r.to = end;
  }
  return r.code;
}

/** Whether bytes[at…] starts with a lower-case word, in any case. */
function startsWith(bytes: Uint8Array, at: number, end: number, word: string): boolean {
  if (at + word.length > end) {
    return false;
  }
  for (let i = 0; i < word.length; i++) {
    if ((bytes[at + i] | 0x20) !== word.charCodeAt(i)) {
      return false;
    }
  }
  return true;
}

/**
 * Reads bytes[start..end) as a float. `allowImag` takes a "j" after it, as tokens and complex() do; `forceComplex` is
 * complex(), which also takes a real and an imaginary part and always gives a complex number. Returns `r.code`.
 */
export function parseNumber(
  r: ParsedNum,
  bytes: Uint8Array,
  start: number,
  end: number,
  allowImag: boolean,
  forceComplex: boolean,
  kind: FloatKind,
): number {
  r.code = NUM_BAD_FLOAT;
  r.imag = 0;
  let at = parsePart(r, bytes, start, end, allowImag, kind);
  if (at < 0) {
    return r.code;
  }
  let value = r.real;
  let real = 0;
  let imaginary = partIsImag;
  if (at !== end) {
    if (!forceComplex || imaginary) {
      return r.code;
    }
    real = value;
    at = parsePart(r, bytes, at, end, allowImag, kind);
    if (at !== end || !partIsImag) {
      return r.code;
    }
    value = r.real;
    imaginary = true;
  }
  if (imaginary) {
    r.real = real;
    r.imag = value;
    r.code = NUM_COMPLEX;
  } else {
    r.real = value;
    r.code = forceComplex ? NUM_COMPLEX : NUM_FLOAT;
  }
  return r.code;
}

let partIsImag = false;

/** One signed number, with the space around it, into `r.real`; returns where it ends or -1. */
function parsePart(
  r: ParsedNum,
  bytes: Uint8Array,
  at: number,
  end: number,
  allowImag: boolean,
  kind: FloatKind,
): number {
  at = skipSpace(bytes, at, end);
  let neg = false;
  if (at < end && (bytes[at] === 0x2b || bytes[at] === 0x2d)) {
    neg = bytes[at] === 0x2d;
    at++;
  }
  const begin = at;
  let value: number;
  if (startsWith(bytes, at, end, 'inf')) {
    at += startsWith(bytes, at, end, 'infinity') ? 8 : 3;
    value = Number.POSITIVE_INFINITY;
  } else if (startsWith(bytes, at, end, 'nan')) {
    at += 3;
    value = Number.NaN;
  } else {
    at = parseDecimal(bytes, at, end, kind);
    if (at < 0) {
      return -1;
    }
    value = parsed.value;
  }
  partIsImag = false;
  if (allowImag && at < end && (bytes[at] | 0x20) === 0x6a) {
    if (at === begin) {
      value = 1;
    }
    at++;
    partIsImag = true;
  }
  if (at === begin) {
    return -1;
  }
  r.real = neg ? -value : value;
  return skipSpace(bytes, at, end);
}

/** The message of an error in `r`. */
export function parseErrorMessage(r: ParsedNum, bytes: Uint8Array): string {
  switch (r.code) {
    case NUM_BAD_BASE:
      return 'int() arg 2 must be >= 2 and <= 36';
    case NUM_BAD_INT:
      return `invalid syntax for integer with base ${r.base}: ${quoteBytes(bytes, r.from, r.to)}`;
    default:
      return 'invalid syntax for number';
  }
}

/** The bytes in quotes as repr() of a bytes object has them, without the b. */
function quoteBytes(bytes: Uint8Array, from: number, to: number): string {
  let single = false;
  let double = false;
  for (let i = from; i < to && !double; i++) {
    single ||= bytes[i] === 0x27;
    double ||= bytes[i] === 0x22;
  }
  const quote = single && !double ? 0x22 : 0x27;
  let s = String.fromCharCode(quote);
  for (let i = from; i < to; i++) {
    const c = bytes[i];
    if (c === quote || c === 0x5c) {
      s += `\\${String.fromCharCode(c)}`;
    } else if (c >= 0x20 && c < 0x7f) {
      s += String.fromCharCode(c);
    } else if (c === 10) {
      s += '\\n';
    } else if (c === 13) {
      s += '\\r';
    } else if (c === 9) {
      s += '\\t';
    } else {
      s += `\\x${c.toString(16).padStart(2, '0')}`;
    }
  }
  return s + String.fromCharCode(quote);
}
