/**
 * Pictures as PNG files, without a library: one channel of grey, rows unfiltered, in deflate blocks that are stored as they are.
 * Counterpart: PNG specification (third edition), RFC 1950, RFC 1951 3.2.4.
 */

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Most bytes of a stored block. */
const BLOCK = 0xffff;

function crc32(bytes: readonly number[]): number {
  let crc = 0xffffffff;
  for (const b of bytes) {
    crc ^= b;
    for (let i = 0; i < 8; i++) crc = (crc >>> 1) ^ ((crc & 1) !== 0 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
function adler32(bytes: readonly number[]): number {
  let a = 1;
  let b = 0;
  for (const v of bytes) {
    a = (a + v) % 65521;
    b = (b + a) % 65521;
  }
  return (b * 65536 + a) >>> 0;
}
function word(n: number): number[] {
  return [n >>> 24, (n >>> 16) & 0xff, (n >>> 8) & 0xff, n & 0xff];
}
function chunk(name: string, data: readonly number[]): number[] {
  const body = [...Array.from(name, (c) => c.charCodeAt(0)), ...data];
  return [...word(data.length), ...body, ...word(crc32(body))];
}

/** A PNG file of `width` by `height` pixels; `grey`: one byte each, row by row, 0 black. */
export function pngOf(width: number, height: number, grey: ArrayLike<number>): Uint8Array {
  const raw: number[] = [];
  for (let y = 0; y < height; y++) {
    raw.push(0);
    for (let x = 0; x < width; x++) raw.push((grey[y * width + x] ?? 0) & 0xff);
  }
  const stored: number[] = [0x78, 0x01];
  for (let at = 0; at === 0 || at < raw.length; at += BLOCK) {
    const part = raw.slice(at, at + BLOCK);
    const n = part.length;
    stored.push(at + BLOCK >= raw.length ? 1 : 0, n & 0xff, n >> 8, ~n & 0xff, (~n >> 8) & 0xff);
    for (const b of part) stored.push(b);
  }
  stored.push(...word(adler32(raw)));
  const header = [...word(width), ...word(height), 8, 0, 0, 0, 0];
  const file = [...SIGNATURE, ...chunk('IHDR', header), ...chunk('IDAT', stored), ...chunk('IEND', [])];
  return Uint8Array.from(file);
}
