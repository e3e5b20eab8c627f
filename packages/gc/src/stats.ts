/**
 * Figures about a heap, all counted in its allocation table.
 *
 * Counterpart: gc_info() of py/gc.c for the first seven; the rest is ours.
 */

import type { Heap } from './heap.js';
import { Unit } from './layout.js';
import { objectsOf } from './blocks.js';
import { entryMask, popCount } from './table.js';

/** How many free runs there are of one length. */
export interface FreeRuns {
  readonly blocks: number;
  readonly count: number;
}

/** What `heap.stats()` returns. */
export interface HeapStats {
  /** Bytes of the pool. */
  readonly total: number;
  /** Bytes in use. */
  readonly used: number;
  /** Bytes free. */
  readonly free: number;
  /** Longest free run, in blocks: "max free sz" of mem_info(). */
  readonly maxFree: number;
  /** Longest free run, in bytes: the largest allocation that fits now. */
  readonly maxFreeBytes: number;
  /** Objects of one block. */
  readonly num1Block: number;
  /** Objects of two blocks. */
  readonly num2Block: number;
  /** Longest object, in blocks. */
  readonly maxBlock: number;
  /** Objects in all. */
  readonly objects: number;
  /** The lengths of the free runs, shortest first. */
  readonly freeRuns: readonly FreeRuns[];
  /** 0 when all free memory is one run, towards 1 the more it is scattered. */
  readonly fragmentation: number;
  /** Most bytes ever in use at once. */
  readonly peak: number;
  /** Collections so far. */
  readonly collections: number;
  /** Allocations so far. */
  readonly allocations: number;
  /** Pause of the last collection, in blocks marked and swept. */
  readonly lastPause: number;
}

/** Counts free blocks, 16 a step. */
export function freeBlockCount(heap: Heap): number {
  const words = (heap.blocks + 15) >> 4;
  let used = 0;
  for (let w = 0; w < words; w++) {
    const word = heap.i32[heap.tableWord + w] as number;
    if (word !== 0) used += popCount((word | (word >>> 1)) & Unit.Lanes & entryMask(w, heap.blocks));
  }
  return heap.blocks - used;
}

/** Computes the figures. */
export function heapStats(heap: Heap): HeapStats {
  let free = 0;
  let maxFree = 0;
  let num1Block = 0;
  let num2Block = 0;
  let maxBlock = 0;
  let objects = 0;
  const runs = new Map<number, number>();
  for (const { kind, blocks } of objectsOf(heap)) {
    if (kind === 'free') {
      free += blocks;
      if (blocks > maxFree) maxFree = blocks;
      runs.set(blocks, (runs.get(blocks) ?? 0) + 1);
      continue;
    }
    objects++;
    if (blocks === 1) num1Block++;
    else if (blocks === 2) num2Block++;
    if (blocks > maxBlock) maxBlock = blocks;
  }
  return {
    total: heap.blocks * Unit.BlockBytes,
    used: (heap.blocks - free) * Unit.BlockBytes,
    free: free * Unit.BlockBytes,
    maxFree,
    maxFreeBytes: maxFree * Unit.BlockBytes,
    num1Block,
    num2Block,
    maxBlock,
    objects,
    freeRuns: [...runs].map(([blocks, count]) => ({ blocks, count })).sort((a, b) => a.blocks - b.blocks),
    fragmentation: free === 0 ? 0 : 1 - maxFree / free,
    peak: heap.peakBlocks * Unit.BlockBytes,
    collections: heap.collections,
    allocations: heap.allocations,
    lastPause: heap.lastPause,
  };
}
