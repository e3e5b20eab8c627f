/** A hundred thousand random steps on one heap after another, each compared with the model, every invariant checked after each. */
import { describe, expect, it } from 'vitest';
import { Heap, LinearMemory } from '../src/index.js';
import { ROOT_COUNT, ROOTS, START, table } from './kit.js';
import { ModelHeap } from './model.js';

const STEPS = 100_000;
/** Steps on one heap; then another, of another size, begins. */
const ON_ONE_HEAP = 5_000;
const SIZES = [1100, 2112, 3300, 530];

/** Numbers below n from a seed: the same run every time. */
function generator(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return ((state >>> 8) * n) >>> 24;
  };
}

function fail(step: number, what: string): never {
  throw new Error(`step ${step}: ${what}`);
}

/** Runs `steps` steps in a region of `bytes`; answers how many allocations failed, and how many collections there were. */
function run(seed: number, bytes: number, steps: number): { failed: number; collections: number; moved: number } {
  const random = generator(seed);
  const memory = new LinearMemory((START + bytes + 15) & ~15);
  const finalised: number[] = [];
  const heap = new Heap(memory, START, START + bytes, {
    markRoots: (h) => h.markRange(ROOTS, ROOTS + ROOT_COUNT * 4),
    finalise: (_heap, ptr) => finalised.push(ptr),
  });
  const model = new ModelHeap(heap.poolStart, heap.blocks, ROOT_COUNT);
  const setRoot = (at: number, ptr: number): void => {
    memory.i32[(ROOTS >> 2) + at] = ptr;
    model.roots[at] = ptr;
  };
  const setWord = (ptr: number, slot: number, word: number): void => {
    memory.i32[(ptr >> 2) + slot] = word;
    model.words[(ptr - model.pool) / 4 + slot] = word;
  };
  const pick = (): number => {
    const heads = model.heads();
    return heads.length === 0 ? 0 : (heads[random(heads.length)] as number);
  };
  const size = (): number => (random(10) < 8 ? random(80) : random(600));
  let failed = 0;
  let moved = 0;

  for (let step = 0; step < steps; step++) {
    heap.logTop = 0;
    const what = random(100);
    const ptr = what < 40 ? 0 : pick();
    if (what < 40) {
      const n = size();
      const finaliser = random(4) === 0;
      const got = heap.alloc(n, finaliser);
      if (got !== model.alloc(n, finaliser)) fail(step, `alloc(${n}) answers ${got}`);
      if (got === 0) failed += n > 0 ? 1 : 0;
      else {
        setRoot(random(ROOT_COUNT), got);
        if (finaliser) setWord(got, 0, 1 + random(2) * 2);
      }
    } else if (ptr === 0) {
      heap.collect();
      model.collect();
    } else if (what < 60) {
      const n = size();
      const move = random(3) > 0;
      const got = heap.realloc(ptr, n, move);
      if (got !== model.realloc(ptr, n, move)) fail(step, `realloc(${n}) answers ${got}`);
      if (got !== 0 && got !== ptr) {
        moved++;
        setRoot(random(ROOT_COUNT), got);
      }
    } else if (what < 70) {
      heap.free(ptr);
      model.free(ptr);
    } else if (what < 85) {
      const slot = random(heap.nbytes(ptr) >> 2);
      setWord(ptr, slot, pick());
    } else if (what < 92) setRoot(random(ROOT_COUNT), random(2) === 0 ? ptr : 0);
    else if (what < 96) {
      heap.collect();
      model.collect();
      if (heap.collected !== model.freedObjects) fail(step, `${heap.collected} objects collected`);
    } else if (what < 98) {
      heap.threshold = random(2) === 0 ? -1 : random(600);
      model.threshold = heap.threshold < 0 ? -1 : heap.threshold / 16;
    } else {
      const on = random(2) === 0;
      heap.enabled = on;
      model.enabled = on;
    }
    heap.check();
    if (table(heap) !== model.kinds.join('')) fail(step, 'the tables differ');
    if (heap.lastFreeIndex !== model.lastFree || heap.allocAmount !== model.amount) fail(step, 'the counters differ');
    if (heap.collections !== model.collections) fail(step, 'the collections differ');
    if (step % 50 === 0) compareContents(step, heap, model);
  }
  expect(finalised).toEqual(model.finalised);
  compareContents(steps, heap, model);
  const stats = heap.stats();
  expect(stats.used + stats.free).toBe(stats.total);
  expect(stats.freeRuns.reduce((sum, run) => sum + run.blocks * run.count, 0) * 16).toBe(stats.free);
  return { failed, collections: heap.collections, moved };
}

function compareContents(step: number, heap: Heap, model: ModelHeap): void {
  for (let b = 0; b < heap.blocks; b++) {
    if (model.kinds[b] === '.') continue;
    const w = heap.addressOf(b) >> 2;
    for (let i = 0; i < 4; i++) {
      if (heap.i32[w + i] !== model.words[b * 4 + i]) fail(step, `word ${i} of block ${b} differs`);
    }
    if (heap.hasFinaliser(heap.addressOf(b)) !== model.finaliser[b]) fail(step, `finaliser of block ${b} differs`);
  }
}

describe('a long run', () => {
  it(`of ${STEPS} random steps equals the model's`, { timeout: 120_000 }, () => {
    let failed = 0;
    let collections = 0;
    let moved = 0;
    for (let from = 0; from < STEPS; from += ON_ONE_HEAP) {
      const heap = from / ON_ONE_HEAP;
      const seen = run(1 + heap, SIZES[heap % SIZES.length] as number, ON_ONE_HEAP);
      failed += seen.failed;
      collections += seen.collections;
      moved += seen.moved;
    }
    // the run is only worth something if memory ran short in it
    expect(Math.min(failed, collections, moved)).toBeGreaterThan(1000);
  });
});
