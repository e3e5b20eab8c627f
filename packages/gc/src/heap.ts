/**
 * The block allocator and its collector: first fit over a two-bit allocation table, conservative mark, sweep.
 *
 * Counterpart: py/gc.c with one area. Addresses, figures and the moments of collection equal upstream's, call for call.
 * Allocation is one class in one file with plain fields, because alloc() is the hottest function of the project: the fast
 * path for one block stays below V8's inlining limit and reads every field once.
 *
 * Invariant: no block before table byte `lastFreeIndex` is free. Every fast path and search relies on it.
 *
 * Roots that the host holds: each allocation appends its address to the handle log, which a collection marks. The owner
 * drops entries by lowering `logTop`, down to `logBase`.
 */

import { HeapError } from './errors.js';
import { type BlockInfo, objectsOf } from './blocks.js';
import { checkHeap } from './check.js';
import { Kind, layoutOf, Unit } from './layout.js';
import { markRange, markWord } from './mark.js';
import type { LinearMemory } from './memory.js';
import { Reg } from './registers.js';
import type { CollectionStats, HeapOptions, HeapRoots } from './roots.js';
import { captureState, EMPTY_STATE, type HeapState, restoreState } from './state.js';
import { freeBlockCount, type HeapStats, heapStats } from './stats.js';
import { announceDead, runFinalisers, sweepBlocks, unmarkAll } from './sweep.js';
import { claim, endOfObject, findFree, freeEntries, freeRunAt, kindAt, orEntries } from './table.js';
import type { Double } from './layout.js';
import type { FailReason, HeapTracer } from './trace.js';

/** Bit of `lockWord` that is set while a collection runs; the depth of locks counts above it. */
const COLLECTING = 1;
/** Larger than any sum of allocated blocks between two collections: stands for "no threshold". */
const NO_LIMIT = 0x7fff_ffff;
/** What stress mode writes over freed blocks. Reads as a small int, so a stale reference shows as a strange number. */
const POISON = 0xa5a5_a5a5 | 0;
/** Entries the log may reach before something is clearly not releasing it. */
const MAX_LOG = 1 << 22;
/** Entries of a log in a memory's spare part, where it cannot grow; more if the heap has more blocks. */
const SPARE_LOG = 1 << 18;
/** Runs of more blocks than this share one hint. */
const MAX_HINT = 8;
/** Above any table word. */
const NO_WORD = 0x7fff_ffff;
/** Blocks up to which storing zeros one by one beats a call of fill(). */
const SMALL_CLEAR = 8;

/** A heap on [start, end) of a linear memory. */
export class Heap {
  /** The memory that the heap lies in. */
  readonly memory: LinearMemory;
  /** The owner's hooks. */
  readonly roots: HeapRoots;
  /** Address of the first block. */
  readonly poolStart: number;
  /** Address after the last block. */
  readonly poolEnd: number;
  /** How many blocks of 16 bytes the pool has. */
  readonly blocks: number;
  /** Address of the allocation table. */
  readonly tableStart: number;
  /** Bytes of the allocation table, four blocks each. */
  readonly tableBytes: number;
  /** Address of the finaliser table. */
  readonly finaliserStart: number;
  /** Address of the weakref table, 0 if there is none. */
  readonly weakrefStart: number;

  /** @internal See {@link Reg}. */
  readonly regs: Int32Array;
  private readonly regs64: Float64Array;

  /** The handle log: addresses that a collection treats as roots, up to `logTop`. It is replaced when it grows. */
  log: Int32Array;
  /** Number of live entries in `log`. */
  get logTop(): number {
    return this.regs[Reg.LogTop] as number;
  }
  set logTop(v: number) {
    this.regs[Reg.LogTop] = v;
  }
  /** Where the current run's entries begin; those before belong to runs that it is nested in. */
  get logBase(): number {
    return this.regs[Reg.LogBase] as number;
  }
  set logBase(v: number) {
    this.regs[Reg.LogBase] = v;
  }

