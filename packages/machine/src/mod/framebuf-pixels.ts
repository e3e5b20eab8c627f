/**
 * Pixels in a buffer: where each of the seven formats has them. Counterpart: the setpixel, getpixel and fill_rect tables of
 * extmod/modframebuf.c.
 *
 * Invariant: a surface's buffer holds every pixel from (0, 0) to (width − 1, height − 1); callers clip.
 */

/** Formats by upstream's numbers. */
export const FORMAT = {
  MONO_VLSB: 0,
  RGB565: 1,
  GS4_HMSB: 2,
  MONO_HLSB: 3,
  MONO_HMSB: 4,
  GS2_HMSB: 5,
  GS8: 6,
} as const;

/** An area of pixels in a byte array. */
export interface Surface {
  readonly u8: Uint8Array;
  /** Where it begins. */
  readonly at: number;
  readonly width: number;
  readonly height: number;
  /** Pixels from one line to the next. */
  readonly stride: number;
  readonly format: number;
}

/** A stride as a format rounds it, and the bytes that the area needs; undefined for an unknown format. */
export function layoutOf(
  format: number,
  width: number,
  height: number,
  stride: number,
): { readonly stride: number; readonly bytes: number } | undefined {
  const up = (n: number, to: number): number => Math.ceil(n / to) * to;
  let bits = 1;
  let rows = height;
  let strides = height - 1;
  let line = width;
  let step = stride;
  switch (format) {
    case FORMAT.MONO_VLSB:
      rows = up(height, 8);
      strides = rows - 8;
      break;
    case FORMAT.MONO_HLSB:
    case FORMAT.MONO_HMSB:
      step = up(stride, 8);
      line = up(width, 8);
      break;
    case FORMAT.GS2_HMSB:
      step = up(stride, 4);
      line = up(width, 4);
      bits = 2;
      break;
    case FORMAT.GS4_HMSB:
      step = up(stride, 2);
      line = up(width, 2);
      bits = 4;
      break;
    case FORMAT.GS8:
      bits = 8;
      break;
    case FORMAT.RGB565:
      bits = 16;
      break;
    default:
      return undefined;
  }
  return { stride: step, bytes: Math.floor(((strides * step + (rows - strides) * line) * bits) / 8) };
}

/** Colour of a pixel. */
export function getPixel(s: Surface, x: number, y: number): number {
  const { u8, at, stride } = s;
  const i = x + y * stride;
  switch (s.format) {
    case FORMAT.MONO_VLSB:
      return ((u8[at + (y >> 3) * stride + x] as number) >> (y & 7)) & 1;
    case FORMAT.RGB565:
      return (u8[at + 2 * i] as number) | ((u8[at + 2 * i + 1] as number) << 8);
    case FORMAT.GS2_HMSB:
      return ((u8[at + (i >> 2)] as number) >> (2 * (x & 3))) & 3;
    case FORMAT.GS4_HMSB:
      return ((u8[at + (i >> 1)] as number) >> ((x & 1) === 0 ? 4 : 0)) & 15;
    case FORMAT.GS8:
      return u8[at + i] as number;
    default: {
      const bit = s.format === FORMAT.MONO_HMSB ? x & 7 : 7 - (x & 7);
      return ((u8[at + (i >> 3)] as number) >> bit) & 1;
    }
  }
}

/** Sets `bits` of a byte to `value`. */
function merge(u8: Uint8Array, at: number, bits: number, value: number): void {
  u8[at] = ((u8[at] as number) & ~bits) | (value & bits);
}

/** Sets a pixel. Colours are cut to the format's bits; of mono formats everything but 0 is 1. */
export function setPixel(s: Surface, x: number, y: number, colour: number): void {
  const { u8, at, stride } = s;
  const i = x + y * stride;
  switch (s.format) {
    case FORMAT.MONO_VLSB:
      merge(u8, at + (y >> 3) * stride + x, 1 << (y & 7), colour === 0 ? 0 : 0xff);
      return;
    case FORMAT.RGB565:
      u8[at + 2 * i] = colour;
      u8[at + 2 * i + 1] = colour >> 8;
      return;
    case FORMAT.GS2_HMSB: {
      const shift = 2 * (x & 3);
      merge(u8, at + (i >> 2), 3 << shift, (colour & 3) << shift);
      return;
    }
    case FORMAT.GS4_HMSB:
      if ((x & 1) === 0) merge(u8, at + (i >> 1), 0xf0, colour << 4);
      else merge(u8, at + (i >> 1), 0x0f, colour);
      return;
    case FORMAT.GS8:
      u8[at + i] = colour;
      return;
    default: {
      const bit = s.format === FORMAT.MONO_HMSB ? x & 7 : 7 - (x & 7);
      merge(u8, at + (i >> 3), 1 << bit, colour === 0 ? 0 : 0xff);
    }
  }
}

/** Fills a rectangle that lies inside. */
export function fillArea(s: Surface, x: number, y: number, w: number, h: number, colour: number): void {
  if (s.format === FORMAT.GS8) {
    for (let row = y; row < y + h; row++) s.u8.fill(colour, s.at + x + row * s.stride, s.at + x + w + row * s.stride);
    return;
  }
  for (let row = y; row < y + h; row++) for (let col = x; col < x + w; col++) setPixel(s, col, row, colour);
}
