/**
 * What the tests share: a heap whose roots are words of its own memory.
 */

import { Heap, type HeapOptions, type HeapRoots, LinearMemory } from '../src/index.js';

/** Where the root words lie: before the heap. */
export const ROOTS = 16;
/** How many there are. */
export const ROOT_COUNT = 28;
/** Where heaps of the tests begin. */
export const START = 128;

/** A heap in a region of `bytes`, with `ROOT_COUNT` root words before it and hooks as given. */
export function makeHeap(bytes: number, hooks: Partial<HeapRoots> = {}, options: HeapOptions = {}): Heap {
  const memory = new LinearMemory((START + bytes + 15) & ~15);
  const markRoots = (heap: Heap) => heap.markRange(ROOTS, ROOTS + ROOT_COUNT * 4);
  return new Heap(memory, START, START + bytes, { markRoots, ...hooks }, options);
}

/** Points a root at an object, or with 0 at nothing. */
export function setRoot(heap: Heap, index: number, ptr: number): void {
  heap.memory.i32[(ROOTS >> 2) + index] = ptr;
}

/** Writes a word of an object. */
export function setWord(heap: Heap, ptr: number, index: number, word: number): void {
  heap.memory.i32[(ptr >> 2) + index] = word;
}

/** Reads a word of an object. */
export function getWord(heap: Heap, ptr: number, index: number): number {
  return heap.memory.i32[(ptr >> 2) + index] as number;
}

/** Allocates without leaving the address in the log. */
export function allocLoose(heap: Heap, nBytes: number, hasFinaliser = false): number {
  const ptr = heap.alloc(nBytes, hasFinaliser);
  heap.logTop = heap.logBase;
  return ptr;
}

/** The allocation table as text: `.` free, `h` head, `=` tail, `m` marked. */
export function table(heap: Heap, from = 0, to = heap.blocks): string {
  let text = '';
  for (let block = from; block < to; block++) text += '.h=m'.charAt(heap.kind(block));
  return text;
}

/** Fills the heap with one-block objects, none of them reachable, and returns their addresses. */
export function fill(heap: Heap): number[] {
  const enabled = heap.enabled;
  heap.enabled = false;
  const all: number[] = [];
  for (let ptr = allocLoose(heap, 16); ptr !== 0; ptr = allocLoose(heap, 16)) all.push(ptr);
  heap.enabled = enabled;
  return all;
}