  /** @internal The memory's words. */
  readonly i32: Int32Array;
  /** @internal */
  readonly f64: Float64Array;
  /** @internal Word index of the allocation table. */
  readonly tableWord: number;
  /** @internal Word index after the last table word. */
  readonly tableWordEnd: number;
  /** @internal Table byte that a search starts at. */
  get lastFreeIndex(): number {
    return this.regs[Reg.LastFreeIndex] as number;
  }
  set lastFreeIndex(v: number) {
    this.regs[Reg.LastFreeIndex] = v;
  }
  /**
   * @internal `runHints[n]`, for 2 to 8: no run of n free blocks ends in an earlier table word. Upstream searches from
   * `lastFreeIndex` each time, which only single-block allocation moves; this finds the same run sooner
   * (two blocks at a time: 20 M/s instead of 1.3; bench/heap.bench.mjs).
   */
  readonly runHints: Int32Array;
  /** @internal The hints hold only up to here: the lowest table word in which a block was freed since they were lowered. */
  get freedWord(): number {
    return this.regs[Reg.FreedWord] as number;
  }
  set freedWord(v: number) {
    this.regs[Reg.FreedWord] = v;
  }
  /** @internal A bound for the sweep: no block above it is in use. */
  get lastUsedBlock(): number {
    return this.regs[Reg.LastUsedBlock] as number;
  }
  set lastUsedBlock(v: number) {
    this.regs[Reg.LastUsedBlock] = v;
  }
  /** @internal Non-zero when alloc() has anything rare to look at: a lock, stress, a failure due, a tracer. */
  get gate(): number {
    return this.regs[Reg.Gate] as number;
  }
  set gate(v: number) {
    this.regs[Reg.Gate] = v;
  }
  /** @internal allocAmount at which alloc() must look at the threshold or give notice. */
  get limit(): number {
    return this.regs[Reg.Limit] as number;
  }
  set limit(v: number) {
    this.regs[Reg.Limit] = v;
  }
  /** @internal allocAmount from which `roots.allocated()` is due. */
  get noticeAt(): number {
    return this.regs[Reg.NoticeAt] as number;
  }
  set noticeAt(v: number) {
    this.regs[Reg.NoticeAt] = v;
  }
  /** Blocks allocated since the last collection, as upstream's gc_alloc_amount. */
  get allocAmount(): number {
    return this.regs[Reg.AllocAmount] as number;
  }
  set allocAmount(v: number) {
    this.regs[Reg.AllocAmount] = v;
  }
  /** Blocks in use. */
  get usedBlocks(): number {
    return this.regs[Reg.UsedBlocks] as number;
  }
  set usedBlocks(v: number) {
    this.regs[Reg.UsedBlocks] = v;
  }
  /** Allocations so far. */
  get allocations(): Double {
    return this.regs64[0] as number;
  }
  set allocations(v: Double) {
    this.regs64[0] = v;
  }
  /** @internal Whether each allocation is charged. */
  readonly charges: boolean;

  /** Lock depth times two, plus one while a collection runs: upstream's gc_lock_depth. Set through `setLockWord()`. */
  get lockWord(): number {
    return this.regs[Reg.LockWord] as number;
  }
  set lockWord(v: number) {
    this.regs[Reg.LockWord] = v;
  }
  /** @internal */
  thresholdBlocks: number;
  /** @internal */
  get autoCollect(): boolean {
    return this.regs[Reg.AutoCollect] !== 0;
  }
  set autoCollect(v: boolean) {
    this.regs[Reg.AutoCollect] = v ? 1 : 0;
  }
  /** @internal */
  get stressOn(): boolean {
    return this.regs[Reg.StressOn] !== 0;
  }
  set stressOn(v: boolean) {
    this.regs[Reg.StressOn] = v ? 1 : 0;
  }
  /** @internal */
  get failIn(): number {
    return this.regs[Reg.FailIn] as number;
  }
  set failIn(v: number) {
    this.regs[Reg.FailIn] = v;
  }
  /** @internal */
  tracing: HeapTracer | null;

  /** Objects that the last collection freed: what `gc.collect()` returns. */
  get collected(): number {
    return this.regs[Reg.Collected] as number;
  }
  set collected(v: number) {
    this.regs[Reg.Collected] = v;
  }
  /** Collections so far. */
  collections: number;
  /** @internal Blocks that the last sweep freed. */
  get freedBlocks(): number {
    return this.regs[Reg.FreedBlocks] as number;
  }
  set freedBlocks(v: number) {
    this.regs[Reg.FreedBlocks] = v;
  }
  /** @internal Counted by mark.ts. */
  get markedObjects(): number {
    return this.regs[Reg.MarkedObjects] as number;
  }
  set markedObjects(v: number) {
    this.regs[Reg.MarkedObjects] = v;
  }
  /** @internal Counted by mark.ts. */
  get markedBlocks(): number {
    return this.regs[Reg.MarkedBlocks] as number;
  }
  set markedBlocks(v: number) {
    this.regs[Reg.MarkedBlocks] = v;
  }
  /** Pause of the last collection, in blocks marked and swept. */
  lastPause: number;
  /** @internal Highest `usedBlocks` seen where it was about to fall. */
  get peakBlocks(): number {
    return this.regs[Reg.PeakBlocks] as number;
  }
  set peakBlocks(v: number) {
    this.regs[Reg.PeakBlocks] = v;
  }
  /** @internal Sum of allocAmount over the collections so far. */
  allocatedBefore: number;
  /** @internal */
  markStack: Int32Array;
  /** @internal {@link markRange} and {@link sweepBlocks} as other code does them; null: nobody does. */
  fast: { readonly markRange: (from: number, to: number) => void; readonly sweepBlocks: () => void } | null = null;

