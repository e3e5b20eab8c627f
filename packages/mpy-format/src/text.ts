/**
 * Python strings as JavaScript strings. MicroPython's strings are bytes that are usually, but not always, UTF-8: a source
 * file or a hostile `.mpy` may hold anything, and `'\ud800'` is stored as three bytes. Bytes that are no part of valid
 * UTF-8 become the lone surrogates U+DC80 to U+DCFF (as CPython's "surrogateescape" does), so
 * `encodeString(decodeString(b))` equals `b` for every `b`.
 */

/** How many bytes the valid UTF-8 sequence at `at` has; 0 when there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number;
  if (lead < 0x80) return 1;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || at + length > bytes.length) return 0;
  for (let i = 1; i < length; i++) {
    if (((bytes[at + i] as number) & 0xc0) !== 0x80) return 0;
  }
  const second = bytes[at + 1] as number;
  // Overlong forms, surrogates and what lies above U+10FFFF.
  if (lead === 0xe0 && second < 0xa0) return 0;
  if (lead === 0xed && second > 0x9f) return 0;
  if (lead === 0xf0 && second < 0x90) return 0;
  if (lead === 0xf4 && second > 0x8f) return 0;
  return length;
}

/** The string that stands for these bytes. */
export function decodeString(bytes: Uint8Array): string {
  let out = '';
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    const lead = bytes[at] as number;
    if (length === 0) {
      out += String.fromCharCode(0xdc00 + lead);
      at++;
      continue;
    }
    let code = length === 1 ? lead : lead & (0x7f >> length);
    for (let i = 1; i < length; i++) code = (code << 6) | ((bytes[at + i] as number) & 0x3f);
    out += String.fromCodePoint(code);
    at += length;
  }
  return out;
}

/**
 * The bytes of a string: UTF-8, with U+DC80 to U+DCFF standing alone as the raw bytes 0x80 to 0xFF and any other lone
 * surrogate as its three-byte form, which is what MicroPython's lexer makes of an escape like `'\ud800'`.
 */
export function encodeString(text: string): Uint8Array {
  const ascii = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x80) return encodeAny(text);
    ascii[i] = code;
  }
  return ascii;
}
function encodeAny(text: string): Uint8Array {
  const out: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) as number;
    if (code < 0x80) {
      out.push(code);
    } else if (code >= 0xdc80 && code <= 0xdcff) {
      out.push(code - 0xdc00);
    } else if (code < 0x800) {
      out.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
      out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    } else {
      out.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
      i++;
    }
  }
  return Uint8Array.from(out);
}
