/**
 * How wide a board's floats are, and which rounding its arithmetic does.
 *
 * Boards compute in their float's own width, and so does {@link FLOAT_SINGLE} and {@link FLOAT_DOUBLE}. The 32-bit
 * unix port computes on the x87, whose registers hold 64 bits of mantissa; {@link FLOAT_X87} added to a kind
 * reproduces that where it shows in big-int conversion and float text, for comparing with such a build.
 */

export type FloatKind = number;

/** 32-bit floats (MICROPY_FLOAT_IMPL_FLOAT). */
export const FLOAT_SINGLE = 0;
/** 64-bit floats (MICROPY_FLOAT_IMPL_DOUBLE). */
export const FLOAT_DOUBLE = 1;
/** Flag: intermediate results keep the x87's precision. */
export const FLOAT_X87 = 2;

export function isDouble(kind: FloatKind): boolean {
  return (kind & FLOAT_DOUBLE) !== 0;
}

/** Rounds a value to the width of `kind`. */
export function roundTo(kind: FloatKind, x: number): number {
  return (kind & FLOAT_DOUBLE) !== 0 ? x : Math.fround(x);
}
