/**
 * The invariant checker: what must hold between any two calls of a heap's methods.
 */

import { HeapCorruption } from './errors.js';
import type { Heap } from './heap.js';
import { Kind } from './layout.js';

/** Problems of one kind reported before the rest is left out: a smashed table has thousands. */
const MAX_PROBLEMS = 20;

/** Throws HeapCorruption with everything that is wrong. */
export function checkHeap(heap: Heap): void {
  const problems: string[] = [];
  const used = checkTable(heap, problems);
  checkFlags(heap, 'finaliser', heap.finaliserStart, problems);
  if (heap.weakrefStart !== 0) checkFlags(heap, 'weakref', heap.weakrefStart, problems);
  checkCounters(heap, used, problems);
  if (heap.stress) checkPoison(heap, problems);
  if (problems.length > 0) throw new HeapCorruption(problems.slice(0, MAX_PROBLEMS));
}

/** Returns how many blocks are in use. */
function checkTable(heap: Heap, problems: string[]): number {
  const gap = heap.memory.u8[heap.tableStart + heap.tableBytes];
  if (gap !== 0) problems.push(`gap byte after the allocation table is ${gap}`);
  let before: number = Kind.Free;
  let used = 0;
  let lastUsed = 0;
  let run = 0;
  for (let block = 0; block < heap.blocks; block++) {
    const kind = heap.kind(block);
    if (kind === Kind.Tail && before === Kind.Free) problems.push(`tail without a head at ${at(heap, block)}`);
    if (kind === Kind.Mark && !heap.collecting) problems.push(`mark outside a collection at ${at(heap, block)}`);
    if (kind === Kind.Free) {
      if (block >> 2 < heap.lastFreeIndex) {
        problems.push(`free ${at(heap, block)} before the search start ${heap.lastFreeIndex * 4}`);
      }
      run++;
      for (let n = 2; n <= run && n < heap.runHints.length; n++) {
        if (block >> 4 < Math.min(heap.runHints[n] as number, heap.freedWord)) {
          problems.push(`run of ${n} free blocks ends at ${at(heap, block)}, before the hint for that length`);
        }
      }
    } else {
      run = 0;
      used++;
      lastUsed = block;
    }
    before = kind;
  }
  if (lastUsed > heap.lastUsedBlock) {
    problems.push(`used ${at(heap, lastUsed)} above the sweep's bound ${heap.lastUsedBlock}`);
  }
  return used;
}

function checkFlags(heap: Heap, name: string, table: number, problems: string[]): void {
  for (let block = 0; block < heap.blocks; block++) {
    if (!heap.flag(table, block)) continue;
    const kind = heap.kind(block);
    if (kind !== Kind.Head && kind !== Kind.Mark) problems.push(`${name} flag on ${at(heap, block)}, which is no head`);
  }
}

function checkCounters(heap: Heap, used: number, problems: string[]): void {
  if (used !== heap.usedBlocks) problems.push(`${used} blocks in use, counter says ${heap.usedBlocks}`);
  if (heap.lastFreeIndex < 0 || heap.lastFreeIndex > heap.tableBytes) {
    problems.push(`search start ${heap.lastFreeIndex} outside the table of ${heap.tableBytes} bytes`);
  }
  if (heap.lastUsedBlock < 0 || heap.lastUsedBlock > heap.blocks) {
    problems.push(`sweep bound ${heap.lastUsedBlock} outside the pool of ${heap.blocks} blocks`);
  }
  if (heap.lockWord < 0) problems.push(`lock depth is ${heap.lockDepth}`);
  if (heap.logBase < 0 || heap.logBase > heap.logTop || heap.logTop > heap.log.length) {
    problems.push(`log base ${heap.logBase}, top ${heap.logTop}, length ${heap.log.length}`);
  }
}

function checkPoison(heap: Heap, problems: string[]): void {
  for (let block = 0; block < heap.blocks; block++) {
    if (heap.kind(block) === Kind.Free && !heap.isPoisoned(block))
      problems.push(`${at(heap, block)} written after it was freed`);
  }
}

function at(heap: Heap, block: number): string {
  return `block ${block} (0x${heap.addressOf(block).toString(16)})`;
}
