import { describe, expect, it } from 'vitest';
import type { Heap } from '../src/index.js';
import { allocLoose, fill, getWord, makeHeap, setRoot, setWord, table } from './kit.js';

/** Block number of each address, -1 for 0. */
const blocksOf = (heap: Heap, ...ptrs: number[]) => ptrs.map((ptr) => (ptr === 0 ? -1 : heap.blockOf(ptr)));

describe('alloc', () => {
  it('rounds up to blocks and goes upwards', () => {
    const heap = makeHeap(2112);
    const ptrs = [1, 16, 17, 64, 65].map((n) => heap.alloc(n));
    expect(blocksOf(heap, ...ptrs)).toEqual([0, 1, 2, 4, 8]);
    expect(ptrs.map((ptr) => heap.nbytes(ptr))).toEqual([16, 16, 32, 64, 80]);
    expect(table(heap, 0, 14)).toBe('hhh=h===h====.');
    heap.check();
  });

  it('gives 0 for no bytes, without a collection', () => {
    const heap = makeHeap(2112);
    expect(heap.alloc(0)).toBe(0);
    // As size_t, these wrap round to less than a block.
    expect(heap.alloc(-1)).toBe(0);
    expect(heap.alloc(0xffff_fff1)).toBe(0);
    expect(heap.collections).toBe(0);
  });

  it('gives zeroed memory, whatever the blocks held', () => {
    const heap = makeHeap(2112);
    heap.memory.u8.fill(0x5a, heap.poolStart, heap.poolEnd);
    for (const n of [16, 32, 33, 100, 129, 300]) {
      const ptr = heap.alloc(n);
      const bytes = heap.memory.u8.subarray(ptr, ptr + heap.nbytes(ptr));
      expect(bytes.every((byte) => byte === 0)).toBe(true);
      expect(heap.memory.u8[ptr + heap.nbytes(ptr)]).toBe(0x5a);
    }
  });

  it('takes the first hole that is large enough', () => {
    const heap = makeHeap(2112);
    const [a, , b, , c] = [16, 16, 32, 16, 48, 16].map((n) => heap.alloc(n)) as [
      number,
      number,
      number,
      number,
      number,
    ];
    heap.free(a);
    heap.free(b);
    heap.free(c);
    expect(table(heap, 0, 10)).toBe('.h..h...h.');
    expect(blocksOf(heap, heap.alloc(48), heap.alloc(32), heap.alloc(16))).toEqual([5, 2, 0]);
    heap.check();
  });

  it('moves its search start for single blocks only', () => {
    const heap = makeHeap(2112);
    heap.alloc(64);
    expect(heap.lastFreeIndex).toBe(0);
    for (let i = 0; i < 3; i++) heap.alloc(16);
    expect(heap.lastFreeIndex).toBe(1);
    heap.alloc(16);
    expect(heap.lastFreeIndex).toBe(2);
  });

  it('finds runs across table words', () => {
    // Objects of 3 blocks do not divide the 16 blocks of a table word; one in two is freed, each hole then refilled.
    for (const n of [2, 3, 5, 7, 16, 17, 40]) {
      const heap = makeHeap(8000);
      const ptrs: number[] = [];
      while (ptrs.length * n < heap.blocks - 2 * n) ptrs.push(heap.alloc(n * 16));
      const holes = ptrs.filter((_, i) => i % 2 === 0);
      for (const ptr of holes) heap.free(ptr);
      heap.check();
      expect(holes.map(() => heap.alloc(n * 16))).toEqual(holes);
      heap.check();
    }
  });

  it('fills the pool to its last block', () => {
    const heap = makeHeap(3300);
    heap.enabled = false;
    expect(heap.blocks).toBe(200);
    expect(fill(heap)).toHaveLength(200);
    expect(heap.freeBytes()).toBe(0);
    expect(heap.alloc(16)).toBe(0);
    heap.check();
    const whole = makeHeap(3300);
    expect(whole.alloc(201 * 16)).toBe(0);
    expect(whole.blockOf(whole.alloc(200 * 16))).toBe(0);
  });

  it('collects once when nothing fits, then gives up', () => {
    const heap = makeHeap(2112);
    const first = heap.alloc(16);
    setRoot(heap, 0, first);
    fill(heap);
    expect(blocksOf(heap, allocLoose(heap, 16))).toEqual([1]);
    expect(heap.collections).toBe(1);
    expect(heap.alloc(5000)).toBe(0);
    expect(heap.collections).toBe(2);
    heap.enabled = false;
    expect(heap.alloc(5000)).toBe(0);
    expect(heap.collections).toBe(2);
  });

  it('logs what it returns', () => {
    const heap = makeHeap(2112);
    const ptrs = [16, 32, 200].map((n) => heap.alloc(n));
    expect(Array.from(heap.log.subarray(0, heap.logTop))).toEqual(ptrs);
  });

  it('counts', () => {
    const heap = makeHeap(2112);
    for (const n of [16, 32, 200]) heap.alloc(n);
    expect(heap.allocations).toBe(3);
    expect(heap.allocAmount).toBe(16);
    heap.collect();
    heap.alloc(16);
    expect(heap.allocAmount).toBe(1);
    expect(heap.allocatedBlocks).toBe(17);
    expect(heap.usedBlocks).toBe(17);
  });
});

