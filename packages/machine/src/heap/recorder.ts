/**
 * Watching a board's heap: which line of the program allocated what and how much of it lives, how used and free memory went over
 * time, and what was asked for last before an allocation failed. Nothing of it is there until a recorder is attached.
 *
 * Invariant: a recorder only looks. A program does and allocates the same with one as without.
 */
import type { CollectionStats, FailReason, HeapStats, HeapTracer } from '@tsmp/gc';
import { type CodeSite, heapTypeName, placeOf, siteOf, type Vm } from '@tsmp/vm';

/** What one line of a program allocated, of one type. */
export interface AllocationSite extends CodeSite {
  /** Name of the Python type; `data` for buffers, tables, code and frames. */
  readonly type: string;
  /** Allocations so far, and their bytes in whole blocks. */
  readonly count: number;
  readonly bytes: number;
  /** Those not freed yet. */
  readonly live: number;
  readonly liveBytes: number;
}

/** Memory at a moment. */
export interface HeapSample {
  /** Nanoseconds on the board's clock. */
  readonly ns: number;
  readonly used: number;
  readonly free: number;
  /** Longest run of free bytes. */
  readonly largest: number;
}

/** A collection. */
export interface CollectionMark {
  readonly ns: number;
  /** Bytes freed. */
  readonly freed: number;
  /** Bytes in use afterwards. */
  readonly used: number;
  /** Blocks marked and swept. */
  readonly pauseBlocks: number;
}

/** One allocation among the last. */
export interface RecentAllocation {
  readonly site: CodeSite;
  readonly bytes: number;
}

/** An allocation that failed. */
export interface AllocationFailure extends HeapSample {
  readonly bytes: number;
  readonly reason: FailReason;
  readonly site: CodeSite;
  /** The allocations before it, the latest last. */
  readonly before: readonly RecentAllocation[];
  readonly stats: HeapStats;
  /** The allocation table then: a byte a block, 0 free, 1 an object's first block, 2 a further one. */
  readonly table: Uint8Array;
}

/** A moment to compare with another: see {@link heapDifference}. */
export interface HeapPoint extends HeapSample {
  readonly sites: readonly AllocationSite[];
}

/** How a recorder works. */
export interface HeapRecorderOptions {
  /** Samples and collections that are kept; when there are more, every other is dropped. Default 600. */
  readonly samples?: number | undefined;
  /** Allocations that are remembered for a failure's report. Default 20. */
  readonly recent?: number | undefined;
  /** Failures that are kept. Default 10, the first ones. */
  readonly failures?: number | undefined;
}

interface Counts {
  readonly site: CodeSite;
  readonly type: string;
  count: number;
  bytes: number;
  live: number;
  liveBytes: number;
}
interface LiveBlock {
  readonly place: CodeSite;
  bytes: number;
  counts: Counts | undefined;
}

const BLOCK = 16;

/** Records what happens in a board's heap, from its construction until {@link detach}. */
export class HeapRecorder implements HeapTracer {
  /** Memory over time, the first sample first. */
  readonly timeline: HeapSample[] = [];
  readonly collections: CollectionMark[] = [];
  readonly failures: AllocationFailure[] = [];
  private readonly live = new Map<number, LiveBlock>();
  private readonly counts = new Map<string, Counts>();
  /** Sites by instruction address; code that a sweep frees may be followed by other code. */
  private readonly sites = new Map<number, CodeSite>();
  private readonly recent: RecentAllocation[] = [];
  /** Allocated, but its type is only known when it has been filled in. */
  private pending = 0;
  private allocations = 0;
  private interval = 64;
  private readonly maxSamples: number;
  private readonly maxRecent: number;
  private readonly maxFailures: number;

  /** Attaches a recorder to a board's VM. What lives already counts as allocated at the start. */
  constructor(
    private readonly vm: Vm,
    options: HeapRecorderOptions = {},
  ) {
    this.maxSamples = Math.max(2, options.samples ?? 600);
    this.maxRecent = options.recent ?? 20;
    this.maxFailures = options.failures ?? 10;
    const start: CodeSite = { file: '', line: 0, function: '<start>' };
    for (const { addr, blocks, kind } of vm.heap.layout()) {
      if (kind === 'object') this.enter(addr, blocks * BLOCK, start);
    }
    this.sample();
    vm.heap.tracer = this;
  }

  /** Stops recording; what was recorded stays. */
  detach(): void {
    this.settle();
    this.sample();
    if (this.vm.heap.tracer === this) this.vm.heap.tracer = null;
  }

  /** All sites, the one that holds most first. */
  report(): AllocationSite[] {
    this.settle();
    for (const [ptr, block] of this.live) this.classify(ptr, block);
    return [...this.counts.values()]
      .map(({ site, ...rest }) => ({ ...site, ...rest }))
      .sort((a, b) => b.liveBytes - a.liveBytes || b.bytes - a.bytes || a.line - b.line);
  }

  /** The present, to be compared with another point. */
  point(): HeapPoint {
    return { ...this.now(), sites: this.report() };
  }