  /**
   * Lays out tables and pool in [start, end) and clears the tables. `start` is a multiple of 4; `end` is rounded down to
   * one of 16.
   */
  constructor(memory: LinearMemory, start: number, end: number, roots: HeapRoots, options: HeapOptions = {}) {
    if ((start & 3) !== 0 || start < 0 || end > memory.size || start >= end) {
      throw new HeapError('region', `word-aligned bounds within ${memory.size} bytes`, `[${start}, ${end})`);
    }
    const layout = layoutOf(start, end, options.weakrefs === true);
    this.memory = memory;
    this.roots = roots;
    this.regs = memory.int32Array(Reg.Count);
    this.regs64 = new Float64Array(this.regs.buffer, this.regs.byteOffset + 4 * Reg.Allocations, 1);
    this.poolStart = layout.poolStart;
    this.poolEnd = layout.poolEnd;
    this.blocks = layout.blocks;
    this.tableStart = layout.tableStart;
    this.tableBytes = layout.tableBytes;
    this.finaliserStart = layout.finaliserStart;
    this.weakrefStart = layout.weakrefStart;
    this.log = memory.int32Array(memory.hasSpare ? Math.max(SPARE_LOG, layout.blocks) : 1024);
    this.logTop = 0;
    this.logBase = 0;
    this.i32 = memory.i32;
    this.f64 = memory.f64;
    this.tableWord = layout.tableStart >> 2;
    this.tableWordEnd = this.tableWord + ((layout.blocks + 15) >> 4);
    this.lastFreeIndex = 0;
    this.runHints = memory.int32Array(MAX_HINT + 1);
    this.freedWord = NO_WORD;
    this.lastUsedBlock = 0;
    this.gate = 0;
    this.limit = NO_LIMIT;
    this.noticeAt = NO_LIMIT;
    this.allocAmount = 0;
    this.usedBlocks = 0;
    this.allocations = 0;
    this.charges = roots.charge !== undefined && options.chargeAllocations !== false;
    this.lockWord = 0;
    this.thresholdBlocks = -1;
    this.autoCollect = true;
    this.stressOn = false;
    this.failIn = -1;
    this.tracing = null;
    this.collected = 0;
    this.collections = 0;
    this.freedBlocks = 0;
    this.markedObjects = 0;
    this.markedBlocks = 0;
    this.lastPause = 0;
    this.peakBlocks = 0;
    this.allocatedBefore = 0;
    this.markStack = memory.int32Array(memory.hasSpare ? layout.blocks : 1024);
    const flagBytes = layout.finaliserBytes + layout.weakrefBytes;
    memory.u8.fill(0, start, start + layout.tableBytes + Unit.GapBytes + flagBytes);
  }

  // ---- allocation -----------------------------------------------------------------------------------------------------

  /**
   * Address of `nBytes` zeroed bytes, rounded up to whole blocks, which are also in the log; 0 if they do not fit even
   * after a collection, if the heap is locked, or for no bytes. Collects when the threshold is reached or nothing fits.
   */
  alloc(nBytes: number, hasFinaliser = false): number {
    const n = (nBytes + (Unit.BlockBytes - 1)) >>> 4;
    if (n !== 1 || hasFinaliser || this.gate !== 0 || this.allocAmount >= this.limit) {
      return this.allocBlocks(n, nBytes, hasFinaliser);
    }
    // One block: the lowest lane of the first table word that is not full, 16 blocks a step.
    const i32 = this.i32;
    const table = this.tableWord;
    let w = table + (this.lastFreeIndex >> 2);
    let word = i32[w] as number;
    let free = ~(word | (word >>> 1)) & Unit.Lanes;
    while (free === 0 && w < this.tableWordEnd) {
      word = i32[++w] as number;
      free = ~(word | (word >>> 1)) & Unit.Lanes;
    }
    const bit = free & -free;
    const block = ((w - table) << 4) + ((31 - Math.clz32(bit)) >> 1);
    if (block >= this.blocks || bit === 0) return this.allocBlocks(n, nBytes, false);
    i32[w] = word | bit;
    this.lastFreeIndex = (block + 1) >> 2;
    if (block > this.lastUsedBlock) this.lastUsedBlock = block;
    this.allocAmount++;
    this.usedBlocks++;
    this.allocations++;
    const ptr = this.poolStart + (block << 4);
    const f64 = this.f64;
    f64[ptr >> 3] = 0;
    f64[(ptr >> 3) + 1] = 0;
    const top = this.logTop;
    if (top < this.log.length) {
      this.log[top] = ptr;
      this.logTop = top + 1;
    } else {
      this.keep(ptr);
    }
    if (this.charges) this.charge(1);
    return ptr;
  }

