/**
 * A heap map in text: 64 blocks a line, a letter for each object's head, `=` for its tail, `.` for a free block.
 *
 * Counterpart: gc_dump_alloc_table() of py/gc.c, which knows Python's types; here the letters come from a callback.
 */

import type { Heap } from './heap.js';
import { Kind, Unit } from './layout.js';

/** Gives an object's letter. */
export type BlockClassifier = (addr: number, heap: Heap) => string;

/** What a map looks like. */
export interface HeapMapOptions {
  /** Letter of an object; 'h' for each when left out. */
  readonly classify?: BlockClassifier;
  /** Blocks a line; 64 when left out, as upstream. */
  readonly blocksPerLine?: number;
  /** Whether two or more lines that are all free become one. Default true. */
  readonly fold?: boolean;
}

/** The lines of the map, each with the offset of its first block; without a line end. */
export function heapMapLines(heap: Heap, options: HeapMapOptions = {}): string[] {
  const classify = options.classify ?? (() => 'h');
  const perLine = options.blocksPerLine ?? 64;
  const fold = options.fold ?? true;
  const lines: string[] = [];
  for (let block = 0; block < heap.blocks; ) {
    if (fold) {
      let end = block;
      while (end < heap.blocks && heap.kind(end) === Kind.Free) end++;
      const freeLines = Math.floor((end - block) / perLine);
      if (freeLines >= 2) {
        lines.push(`       (${freeLines} lines all free)`);
        block += freeLines * perLine;
        continue;
      }
    }
    const stop = Math.min(block + perLine, heap.blocks);
    let line = `${(block * Unit.BlockBytes).toString(16).padStart(8, '0')}: `;
    for (; block < stop; block++) line += letter(heap, block, classify);
    lines.push(line);
  }
  return lines;
}

/** The whole text as `micropython.mem_info(1)` prints it; `from` is the pool's address as the program sees it. */
export function heapMap(heap: Heap, from: number, options: HeapMapOptions = {}): string {
  const head = `GC memory layout; from ${(from >>> 0).toString(16)}:`;
  return `${[head, ...heapMapLines(heap, options)].join('\n')}\n`;
}

function letter(heap: Heap, block: number, classify: BlockClassifier): string {
  switch (heap.kind(block)) {
    case Kind.Free:
      return '.';
    case Kind.Tail:
      return '=';
    case Kind.Mark:
      return 'm';
    default:
      return classify(heap.addressOf(block), heap);
  }
}