  /** @inheritdoc */
  onAlloc(ptr: number, blocks: number): void {
    this.settle();
    const site = this.where();
    const bytes = blocks * BLOCK;
    this.enter(ptr, bytes, site);
    this.pending = ptr;
    this.recent.push({ site, bytes });
    if (this.recent.length > this.maxRecent) this.recent.shift();
    if (++this.allocations % this.interval === 0) this.sample();
  }

  /** @inheritdoc */
  onFree(ptr: number): void {
    this.settle();
    const block = this.live.get(ptr);
    if (block === undefined) return;
    const counts = this.classify(ptr, block);
    counts.live--;
    counts.liveBytes -= block.bytes;
    this.live.delete(ptr);
  }

  /** @inheritdoc */
  onResize(ptr: number, oldBlocks: number, newBlocks: number): void {
    this.settle();
    const block = this.live.get(ptr);
    if (block === undefined) return;
    const counts = this.classify(ptr, block);
    const more = (newBlocks - oldBlocks) * BLOCK;
    block.bytes += more;
    counts.liveBytes += more;
    if (more > 0) counts.bytes += more;
  }

  /** @inheritdoc */
  onFail(bytes: number, reason: FailReason): void {
    if (reason === 'in-place' || this.failures.length >= this.maxFailures) return;
    const { heap } = this.vm;
    const table = new Uint8Array(heap.blocks);
    for (let b = 0; b < heap.blocks; b++) table[b] = heap.kind(b);
    this.failures.push({
      ...this.now(),
      bytes,
      reason,
      site: this.where(),
      before: [...this.recent],
      stats: heap.stats(),
      table,
    });
  }

  /** @inheritdoc */
  onCollect(stats: CollectionStats): void {
    this.sites.clear();
    this.collections.push({
      ns: this.ns(),
      freed: stats.freedBlocks * BLOCK,
      used: stats.usedBlocks * BLOCK,
      pauseBlocks: stats.pauseBlocks,
    });
    if (this.collections.length > this.maxSamples) thin(this.collections);
    this.sample();
  }

  private ns(): number {
    return this.vm.clock.now(this.vm.budget);
  }
  private now(): HeapSample {
    const { used, free, maxFreeBytes } = this.vm.heap.stats();
    return { ns: this.ns(), used, free, largest: maxFreeBytes };
  }
  private sample(): void {
    this.timeline.push(this.now());
    if (this.timeline.length <= this.maxSamples) return;
    thin(this.timeline);
    this.interval *= 2;
  }

  private where(): CodeSite {
    const { vm } = this;
    if (vm.compiling !== null) return { file: vm.compiling.fileName, line: 0, function: '<compiler>' };
    const place = placeOf(vm);
    let site = this.sites.get(place.ip);
    if (site === undefined) {
      site = siteOf(vm, place);
      this.sites.set(place.ip, site);
    }
    return site;
  }

  private enter(ptr: number, bytes: number, place: CodeSite): void {
    this.live.set(ptr, { place, bytes, counts: undefined });
  }
  /** The latest allocation has been filled in by now. */
  private settle(): void {
    const ptr = this.pending;
    if (ptr === 0) return;
    this.pending = 0;
    const block = this.live.get(ptr);
    if (block !== undefined) this.classify(ptr, block);
  }
  private classify(ptr: number, block: LiveBlock): Counts {
    if (block.counts !== undefined) return block.counts;
    const site = block.place;
    const type = heapTypeName(this.vm, ptr) ?? 'data';
    const key = `${site.file}\0${site.line}\0${site.function}\0${type}`;
    let counts = this.counts.get(key);
    if (counts === undefined) {
      counts = { site, type, count: 0, bytes: 0, live: 0, liveBytes: 0 };
      this.counts.set(key, counts);
    }
    counts.count++;
    counts.bytes += block.bytes;
    counts.live++;
    counts.liveBytes += block.bytes;
    block.counts = counts;
    return counts;
  }
}

/** Drops every other entry. */
function thin<T>(list: T[]): void {
  let n = 0;
  for (let i = 0; i < list.length; i += 2) list[n++] = list[i] as T;
  list.length = n;
}

/** What a site has more of, or less. */
export interface SiteDifference extends CodeSite {
  readonly type: string;
  /** Live objects and their bytes: more (positive) or fewer. */
  readonly live: number;
  readonly liveBytes: number;
  /** Allocations between the two points. */
  readonly count: number;
}

/** What changed between two points of a recording, sites that hold most more first. */
export function heapDifference(from: HeapPoint, to: HeapPoint): SiteDifference[] {
  const key = (s: AllocationSite): string => `${s.file}\0${s.line}\0${s.function}\0${s.type}`;
  const before = new Map(from.sites.map((s) => [key(s), s]));
  return to.sites
    .map((s) => {
      const old = before.get(key(s));
      const { file, line, type } = s;
      return {
        file,
        line,
        function: s.function,
        type,
        live: s.live - (old?.live ?? 0),
        liveBytes: s.liveBytes - (old?.liveBytes ?? 0),
        count: s.count - (old?.count ?? 0),
      };
    })
    .filter((d) => d.live !== 0 || d.liveBytes !== 0 || d.count !== 0)
    .sort((a, b) => b.liveBytes - a.liveBytes || b.count - a.count);
}