  /** Two blocks, twice as fast as the general case: from the hint on, with two lanes. 0 if that finds nothing. */
  private allocPair(): number {
    const i32 = this.i32;
    const table = this.tableWord;
    let w = this.runHints[2] as number;
    if (this.freedWord < w) return 0;
    if (this.lastFreeIndex >> 2 > w) w = this.lastFreeIndex >> 2;
    w += table;
    // Lanes free in the word before: its last one may begin the pair. Before the first word lies what the owner put there.
    let before = 0;
    if (w > table) {
      before = i32[w - 1] as number;
      before = ~(before | (before >>> 1)) & Unit.Lanes;
    }
    let word = i32[w] as number;
    let free = ~(word | (word >>> 1)) & Unit.Lanes;
    let ends = free & ((free << 2) | (before >>> 30));
    while (ends === 0 && w < this.tableWordEnd) {
      before = free;
      word = i32[++w] as number;
      free = ~(word | (word >>> 1)) & Unit.Lanes;
      ends = free & ((free << 2) | (before >>> 30));
    }
    const bit = ends & -ends;
    const last = ((w - table) << 4) + ((31 - Math.clz32(bit)) >> 1);
    if (last >= this.blocks || bit === 0) return 0;
    // The end is a tail, the lane below it a head, which for the lowest lane lies in the word before.
    i32[w] = word | (bit << 1) | (bit >>> 2);
    if (bit === 1) i32[w - 1] = (i32[w - 1] as number) | (Kind.Head << 30);
    this.runHints[2] = w - table;
    if (last > this.lastUsedBlock) this.lastUsedBlock = last;
    this.allocAmount += 2;
    this.usedBlocks += 2;
    this.allocations++;
    const ptr = this.poolStart + ((last - 1) << 4);
    const f64 = this.f64;
    const p = ptr >> 3;
    f64[p] = 0;
    f64[p + 1] = 0;
    f64[p + 2] = 0;
    f64[p + 3] = 0;
    this.keep(ptr);
    if (this.charges) this.charge(2);
    return ptr;
  }

  /** The general case, in upstream's order: size, lock, threshold, search, collect, search again. */
  private allocBlocks(n: number, nBytes: number, hasFinaliser: boolean): number {
    if (this.allocAmount >= this.noticeAt) this.giveNotice();
    if (n === 2 && !hasFinaliser && this.gate === 0 && this.allocAmount < this.limit) {
      const pair = this.allocPair();
      if (pair !== 0) return pair;
    }
    if (n === 0) return 0;
    if (this.gate !== 0 && !this.mayAllocate(nBytes)) return 0;
    let collected = !this.autoCollect;
    if (!collected && (this.stressOn || this.allocAmount >= this.limit)) {
      this.collect();
      collected = true;
    }
    let start = this.search(n);
    if (start < 0) {
      if (!collected) {
        this.collect();
        start = this.search(n);
      }
      if (start < 0) return this.fail(nBytes, 'full');
    }
    // Only a search for a single block proves that nothing before it is free.
    if (n === 1) this.lastFreeIndex = (start + 1) >> 2;
    const last = start + n - 1;
    if (last > this.lastUsedBlock) this.lastUsedBlock = last;
    claim(this.i32, this.tableWord, start, n);
    this.allocAmount += n;
    this.usedBlocks += n;
    this.allocations++;
    const ptr = this.poolStart + (start << 4);
    this.clear(ptr, n);
    if (hasFinaliser) {
      const flags = this.memory.u8;
      const at = this.finaliserStart + (start >> 3);
      flags[at] = (flags[at] as number) | (1 << (start & 7));
    }
    this.keep(ptr);
    if (this.gate !== 0 && this.tracing !== null) this.tracing.onAlloc(ptr, n, nBytes);
    if (this.charges) this.charge(n);
    if (this.allocAmount >= this.noticeAt) this.giveNotice();
    return ptr;
  }

  /** First fit for a run of `n` blocks, -1 if there is none. */
  private search(n: number): number {
    let from = this.lastFreeIndex >> 2;
    if (n === 1) return findFree(this.i32, this.tableWord, from, this.blocks, 1);
    const hints = this.runHints;
    const freed = this.freedWord;
    if (freed !== NO_WORD) {
      for (let i = 2; i <= MAX_HINT; i++) if ((hints[i] as number) > freed) hints[i] = freed;
      this.freedWord = NO_WORD;
    }
    const hint = hints[n < MAX_HINT ? n : MAX_HINT] as number;
    if (hint > from) from = hint;
    const start = findFree(this.i32, this.tableWord, from, this.blocks, n);
    // First fit: no run of n, hence none longer, ends before this one.
    const word = start < 0 ? (this.blocks + 15) >> 4 : (start + n - 1) >> 4;
    for (let i = n; i <= MAX_HINT && (hints[i] as number) < word; i++) hints[i] = word;
    return start;
  }