describe('free', () => {
  it('frees the whole object and brings the search back', () => {
    const heap = makeHeap(2112);
    const ptrs = [16, 16, 48, 16, 16, 16, 16].map((n) => heap.alloc(n));
    expect(heap.lastFreeIndex).toBe(2);
    heap.free(ptrs[2] as number);
    expect(heap.lastFreeIndex).toBe(0);
    expect(table(heap, 0, 9)).toBe('hh...hhhh');
    expect(blocksOf(heap, heap.alloc(16))).toEqual([2]);
    heap.check();
  });

  it('does nothing for 0 or on a locked heap', () => {
    const heap = makeHeap(2112);
    const ptr = heap.alloc(16);
    heap.free(0);
    heap.lock();
    heap.free(ptr);
    expect(heap.nbytes(ptr)).toBe(16);
    heap.unlock();
    heap.free(ptr);
    expect(heap.nbytes(ptr)).toBe(0);
  });

  it('forgets the finaliser without running it', () => {
    let finalised = 0;
    const heap = makeHeap(2112, { finalise: () => finalised++ });
    const ptr = allocLoose(heap, 16, true);
    setWord(heap, ptr, 0, 1);
    heap.free(ptr);
    expect(heap.hasFinaliser(ptr)).toBe(false);
    heap.collect();
    expect(finalised).toBe(0);
  });

  it('throws for what is no object', () => {
    const heap = makeHeap(2112);
    const ptr = heap.alloc(32);
    for (const bad of [ptr + 4, ptr + 16, ptr + 32, 16, heap.poolEnd]) {
      expect(() => heap.free(bad)).toThrow('pointer: expected the address of an allocated object');
    }
    heap.free(ptr);
    expect(() => heap.free(ptr)).toThrow('pointer');
  });
});

