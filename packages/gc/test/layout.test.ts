import { describe, expect, it } from 'vitest';
import { Heap, HeapError, LinearMemory, layoutOf } from '../src/index.js';
import { makeHeap, START } from './kit.js';

describe('layoutOf', () => {
  it('splits 16 KiB as gc_setup_area() does', () => {
    // A table byte costs 8 bits of its own, 4 of the finaliser table and 64 bytes of pool: 524 bits. After the gap byte,
    // 16383 * 8 / 524 = 250 table bytes, so 1000 blocks, and 125 finaliser bytes.
    expect(layoutOf(128, 128 + 16384, false)).toEqual({
      tableStart: 128,
      tableBytes: 250,
      finaliserStart: 128 + 250 + 1,
      finaliserBytes: 125,
      weakrefStart: 0,
      weakrefBytes: 0,
      poolStart: 128 + 16384 - 16000,
      poolEnd: 128 + 16384,
      blocks: 1000,
    });
  });

  // Upstream's figures: unix port, 32 bits, `-X heapsize=…`, mem_free() + mem_alloc(); then a build with weak references.
  it.each([
    [3300, 200, 196],
    [16 * 1024, 1000, 992],
    [64 * 1024, 4000, 3968],
    [1024 * 1024, 64032, 63548],
  ])('%i bytes hold %i blocks, %i with a weakref table', (bytes, blocks, withWeakrefs) => {
    expect(layoutOf(0, bytes, false).blocks).toBe(blocks);
    expect(layoutOf(0, bytes, true).blocks).toBe(withWeakrefs);
  });

  it('never lets tables and pool overlap', () => {
    for (let bytes = 100; bytes < 3000; bytes++) {
      for (const weakrefs of [false, true]) {
        const at = layoutOf(START, START + bytes, weakrefs);
        expect(at.poolStart).toBeGreaterThanOrEqual(at.finaliserStart + at.finaliserBytes + at.weakrefBytes);
        expect(at.poolEnd - at.poolStart).toBe(at.blocks * 16);
        expect(at.poolEnd % 16).toBe(0);
      }
    }
  });

  it('refuses a region that holds nothing', () => {
    expect(() => layoutOf(0, 64, false)).toThrow('region: expected room for at least four blocks, got 64 bytes');
  });
});

describe('a new heap', () => {
  it('is all free and clears its tables only', () => {
    const memory = new LinearMemory(16384);
    memory.u8.fill(0xff);
    const heap = new Heap(memory, 128, 16384, { markRoots() {} });
    heap.check();
    expect(heap.stats()).toMatchObject({ total: 15872, used: 0, free: 15872, maxFree: 992, objects: 0, peak: 0 });
    expect(memory.u8[127]).toBe(0xff);
    expect(memory.u8[heap.poolStart - 1]).toBe(0xff);
    expect(memory.u8[heap.poolStart]).toBe(0xff);
  });

  it('rounds its end down to a block', () => {
    expect(makeHeap(16384 + 15).poolEnd).toBe(START + 16384);
  });

  it.each([
    [130, 4096],
    [-4, 4096],
    [128, 8192 + 16],
    [4096, 128],
  ])('refuses [%i, %i)', (start, end) => {
    expect(() => new Heap(new LinearMemory(8192), start, end, { markRoots() {} })).toThrow(HeapError);
  });
});
