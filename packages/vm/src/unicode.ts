/**
 * Characters and UTF-8: classes of ASCII characters (the only ones MicroPython classifies), walking over encoded text and
 * checking it. Pure functions on bytes `from` … `to` of an array. Counterpart: py/unicode.c.
 *
 * Text that reached a str is valid only in the loose sense of `isValidText`: surrogates and overlong forms pass, so
 * nothing here relies on more than lead and continuation bytes.
 */

/** Space, tab, newline, vertical tab, form feed, carriage return. */
export function isSpace(c: number): boolean {
  return c === 0x20 || (c >= 9 && c <= 13);
}
export function isUpper(c: number): boolean {
  return c >= 0x41 && c <= 0x5a;
}
export function isLower(c: number): boolean {
  return c >= 0x61 && c <= 0x7a;
}
export function isAlpha(c: number): boolean {
  return isUpper(c) || isLower(c);
}
export function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39;
}
export function toLower(c: number): number {
  return isUpper(c) ? c + 0x20 : c;
}
export function toUpper(c: number): number {
  return isLower(c) ? c - 0x20 : c;
}
/** Value of a hexadecimal digit, −1 for anything else. */
export function hexValue(c: number): number {
  if (c >= 0x30 && c <= 0x39) return c - 0x30;
  const l = c | 0x20;
  return l >= 0x61 && l <= 0x66 ? l - 0x57 : -1;
}

/** Whether a byte continues a character. */
export function isCont(b: number): boolean {
  return (b & 0xc0) === 0x80;
}
/** Number of characters. */
export function charCount(u8: Uint8Array, from: number, to: number): number {
  let n = 0;
  for (let i = from; i < to; i++) if ((u8[i] & 0xc0) !== 0x80) n++;
  return n;
}
/** Start of the character after the one at `at`. Text ends with a zero byte, which stops the walk. */
export function nextChar(u8: Uint8Array, at: number): number {
  do at++;
  while ((u8[at] & 0xc0) === 0x80);
  return at;
}
/** Code point of the character at `at`. */
export function charAt(u8: Uint8Array, at: number): number {
  let c = u8[at++];
  if (c < 0x80) return c;
  c &= 0x7f;
  for (let mask = 0x40; (c & mask) !== 0; mask >>= 1) c &= ~mask;
  for (; (u8[at] & 0xc0) === 0x80; at++) c = (c << 6) | (u8[at] & 0x3f);
  return c;
}
/** Bytes of the character that starts with `lead`, by its leading one bits. */
export function charLength(lead: number): number {
  let n = 1;
  if (lead >= 0x80) for (let mask = 0x40; (lead & mask) !== 0; mask >>= 1) n++;
  return n;
}
/** Continuation bytes that must follow `lead` (at least 0xc0, below 0xf8). */
function continuationsOf(lead: number): number {
  return (0xe5 >> ((lead >> 3) & 6)) & 3;
}
/** Writes the UTF-8 form of a code point; returns its length. */
export function putChar(out: Uint8Array, at: number, c: number): number {
  if (c < 0x80) {
    out[at] = c;
    return 1;
  }
  if (c < 0x800) {
    out[at] = (c >> 6) | 0xc0;
    out[at + 1] = (c & 0x3f) | 0x80;
    return 2;
  }
  if (c < 0x10000) {
    out[at] = (c >> 12) | 0xe0;
    out[at + 1] = ((c >> 6) & 0x3f) | 0x80;
    out[at + 2] = (c & 0x3f) | 0x80;
    return 3;
  }
  out[at] = (c >> 18) | 0xf0;
  out[at + 1] = ((c >> 12) & 0x3f) | 0x80;
  out[at + 2] = ((c >> 6) & 0x3f) | 0x80;
  out[at + 3] = (c & 0x3f) | 0x80;
  return 4;
}

/** Whether the bytes are what a str may hold: each lead byte is followed by its continuation bytes. `ascii`: no lead bytes either. */
export function isValidText(u8: Uint8Array, from: number, to: number, ascii: boolean): boolean {
  let need = 0;
  for (let i = from; i < to; i++) {
    const c = u8[i];
    if (need !== 0) {
      if ((c & 0xc0) !== 0x80) return false;
      need--;
    } else if (c >= 0x80) {
      if (ascii || c < 0xc0 || c >= 0xf8) return false;
      need = continuationsOf(c);
    }
  }
  return need === 0;
}

/**
 * One step over text that is not valid: the code point at `at` (−1: an invalid byte or sequence) is left in `code`, the
 * position behind it in `next`.
 */
export const step = { code: 0, next: 0 };
export function stepInvalid(u8: Uint8Array, at: number, to: number, ascii: boolean): void {
  const lead = u8[at++];
  step.code = -1;
  if (lead < 0x80) step.code = lead;
  else if (!ascii && lead >= 0xc0 && lead < 0xf8) {
    const need = continuationsOf(lead);
    let c = lead & (0x7f >> need);
    let got = 0;
    for (; got < need && at < to && (u8[at] & 0xc0) === 0x80; got++) c = (c << 6) | (u8[at++] & 0x3f);
    if (got === need) step.code = c;
  }
  step.next = at;
}

/** Text as a JavaScript string; bytes that are no UTF-8 become U+FFFD. */
export function decodeText(u8: Uint8Array, from: number, to: number): string {
  let s = '';
  for (let i = from; i < to; ) {
    const b = u8[i];
    if (b < 0x80) {
      // @quick-begin
      // four at a time take as long as one
      if (i + 4 <= to && (u8[i + 1] | u8[i + 2] | u8[i + 3]) < 0x80) {
        s += String.fromCharCode(b, u8[i + 1], u8[i + 2], u8[i + 3]);
        i += 4;
        continue;
      }
      // @quick-end
      s += String.fromCharCode(b);
      i++;
      continue;
    }
    stepInvalid(u8, i, to, false);
    i = step.next;
    s += step.code < 0 || step.code > 0x10ffff ? '\ufffd' : String.fromCodePoint(step.code);
  }
  return s;
}
