/**
 * Arithmetic that needs more than 32 bits. The sources that are compiled to WebAssembly do all else in 32, and these are
 * single instructions there (tools/wasm/function.mjs).
 */
import type { Double } from './words.js';

/** The product of two small ints, as a small int's word; 0 when it is too big for one. */
export function smallProduct(a: number, b: number): number {
  const r = (a >> 1) * (b >> 1);
  return (r << 1) >> 1 === r ? (r << 1) | 1 : 0;
}

/** The remainder of unsigned numbers. */
export function unsignedModulo(a: number, b: number): number {
  return (a >>> 0) % (b >>> 0);
}

/** Adds the product of two unsigned words, and another word, to the word at `at`; the word that is carried out. */
export function mulAdd(i32: Int32Array, at: number, x: number, y: number, carry: number): number {
  const o = i32[at] as number;
  const p0 = Math.imul(x & 0xffff, y & 0xffff);
  const p1 = Math.imul(x & 0xffff, y >>> 16);
  const p2 = Math.imul(x >>> 16, y & 0xffff);
  const low = (p0 & 0xffff) + (o & 0xffff) + (carry & 0xffff);
  const high = (p0 >>> 16) + (p1 & 0xffff) + (p2 & 0xffff) + (o >>> 16) + (carry >>> 16) + (low >>> 16);
  i32[at] = (high << 16) | (low & 0xffff);
  return (Math.imul(x >>> 16, y >>> 16) + (p1 >>> 16) + (p2 >>> 16) + (high >>> 16)) | 0;
}

/** A number that fits 32 bits, without its fraction. */
export function toInt(x: Double): number {
  return x | 0;
}
