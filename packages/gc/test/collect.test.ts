import { describe, expect, it } from 'vitest';
import type { CollectionStats, Heap } from '../src/index.js';
import { allocLoose, fill, getWord, makeHeap, setRoot, setWord, table } from './kit.js';

/** An object that its finaliser hook will see: its first word is not 0. */
function withFinaliser(heap: Heap, nBytes = 16): number {
  const ptr = allocLoose(heap, nBytes, true);
  setWord(heap, ptr, 0, 1);
  return ptr;
}

describe('marking', () => {
  it('keeps what roots and the log lead to, through any depth and any cycle', () => {
    const heap = makeHeap(64 * 1024);
    let head = 0;
    let last = 0;
    for (let i = 0; i < 3000; i++) {
      const ptr = allocLoose(heap, 16);
      if (last === 0) last = ptr;
      setWord(heap, ptr, 3, head);
      head = ptr;
    }
    setWord(heap, last, 3, head);
    setRoot(heap, 5, head);
    heap.collect();
    expect(heap.collected).toBe(0);
    expect(heap.usedBlocks).toBe(3000);
    setRoot(heap, 5, 0);
    heap.collect();
    expect(heap.collected).toBe(3000);
    expect(heap.freeBytes()).toBe(heap.totalBytes);
    heap.check();
  });

  it('holds as many pending objects as the pool has blocks', () => {
    const heap = makeHeap(64 * 1024);
    const list = heap.alloc(3000 * 4);
    for (let i = 0; i < 3000; i++) setWord(heap, list, i, allocLoose(heap, 16));
    setRoot(heap, 0, list);
    heap.collect();
    expect(heap.collected).toBe(0);
    expect(heap.markedObjects).toBe(3001);
    expect(heap.markedBlocks).toBe(3750);
  });

  it('takes a word for a pointer only if it is the address of a head', () => {
    const heap = makeHeap(2112);
    const ptr = allocLoose(heap, 48);
    for (const word of [ptr + 4, ptr + 16, ptr | 1, ptr - 16, 0, -16, 0x7fff_fff0]) {
      setRoot(heap, 0, word);
      heap.collect();
      expect(heap.collected).toBe(word === ptr + 4 ? 1 : 0);
    }
    expect(heap.usedBlocks).toBe(0);
  });

  it('follows pointers from any word of an object, whatever they mean there', () => {
    const heap = makeHeap(2112);
    const holder = allocLoose(heap, 40 * 16);
    const kept = allocLoose(heap, 16);
    const dropped = allocLoose(heap, 16);
    setWord(heap, holder, 159, kept);
    setRoot(heap, 0, holder);
    heap.collect();
    expect([heap.nbytes(kept), heap.nbytes(dropped)]).toEqual([16, 0]);
  });

  it('does not read past the last block', () => {
    const heap = makeHeap(3300);
    const all = fill(heap);
    setRoot(heap, 0, all[all.length - 1] as number);
    heap.collect();
    expect(table(heap)).toBe(`${'.'.repeat(199)}h`);
    expect(heap.markedBlocks).toBe(1);
    heap.check();
  });
});

describe('the handle log', () => {
  it('keeps what was allocated or kept until it is lowered', () => {
    const heap = makeHeap(2112);
    const a = heap.alloc(16);
    const mark = heap.logTop;
    const b = heap.alloc(16);
    heap.collect();
    expect(heap.collected).toBe(0);
    heap.logTop = mark;
    heap.collect();
    expect([heap.nbytes(a), heap.nbytes(b)]).toEqual([16, 0]);
    heap.logTop = heap.logBase;
    heap.keep(a);
    heap.collect();
    expect(heap.nbytes(a)).toBe(16);
  });

  it('nests: a run gives its entries up and keeps those of the run it is in', () => {
    const heap = makeHeap(2112);
    const outer = heap.alloc(16);
    const base = heap.pushLog();
    const inner = heap.alloc(16);
    heap.logTop = heap.logBase;
    const second = heap.alloc(16);
    heap.collect();
    expect([outer, inner, second].map((ptr) => heap.nbytes(ptr))).toEqual([16, 0, 16]);
    heap.popLog(base);
    heap.collect();
    expect([outer, second].map((ptr) => heap.nbytes(ptr))).toEqual([16, 0]);
    expect(heap.logBase).toBe(0);
    heap.check();
  });

  it('grows, and says so when nobody releases it', () => {
    const heap = makeHeap(64 * 1024);
    const all = Array.from({ length: 3000 }, () => heap.alloc(16));
    heap.collect();
    expect(heap.collected).toBe(0);
    expect(Array.from(heap.log.subarray(0, heap.logTop))).toEqual(all);
    expect(() => {
      for (;;) heap.keep(0);
    }).toThrow('handle-log');
  });
});

