/**
 * A place in a directory, and what is done there: step, find a name, add and remove entries. Counterpart: the dir_… functions of
 * lib/oofatfs/ff.c.
 *
 * Invariant: while `sector` is not 0, the entry is at `at` of the window once the window is moved to `sector`.
 */
import {
  Attr,
  DELETED,
  ENTRY,
  Entry,
  fault,
  get16,
  get32,
  LAST_LONG,
  MAX_DIR,
  NOTHING,
  put16,
  put32,
} from './format.js';
import { type FatName, matchesLong, Name, nameText, numberedShort, putLong, shortSum, takeLong } from './names.js';
import type { FatVolume } from './volume.js';

/** The numbers that a listing keeps between entries. */
export const DIR_STATE = ['start', 'offset', 'cluster', 'sector'] as const;

/** Of how many short names a new one may have to differ. */
const MOST_NUMBERED = 99;

/** A place in a directory of a volume. */
export class FatDir {
  /** First cluster; 0: the root directory. */
  start = 0;
  /** Byte of the directory. */
  offset = 0;
  /** Cluster; 0 in a root directory that is no chain. */
  cluster = 0;
  /** Sector; 0: at the end. */
  sector = 0;
  /** Attributes of the entry that was found. */
  attr = 0;
  /** Where the entries of its long name begin; NOTHING: it has none. */
  longAt = NOTHING;
  /** Its long name, after {@link read}. */
  readonly long: number[] = [];

  constructor(readonly volume: FatVolume) {}

  /** Byte of the window. */
  get at(): number {
    return this.offset % this.volume.sectorSize;
  }

  /** Goes to a place. */
  seek(offset: number): void {
    const { volume: v } = this;
    if (offset >= MAX_DIR) fault('internal');
    this.offset = offset;
    let { start: cluster } = this;
    if (cluster === 0 && v.kind === 32) cluster = v.dirAt;
    if (cluster === 0) {
      if (offset / ENTRY >= v.rootEntries) fault('internal');
      this.sector = v.dirAt + Math.floor(offset / v.sectorSize);
    } else {
      let rest = offset;
      for (; rest >= v.clusterBytes; rest -= v.clusterBytes) cluster = v.follow(cluster);
      this.sector = v.sectorOf(cluster) + Math.floor(rest / v.sectorSize);
    }
    this.cluster = cluster;
  }
  /** Goes to the next entry; false at the end, which `stretch` moves. */
  step(stretch: boolean): boolean {
    const { volume: v } = this;
    const offset = this.offset + ENTRY;
    if (offset >= MAX_DIR) this.sector = 0;
    if (this.sector === 0) return false;
    if (offset % v.sectorSize === 0) {
      this.sector++;
      const isEnd = this.cluster === 0 ? offset / ENTRY >= v.rootEntries : !this.nextCluster(offset, stretch);
      if (isEnd) {
        this.sector = 0;
        return false;
      }
    }
    this.offset = offset;
    return true;
  }
  private nextCluster(offset: number, stretch: boolean): boolean {
    const { volume: v } = this;
    if (offset % v.clusterBytes !== 0) return true;
    let n = v.follow(this.cluster);
    if (n >= v.entries) {
      if (!stretch) return false;
      n = v.extend(this.cluster);
      if (n === 0) fault('denied');
      v.clear(n);
    }
    this.cluster = n;
    this.sector = v.sectorOf(n);
    return true;
  }

  /** Finds the next file or directory from here on; false at the end. */
  read(): boolean {
    const { volume: v } = this;
    const { win } = v;
    // pieces of a long name still to come; −1: it is broken
    let rest = -1;
    let sum = -1;
    for (; this.sector !== 0; this.step(false)) {
      v.move(this.sector);
      v.device.charge(1);
      const { at } = this;
      const first = win[at] as number;
      if (first === 0) break;
      const attr = (win[at + Entry.Attr] as number) & Attr.Mask;
      this.attr = attr;
      if (first === DELETED || first === 0x2e || (attr & ~Attr.Archive) === Attr.Volume) rest = -1;
      else if (attr === Attr.Long) {
        if ((first & LAST_LONG) !== 0) {
          rest = first & ~LAST_LONG;
          sum = win[at + Entry.Sum] as number;
          this.longAt = this.offset;
        }
        const fits = (first & ~LAST_LONG) === rest && win[at + Entry.Sum] === sum && takeLong(this.long, win, at);
        rest = fits ? rest - 1 : -1;
      } else {
        if (rest !== 0 || sum !== shortSum(win, at)) this.noLong();
        return true;
      }
    }
    this.sector = 0;
    return false;
  }
  private noLong(): void {
    this.longAt = NOTHING;
    this.long.length = 0;
  }

