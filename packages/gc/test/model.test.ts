import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Heap, type HeapTracer, LinearMemory } from '../src/index.js';
import { ROOT_COUNT, ROOTS, START, table } from './kit.js';
import { ModelHeap } from './model.js';

type Step =
  | { do: 'alloc'; bytes: number; finaliser: boolean; root: number }
  | { do: 'realloc'; at: number; bytes: number; move: boolean }
  | { do: 'free'; at: number }
  | { do: 'link'; from: number; slot: number; to: number }
  | { do: 'root'; root: number; to: number }
  | { do: 'drop'; root: number }
  | { do: 'collect' }
  | { do: 'lock' }
  | { do: 'enable'; on: boolean }
  | { do: 'threshold'; bytes: number };

// Small objects as programs make them, with the odd one that crosses table words.
const bytes = fc.oneof(
  { weight: 8, arbitrary: fc.nat({ max: 70 }) },
  { weight: 2, arbitrary: fc.nat({ max: 400 }) },
  { weight: 1, arbitrary: fc.nat({ max: 1500 }) },
);
const index = fc.nat({ max: 1000 });
const root = fc.nat({ max: ROOT_COUNT - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 20, arbitrary: fc.record({ do: fc.constant('alloc' as const), bytes, finaliser: fc.boolean(), root }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('realloc' as const), at: index, bytes, move: fc.boolean() }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('free' as const), at: index }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('link' as const), from: index, slot: fc.nat({ max: 8 }), to: index }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('root' as const), root, to: index }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('drop' as const), root }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('collect' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lock' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('enable' as const), on: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('threshold' as const), bytes: fc.integer({ min: -1, max: 600 }) }),
  },
);

/** Both heaps, given the same steps. */
class Pair {
  readonly heap: Heap;
  readonly model: ModelHeap;
  readonly finalised: number[] = [];
  private readonly memory: LinearMemory;

  constructor(regionBytes: number) {
    this.memory = new LinearMemory((START + regionBytes + 15) & ~15);
    this.heap = new Heap(this.memory, START, START + regionBytes, {
      markRoots: (heap) => heap.markRange(ROOTS, ROOTS + ROOT_COUNT * 4),
      finalise: (_heap, ptr) => this.finalised.push(ptr),
    });
    this.model = new ModelHeap(this.heap.poolStart, this.heap.blocks, ROOT_COUNT);
  }

  run(s: Step): void {
    const { heap, model } = this;
    heap.logTop = 0;
    switch (s.do) {
      case 'alloc': {
        const ptr = heap.alloc(s.bytes, s.finaliser);
        expect(ptr).toBe(model.alloc(s.bytes, s.finaliser));
        if (ptr === 0) break;
        this.setRoot(s.root, ptr);
        if (s.finaliser) this.setWord(ptr, 0, 1 + (s.bytes & 1) * 2);
        break;
      }
      case 'realloc': {
        const ptr = this.pick(s.at);
        if (ptr === 0) break;
        const out = heap.realloc(ptr, s.bytes, s.move);
        expect(out).toBe(model.realloc(ptr, s.bytes, s.move));
        break;
      }
      case 'free': {
        const ptr = this.pick(s.at);
        if (ptr === 0) break;
        heap.free(ptr);
        model.free(ptr);
        break;
      }
      case 'link': {
        const from = this.pick(s.from);
        if (from !== 0 && s.slot * 4 < heap.nbytes(from)) this.setWord(from, s.slot, this.pick(s.to));
        break;
      }
      case 'root':
        this.setRoot(s.root, this.pick(s.to));
        break;
      case 'drop':
        this.setRoot(s.root, 0);
        break;
      case 'collect':
        heap.collect();
        model.collect();
        expect(heap.collected).toBe(model.freedObjects);
        break;
      case 'lock':
        if (model.locks > 0) heap.unlock();
        else heap.lock();
        model.locks = 1 - model.locks;
        break;
      case 'enable':
        heap.enabled = model.enabled = s.on;
        break;
      case 'threshold':
        heap.threshold = s.bytes;
        model.threshold = s.bytes < 0 ? -1 : Math.floor(s.bytes / 16);
        break;
    }
  }