describe('finalisers', () => {
  it('run in address order, with all dying objects intact', () => {
    const seen: string[] = [];
    const heap = makeHeap(2112, {
      finalise(h, ptr) {
        seen.push(`${h.blockOf(ptr)}:${h.nbytes(getWord(h, ptr, 1))}`);
      },
    });
    const ptrs = Array.from({ length: 20 }, () => withFinaliser(heap));
    // Each names another, in both directions: both are still there when either is finalised.
    for (let i = 0; i < 20; i++) setWord(heap, ptrs[i] as number, 1, ptrs[(i + 7) % 20] as number);
    heap.collect();
    expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => `${i}:16`));
    expect(heap.usedBlocks).toBe(0);
    heap.collect();
    expect(seen).toHaveLength(20);
    heap.check();
  });

  it('do not run for what is reachable or was never initialised', () => {
    let count = 0;
    const heap = makeHeap(2112, { finalise: () => count++ });
    setRoot(heap, 0, withFinaliser(heap));
    const blank = allocLoose(heap, 16, true);
    heap.collect();
    expect(count).toBe(0);
    expect(heap.nbytes(blank)).toBe(0);
    expect(heap.hasFinaliser(blank)).toBe(false);
    setRoot(heap, 0, 0);
    heap.collect();
    expect(count).toBe(1);
  });

  it('cannot allocate, resize or collect, but can free', () => {
    const results: number[] = [];
    const heap = makeHeap(2112, {
      finalise(h, ptr) {
        const marked = h.memory.i32[4] as number;
        results.push(h.alloc(16), h.realloc(marked, 64, true), h.lockDepth, h.collecting ? 1 : 0);
        h.free(getWord(h, ptr, 1));
        h.free(marked);
        h.collect();
        h.sweepAll();
      },
    });
    const dead = allocLoose(heap, 32);
    const ptr = withFinaliser(heap);
    setWord(heap, ptr, 1, dead);
    setRoot(heap, 0, allocLoose(heap, 16));
    heap.collect();
    expect(results).toEqual([0, 0, 0, 1]);
    expect(heap.usedBlocks).toBe(0);
    expect(heap.collections).toBe(1);
    expect(heap.collecting).toBe(false);
    heap.check();
  });

  it('do not run for an object that an earlier one freed', () => {
    const seen: number[] = [];
    const heap = makeHeap(2112, {
      finalise(h, ptr) {
        seen.push(ptr);
        if (getWord(h, ptr, 1) !== 0) h.free(getWord(h, ptr, 1));
      },
    });
    const first = withFinaliser(heap);
    setWord(heap, first, 1, withFinaliser(heap));
    heap.collect();
    expect(seen).toEqual([first]);
    heap.check();
  });

  it('that throw leave the heap whole and unlocked', () => {
    const heap = makeHeap(2112, {
      finalise() {
        throw new Error('abort');
      },
    });
    const kept = allocLoose(heap, 16);
    setRoot(heap, 0, kept);
    const ptr = withFinaliser(heap);
    expect(() => heap.collect()).toThrow('abort');
    expect([heap.nbytes(kept), heap.nbytes(ptr)]).toEqual([16, 16]);
    expect(heap.collecting).toBe(false);
    heap.check();
    expect(heap.alloc(16)).not.toBe(0);
  });

  it('all run in sweepAll(), reachable or not', () => {
    let count = 0;
    const heap = makeHeap(2112, { finalise: () => count++ });
    setRoot(heap, 0, withFinaliser(heap));
    heap.alloc(100);
    heap.sweepAll();
    expect(count).toBe(1);
    expect(heap.usedBlocks).toBe(0);
    expect(heap.collected).toBe(2);
    heap.check();
  });
});

describe('weak references', () => {
  it('are announced before the sweep and reported after it', () => {
    const seen: string[] = [];
    const heap = makeHeap(
      2112,
      {
        weakrefs: {
          aboutToBeFreed: (h, ptr) => seen.push(`dying ${h.blockOf(ptr)} ${h.nbytes(ptr)} ${h.collecting}`),
          swept: (h) => seen.push(`swept ${h.usedBlocks} ${h.collecting}`),
        },
      },
      { weakrefs: true },
    );
    const kept = allocLoose(heap, 16);
    setRoot(heap, 0, kept);
    const dying = allocLoose(heap, 48);
    heap.markWeakref(kept);
    heap.markWeakref(dying);
    expect(() => heap.free(dying)).toThrow('an object without weak references');
    heap.collect();
    expect(seen).toEqual(['dying 1 48 true', 'swept 1 false']);
    heap.check();
    setRoot(heap, 0, 0);
    heap.collect();
    expect(seen.slice(2)).toEqual(['dying 0 16 true', 'swept 0 false']);
    heap.check();
  });

  it('need a table', () => {
    const heap = makeHeap(2112);
    expect(() => heap.markWeakref(heap.alloc(16))).toThrow('no-weakref-table');
  });
});

describe('a collection', () => {
  it('reports and charges what it did, unlocked again', () => {
    const reports: CollectionStats[] = [];
    const charged: string[] = [];
    const heap = makeHeap(2112, {
      collected: (_heap, stats) => reports.push(stats),
      charge: (kind, blocks) => charged.push(`${kind} ${blocks} ${heap.lockWord}`),
      finalise() {},
    });
    setRoot(heap, 0, heap.alloc(48));
    withFinaliser(heap, 32);
    heap.logTop = 0;
    heap.collect();
    expect(reports).toEqual([
      {
        collection: 1,
        markedObjects: 1,
        markedBlocks: 3,
        freedObjects: 1,
        freedBlocks: 2,
        sweptBlocks: 5,
        finalised: 1,
        usedBlocks: 3,
        pauseBlocks: 8,
      },
    ]);
    expect(charged).toEqual(['alloc 3 0', 'alloc 2 0', 'mark 3 0', 'sweep 5 0']);
    expect(heap.lastPause).toBe(8);
  });

  it('happens on a locked heap too, and leaves the lock', () => {
    const heap = makeHeap(2112);
    allocLoose(heap, 16);
    heap.lock();
    heap.collect();
    expect(heap.collected).toBe(1);
    expect(heap.lockDepth).toBe(1);
  });

  it('starts the search again from the first block', () => {
    const heap = makeHeap(2112);
    fill(heap);
    expect(heap.lastFreeIndex).toBe(heap.blocks / 4);
    heap.collect();
    expect(heap.lastFreeIndex).toBe(0);
    expect(heap.lastUsedBlock).toBe(0);
  });
});
