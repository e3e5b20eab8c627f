/**
 * What a heap asks of the program that uses it, and what it tells it.
 *
 * Invariant: nothing here, or anywhere in this package, knows what an object looks like inside, with one exception taken
 * over from py/gc.c: a block with a finaliser whose first word is still 0 was never initialised and is not finalised.
 */

import type { Heap } from './heap.js';

/** What is being charged for: blocks handed out, blocks scanned while marking, or table entries swept. */
export type ChargeKind = 'alloc' | 'mark' | 'sweep';

/** Told about blocks that `Heap.markWeakref()` was called for. Needs the option `weakrefs`. */
export interface WeakrefHooks {
  /** The object is unreachable and about to be freed; its content is intact, the heap locked. */
  aboutToBeFreed(heap: Heap, ptr: number): void;
  /** The collection is over and the heap unlocked: the moment to run callbacks. */
  swept?(heap: Heap): void;
}

/** The heap's owner: knows the roots and what it costs. */
export interface HeapRoots {
  /** Called in each collection: calls `heap.markRange()` or `heap.markWord()` for every root. The log is marked already. */
  markRoots(heap: Heap): void;
  /** An unreachable block with a finaliser is about to be freed. Content intact, heap locked: allocation fails. */
  finalise?(heap: Heap, ptr: number): void;
  /** After each collection, with the heap unlocked again. */
  collected?(heap: Heap, stats: CollectionStats): void;
  /**
   * Time has to pass for this many blocks. For 'alloc', right after the allocation (off with `chargeAllocations: false`);
   * for 'mark' and 'sweep', after the collection. The heap is consistent: an interrupt handler may run in here.
   */
  charge?(kind: ChargeKind, blocks: number): void;
  /** What `Heap.noticeAfter()` asked for. Called within an allocation: nothing may be allocated in here. */
  allocated?(heap: Heap): void;
  /** Hooks for weak references. */
  weakrefs?: WeakrefHooks;
}

/** Figures of one collection. */
export interface CollectionStats {
  /** Its number, from 1. */
  readonly collection: number;
  /** Objects found reachable. */
  readonly markedObjects: number;
  /** Their blocks: what marking had to read. */
  readonly markedBlocks: number;
  /** Objects freed: what `gc.collect()` returns. */
  readonly freedObjects: number;
  /** Their blocks. */
  readonly freedBlocks: number;
  /** Table entries the sweep went through. */
  readonly sweptBlocks: number;
  /** Finalisers that ran. */
  readonly finalised: number;
  /** Blocks in use afterwards. */
  readonly usedBlocks: number;
  /** The pause in blocks: marked plus swept. */
  readonly pauseBlocks: number;
}

/** How a heap is to be set up. */
export interface HeapOptions {
  /** Lays out a weakref table, as upstream builds with `weakref` have. Costs a bit a block. Default false. */
  readonly weakrefs?: boolean;
  /** Whether `roots.charge('alloc', n)` is called for each allocation; if not, read `allocatedBlocks`. Default true. */
  readonly chargeAllocations?: boolean;
}
