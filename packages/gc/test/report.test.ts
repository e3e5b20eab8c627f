import { describe, expect, it } from 'vitest';
import { heapMap, heapMapLines } from '../src/index.js';
import { allocLoose, makeHeap, setWord } from './kit.js';

describe('stats', () => {
  it('are those of gc_info(), and more', () => {
    const heap = makeHeap(2112);
    const ptrs = [16, 16, 32, 80, 16, 16, 48].map((n) => allocLoose(heap, n));
    heap.free(ptrs[1] as number);
    heap.free(ptrs[3] as number);
    heap.free(ptrs[5] as number);
    // h . h = . . . . . h . h = = and 114 free ones: 128 blocks.
    expect(heap.stats()).toEqual({
      total: 2048,
      used: 7 * 16,
      free: 121 * 16,
      maxFree: 114,
      maxFreeBytes: 114 * 16,
      num1Block: 2,
      num2Block: 1,
      maxBlock: 3,
      objects: 4,
      freeRuns: [
        { blocks: 1, count: 2 },
        { blocks: 5, count: 1 },
        { blocks: 114, count: 1 },
      ],
      fragmentation: 1 - 114 / 121,
      peak: 14 * 16,
      collections: 0,
      allocations: 7,
      lastPause: 0,
    });
    expect(heap.freeBytes()).toBe(121 * 16);
    expect(heap.usedBytes()).toBe(7 * 16);
  });

  it('of a full heap have no fragmentation', () => {
    const heap = makeHeap(2112);
    heap.alloc(2048);
    expect(heap.stats()).toMatchObject({ free: 0, maxFree: 0, freeRuns: [], fragmentation: 0, maxBlock: 128 });
  });

  it('count only this heap where the table ends within a word', () => {
    const heap = makeHeap(3300);
    allocLoose(heap, 16, true);
    expect(heap.blocks % 16).toBe(8);
    expect(heap.freeBytes()).toBe(199 * 16);
  });
});

describe('layout', () => {
  it('lists objects and free runs in address order', () => {
    const heap = makeHeap(2112);
    const [a, b, c] = [16, 32, 16].map((n) => allocLoose(heap, n, n === 32)) as [number, number, number];
    heap.free(a);
    const plain = { marked: false, finaliser: false };
    expect([...heap.layout()]).toEqual([
      { addr: a, blocks: 1, kind: 'free', ...plain },
      { addr: b, blocks: 2, kind: 'object', marked: false, finaliser: true },
      { addr: c, blocks: 1, kind: 'object', ...plain },
      { addr: c + 16, blocks: 124, kind: 'free', ...plain },
    ]);
  });

  it('shows marks during a collection', () => {
    let marked = '';
    const heap = makeHeap(2112, {
      finalise: (h) => {
        for (const info of h.layout()) marked += info.marked ? 'm' : '-';
      },
    });
    heap.alloc(16);
    const mark = heap.logTop;
    setWord(heap, heap.alloc(16, true), 0, 1);
    heap.logTop = mark;
    heap.collect();
    expect(marked).toBe('m--');
  });
});

describe('heapMap', () => {
  it('is laid out as mem_info(1) prints it', () => {
    const heap = makeHeap(16 * 1024);
    const str = heap.alloc(16);
    heap.alloc(33);
    const list = heap.alloc(60 * 16);
    heap.alloc(16);
    const classify = (ptr: number) => (ptr === str ? 'S' : ptr === list ? 'L' : 'h');
    expect(heapMap(heap, 0x2000_0180, { classify })).toBe(
      [
        'GC memory layout; from 20000180:',
        `00000000: Sh==L${'='.repeat(59)}`,
        `00000400: h${'.'.repeat(63)}`,
        '       (13 lines all free)',
        `00003c00: ${'.'.repeat(40)}`,
        '',
      ].join('\n'),
    );
  });

  it('takes other widths and can leave free lines unfolded', () => {
    const heap = makeHeap(1060);
    heap.alloc(32);
    expect(heap.blocks).toBe(64);
    expect(heapMapLines(heap, { blocksPerLine: 32, fold: false })).toEqual([
      `00000000: h=${'.'.repeat(30)}`,
      `00000200: ${'.'.repeat(32)}`,
    ]);
  });

  it('shows marks while a collection runs', () => {
    let line = '';
    const heap = makeHeap(1060, { finalise: (h) => (line = heapMapLines(h)[0] ?? '') });
    heap.alloc(32);
    const mark = heap.logTop;
    setWord(heap, heap.alloc(16, true), 0, 1);
    heap.logTop = mark;
    heap.collect();
    expect(line.slice(0, 14)).toBe('00000000: m=h.');
  });
});
