import { describe, expect, it } from 'vitest';
import { Heap, LinearMemory } from '../src/index.js';

function counted(): { heap: Heap; notices: number[] } {
  const notices: number[] = [];
  const heap = new Heap(new LinearMemory(16384), 32, 16384, {
    markRoots() {},
    allocated: (h) => notices.push(h.allocAmount),
  });
  return { heap, notices };
}

describe('noticeAfter', () => {
  it.each([
    ['blocks', 16, 1],
    ['pairs', 32, 2],
    ['larger objects', 80, 5],
  ])('tells once, at most two blocks late, of %s', (_name, bytes, blocks) => {
    const { heap, notices } = counted();
    heap.noticeAfter(20);
    expect(heap.blocksToNotice).toBe(20);
    for (let n = 0; n < 60; n += blocks) {
      const before = heap.allocAmount;
      heap.alloc(bytes);
      if (before >= 22) expect(notices.length).toBe(1);
      if (heap.allocAmount < 20) expect(notices.length).toBe(0);
    }
    expect(notices.length).toBe(1);
    expect(heap.blocksToNotice).toBe(Number.POSITIVE_INFINITY);
  });

  it('does not collect, nor keep a threshold from collecting', () => {
    const { heap, notices } = counted();
    heap.threshold = 40 * 16;
    heap.noticeAfter(10);
    for (let i = 0; i < 39; i++) heap.alloc(16);
    expect(notices.length).toBe(1);
    expect(heap.collections).toBe(0);
    for (let i = 0; i < 5; i++) heap.alloc(16);
    expect(heap.collections).toBe(1);
  });

  it('can be taken back, and is not part of a saved state', () => {
    const { heap, notices } = counted();
    heap.noticeAfter(3);
    heap.noticeAfter(Number.POSITIVE_INFINITY);
    for (let i = 0; i < 9; i++) heap.alloc(16);
    heap.noticeAfter(3);
    heap.load(heap.save());
    for (let i = 0; i < 9; i++) heap.alloc(16);
    expect(notices).toEqual([]);
  });
});
