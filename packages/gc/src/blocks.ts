/**
 * A walk over the pool: every object and every free run, in address order.
 */

import type { Heap } from './heap.js';
import { Kind } from './layout.js';
import { endOfObject, freeRunAt } from './table.js';

/** An object or a run of free blocks. */
export interface BlockInfo {
  /** Address of the first block. */
  readonly addr: number;
  /** Length in blocks of 16 bytes. */
  readonly blocks: number;
  /** What it is. */
  readonly kind: 'free' | 'object';
  /** Found reachable by the collection under way. */
  readonly marked: boolean;
  /** Has a finaliser. */
  readonly finaliser: boolean;
}

/** Generates what `heap.layout()` returns. A tail that belongs to no head, which check() reports, counts as an object. */
export function* objectsOf(heap: Heap): Generator<BlockInfo, void, undefined> {
  const { i32, tableWord, blocks } = heap;
  for (let block = 0; block < blocks; ) {
    const kind = heap.kind(block);
    const free = kind === Kind.Free;
    const length = free
      ? freeRunAt(i32, tableWord, block, blocks, blocks)
      : endOfObject(i32, tableWord, block, blocks) - block;
    yield {
      addr: heap.addressOf(block),
      blocks: length,
      kind: free ? 'free' : 'object',
      marked: kind === Kind.Mark,
      finaliser: !free && heap.flag(heap.finaliserStart, block),
    };
    block += length;
  }
}
