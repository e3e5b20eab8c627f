/**
 * Watching a heap: the hooks a tracer gets, and a ready-made one that says which allocation site holds which memory.
 *
 * Invariant: a tracer sees a consistent heap, must not allocate from it, and sees every change of an object's extent.
 */

import type { CollectionStats } from './roots.js';

/** Why an object's blocks went back to the heap. */
export type FreeReason = 'free' | 'sweep';

/** Why an allocation returned 0; `in-place`: an object that must not move had no room behind it. */
export type FailReason = 'full' | 'in-place' | 'locked' | 'injected';

/** Set as `heap.tracer`; a heap without one pays nothing for it. */
export interface HeapTracer {
  /** An object was allocated. */
  onAlloc(ptr: number, blocks: number, nBytes: number): void;
  /** An object is about to be freed; its content is still there. */
  onFree(ptr: number, blocks: number, reason: FreeReason): void;
  /** An object grew or shrank where it is. */
  onResize?(ptr: number, oldBlocks: number, newBlocks: number): void;
  /** An allocation failed. */
  onFail?(nBytes: number, reason: FailReason): void;
  /** A collection is over; what it freed has been told. */
  onCollect?(stats: CollectionStats): void;
}

/** What one allocation site holds and has asked for. */
export interface SiteUsage {
  readonly site: string;
  /** Live objects. */
  readonly objects: number;
  /** Their blocks. */
  readonly blocks: number;
  /** Allocations so far, freed ones included. */
  readonly allocations: number;
  /** Blocks allocated so far. */
  readonly allocatedBlocks: number;
}

interface SiteCount {
  objects: number;
  blocks: number;
  allocations: number;
  allocatedBlocks: number;
}

/** Attributes every live object to a site, such as a file and line, that `where` names at the moment of allocation. */
export class SiteTracer implements HeapTracer {
  private readonly where: () => string;
  private readonly live = new Map<number, { site: string; blocks: number }>();
  private readonly counts = new Map<string, SiteCount>();

  /** `where` is called at each allocation. */
  constructor(where: () => string) {
    this.where = where;
  }

  /** @inheritdoc */
  onAlloc(ptr: number, blocks: number): void {
    const site = this.where();
    const count = this.countOf(site);
    count.objects++;
    count.blocks += blocks;
    count.allocations++;
    count.allocatedBlocks += blocks;
    this.live.set(ptr, { site, blocks });
  }

  /** @inheritdoc */
  onFree(ptr: number): void {
    // What was allocated before the tracer was set is not known here.
    const object = this.live.get(ptr);
    if (object === undefined) return;
    const count = this.countOf(object.site);
    count.objects--;
    count.blocks -= object.blocks;
    this.live.delete(ptr);
  }

  /** @inheritdoc */
  onResize(ptr: number, oldBlocks: number, newBlocks: number): void {
    const object = this.live.get(ptr);
    if (object === undefined) return;
    const count = this.countOf(object.site);
    count.blocks += newBlocks - object.blocks;
    if (newBlocks > oldBlocks) count.allocatedBlocks += newBlocks - oldBlocks;
    object.blocks = newBlocks;
  }

  /** The site that a live object was allocated at. */
  siteOf(ptr: number): string | undefined {
    return this.live.get(ptr)?.site;
  }

  /** All sites, the one that holds most first; equals in name order. */
  report(): SiteUsage[] {
    const sites = [...this.counts].map(([site, count]) => ({ site, ...count }));
    return sites.sort((a, b) => b.blocks - a.blocks || (a.site < b.site ? -1 : 1));
  }

  private countOf(site: string): SiteCount {
    let count = this.counts.get(site);
    if (count === undefined) {
      count = { objects: 0, blocks: 0, allocations: 0, allocatedBlocks: 0 };
      this.counts.set(site, count);
    }
    return count;
  }
}