  /**
   * Makes an object `nBytes` long: in place if it shrinks or the blocks after it are free, else by moving it if
   * `allowMove`. Added bytes are zero; a finaliser moves along. 0 on failure, when the object is as before; as upstream, no
   * pointer means alloc() and no bytes mean free().
   */
  realloc(ptr: number, nBytes: number, allowMove: boolean): number {
    if (ptr === 0) return this.alloc(nBytes);
    if (nBytes === 0) {
      this.free(ptr);
      return 0;
    }
    if (this.lockWord !== 0) return this.fail(nBytes, 'locked');
    const block = this.headOf(ptr, false);
    const table = this.tableWord;
    const have = endOfObject(this.i32, table, block, this.blocks) - block;
    const want = (nBytes + (Unit.BlockBytes - 1)) >>> 4;
    if (want === have) return ptr;
    if (want < have) {
      this.shrink(ptr, block, have, want);
      return ptr;
    }
    if (this.stressOn && this.autoCollect) this.collectKeeping(ptr);
    const more = want - have;
    if (freeRunAt(this.i32, table, block + have, this.blocks, more) === more) {
      if (this.failIn > 0 && this.failsNow(nBytes)) return 0;
      const end = block + want;
      orEntries(this.i32, table, block + have, end, Unit.LanesHigh);
      // Upstream keeps the exclusive end here, one more than alloc() would.
      if (end > this.lastUsedBlock) this.lastUsedBlock = end;
      this.usedBlocks += more;
      this.clear(ptr + (have << 4), more);
      if (this.gate !== 0 && this.tracing?.onResize !== undefined) this.tracing.onResize(ptr, have, want);
      return ptr;
    }
    if (!allowMove) return this.fail(nBytes, 'in-place');
    return this.move(ptr, block, have, nBytes);
  }

  /** Gives an object's blocks back at once, without running its finaliser. Nothing happens for 0 or on a locked heap. */
  free(ptr: number): void {
    // A finaliser may free: the lock that a collection holds does not count.
    if ((this.lockWord & ~COLLECTING) !== 0 || ptr === 0) return;
    if (this.gate === 0 && this.freeSmall(ptr)) return;
    const block = this.headOf(ptr, true);
    const end = endOfObject(this.i32, this.tableWord, block, this.blocks);
    if (this.weakrefStart !== 0 && this.flag(this.weakrefStart, block)) {
      throw new HeapError('pointer', 'an object without weak references', `${ptr}`);
    }
    if (this.gate !== 0 && this.tracing !== null) this.tracing.onFree(ptr, end - block, 'free');
    const flags = this.memory.u8;
    const at = this.finaliserStart + (block >> 3);
    flags[at] = (flags[at] as number) & ~(1 << (block & 7));
    this.noteFreed(block);
    this.usedBlocks -= end - block;
    freeEntries(this.i32, this.tableWord, block, end);
    if (this.stressOn) this.poison(block, end);
  }

  /** The quick way for an object of one block, seen in one word of the table. False: the general way must do it. */
  private freeSmall(ptr: number): boolean {
    const block = (ptr - this.poolStart) >> 4;
    const lane = (block & 15) << 1;
    if (lane === 30 || !this.isHeapPointer(ptr)) return false;
    const at = this.tableWord + (block >> 4);
    const word = this.i32[at] as number;
    const two = (word >>> lane) & 15;
    if ((two & 3) !== Kind.Head || two >> 2 === Kind.Tail) return false;
    if (this.weakrefStart !== 0 && this.flag(this.weakrefStart, block)) return false;
    const flags = this.memory.u8;
    const flagAt = this.finaliserStart + (block >> 3);
    flags[flagAt] = (flags[flagAt] as number) & ~(1 << (block & 7));
    this.noteFreed(block);
    this.usedBlocks--;
    this.i32[at] = word & ~(3 << lane);
    return true;
  }

  /** Length in bytes of the object at `ptr`, in whole blocks; 0 if there is none. */
  nbytes(ptr: number): number {
    if (!this.isHeapPointer(ptr)) return 0;
    const block = (ptr - this.poolStart) >> 4;
    if (kindAt(this.i32, this.tableWord, block) !== Kind.Head) return 0;
    return (endOfObject(this.i32, this.tableWord, block, this.blocks) - block) << 4;
  }

  private shrink(ptr: number, block: number, have: number, want: number): void {
    const end = block + want;
    freeEntries(this.i32, this.tableWord, end, block + have);
    this.noteFreed(end);
    this.usedBlocks -= have - want;
    if (this.stressOn) this.poison(end, block + have);
    if (this.tracing?.onResize !== undefined) this.tracing.onResize(ptr, have, want);
  }

  private move(ptr: number, block: number, have: number, nBytes: number): number {
    // The caller's only copy of the address may be its own: log it while this allocation may collect.
    const mark = this.logTop;
    this.keep(ptr);
    const out = this.alloc(nBytes, this.flag(this.finaliserStart, block));
    this.logTop = mark;
    if (out === 0) return 0;
    this.keep(out);
    this.memory.u8.copyWithin(out, ptr, ptr + (have << 4));
    this.free(ptr);
    return out;
  }