  compare(): void {
    const { heap, model } = this;
    expect(table(heap)).toBe(model.kinds.join(''));
    expect(heap.lastFreeIndex).toBe(model.lastFree);
    expect(heap.allocAmount).toBe(model.amount);
    expect(heap.collections).toBe(model.collections);
    expect(this.finalised).toEqual(model.finalised);
    for (let b = 0; b < heap.blocks; b++) {
      if (model.kinds[b] === '.') continue;
      const w = heap.addressOf(b) >> 2;
      for (let i = 0; i < 4; i++) {
        if (this.memory.i32[w + i] !== model.words[b * 4 + i]) throw new Error(`word ${i} of block ${b} differs`);
      }
      if (heap.hasFinaliser(heap.addressOf(b)) !== model.finaliser[b]) throw new Error(`finaliser of ${b} differs`);
    }
    heap.check();
  }

  private pick(at: number): number {
    const heads = this.model.heads();
    return heads.length === 0 ? 0 : (heads[at % heads.length] as number);
  }

  private setRoot(rootIndex: number, ptr: number): void {
    this.memory.i32[(ROOTS >> 2) + rootIndex] = ptr;
    this.model.roots[rootIndex] = ptr;
  }

  private setWord(ptr: number, slot: number, word: number): void {
    this.memory.i32[(ptr >> 2) + slot] = word;
    this.model.words[(ptr - this.model.pool) / 4 + slot] = word;
  }
}

/** What a tracer has seen must add up to the layout. */
class Ledger implements HeapTracer {
  readonly live = new Map<number, number>();
  onAlloc(ptr: number, blocks: number): void {
    expect(this.live.has(ptr)).toBe(false);
    this.live.set(ptr, blocks);
  }
  onFree(ptr: number, blocks: number): void {
    expect(this.live.get(ptr)).toBe(blocks);
    this.live.delete(ptr);
  }
  onResize(ptr: number, oldBlocks: number, newBlocks: number): void {
    expect(this.live.get(ptr)).toBe(oldBlocks);
    this.live.set(ptr, newBlocks);
  }
}

describe('against the model', () => {
  const steps = fc.array(step, { minLength: 20, maxLength: 120, size: 'max' });

  // 2112 bytes make 128 blocks, whole table words; 3300 make 200, which end in the middle of one.
  it.each([2112, 3300])('every step in %i bytes gives the same addresses, table, contents and finalisers', (region) => {
    fc.assert(
      fc.property(steps, (list) => {
        const pair = new Pair(region);
        for (const s of list) {
          pair.run(s);
          pair.compare();
        }
      }),
      { numRuns: 60 },
    );
  });

  it('a tracer sees every change', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const pair = new Pair(2112);
        const ledger = new Ledger();
        pair.heap.tracer = ledger;
        for (const s of list) pair.run(s);
        const objects = [...pair.heap.layout()].filter((info) => info.kind === 'object');
        expect(new Map(objects.map((info) => [info.addr, info.blocks]))).toEqual(ledger.live);
        pair.compare();
      }),
      { numRuns: 40 },
    );
  });

  it('stress mode keeps what is reachable and finds its own poison intact', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const pair = new Pair(2112);
        pair.heap.stress = true;
        const { heap } = pair;
        // Addresses differ from the model's, so only what holds in any heap is looked at.
        for (const s of list) {
          if (s.do === 'alloc') {
            const ptr = heap.alloc(s.bytes);
            heap.memory.i32[(ROOTS >> 2) + s.root] = ptr;
            if (ptr !== 0) expect(Array.from(heap.memory.i32.subarray(ptr >> 2, (ptr >> 2) + 4))).toEqual([0, 0, 0, 0]);
          } else if (s.do === 'drop') {
            heap.memory.i32[(ROOTS >> 2) + s.root] = 0;
          }
          heap.logTop = 0;
          heap.check();
        }
        for (let i = 0; i < ROOT_COUNT; i++) {
          const ptr = heap.memory.i32[(ROOTS >> 2) + i] as number;
          if (ptr !== 0) expect(heap.nbytes(ptr)).toBeGreaterThan(0);
        }
      }),
      { numRuns: 30 },
    );
  });
});
