import { describe, expect, it } from 'vitest';
import { HeapCorruption, type HeapTracer, SiteTracer } from '../src/index.js';
import { allocLoose, fill, getWord, makeHeap, setRoot, setWord } from './kit.js';

describe('locks', () => {
  it('nest, and fail allocation without a collection', () => {
    const heap = makeHeap(2112);
    heap.lock();
    heap.lock();
    expect(heap.lockDepth).toBe(2);
    heap.unlock();
    expect([heap.alloc(16), heap.alloc(32), heap.collections]).toEqual([0, 0, 0]);
    heap.unlock();
    expect(heap.alloc(16)).not.toBe(0);
    expect(() => heap.unlock()).toThrow('state: expected a locked heap');
  });

  it('can be exchanged, as a switch of threads does', () => {
    const heap = makeHeap(2112);
    heap.lock();
    const word = heap.lockWord;
    heap.setLockWord(0);
    expect(heap.alloc(16)).not.toBe(0);
    heap.setLockWord(word);
    expect(heap.alloc(16)).toBe(0);
    heap.lockDepth = 0;
    expect(heap.alloc(16)).not.toBe(0);
  });
});

describe('the threshold', () => {
  it('is off at first, counts in whole blocks, and any negative number turns it off', () => {
    const heap = makeHeap(2112);
    expect(heap.threshold).toBe(-1);
    heap.threshold = 100;
    expect(heap.threshold).toBe(96);
    heap.threshold = -5;
    expect(heap.threshold).toBe(-1);
  });

  it('collects at the first allocation after so many bytes', () => {
    const heap = makeHeap(2112);
    heap.threshold = 64;
    const counts = [32, 16, 16, 16, 64, 16].map((n) => {
      allocLoose(heap, n);
      return heap.collections;
    });
    expect(counts).toEqual([0, 0, 0, 1, 1, 2]);
  });

  it('of 0 collects at each, and waits while collection is disabled', () => {
    const heap = makeHeap(2112);
    heap.threshold = 0;
    for (let i = 0; i < 3; i++) allocLoose(heap, 32);
    expect(heap.collections).toBe(3);
    heap.enabled = false;
    allocLoose(heap, 16);
    expect(heap.collections).toBe(3);
    heap.enabled = true;
    allocLoose(heap, 16);
    expect(heap.collections).toBe(4);
  });
});

describe('stress mode', () => {
  it('collects at every allocation and growth', () => {
    const heap = makeHeap(2112);
    heap.stress = true;
    const ptr = heap.alloc(16);
    heap.logTop = 0;
    expect(heap.realloc(ptr, 32, true)).toBe(ptr);
    expect(heap.collections).toBe(2);
    // Nothing held the first object: the collection freed it and its blocks are taken again.
    expect(heap.alloc(32)).toBe(ptr);
    expect(heap.collections).toBe(3);
  });

  it('overwrites what is freed, swept or cut off', () => {
    const heap = makeHeap(2112);
    heap.stress = true;
    const swept = allocLoose(heap, 32);
    heap.collect();
    expect(getWord(heap, swept, 7)).toBe(0xa5a5a5a5 | 0);
    const freed = allocLoose(heap, 32);
    setWord(heap, freed, 0, 5);
    heap.free(freed);
    expect(getWord(heap, freed, 0)).toBe(0xa5a5a5a5 | 0);
    const cut = allocLoose(heap, 64);
    heap.realloc(cut, 16, false);
    expect(getWord(heap, cut, 4)).toBe(0xa5a5a5a5 | 0);
    heap.check();
  });

  it('lets check() find a write to a freed block', () => {
    const heap = makeHeap(2112);
    heap.stress = true;
    const ptr = allocLoose(heap, 16);
    heap.free(ptr);
    setWord(heap, ptr, 2, 1);
    expect(() => heap.check()).toThrow('block 0 (0x');
    expect(() => heap.check()).toThrow('written after it was freed');
  });
});