  /** Zeroes whole blocks, as upstream's conservative clear does: stale words there would keep other objects alive. */
  private clear(ptr: number, n: number): void {
    const f64 = this.f64;
    let p = ptr >> 3;
    const end = p + (n << 1);
    if (n > SMALL_CLEAR) {
      f64.fill(0, p, end);
      return;
    }
    for (; p < end; p += 2) {
      f64[p] = 0;
      f64[p + 1] = 0;
    }
  }

  /** The rare conditions behind `gate`, for an allocation. */
  private mayAllocate(nBytes: number): boolean {
    if (this.lockWord !== 0) {
      this.fail(nBytes, 'locked');
      return false;
    }
    return !this.failsNow(nBytes);
  }

  /** Stress mode: growing an object may collect, so it does, in place or not. */
  private collectKeeping(ptr: number): void {
    const mark = this.logTop;
    this.keep(ptr);
    this.collect();
    this.logTop = mark;
  }

  private failsNow(nBytes: number): boolean {
    if (this.failIn < 0) return false;
    this.failIn--;
    if (this.failIn > 0) return false;
    this.failIn = -1;
    this.updateGate();
    this.fail(nBytes, 'injected');
    return true;
  }

  private fail(nBytes: number, reason: FailReason): number {
    if (this.tracing?.onFail !== undefined) this.tracing.onFail(nBytes, reason);
    return 0;
  }

  private charge(n: number): void {
    this.roots.charge?.('alloc', n);
  }

  // ---- the handle log -------------------------------------------------------------------------------------------------

  /** Makes `ptr` a root until the log is lowered below it. */
  keep(ptr: number): void {
    const top = this.logTop;
    if (top === this.log.length) this.growLog();
    this.log[top] = ptr;
    this.logTop = top + 1;
  }

  /** @internal */
  growLog(): void {
    const { length } = this.log;
    if (length >= MAX_LOG || this.memory.hasSpare)
      throw new HeapError('handle-log', `fewer than ${length} entries`, 'a log that is never released');
    const grown = new Int32Array(length * 2);
    grown.set(this.log);
    this.log = grown;
  }

  /** @internal */
  growMarkStack(): void {
    const grown = new Int32Array(this.markStack.length * 2);
    grown.set(this.markStack);
    this.markStack = grown;
  }

  /** Begins a nested run: what is in the log so far stays. Returns what `popLog()` needs. */
  pushLog(): number {
    const base = this.logBase;
    this.logBase = this.logTop;
    return base;
  }

  /** Ends a nested run: drops its entries. Its result is then to be kept by the caller. */
  popLog(base: number): void {
    this.logTop = this.logBase;
    this.logBase = base;
  }

  // ---- collection -----------------------------------------------------------------------------------------------------

  /**
   * Marks from the log and the roots, runs finalisers, frees what is unreachable. Works on a locked heap; within a
   * collection (from a finaliser) it does nothing, where upstream has an assertion.
   */
  collect(): void {
    if ((this.lockWord & COLLECTING) !== 0) return;
    const amount = this.allocAmount;
    this.allocAmount = 0;
    this.allocatedBefore += amount;
    this.cycle(true);
  }

  /** As when it was made: everything is free, without finalisers; settings and counts start anew, stress mode stays. */
  reset(): void {
    const { tableStart, poolStart } = this;
    this.memory.u8.fill(0, tableStart, poolStart);
    const stress = this.stressOn;
    restoreState(this, EMPTY_STATE);
    this.runHints.fill(0);
    this.stress = stress;
  }

  /** Finalises and frees every object, reachable or not: what a soft reset does. */
  sweepAll(): void {
    if ((this.lockWord & COLLECTING) === 0) this.cycle(false);
  }

  private cycle(marking: boolean): void {
    this.notePeak();
    this.setLockWord(this.lockWord | COLLECTING);
    this.markedObjects = 0;
    this.markedBlocks = 0;
    let finalised = 0;
    let done = false;
    let swept = 0;
    try {
      if (marking) {
        this.markLog();
        this.roots.markRoots(this);
      }
      finalised = runFinalisers(this);
      if (this.stressOn || this.tracing !== null) announceDead(this);
      swept = Math.min(this.lastUsedBlock + 1, this.blocks);
      if (this.fast !== null) this.fast.sweepBlocks();
      else sweepBlocks(this);
      done = true;
    } finally {
      // A hook that throws leaves everything allocated and nothing marked.
      if (!done) unmarkAll(this);
      this.lastFreeIndex = 0;
      this.freedWord = 0;
      this.setLockWord(this.lockWord & ~COLLECTING);
    }
    this.usedBlocks -= this.freedBlocks;
    this.collections++;
    this.lastPause = this.markedBlocks + swept;
    this.report(finalised, swept);
  }

  private markLog(): void {
    const log = this.log;
    const top = this.logTop;
    for (let i = 0; i < top; i++) markWord(this, log[i] as number);
  }

