import { describe, expect, it } from 'vitest';
import { Heap, LinearMemory } from '../src/index.js';

/**
 * A program of pseudo-random heap operations that was also run against py/gc.c, compiled for 32 bits with the unix port's
 * settings. After every step, result, statistics and the allocator's own variables go into a sum (FNV over words); the
 * figures below are the C side's sums after each 500 steps.
 */
class Program {
  private readonly memory: LinearMemory;
  private readonly heap: Heap;
  private seed: number;
  private finalisers = 0;
  private finaliserSum = 0;
  private sum = 0x811c9dc5;

  constructor(bytes: number, seed: number) {
    this.memory = new LinearMemory((128 + bytes + 15) & ~15);
    this.seed = seed;
    this.heap = new Heap(this.memory, 128, 128 + bytes, {
      markRoots: (heap) => heap.markRange(16, 128),
      finalise: (heap, ptr) => {
        this.finalisers++;
        this.finaliserSum = (Math.imul(this.finaliserSum, 31) + heap.blockOf(ptr)) | 0;
      },
    });
  }

  run(steps: number): number[] {
    const sums: number[] = [];
    for (let i = 0; i < steps; i++) {
      this.step();
      if (i % 500 === 499) sums.push(this.sum >>> 0);
    }
    this.heap.check();
    return sums;
  }

  private random(n: number): number {
    this.seed = (Math.imul(this.seed, 1664525) + 1013904223) >>> 0;
    return Math.floor(((this.seed >>> 8) * n) / 0x100_0000);
  }

  private size(): number {
    const k = this.random(16);
    return this.random(k < 11 ? 70 : k < 14 ? 400 : k < 15 ? 3000 : 12000);
  }

  private relative(ptr: number): number {
    return ptr === 0 ? -1 : ptr - this.heap.poolStart;
  }

  private replaceRoots(from: number, to: number): void {
    for (let i = 4; i < 32; i++) if (this.memory.i32[i] === from) this.memory.i32[i] = to;
  }

  private step(): void {
    const { heap, memory } = this;
    heap.logTop = 0;
    const root = 4 + this.random(28);
    const op = this.random(100);
    const ptr = memory.i32[root] as number;
    let result = 0;
    if (op < 50) {
      const nBytes = this.size();
      const finaliser = this.random(4) === 0;
      const fresh = heap.alloc(nBytes, finaliser);
      memory.i32[root] = fresh;
      if (fresh !== 0 && finaliser) memory.i32[fresh >> 2] = this.random(2) * 0x11;
      result = this.relative(fresh);
    } else if (op < 65) {
      const nBytes = this.size();
      const move = this.random(4) !== 0;
      if (ptr !== 0) {
        const moved = heap.realloc(ptr, nBytes, move);
        result = this.relative(moved);
        if (moved !== 0 || nBytes === 0) this.replaceRoots(ptr, moved);
      }
    } else if (op < 75) {
      if (ptr !== 0) {
        heap.free(ptr);
        this.replaceRoots(ptr, 0);
      }
    } else if (op < 88) {
      const target = this.random(28);
      const slot = this.random(4);
      if (ptr !== 0 && slot !== 0 && slot * 4 < heap.nbytes(ptr)) {
        memory.i32[(ptr >> 2) + slot] = memory.i32[4 + target] as number;
      }
    } else if (op < 96) {
      memory.i32[root] = 0;
    } else if (op < 97) {
      heap.collect();
      result = heap.collected;
    } else if (op < 98) {
      const threshold = this.random(3000);
      heap.threshold = threshold < 1000 ? -1 : threshold;
    } else if (op < 99) {
      heap.enabled = this.random(4) !== 0;
    } else if (this.random(20) === 0) {
      memory.i32.fill(0, 4, 32);
      heap.sweepAll();
      result = heap.collected;
    }
    this.add(op, result);
  }

  private add(op: number, result: number): void {
    const { heap } = this;
    const s = heap.stats();
    const values = [op, result, s.used, s.maxFree, s.num1Block, s.num2Block, s.maxBlock, heap.lastFreeIndex];
    values.push(heap.lastUsedBlock, heap.allocAmount, this.finalisers, this.finaliserSum, heap.collected);
    for (const value of values) this.sum = Math.imul(this.sum ^ value, 16777619);
  }
}

describe('against py/gc.c', () => {
  it('2000 operations in 8000 bytes', () => {
    expect(new Program(8000, 1).run(2000)).toEqual([4041387378, 2235778278, 3985416591, 1282475440]);
  });

  it('2000 operations in 64 KiB', () => {
    expect(new Program(65536, 7).run(2000)).toEqual([8394774, 1455910836, 2739441804, 1680759402]);
  });
});
