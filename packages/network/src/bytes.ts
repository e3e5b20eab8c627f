/**
 * Big-endian access to byte arrays and the Internet checksum (RFC 1071).
 *
 * Callers check lengths first; nothing here can throw. Every result is an unsigned number.
 */

/** Reads 16 bits, most significant byte first. */
export function get16(bytes: Uint8Array, at: number): number {
  return (bytes[at] << 8) | bytes[at + 1];
}

/** Reads 32 bits, most significant byte first, as an unsigned number. */
export function get32(bytes: Uint8Array, at: number): number {
  return ((get16(bytes, at) << 16) | get16(bytes, at + 2)) >>> 0;
}

/** Writes 16 bits, most significant byte first. */
export function put16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value;
}

/** Writes 32 bits, most significant byte first. */
export function put32(bytes: Uint8Array, at: number, value: number): void {
  put16(bytes, at, value >>> 16);
  put16(bytes, at + 2, value);
}

/**
 * Adds `bytes[from, to)` to a running ones' complement sum of 16-bit words; an odd last byte counts as the high half of
 * a word. The sum stays far below 2^53 for any packet, so it is folded only at the end.
 */
export function checksumAdd(sum: number, bytes: Uint8Array, from: number, to: number): number {
  let total = sum;
  let at = from;
  for (; at + 1 < to; at += 2) total += get16(bytes, at);
  if (at < to) total += bytes[at] << 8;
  return total;
}

/** Folds a running sum to the 16-bit checksum. Over data that includes a right checksum it is 0. */
export function checksumEnd(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded & 0xffff) + Math.floor(folded / 0x10000);
  return ~folded & 0xffff;
}

/** The running sum of the pseudo-header that UDP and TCP checksums cover. */
export function pseudoHeaderSum(src: number, dst: number, protocol: number, length: number): number {
  return (src >>> 16) + (src & 0xffff) + (dst >>> 16) + (dst & 0xffff) + protocol + length;
}

/** A copy of `bytes`, which the caller then owns. */
export function copyBytes(bytes: Uint8Array): Uint8Array {
  return bytes.slice();
}

/** Bytes of a string of Latin-1 characters; others become `?`. Protocol names here are ASCII. */
export function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    bytes[i] = code < 256 ? code : 0x3f;
  }
  return bytes;
}

/** The string whose characters have the values of the bytes. */
export function latin1Text(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i++) text += String.fromCharCode(bytes[i]);
  return text;
}

/** UTF-8 without TextEncoder, which is a host's API; characters that begin within the first `limit - 3` bytes. */
export function utf8Bytes(text: string, limit = Number.POSITIVE_INFINITY): Uint8Array {
  const out: number[] = [];
  for (const character of text) {
    if (out.length > limit - 4) break;
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) out.push(code);
    else if (code < 0x800) out.push(0xc0 | (code >>> 6), 0x80 | (code & 63));
    else if (code < 0x10000) out.push(0xe0 | (code >>> 12), 0x80 | ((code >>> 6) & 63), 0x80 | (code & 63));
    else out.push(0xf0 | (code >>> 18), 0x80 | ((code >>> 12) & 63), 0x80 | ((code >>> 6) & 63), 0x80 | (code & 63));
  }
  return Uint8Array.from(out);
}
