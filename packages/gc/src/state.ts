/**
 * The part of a heap that lies outside its memory, as plain data for snapshots.
 *
 * Invariant: memory and state belong together; a state is only good with the memory that was saved with it.
 */

import { HeapError } from './errors.js';
import type { Heap } from './heap.js';

/** What `heap.save()` returns. */
export interface HeapState {
  readonly lastFreeIndex: number;
  readonly lastUsedBlock: number;
  readonly lockWord: number;
  readonly enabled: boolean;
  readonly threshold: number;
  readonly allocAmount: number;
  readonly stress: boolean;
  readonly failAfter: number;
  readonly log: readonly number[];
  readonly logBase: number;
  readonly usedBlocks: number;
  readonly peakBlocks: number;
  readonly allocations: number;
  readonly allocatedBefore: number;
  readonly collected: number;
  readonly collections: number;
  readonly lastPause: number;
}

/** The state of a heap without any object. */
export const EMPTY_STATE: HeapState = {
  lastFreeIndex: 0,
  lastUsedBlock: 0,
  lockWord: 0,
  enabled: true,
  threshold: -1,
  allocAmount: 0,
  stress: false,
  failAfter: -1,
  log: [],
  logBase: 0,
  usedBlocks: 0,
  peakBlocks: 0,
  allocations: 0,
  allocatedBefore: 0,
  collected: 0,
  collections: 0,
  lastPause: 0,
};

/** Reads a heap's state. A collection under way cannot be saved: its hooks are on the host's stack. */
export function captureState(heap: Heap): HeapState {
  if (heap.collecting) throw new HeapError('state', 'no collection under way', 'one');
  return {
    lastFreeIndex: heap.lastFreeIndex,
    lastUsedBlock: heap.lastUsedBlock,
    lockWord: heap.lockWord,
    enabled: heap.autoCollect,
    threshold: heap.threshold,
    allocAmount: heap.allocAmount,
    stress: heap.stressOn,
    failAfter: heap.failIn,
    log: Array.from(heap.log.subarray(0, heap.logTop)),
    logBase: heap.logBase,
    usedBlocks: heap.usedBlocks,
    peakBlocks: heap.peakBlocks,
    allocations: heap.allocations,
    allocatedBefore: heap.allocatedBefore,
    collected: heap.collected,
    collections: heap.collections,
    lastPause: heap.lastPause,
  };
}

/** Writes a state back. */
export function restoreState(heap: Heap, state: HeapState): void {
  if (heap.collecting) throw new HeapError('state', 'no collection under way', 'one');
  if (state.lastFreeIndex > heap.tableBytes || state.lastUsedBlock > heap.blocks || state.logBase > state.log.length) {
    throw new HeapError('state', `a state of a heap of ${heap.blocks} blocks`, 'one that does not fit');
  }
  heap.lastFreeIndex = state.lastFreeIndex;
  heap.freedWord = 0;
  heap.noticeAfter(Number.POSITIVE_INFINITY);
  heap.lastUsedBlock = state.lastUsedBlock;
  heap.lockWord = state.lockWord;
  heap.autoCollect = state.enabled;
  heap.threshold = state.threshold;
  heap.allocAmount = state.allocAmount;
  heap.stressOn = state.stress;
  heap.failIn = state.failAfter;
  let size = heap.log.length;
  while (size < state.log.length) size *= 2;
  if (size > heap.log.length) heap.log = new Int32Array(size);
  heap.log.set(state.log);
  heap.logTop = state.log.length;
  heap.logBase = state.logBase;
  heap.usedBlocks = state.usedBlocks;
  heap.peakBlocks = state.peakBlocks;
  heap.allocations = state.allocations;
  heap.allocatedBefore = state.allocatedBefore;
  heap.collected = state.collected;
  heap.collections = state.collections;
  heap.lastPause = state.lastPause;
}
