/**
 * Reading and writing ranges of the allocation table, 16 two-bit entries at a time.
 *
 * Counterpart: the ATB_… macros and the search loop of py/gc.c, which go entry by entry. All access is by whole words: a
 * word read just after a byte of it was written would wait for the byte to leave the store buffer.
 *
 * `table` is the word index of the table's first word, `block` counts from the pool's start. The table's last word may
 * hold other tables' bytes above its entries: searches test what they find against `blocks`, writes touch their range only.
 */

import { Unit } from './layout.js';

/** The entry of a block. */
export function kindAt(i32: Int32Array, table: number, block: number): number {
  return ((i32[table + (block >> 4)] as number) >>> ((block & 15) << 1)) & 3;
}

/** Sets every bit of `pattern` in the entries [from, to); each entry of the pattern is the same. */
export function orEntries(i32: Int32Array, table: number, from: number, to: number, pattern: number): void {
  let w = table + (from >> 4);
  const last = table + (to >> 4);
  let mask = -1 << ((from & 15) << 1);
  for (; w < last; w++) {
    i32[w] = (i32[w] as number) | (pattern & mask);
    mask = -1;
  }
  if ((to & 15) !== 0) i32[w] = (i32[w] as number) | (pattern & mask & ~(-1 << ((to & 15) << 1)));
}

/** Makes the entries [from, to) free. */
export function freeEntries(i32: Int32Array, table: number, from: number, to: number): void {
  let w = table + (from >> 4);
  const last = table + (to >> 4);
  let mask = -1 << ((from & 15) << 1);
  for (; w < last; w++) {
    i32[w] = (i32[w] as number) & ~mask;
    mask = -1;
  }
  if ((to & 15) !== 0) i32[w] = (i32[w] as number) & ~(mask & ~(-1 << ((to & 15) << 1)));
}

/** The block after the last tail that follows `block` directly, which is the end of an object whose head is `block`. */
export function endOfObject(i32: Int32Array, table: number, block: number, blocks: number): number {
  for (let b = block + 1; b < blocks; b = (b | 15) + 1) {
    // lanes that are no tails, from this one on
    const others = ((i32[table + (b >> 4)] as number) ^ Unit.LanesHigh) >>> ((b & 15) << 1);
    if (others !== 0) {
      b += (31 - Math.clz32(others & -others)) >> 1;
      return b < blocks ? b : blocks;
    }
  }
  return blocks;
}

/** How many free blocks start at `block`, counted up to `limit`. */
export function freeRunAt(i32: Int32Array, table: number, block: number, blocks: number, limit: number): number {
  const stop = block + limit < blocks ? block + limit : blocks;
  for (let b = block; b < stop; b = (b | 15) + 1) {
    const used = (i32[table + (b >> 4)] as number) >>> ((b & 15) << 1);
    if (used !== 0) {
      b += (31 - Math.clz32(used & -used)) >> 1;
      return (b < stop ? b : stop) - block;
    }
  }
  return stop - block;
}

/**
 * First fit: the first block of the first run of `n` free ones, or -1. The caller vouches that no such run ends before the
 * table's word `fromWord`.
 */
export function findFree(i32: Int32Array, table: number, fromWord: number, blocks: number, n: number): number {
  return n <= 16 ? findShort(i32, table, fromWord, blocks, n) : findLong(i32, table, fromWord, blocks, n);
}

/** The lower bit of each free entry of a table word. */
function freeLanes(word: number): number {
  return ~(word | (word >>> 1)) & Unit.Lanes;
}

/** Runs of up to 16 blocks: a bit survives `n - 1` shifted ands where it ends a run, the carry coming from the word before. */
function findShort(i32: Int32Array, table: number, fromWord: number, blocks: number, n: number): number {
  const words = (blocks + 15) >> 4;
  const shifts = n << 1;
  let before = fromWord > 0 ? freeLanes(i32[table + fromWord - 1] as number) : 0;
  for (let w = fromWord; w < words; w++) {
    const free = freeLanes(i32[table + w] as number);
    if (free !== 0) {
      let ends = free;
      for (let s = 2; s < shifts && ends !== 0; s += 2) ends &= (free << s) | (before >>> (32 - s));
      if (ends !== 0) {
        const end = (w << 4) + ((31 - Math.clz32(ends & -ends)) >> 1);
        return end < blocks ? end - n + 1 : -1;
      }
    }
    before = free;
  }
  return -1;
}

/** Runs of more than 16 blocks begin in the top of one word and end in the bottom of a later one. */
function findLong(i32: Int32Array, table: number, fromWord: number, blocks: number, n: number): number {
  const words = (blocks + 15) >> 4;
  let run = fromWord > 0 ? Math.clz32(~freeLanes(i32[table + fromWord - 1] as number) & Unit.Lanes) >> 1 : 0;
  for (let w = fromWord; w < words; w++) {
    const used = ~freeLanes(i32[table + w] as number) & Unit.Lanes;
    const low = used === 0 ? 16 : (31 - Math.clz32(used & -used)) >> 1;
    if (run + low >= n) {
      const end = (w << 4) + (n - run) - 1;
      return end < blocks ? end - n + 1 : -1;
    }
    run = used === 0 ? run + 16 : Math.clz32(used) >> 1;
  }
  return -1;
}

/** Writes a head and its tails over free entries. */
export function claim(i32: Int32Array, table: number, start: number, n: number): void {
  if (n > 16) {
    orEntries(i32, table, start + 1, start + n, Unit.LanesHigh);
    orEntries(i32, table, start, start + 1, Unit.Lanes);
    return;
  }
  const pattern = (Unit.LanesHigh >>> (32 - (n << 1))) ^ 3;
  const w = table + (start >> 4);
  const shift = (start & 15) << 1;
  i32[w] = (i32[w] as number) | (pattern << shift);
  if (shift + (n << 1) > 32) i32[w + 1] = (i32[w + 1] as number) | (pattern >>> (32 - shift));
}

/** How many bits of a word are set. */
export function popCount(word: number): number {
  let x = word - ((word >>> 1) & 0x5555_5555);
  x = (x & 0x3333_3333) + ((x >>> 2) & 0x3333_3333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}

/** The bits of the table's word `w` that are entries: all of them but in the last word. */
export function entryMask(w: number, blocks: number): number {
  const over = blocks - (w << 4);
  return over >= 16 ? -1 : ~(-1 << (over << 1));
}
