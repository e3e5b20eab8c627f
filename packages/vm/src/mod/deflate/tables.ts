/** The numbers of RFC 1951 that both directions use: what length and distance symbols stand for. */

/** Symbol that ends a block. */
export const END_OF_BLOCK = 256;
/** Symbols from here on are lengths. */
export const FIRST_LENGTH = 257;
/** Length symbols, and distance symbols, that stand for something. */
export const LENGTHS = 29;
export const DISTANCES = 30;

/** What each symbol begins with, if its extra bits reach up to the next one; `first`: symbol 0. */
function bases(n: number, first: number, extra: Uint8Array): Uint16Array {
  const base = new Uint16Array(n);
  let at = first;
  for (let i = 0; i < n; i++) {
    base[i] = at;
    at += 1 << (extra[i] as number);
  }
  return base;
}

/** Extra bits behind a length symbol. */
export const LENGTH_BITS = Uint8Array.from({ length: LENGTHS }, (_, i) => (i < 8 || i === 28 ? 0 : (i >> 2) - 1));
/** The least length of a symbol. The last one is 258 alone, though the one before it reaches there, too. */
export const LENGTH_BASE = bases(LENGTHS, 3, LENGTH_BITS);
LENGTH_BASE[28] = 258;
/** Extra bits behind a distance symbol. */
export const DISTANCE_BITS = Uint8Array.from({ length: DISTANCES }, (_, i) => (i < 4 ? 0 : (i >> 1) - 1));
/** The least distance of a symbol. */
export const DISTANCE_BASE = bases(DISTANCES, 1, DISTANCE_BITS);

/** Code lengths of the fixed tree. */
export function fixedLength(symbol: number): number {
  if (symbol < 144) return 8;
  if (symbol < 256) return 9;
  return symbol < 280 ? 7 : 8;
}