  private report(finalised: number, swept: number): void {
    const roots = this.roots;
    const marked = this.markedBlocks;
    const stats: CollectionStats = {
      collection: this.collections,
      markedObjects: this.markedObjects,
      markedBlocks: marked,
      freedObjects: this.collected,
      freedBlocks: this.freedBlocks,
      sweptBlocks: swept,
      finalised,
      usedBlocks: this.usedBlocks,
      pauseBlocks: this.lastPause,
    };
    if (roots.weakrefs?.swept !== undefined) roots.weakrefs.swept(this);
    if (roots.charge !== undefined) {
      if (marked > 0) roots.charge('mark', marked);
      roots.charge('sweep', swept);
    }
    if (this.tracing?.onCollect !== undefined) this.tracing.onCollect(stats);
    if (roots.collected !== undefined) roots.collected(this, stats);
  }

  /** For `markRoots()`: marks the object that `word` is the address of, if it is, and all that it leads to. */
  markWord(word: number): void {
    markWord(this, word);
  }

  /** For `markRoots()`: the same for each aligned word in [from, to). */
  markRange(from: number, to: number): void {
    markRange(this, from, to);
  }

  /** Asks for `roots.weakrefs.aboutToBeFreed()` when this object is freed. */
  markWeakref(ptr: number): void {
    if (this.weakrefStart === 0) throw new HeapError('no-weakref-table', 'a heap made with `weakrefs`', 'one without');
    const block = this.headOf(ptr, false);
    const flags = this.memory.u8;
    const at = this.weakrefStart + (block >> 3);
    flags[at] = (flags[at] as number) | (1 << (block & 7));
  }

  // ---- locks and settings ---------------------------------------------------------------------------------------------

  /** Makes allocation fail and free() do nothing, until unlocked as many times. */
  lock(): void {
    this.setLockWord(this.lockWord + 2);
  }

  /** Undoes one lock(). */
  unlock(): void {
    if (this.lockWord < 2) throw new HeapError('state', 'a locked heap', 'one that is not');
    this.setLockWord(this.lockWord - 2);
  }

  /** How many times the heap is locked, not counting a collection. */
  get lockDepth(): number {
    return this.lockWord >> 1;
  }
  set lockDepth(depth: number) {
    this.setLockWord((depth << 1) | (this.lockWord & COLLECTING));
  }

  /** Whether a collection is under way. */
  get collecting(): boolean {
    return (this.lockWord & COLLECTING) !== 0;
  }

  /** Sets depth and flag together, for an owner that keeps one per thread. */
  setLockWord(word: number): void {
    this.lockWord = word;
    this.updateGate();
  }

  /** Whether allocation may collect (`gc.enable()`). */
  get enabled(): boolean {
    return this.autoCollect;
  }
  set enabled(on: boolean) {
    this.autoCollect = on;
    this.updateGate();
  }

  /** Bytes to be allocated before the next allocation collects, in whole blocks; -1 for never. */
  get threshold(): number {
    return this.thresholdBlocks < 0 ? -1 : this.thresholdBlocks * Unit.BlockBytes;
  }
  set threshold(bytes: number) {
    this.thresholdBlocks = bytes < 0 ? -1 : Math.floor(bytes / Unit.BlockBytes);
    this.updateGate();
  }

  /** Stress mode: collects at every allocation and overwrites what is freed; free blocks are then checked for writes. */
  get stress(): boolean {
    return this.stressOn;
  }
  set stress(on: boolean) {
    if (on && !this.stressOn) this.poisonFree();
    this.stressOn = on;
    this.updateGate();
  }

  /** Fails the Nth allocation or growth from now, once; 1 is the next. Reads -1 when off or when it has happened. */
  get failAfter(): number {
    return this.failIn;
  }
  set failAfter(n: number) {
    if (n !== -1 && (!Number.isInteger(n) || n < 1)) throw new HeapError('option', 'failAfter of -1 or from 1', `${n}`);
    this.failIn = n;
    this.updateGate();
  }

  /** Told of every allocation and free while it is set. */
  get tracer(): HeapTracer | null {
    return this.tracing;
  }
  set tracer(tracer: HeapTracer | null) {
    this.tracing = tracer;
    this.updateGate();
  }

  /**
   * Has `roots.allocated()` called once, when the blocks allocated from now on are more than `blocks`, or by one or two fewer.
   * A collection starts the count anew. Infinity takes the wish back.
   */
  noticeAfter(blocks: number): void {
    this.noticeAt = Math.min(this.allocAmount + blocks, NO_LIMIT);
    this.updateGate();
  }

  /** How many blocks may be allocated before `roots.allocated()` is due; Infinity when it is not asked for. */
  get blocksToNotice(): number {
    return this.noticeAt === NO_LIMIT ? Number.POSITIVE_INFINITY : Math.max(0, this.noticeAt - this.allocAmount);
  }