describe('fail mode', () => {
  it('fails the Nth allocation once, of any size', () => {
    const heap = makeHeap(2112);
    heap.failAfter = 2;
    expect([heap.alloc(16) !== 0, heap.alloc(16) !== 0, heap.alloc(16) !== 0]).toEqual([true, false, true]);
    expect(heap.failAfter).toBe(-1);
    heap.failAfter = 1;
    expect(heap.alloc(100)).toBe(0);
    expect(heap.alloc(100)).not.toBe(0);
  });

  it('counts growth, but not no bytes, shrinking or a locked heap', () => {
    const heap = makeHeap(2112);
    const ptr = heap.alloc(32);
    heap.failAfter = 1;
    heap.alloc(0);
    expect(heap.realloc(ptr, 16, true)).toBe(ptr);
    heap.lock();
    heap.alloc(16);
    heap.unlock();
    expect(heap.failAfter).toBe(1);
    expect(heap.realloc(ptr, 48, true)).toBe(0);
    expect(heap.nbytes(ptr)).toBe(16);
    expect(heap.failAfter).toBe(-1);
    const wall = heap.alloc(16);
    heap.failAfter = 1;
    expect(heap.realloc(ptr, 48, true)).toBe(0);
    expect(heap.nbytes(ptr)).toBe(16);
    expect(heap.nbytes(wall)).toBe(16);
    heap.check();
  });

  it('refuses what is no count', () => {
    const heap = makeHeap(2112);
    for (const n of [0, -2, 1.5]) expect(() => (heap.failAfter = n)).toThrow('option');
  });
});

describe('a tracer', () => {
  it('sees allocations, failures, frees, sweeps and changes of size', () => {
    const seen: string[] = [];
    const heap = makeHeap(2112);
    const first = heap.alloc(16);
    const name = (ptr: number) => `+${heap.blockOf(ptr) - heap.blockOf(first)}`;
    const tracer: HeapTracer = {
      onAlloc: (ptr, blocks, nBytes) => seen.push(`alloc ${name(ptr)} ${blocks} ${nBytes}`),
      onFree: (ptr, blocks, reason) => seen.push(`${reason} ${name(ptr)} ${blocks}`),
      onResize: (ptr, from, to) => seen.push(`resize ${name(ptr)} ${from} ${to}`),
      onFail: (nBytes, reason) => seen.push(`fail ${nBytes} ${reason}`),
    };
    heap.tracer = tracer;
    const ptr = heap.alloc(20);
    heap.realloc(ptr, 64, true);
    heap.realloc(ptr, 48, true);
    heap.alloc(16);
    const moved = heap.realloc(ptr, 100, true);
    heap.free(first);
    heap.logTop = 0;
    heap.keep(moved);
    heap.collect();
    heap.alloc(9999);
    heap.lock();
    heap.alloc(1);
    heap.unlock();
    heap.failAfter = 1;
    heap.alloc(2);
    heap.tracer = null;
    heap.alloc(16);
    expect(seen).toEqual([
      'alloc +1 2 20',
      'resize +1 2 4',
      'resize +1 4 3',
      'alloc +4 1 16',
      'alloc +5 7 100',
      'free +1 3',
      'free +0 1',
      'sweep +4 1',
      'fail 9999 full',
      'fail 1 locked',
      'fail 2 injected',
    ]);
  });

  it('by site adds up what each holds', () => {
    const heap = makeHeap(2112);
    let line = 'main.py:1';
    const tracer = new SiteTracer(() => line);
    const early = heap.alloc(16);
    heap.tracer = tracer;
    const a = heap.alloc(16);
    line = 'main.py:2';
    const b = heap.alloc(64);
    heap.alloc(16);
    heap.realloc(b, 32, true);
    heap.free(a);
    heap.free(early);
    expect(tracer.siteOf(b)).toBe('main.py:2');
    expect(tracer.siteOf(a)).toBeUndefined();
    expect(tracer.report()).toEqual([
      { site: 'main.py:2', objects: 2, blocks: 3, allocations: 2, allocatedBlocks: 5 },
      { site: 'main.py:1', objects: 0, blocks: 0, allocations: 1, allocatedBlocks: 1 },
    ]);
  });
});

