/**
 * Finding keywords among identifiers by a hash table over their bytes, built once. Counterpart: `tok_kw` of py/lexer.c,
 * which is searched in order; here nearly every identifier is told apart from all keywords by one look.
 */

import { TokenKind } from '@tsmp-internal/bytecode';
import { KEYWORDS } from './tokens.js';

const SIZE = 256;
const MIN_LENGTH = 2;
const MAX_LENGTH = 9;
/** Bytes that each keyword takes in `SPELLING`. */
const STRIDE = 16;

/** The kind in each slot, 0 for none; a taken slot passes on to the next. */
const SLOTS = new Uint8Array(SIZE);
/** The length and then the bytes of the keyword in each slot. */
const SPELLING = new Uint8Array(SIZE * STRIDE);

for (let kind: number = TokenKind.KwFalse; kind <= TokenKind.KwYield; kind++) {
  const word = KEYWORDS[kind - TokenKind.KwFalse];
  const bytes = Uint8Array.from(word, (c) => c.charCodeAt(0));
  let slot = hash(bytes, 0, bytes.length);
  while (SLOTS[slot] !== 0) slot = (slot + 1) % SIZE;
  SLOTS[slot] = kind;
  SPELLING[slot * STRIDE] = bytes.length;
  SPELLING.set(bytes, slot * STRIDE + 1);
}

function hash(data: Uint8Array, start: number, end: number): number {
  const first = data[start] as number;
  const second = data[start + 1] as number;
  const last = data[end - 1] as number;
  return (first * 5 + second * 21 + last * 3 + (end - start) * 41) & (SIZE - 1);
}

/** The kind of the identifier `data[start..end)`: a keyword's, or `TokenKind.Name`. */
export function nameKind(data: Uint8Array, start: number, end: number): TokenKind {
  const length = end - start;
  if (length < MIN_LENGTH || length > MAX_LENGTH) return TokenKind.Name;
  let slot = hash(data, start, end);
  for (;;) {
    const kind = SLOTS[slot] as number;
    if (kind === 0) return TokenKind.Name;
    const at = slot * STRIDE;
    if (SPELLING[at] === length) {
      let i = 0;
      while (i < length && SPELLING[at + 1 + i] === data[start + i]) i++;
      if (i === length) return kind;
    }
    slot = (slot + 1) & (SIZE - 1);
  }
}
