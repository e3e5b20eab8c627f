/**
 * Open files: read, write, seek, bring the directory entry up to date. Counterpart: f_read, f_write, f_lseek, f_sync of
 * lib/oofatfs/ff.c.
 */
import { Attr, Entry, type FatError, fault, put16, put32 } from './format.js';
import { setFirst, setModified } from './dir.js';
import type { FatVolume } from './volume.js';

/** The numbers that an open file keeps between operations. */
export const FILE_STATE = [
  'flags',
  'first',
  'size',
  'position',
  'cluster',
  'sector',
  'dirSector',
  'dirAt',
  'failed',
] as const;

/** How a file is open. */
export const enum FileFlag {
  Read = 1,
  Write = 2,
  /** The directory entry is out of date. */
  Changed = 0x40,
}

/** An open file. */
export interface FatFile {
  flags: number;
  /** First cluster; 0: it has none. */
  first: number;
  size: number;
  position: number;
  /** Cluster and sector of the position, when it is inside a sector. */
  cluster: number;
  sector: number;
  /** Where its directory entry is. */
  dirSector: number;
  dirAt: number;
  /** 1 after an error that leaves the file unusable. */
  failed: number;
}

const LARGEST = 0xffffffff;

/** Runs an operation on a file; an error stays with the file. */
function onFile<T>(f: FatFile, need: number, work: () => T): T {
  if (f.failed !== 0) fault('internal');
  if ((f.flags & need) !== need) fault('denied');
  try {
    return work();
  } catch (e) {
    // exceptions of a program's device are its own matter
    if (isFault(e) && (e.fault === 'internal' || e.fault === 'disk')) f.failed = 1;
    throw e;
  }
}
function isFault(e: unknown): e is FatError {
  return typeof e === 'object' && e !== null && 'fault' in e;
}

/** Sector of the position, which is at the start of one, in the cluster that `f.cluster` then is. */
function sectorAt(v: FatVolume, f: FatFile): number {
  return v.sectorOf(f.cluster) + (Math.floor(f.position / v.sectorSize) & (v.clusterSize - 1));
}
function isAt(v: FatVolume, position: number): 'cluster' | 'sector' | 'inside' {
  if (position % v.sectorSize !== 0) return 'inside';
  return position % v.clusterBytes === 0 ? 'cluster' : 'sector';
}
/** How many whole sectors of `left` bytes can be moved at once: those of one cluster. */
function run(v: FatVolume, f: FatFile, left: number): number {
  const inCluster = Math.floor(f.position / v.sectorSize) & (v.clusterSize - 1);
  return Math.min(Math.floor(left / v.sectorSize), v.clusterSize - inCluster);
}

/** Reads to `into`; answers how many bytes there were. */
export function readFat(v: FatVolume, f: FatFile, into: Uint8Array): number {
  return onFile(f, FileFlag.Read, () => {
    const { sectorSize } = v;
    const length = Math.min(into.length, f.size - f.position);
    for (let done = 0; done < length; ) {
      const where = isAt(v, f.position);
      let n: number;
      if (where === 'cluster') f.cluster = f.position === 0 ? f.first : v.follow(f.cluster);
      if (where !== 'inside') f.sector = sectorAt(v, f);
      const whole = where === 'inside' ? 0 : run(v, f, length - done);
      if (whole > 0) {
        n = whole * sectorSize;
        v.device.read(f.sector, into.subarray(done, done + n));
        const cached = v.winSector - f.sector;
        if (v.dirty !== 0 && cached >= 0 && cached < whole)
          into.set(v.win.subarray(0, sectorSize), done + cached * sectorSize);
      } else {
        const from = f.position % sectorSize;
        n = Math.min(sectorSize - from, length - done);
        v.move(f.sector);
        into.set(v.win.subarray(from, from + n), done);
      }
      done += n;
      f.position += n;
    }
    return Math.max(0, length);
  });
}