describe('charging', () => {
  it('of allocations can be left to the owner', () => {
    const kinds: string[] = [];
    const heap = makeHeap(2112, { charge: (kind) => kinds.push(kind) }, { chargeAllocations: false });
    heap.alloc(16);
    heap.alloc(32);
    heap.collect();
    expect(kinds).toEqual(['mark', 'sweep']);
    expect(heap.allocatedBlocks).toBe(3);
  });

  it('happens when the object is there and logged', () => {
    let seen = '';
    const heap = makeHeap(2112, {
      charge: (_kind, blocks) => {
        seen += `${blocks}:${heap.nbytes(heap.log[heap.logTop - 1] as number)} `;
      },
    });
    for (const n of [16, 32, 48]) heap.alloc(n);
    expect(seen).toBe('1:16 2:32 3:48 ');
  });
});

describe('check', () => {
  it('names each contradiction', () => {
    const corrupt = (damage: (heap: ReturnType<typeof makeHeap>) => void): readonly string[] => {
      const heap = makeHeap(2112);
      for (const n of [16, 32, 16]) heap.alloc(n);
      damage(heap);
      try {
        heap.check();
      } catch (error) {
        if (error instanceof HeapCorruption) return error.problems.map((text) => text.replace(/ \(0x\w+\)/, ''));
        throw error;
      }
      return [];
    };
    expect(corrupt(() => {})).toEqual([]);
    expect(corrupt((heap) => (heap.memory.u8[heap.tableStart + 2] = 0x80))).toContain(
      'tail without a head at block 11',
    );
    expect(corrupt((heap) => (heap.memory.u8[heap.tableStart] = 0x67))).toEqual([
      'mark outside a collection at block 0',
    ]);
    expect(corrupt((heap) => (heap.memory.u8[heap.tableStart] = 0))).toContain('0 blocks in use, counter says 4');
    expect(corrupt((heap) => (heap.memory.u8[heap.tableStart + heap.tableBytes] = 2))).toEqual([
      'gap byte after the allocation table is 2',
    ]);
    expect(corrupt((heap) => (heap.memory.u8[heap.finaliserStart] = 4))).toEqual([
      'finaliser flag on block 2, which is no head',
    ]);
    expect(corrupt((heap) => (heap.lastFreeIndex = 2))[0]).toBe('free block 4 before the search start 8');
    expect(corrupt((heap) => (heap.lastUsedBlock = 0))).toEqual(["used block 3 above the sweep's bound 0"]);
    expect(corrupt((heap) => (heap.logBase = 9))[0]).toMatch(/^log base 9, top 3/);
    expect(corrupt((heap) => heap.runHints.fill(3))[0]).toBe(
      'run of 2 free blocks ends at block 5, before the hint for that length',
    );
  });
});

describe('save and load', () => {
  it('continue exactly where the heap was', () => {
    const heap = makeHeap(4000);
    heap.threshold = 640;
    for (let i = 0; i < 50; i++) setRoot(heap, i % 20, allocLoose(heap, 16 + (i % 5) * 16));
    heap.lock();
    heap.keep(heap.memory.i32[4] as number);
    const state = JSON.parse(JSON.stringify(heap.save()));
    const bytes = heap.memory.save();
    const run = () => {
      heap.unlock();
      const seen = Array.from({ length: 60 }, (_, i) => {
        setRoot(heap, i % 20, allocLoose(heap, 16 + (i % 7) * 16));
        return [heap.memory.i32[4 + (i % 20)], heap.collections, heap.allocAmount];
      });
      heap.check();
      return [seen, heap.stats()];
    };
    const first = run();
    heap.memory.load(bytes);
    heap.load(state);
    expect(heap.lockDepth).toBe(1);
    expect(run()).toEqual(first);
  });

  it('refuse a state that does not fit', () => {
    const heap = makeHeap(64 * 1024);
    fill(heap);
    expect(() => makeHeap(2112).load(heap.save())).toThrow('state: expected a state of a heap of 128 blocks');
  });
});
