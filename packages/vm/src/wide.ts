/**
 * Arithmetic that needs more than 32 bits. The sources that are compiled to WebAssembly do all else in 32, and these are
 * single instructions there (tools/wasm/function.mjs).
 */

/** The product of two small ints, as a small int's word; 0 when it is too big for one. */
export function smallProduct(a: number, b: number): number {
  const r = (a >> 1) * (b >> 1);
  return (r << 1) >> 1 === r ? (r << 1) | 1 : 0;
}

/** The remainder of unsigned numbers. */
export function unsignedModulo(a: number, b: number): number {
  return (a >>> 0) % (b >>> 0);
}
