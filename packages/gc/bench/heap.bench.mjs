/**
 * Host speed of the heap, collections included. Run on the built package: npm run build && node bench/heap.bench.mjs
 * Vitest would run each source file on its own, where `const enum` members are property reads.
 */

import { figures } from '../../../tools/bench-figures.mjs';
import { Heap, LinearMemory } from '../dist/index.js';

const results = { millionsPerSecond: {}, collections: {} };

const KIB = 1024;

/** A heap with `live` of its blocks held by one table of roots, scattered evenly. */
function makeHeap(bytes, live = 0) {
  const memory = new LinearMemory(bytes + 4 * KIB * KIB);
  const rootsAt = bytes + 16;
  let rootsEnd = rootsAt;
  const heap = new Heap(memory, 16, bytes, { markRoots: (h) => h.markRange(rootsAt, rootsEnd) });
  const total = heap.blocks;
  for (let i = 0; i < total; i++) {
    const ptr = heap.alloc(16);
    heap.logTop = 0;
    if (Math.floor((i + 1) * live) !== Math.floor(i * live)) {
      memory.i32[rootsEnd >> 2] = ptr;
      rootsEnd += 4;
    }
  }
  heap.collect();
  return heap;
}

function small(heap, count, bytes) {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    sum ^= heap.alloc(bytes);
    heap.logTop = heap.logBase;
  }
  return sum;
}

function mixed(heap, count) {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    sum ^= heap.alloc(((i * 7) & 63) + 1);
    heap.logTop = heap.logBase;
  }
  return sum;
}

function pairs(heap, count, bytes) {
  for (let i = 0; i < count; i++) {
    const ptr = heap.alloc(bytes);
    heap.logTop = heap.logBase;
    heap.free(ptr);
  }
  return 0;
}

function appends(heap, count) {
  let ptr = heap.alloc(16);
  for (let i = 0; i < count; i++) {
    heap.logTop = heap.logBase;
    heap.keep(ptr);
    ptr = (i & 63) === 63 ? heap.alloc(16) : heap.realloc(ptr, ((i & 63) + 2) * 16, true);
  }
  return ptr;
}

/** Builds a binary tree of one-block objects that fills `share` of the heap, and collects it. */
function treeHeap(bytes, share) {
  const memory = new LinearMemory(bytes + KIB);
  let root = 0;
  const heap = new Heap(memory, 16, bytes, { markRoots: (h) => h.markWord(root) });
  const nodes = Math.floor(heap.blocks * share);
  const address = new Int32Array(nodes);
  for (let i = 0; i < nodes; i++) address[i] = heap.alloc(16);
  for (let i = 1; i < nodes; i++) memory.i32[(address[(i - 1) >> 1] >> 2) + 1 + (i & 1)] = address[i];
  root = address[0];
  heap.logTop = 0;
  return heap;
}

function measure(name, perRound, round) {
  const warm = performance.now();
  do round();
  while (performance.now() - warm < 150);
  const rates = [];
  for (let i = 0; i < 7; i++) {
    const start = performance.now();
    round();
    rates.push(perRound / (performance.now() - start) / 1000);
  }
  rates.sort((a, b) => a - b);
  results.millionsPerSecond[name] = rates[3];
  console.log(`${name.padEnd(58)} ${rates[3].toFixed(1).padStart(8)} M/s   best ${rates[6].toFixed(1).padStart(8)}`);
}

function collections(name, heap) {
  const times = [];
  for (let round = 0; round < 9; round++) {
    const start = performance.now();
    for (let i = 0; i < 50; i++) heap.collect();
    times.push((performance.now() - start) / 50);
  }
  const ms = times.sort((a, b) => a - b)[4];
  const each = (ms * 1e6) / heap.markedObjects;
  results.collections[name] = { ms, nsPerObject: each };
  console.log(`collecting ${name}: ${(ms * 1000).toFixed(0)} us, ${each.toFixed(1)} ns an object`);
}

const N = 2_000_000;
const cases = [
  ['1 block, 256 KiB heap, nothing live', N, makeHeap(256 * KIB), (h) => small(h, N, 16)],
  ['1 block, 1 MiB heap, nothing live', N, makeHeap(1024 * KIB), (h) => small(h, N, 12)],
  ['1 block, 256 KiB heap, 25 % live, scattered', N, makeHeap(256 * KIB, 0.25), (h) => small(h, N, 16)],
  ['1 block, 256 KiB heap, 50 % live, scattered', N, makeHeap(256 * KIB, 0.5), (h) => small(h, N, 16)],
  ['1 block, 256 KiB heap, 90 % live, scattered', N, makeHeap(256 * KIB, 0.9), (h) => small(h, N, 16)],
  ['2 blocks, 256 KiB heap, nothing live', N, makeHeap(256 * KIB), (h) => small(h, N, 32)],
  ['2 blocks, 256 KiB heap, 25 % live, scattered', N, makeHeap(256 * KIB, 0.25), (h) => small(h, N, 32)],
  ['1 to 4 blocks, 256 KiB heap, nothing live', N, makeHeap(256 * KIB), (h) => mixed(h, N)],
  ['alloc and free of 6 blocks', N, makeHeap(256 * KIB), (h) => pairs(h, N, 96)],
  ['alloc and free of 128 blocks', N / 10, makeHeap(256 * KIB), (h) => pairs(h, N / 10, 2048)],
  ['growing by a block, to 64 blocks', N, makeHeap(256 * KIB), (h) => appends(h, N)],
];
for (const [name, count, heap, run] of cases) measure(name, count, () => run(heap));

collections('a tree over 90 % of 1 MiB', treeHeap(1024 * KIB, 0.9));
collections('a table of roots, 50 % of 1 MiB', makeHeap(1024 * KIB, 0.5));
figures('heap', results);
