/**
 * The marking half of a collection: conservative, with a stack on the host's side.
 *
 * Counterpart: gc_collect_root() and gc_mark_subtree() of py/gc.c. There, a stack of 64 entries lies in RAM and may
 * overflow, which costs further passes over the heap; this one grows. Each object is pushed at most once, when its
 * entry turns from Head to Mark, so the stack never holds more entries than the pool has blocks.
 */

import type { Heap } from './heap.js';
import { Kind, Unit } from './layout.js';
import { endOfObject } from './table.js';

/** Marks everything that the words in [from, to) lead to. A word counts if it is the address of an object's head. */
export function markRange(heap: Heap, from: number, to: number): void {
  if (heap.fast !== null) heap.fast.markRange(from, to);
  else markWords(heap, from, to);
}

/** {@link markRange} itself. */
export function markWords(heap: Heap, from: number, to: number): void {
  const i32 = heap.i32;
  const table = heap.tableWord;
  const pool = heap.poolStart;
  const poolWord = pool >> 2;
  const aligned = pool & 15;
  const blocks = heap.blocks;
  let depth = 0;
  let objects = 0;
  let scanned = 0;
  let p = from >> 2;
  let end = to >> 2;
  for (;;) {
    for (; p < end; p++) {
      // Most words are numbers, or lie below the pool; often all four of a block.
      const word = i32[p] as number;
      if (
        (p & 3) === 0 &&
        (word | (i32[p + 1] as number) | (i32[p + 2] as number) | (i32[p + 3] as number)) >>> 0 < pool
      ) {
        p += 3;
        continue;
      }
      if (word < pool || (word & 15) !== aligned) continue;
      const block = (word - pool) >>> 4;
      if (block >= blocks) continue;
      const t = table + (block >>> 4);
      const shift = (block & 15) << 1;
      const entries = i32[t] as number;
      if (((entries >>> shift) & 3) !== Kind.Head) continue;
      i32[t] = entries | (Kind.Mark << shift);
      if (depth === heap.markStack.length) heap.growMarkStack();
      heap.markStack[depth++] = block;
    }
    if (depth === 0) break;
    const head = heap.markStack[--depth] as number;
    let after = head + 1;
    // Most objects end in the table word that the next entry is in: the lowest lane there that is no tail. Past the last block this
    // reads the gap byte or the pool's own bytes, which the call sorts out.
    const rest = (i32[table + (after >>> 4)] as number) >>> ((after & 15) << 1);
    if ((rest & 3) === Kind.Tail) {
      const others = (rest | ~(rest >>> 1)) & Unit.Lanes;
      after += (31 - Math.clz32(others & -others)) >> 1;
      if ((after & 15) === 0 || others === 0 || after >= blocks) after = endOfObject(i32, table, head, blocks);
    }
    objects++;
    scanned += after - head;
    p = poolWord + (head << 2);
    end = poolWord + (after << 2);
  }
  heap.markedObjects += objects;
  heap.markedBlocks += scanned;
}

/** Marks what one word leads to. */
export function markWord(heap: Heap, word: number): void {
  if (!heap.isHeapPointer(word)) return;
  const block = (word - heap.poolStart) >> 4;
  const t = heap.tableWord + (block >> 4);
  const shift = (block & 15) << 1;
  const entries = heap.i32[t] as number;
  if (((entries >>> shift) & 3) !== Kind.Head) return;
  heap.i32[t] = entries | (Kind.Mark << shift);
  const end = endOfObject(heap.i32, heap.tableWord, block, heap.blocks);
  heap.markedObjects++;
  heap.markedBlocks += end - block;
  markRange(heap, word, heap.poolStart + (end << 4));
}
