/** Checksums of spans of memory. Counterpart: lib/uzlib/adler32.c, crc32.c. */
/** Remainders of the CRC for each value of four bits. */
const CRC_TABLE = Uint32Array.from({ length: 16 }, (_, i) => {
  let c = i;
  for (let k = 0; k < 4; k++) c = (c & 1) !== 0 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c;
});

/** CRC-32 (as in zlib) of a span, continued from `crc`. */
export function crc32(u8: Uint8Array, from: number, to: number, crc: number): number {
  let c = ~crc;
  for (let i = from; i < to; i++) {
    c ^= u8[i] as number;
    c = (CRC_TABLE[c & 15] as number) ^ (c >>> 4);
    c = (CRC_TABLE[c & 15] as number) ^ (c >>> 4);
  }
  return ~c >>> 0;
}

/** Largest prime below 2¹⁶. */
const ADLER_BASE = 65521;
/** Bytes whose sums stay below 2³² before they must be reduced. */
const ADLER_CHUNK = 5552;

/** Adler-32 of a span, continued from `adler` (1 at the start). */
export function adler32(u8: Uint8Array, from: number, to: number, adler: number): number {
  let a = adler & 0xffff;
  let b = adler >>> 16;
  for (let at = from; at < to; ) {
    const end = Math.min(at + ADLER_CHUNK, to);
    for (; at < end; at++) {
      a += u8[at] as number;
      b += a;
    }
    a %= ADLER_BASE;
    b %= ADLER_BASE;
  }
  return ((b << 16) | a) >>> 0;
}