describe('realloc', () => {
  it('is alloc for 0 and free for no bytes', () => {
    const heap = makeHeap(2112);
    const ptr = heap.realloc(0, 20, true);
    expect(heap.nbytes(ptr)).toBe(32);
    expect(heap.realloc(ptr, 0, true)).toBe(0);
    expect(heap.nbytes(ptr)).toBe(0);
  });

  it('stays within its blocks', () => {
    const heap = makeHeap(2112);
    const ptr = heap.alloc(20);
    setWord(heap, ptr, 7, 99);
    expect(heap.realloc(ptr, 32, false)).toBe(ptr);
    expect(getWord(heap, ptr, 7)).toBe(99);
  });

  it('shrinks in place and brings the search back', () => {
    const heap = makeHeap(2112);
    const ptr = heap.alloc(160);
    const other = heap.alloc(16);
    expect(heap.lastFreeIndex).toBe(2);
    expect(heap.realloc(ptr, 17, false)).toBe(ptr);
    expect(heap.nbytes(ptr)).toBe(32);
    expect(heap.lastFreeIndex).toBe(0);
    expect(table(heap, 0, 12)).toBe('h=........h.');
    expect(heap.nbytes(other)).toBe(16);
    heap.check();
  });

  it('grows into free blocks behind it and zeroes them', () => {
    const heap = makeHeap(2112);
    const ptr = heap.alloc(16);
    heap.memory.u8.fill(0x5a, ptr, heap.poolEnd);
    expect(heap.realloc(ptr, 330, false)).toBe(ptr);
    expect(heap.nbytes(ptr)).toBe(336);
    expect(getWord(heap, ptr, 3)).toBe(0x5a5a5a5a);
    for (let i = 4; i < 84; i++) expect(getWord(heap, ptr, i)).toBe(0);
    expect(getWord(heap, ptr, 84)).toBe(0x5a5a5a5a);
    heap.check();
  });

  it('moves when something is in the way, with content and finaliser', () => {
    const heap = makeHeap(2112);
    const ptr = heap.alloc(32, true);
    const wall = heap.alloc(16);
    for (let i = 0; i < 8; i++) setWord(heap, ptr, i, i + 1);
    heap.logTop = 0;
    expect(heap.realloc(ptr, 48, false)).toBe(0);
    expect(heap.nbytes(ptr)).toBe(32);
    const moved = heap.realloc(ptr, 48, true);
    expect(heap.blockOf(moved)).toBe(3);
    expect(Array.from({ length: 12 }, (_, i) => getWord(heap, moved, i))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0]);
    expect(heap.hasFinaliser(moved)).toBe(true);
    expect(heap.hasFinaliser(ptr)).toBe(false);
    expect(heap.nbytes(ptr)).toBe(0);
    expect(heap.nbytes(wall)).toBe(16);
    expect(Array.from(heap.log.subarray(0, heap.logTop))).toEqual([moved]);
    heap.check();
  });

  it('keeps the object alive through the collection that makes room', () => {
    const heap = makeHeap(2112);
    const ptr = allocLoose(heap, 16);
    setWord(heap, ptr, 0, 77);
    fill(heap);
    const moved = heap.realloc(ptr, 32, true);
    expect(heap.collections).toBe(1);
    expect(getWord(heap, moved, 0)).toBe(77);
    heap.check();
  });

  it('leaves the object as it is when there is no room', () => {
    const heap = makeHeap(2112);
    const ptr = heap.alloc(16);
    setWord(heap, ptr, 0, 77);
    expect(heap.realloc(ptr, 100_000, true)).toBe(0);
    expect(getWord(heap, ptr, 0)).toBe(77);
    expect(heap.nbytes(ptr)).toBe(16);
    heap.lock();
    expect(heap.realloc(ptr, 32, true)).toBe(0);
  });

  it('grows up to the last block of the pool', () => {
    const heap = makeHeap(3300);
    const ptr = heap.alloc(16);
    expect(heap.realloc(ptr, heap.totalBytes + 1, false)).toBe(0);
    expect(heap.realloc(ptr, heap.totalBytes, false)).toBe(ptr);
    heap.check();
    heap.collect();
    expect(heap.nbytes(ptr)).toBe(heap.totalBytes);
    heap.check();
  });
});

describe('nbytes', () => {
  it('is 0 for anything but the address of an object', () => {
    const heap = makeHeap(2112);
    const ptr = heap.alloc(48);
    expect([ptr, ptr + 16, ptr + 1, 0, -16, heap.poolEnd].map((p) => heap.nbytes(p))).toEqual([48, 0, 0, 0, 0, 0]);
  });
});