  /** Finds a name in the directory; false if it is not there. */
  find(name: FatName): boolean {
    const { volume: v } = this;
    const { win } = v;
    this.seek(0);
    this.longAt = NOTHING;
    let rest = -1;
    let sum = -1;
    do {
      v.move(this.sector);
      v.device.charge(1);
      const { at } = this;
      const first = win[at] as number;
      if (first === 0) return false;
      const attr = (win[at + Entry.Attr] as number) & Attr.Mask;
      this.attr = attr;
      const isLong = attr === Attr.Long;
      if (first !== DELETED && isLong && (name.flags & Name.ShortOnly) === 0) {
        if ((first & LAST_LONG) !== 0) {
          rest = first & ~LAST_LONG;
          sum = win[at + Entry.Sum] as number;
          this.longAt = this.offset;
        }
        const fits = (first & ~LAST_LONG) === rest && win[at + Entry.Sum] === sum && matchesLong(name.long, win, at);
        rest = fits ? rest - 1 : -1;
      } else if (!isLong || first === DELETED) {
        if (first !== DELETED && (attr & Attr.Volume) === 0) {
          if (rest === 0 && sum === shortSum(win, at)) return this.keepLong();
          if ((name.flags & Name.Lossy) === 0 && name.short.every((c, i) => c === win[at + i])) return this.keepLong();
        }
        rest = -1;
        this.longAt = NOTHING;
      }
    } while (this.step(false));
    return false;
  }
  /** Takes the long name of the entry that was found, for {@link text}. */
  private keepLong(): true {
    const { volume: v, longAt } = this;
    this.long.length = 0;
    if (longAt === NOTHING) return true;
    const found = new FatDir(v);
    found.start = this.start;
    found.seek(longAt);
    if (found.read() && found.offset === this.offset) this.long.push(...found.long);
    v.move(this.sector);
    return true;
  }

  /** Adds an entry with a name and nothing else; the place is then there. */
  add(name: FatName): void {
    const { volume: v } = this;
    if ((name.flags & Name.Dot) !== 0) fault('invalid-name');
    const short = (name.flags & Name.Lossy) === 0 ? name.short : this.freeShort(name);
    const pieces = (name.flags & Name.Long) === 0 ? 0 : Math.ceil(name.long.length / 13);
    this.reserve(pieces + 1);
    if (pieces > 0) {
      this.seek(this.offset - pieces * ENTRY);
      const sum = shortSum(short, 0);
      for (let n = pieces; n > 0; n--) {
        v.move(this.sector);
        putLong(name.long, v.win, this.at, n, sum);
        v.dirty = 1;
        this.step(false);
      }
    }
    v.move(this.sector);
    const { at } = this;
    v.win.fill(0, at, at + ENTRY);
    v.win.set(short, at);
    v.win[at + Entry.Case] = name.flags & (Name.SmallBody | Name.SmallExt);
    v.dirty = 1;
  }
  /** A numbered short name that is not taken. */
  private freeShort(name: FatName): Uint8Array {
    for (let n = 1; n <= MOST_NUMBERED; n++) {
      const short = numberedShort(name, n);
      if (!this.find({ long: name.long, short, flags: Name.ShortOnly })) return short;
    }
    return fault('denied');
  }
  /** Finds `n` free entries in a row; the place is then the last one. */
  private reserve(n: number): void {
    const { volume: v } = this;
    this.seek(0);
    let row = 0;
    do {
      v.move(this.sector);
      const first = v.win[this.at];
      row = first === DELETED || first === 0 ? row + 1 : 0;
      if (row === n) return;
    } while (this.step(true));
    fault('denied');
  }
  /** Marks the entry and those of its long name as deleted. */
  remove(): void {
    const { volume: v } = this;
    const last = this.offset;
    if (this.longAt !== NOTHING) this.seek(this.longAt);
    for (;;) {
      v.move(this.sector);
      v.win[this.at] = DELETED;
      v.dirty = 1;
      if (this.offset >= last) return;
      if (!this.step(false)) fault('internal');
    }
  }

  // ---- the entry in the window

  /** First cluster of what the entry describes. */
  get first(): number {
    return firstOf(this.volume, this.at);
  }
  /** Its name, each character a byte. */
  get text(): string {
    return nameText(this.long, this.volume.win, this.at);
  }
  get size(): number {
    return get32(this.volume.win, this.at + Entry.Size);
  }
  /** Date and time of its last change. */
  get modified(): number {
    return get32(this.volume.win, this.at + Entry.Modified);
  }
}

/** First cluster in the entry at `at` of the window. */
export function firstOf(v: FatVolume, at: number): number {
  const low = get16(v.win, at + Entry.Cluster);
  return v.kind === 32 ? ((get16(v.win, at + Entry.ClusterHigh) << 16) | low) >>> 0 : low;
}
export function setFirst(v: FatVolume, at: number, cluster: number): void {
  put16(v.win, at + Entry.Cluster, cluster);
  if (v.kind === 32) put16(v.win, at + Entry.ClusterHigh, cluster >>> 16);
  v.dirty = 1;
}
export function setModified(v: FatVolume, at: number, when: number): void {
  put32(v.win, at + Entry.Modified, when);
  v.dirty = 1;
}
