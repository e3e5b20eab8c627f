/**
 * Linear memory, and MicroPython's block heap and garbage collector on it.
 */

export type { BlockInfo } from './blocks.js';
export { HeapCorruption, HeapError, type HeapErrorCode } from './errors.js';
export { Heap } from './heap.js';
export { type Double, type HeapLayout, layoutOf } from './layout.js';
export { type BlockClassifier, heapMap, heapMapLines, type HeapMapOptions } from './map.js';
export { LinearMemory } from './memory.js';
export type { ChargeKind, CollectionStats, HeapOptions, HeapRoots, WeakrefHooks } from './roots.js';
export type { HeapState } from './state.js';
export type { FreeRuns, HeapStats } from './stats.js';
export { type FailReason, type FreeReason, type HeapTracer, type SiteUsage, SiteTracer } from './trace.js';