/** Writes bytes; answers how many found room. */
export function writeFat(v: FatVolume, f: FatFile, bytes: Uint8Array): number {
  return onFile(f, FileFlag.Write, () => {
    const { sectorSize } = v;
    const length = Math.min(bytes.length, LARGEST - f.position);
    let done = 0;
    while (done < length) {
      const where = isAt(v, f.position);
      let n: number;
      if (where === 'cluster') {
        const cluster = f.position === 0 && f.first !== 0 ? f.first : v.extend(f.position === 0 ? 0 : f.cluster);
        if (cluster === 0) break;
        f.cluster = cluster;
        if (f.first === 0) f.first = cluster;
      }
      if (where !== 'inside') {
        if (v.winSector === f.sector) v.flush();
        f.sector = sectorAt(v, f);
      }
      const whole = where === 'inside' ? 0 : run(v, f, length - done);
      if (whole > 0) {
        n = whole * sectorSize;
        v.device.write(f.sector, bytes.subarray(done, done + n));
        const cached = v.winSector - f.sector;
        if (cached >= 0 && cached < whole) {
          const from = done + cached * sectorSize;
          v.win.set(bytes.subarray(from, from + sectorSize));
          v.dirty = 0;
        }
      } else {
        if (where !== 'inside' && f.position >= f.size) {
          // nothing to keep of what the sector has
          v.flush();
          v.winSector = f.sector;
        }
        const to = f.position % sectorSize;
        n = Math.min(sectorSize - to, length - done);
        v.move(f.sector);
        v.win.set(bytes.subarray(done, done + n), to);
        v.dirty = 1;
      }
      done += n;
      f.position += n;
      f.size = Math.max(f.size, f.position);
    }
    f.flags |= FileFlag.Changed;
    return done;
  });
}

/** Moves the position. Beyond the end, a file that can be written to grows, by what happens to be there; others end. */
export function seekFat(v: FatVolume, f: FatFile, to: number): void {
  onFile(f, 0, () => {
    const writes = (f.flags & FileFlag.Write) !== 0;
    let rest = Math.min(to, writes ? LARGEST : f.size);
    const before = f.position;
    const bytes = v.clusterBytes;
    f.position = 0;
    if (rest > 0 && enter(v, f, before, rest, writes)) {
      rest -= f.position;
      for (; rest > bytes; rest -= bytes) {
        f.position += bytes;
        const n = writes ? v.extend(f.cluster) : v.follow(f.cluster);
        if (n === 0) {
          // the device is full
          rest = 0;
          break;
        }
        if (n >= v.entries) fault('internal');
        f.cluster = n;
      }
      f.position += rest;
    }
    if (f.position > f.size) {
      f.size = f.position;
      f.flags |= FileFlag.Changed;
    }
    if (f.position % v.sectorSize !== 0) f.sector = sectorAt(v, f);
  });
}
/** Goes to the cluster to begin with: that of `before` if the way leads on from there, else the first one. False: there is none. */
function enter(v: FatVolume, f: FatFile, before: number, to: number, writes: boolean): boolean {
  const bytes = v.clusterBytes;
  const clusterOf = (position: number): number => Math.floor((position - 1) / bytes);
  if (before > 0 && clusterOf(to) >= clusterOf(before)) {
    f.position = clusterOf(before) * bytes;
    return true;
  }
  if (f.first === 0 && writes) f.first = v.extend(0);
  f.cluster = f.first;
  return f.first !== 0;
}

/** Brings the directory entry and the device up to date. */
export function syncFat(v: FatVolume, f: FatFile): void {
  if ((f.flags & FileFlag.Changed) === 0) return;
  v.move(f.dirSector);
  const { win } = v;
  const at = f.dirAt;
  win[at + Entry.Attr] = (win[at + Entry.Attr] as number) | Attr.Archive;
  setFirst(v, at, f.first);
  put32(win, at + Entry.Size, f.size);
  setModified(v, at, v.now());
  put16(win, at + Entry.Accessed, 0);
  v.sync();
  f.flags &= ~FileFlag.Changed;
}