  private giveNotice(): void {
    this.noticeAt = NO_LIMIT;
    this.updateGate();
    this.roots.allocated?.(this);
  }

  private updateGate(): void {
    this.gate = this.lockWord !== 0 || this.stressOn || this.failIn > 0 || this.tracing !== null ? 1 : 0;
    const threshold = this.autoCollect && this.thresholdBlocks >= 0 ? this.thresholdBlocks : NO_LIMIT;
    this.limit = Math.min(threshold, this.noticeAt);
  }

  // ---- looking at it --------------------------------------------------------------------------------------------------

  /** Entry of a block in the allocation table: 0 free, 1 head, 2 tail, 3 marked head. */
  kind(block: number): number {
    return kindAt(this.i32, this.tableWord, block);
  }

  /** Number of the block that an address lies in. */
  blockOf(ptr: number): number {
    return (ptr - this.poolStart) >> 4;
  }

  /** Address of a block. */
  addressOf(block: number): number {
    return this.poolStart + (block << 4);
  }

  /** Whether a word is the address of a block, whatever the block holds. */
  isHeapPointer(word: number): boolean {
    return (word & (Unit.BlockBytes - 1)) === 0 && (word - this.poolStart) >>> 0 < this.poolEnd - this.poolStart;
  }

  /** Whether the object at `ptr` has a finaliser. */
  hasFinaliser(ptr: number): boolean {
    return this.isHeapPointer(ptr) && this.flag(this.finaliserStart, this.blockOf(ptr));
  }

  /** Bytes of the pool: what `mem_free() + mem_alloc()` is. */
  get totalBytes(): number {
    return this.blocks << 4;
  }

  /** Free bytes, counted in the table. */
  freeBytes(): number {
    return freeBlockCount(this) << 4;
  }

  /** Bytes in use, counted in the table. */
  usedBytes(): number {
    return (this.blocks - freeBlockCount(this)) << 4;
  }

  /** Blocks allocated since the heap was made. Growth in place is not counted, as in upstream's threshold. */
  get allocatedBlocks(): number {
    return this.allocatedBefore + this.allocAmount;
  }

  /** Figures in blocks, bytes and counts; the first seven as upstream's gc_info(). */
  stats(): HeapStats {
    this.notePeak();
    return heapStats(this);
  }

  /** Every object and every free run, in address order. Do not allocate meanwhile. */
  layout(): Iterable<BlockInfo> {
    return objectsOf(this);
  }

  /** Throws HeapCorruption if the tables contradict each other, the counters, or (in stress mode) the free blocks. */
  check(): void {
    checkHeap(this);
  }

  // ---- snapshots ------------------------------------------------------------------------------------------------------

  /** Plain data: what is not in the memory. */
  save(): HeapState {
    return captureState(this);
  }

  /** Puts back what `save()` returned; the memory is restored by its owner. The tracer stays as it is. */
  load(state: HeapState): void {
    restoreState(this, state);
    this.updateGate();
  }

  // ---- shared with this package's other files -------------------------------------------------------------------------

  /** @internal Overwrites the blocks [from, to). */
  poison(from: number, to: number): void {
    this.i32.fill(POISON, this.addressOf(from) >> 2, this.addressOf(to) >> 2);
  }

  /** @internal True if no word of a block was written since it was poisoned. */
  isPoisoned(block: number): boolean {
    const w = this.addressOf(block) >> 2;
    for (let i = 0; i < Unit.BlockWords; i++) if (this.i32[w + i] !== POISON) return false;
    return true;
  }

  /** @internal Bit of a block in a flag table. */
  flag(table: number, block: number): boolean {
    return (((this.memory.u8[table + (block >> 3)] as number) >> (block & 7)) & 1) !== 0;
  }

  private poisonFree(): void {
    for (let b = 0; b < this.blocks; b++) if (this.kind(b) === Kind.Free) this.poison(b, b + 1);
  }

  /** Lowers where searches start, before blocks from `block` on become free. */
  private noteFreed(block: number): void {
    if (block >> 2 < this.lastFreeIndex) this.lastFreeIndex = block >> 2;
    if (block >> 4 < this.freedWord) this.freedWord = block >> 4;
    this.notePeak();
  }

  private notePeak(): void {
    if (this.usedBlocks > this.peakBlocks) this.peakBlocks = this.usedBlocks;
  }

  /** Block of the object at `ptr`. What upstream leaves to an assertion throws here. */
  private headOf(ptr: number, orMarked: boolean): number {
    if (this.isHeapPointer(ptr)) {
      const block = (ptr - this.poolStart) >> 4;
      const kind = kindAt(this.i32, this.tableWord, block);
      if (kind === Kind.Head || (orMarked && kind === Kind.Mark && this.collecting)) return block;
    }
    throw new HeapError('pointer', 'the address of an allocated object', `0x${(ptr >>> 0).toString(16)}`);
  }
}
