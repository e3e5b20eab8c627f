/**
 * What is done by path on a FAT volume. Paths are text whose characters are bytes; relative ones start at the volume's current
 * directory. Errors are thrown as {@link FatError}. Counterpart: f_open, f_stat, f_rename, … of lib/oofatfs/ff.c.
 */
import { Attr, ENTRY, Entry, fault, put32 } from './format.js';
import { FatDir, firstOf, setFirst, setModified } from './dir.js';
import { FileFlag, type FatFile } from './file.js';
import { endsAt, type FatName, Name, parseName, skipSeparators } from './names.js';
import type { FatVolume } from './volume.js';

/** How a file is opened. */
export interface FatOpen {
  readonly read: boolean;
  readonly write: boolean;
  /** `always`: an existing one is emptied; `new`: it must not exist; `keep`: made only when it does not. */
  readonly create: 'no' | 'always' | 'new' | 'keep';
}

/** What is known of a file or directory. */
export interface FatStat {
  readonly name: string;
  readonly attr: number;
  readonly size: number;
  /** Date and time as FAT writes them. */
  readonly modified: number;
}

/** Where a path leads: a place in a directory; `name` is undefined for the directory itself that it starts from. */
interface Way {
  readonly dir: FatDir;
  readonly name: FatName | undefined;
  readonly found: boolean;
}

/** Follows a path; throws 'no-path' when a directory of it is not there. */
function follow(v: FatVolume, path: string): Way {
  const dir = new FatDir(v);
  let at = 0;
  const inside = skipSeparators(path, 0);
  if (inside > 0) at = inside;
  else dir.start = v.currentDir;
  if (endsAt(path, at)) {
    dir.seek(0);
    return { dir, name: undefined, found: true };
  }
  for (;;) {
    const { name, next } = parseName(path, at);
    at = next;
    const isLast = (name.flags & Name.Last) !== 0;
    if (!dir.find(name)) {
      // the root directory has no dots: one stays there
      const isDot = (name.flags & Name.Dot) !== 0;
      if (isDot && isLast) return { dir, name: undefined, found: true };
      if (!isDot && isLast) return { dir, name, found: false };
      if (!isDot) fault('no-path');
      continue;
    }
    if (isLast) return { dir, name, found: true };
    if ((dir.attr & Attr.Dir) === 0) fault('no-path');
    dir.start = dir.first;
  }
}
/** As {@link follow}, for what must be there. */
function existing(v: FatVolume, path: string): Way {
  const way = follow(v, path);
  return way.found ? way : fault('no-file');
}
function isDots(way: Way): boolean {
  return way.name === undefined || (way.name.flags & Name.Dot) !== 0;
}

/** Opens a file. */
export function openFat(v: FatVolume, path: string, how: FatOpen): FatFile {
  v.need(how.write || how.create !== 'no');
  const way = follow(v, path);
  const { dir, name } = way;
  if (name === undefined) fault('invalid-name');
  let made = how.create === 'always';
  if (how.create !== 'no') {
    if (!way.found) {
      dir.add(name);
      made = true;
    } else if ((dir.attr & (Attr.ReadOnly | Attr.Dir)) !== 0) fault('denied');
    else if (how.create === 'new') fault('exists');
    if (made) empty(v, dir);
  } else if (!way.found || (dir.attr & Attr.Dir) !== 0) fault('no-file');
  else if (how.write && (dir.attr & Attr.ReadOnly) !== 0) fault('denied');
  return {
    flags: (how.read ? FileFlag.Read : 0) | (how.write ? FileFlag.Write : 0) | (made ? FileFlag.Changed : 0),
    first: dir.first,
    size: dir.size,
    position: 0,
    cluster: 0,
    sector: 0,
    dirSector: v.winSector,
    dirAt: dir.at,
    failed: 0,
  };
}
/** Makes the entry that of an empty file, which has just been made. */
function empty(v: FatVolume, dir: FatDir): void {
  const { win } = v;
  const { at, first } = dir;
  put32(win, at + Entry.Created, v.now());
  win[at + Entry.Attr] = Attr.Archive;
  setFirst(v, at, 0);
  put32(win, at + Entry.Size, 0);
  if (first === 0) return;
  const entrySector = v.winSector;
  v.free(first);
  v.move(entrySector);
  v.lastCluster = first - 1;
}

function statOf(dir: FatDir): FatStat {
  return {
    name: dir.text,
    attr: dir.volume.win[dir.at + Entry.Attr] as number,
    size: dir.size,
    modified: dir.modified,
  };
}
/** What is known of a path. */
export function statFat(v: FatVolume, path: string): FatStat {
  v.need(false);
  const { dir, name } = existing(v, path);
  if (name === undefined) fault('invalid-name');
  return statOf(dir);
}

/** Whether a path is that of a file, of a directory, of nothing. */
export function kindFat(v: FatVolume, path: string): 'file' | 'dir' | undefined {
  try {
    return (statFat(v, path).attr & Attr.Dir) !== 0 ? 'dir' : 'file';
  } catch (e) {
    if (typeof e === 'object' && e !== null && 'fault' in e) return undefined;
    throw e;
  }
}

/** First cluster of the directory that a path names; 'no-path' when it is none. */
function directory(v: FatVolume, path: string): number {
  v.need(false);
  const way = follow(v, path);
  if (!way.found) fault('no-path');
  if (way.name === undefined) return way.dir.start;
  return (way.dir.attr & Attr.Dir) === 0 ? fault('no-path') : way.dir.first;
}
/** Opens a directory for {@link readFatDir}. */
export function openFatDir(v: FatVolume, path: string): FatDir {
  const dir = new FatDir(v);
  dir.start = directory(v, path);
  dir.seek(0);
  return dir;
}
/** The next file or directory; undefined at the end. */
export function readFatDir(dir: FatDir): FatStat | undefined {
  if (!dir.read()) return undefined;
  const s = statOf(dir);
  dir.step(false);
  return s;
}

/** Changes the current directory. */
export function chdirFat(v: FatVolume, path: string): void {
  v.currentDir = directory(v, path);
}
/** Path of the current directory. */
export function getcwdFat(v: FatVolume): string {
  v.need(false);
  const names: string[] = [];
  const dir = new FatDir(v);
  let child = v.currentDir;
  while (child !== 0) {
    dir.start = child;
    dir.seek(ENTRY);
    v.move(dir.sector);
    dir.start = dir.first;
    dir.seek(0);
    for (;;) {
      if (!dir.read()) fault('internal');
      if (dir.first === child) break;
      dir.step(false);
    }
    names.unshift(dir.text);
    if (names.length > 255) fault('no-memory');
    child = dir.start;
  }
  return `/${names.join('/')}`;
}

/** Makes a directory. */
export function mkdirFat(v: FatVolume, path: string): void {
  v.need(true);
  const { dir, name, found } = follow(v, path);
  if (found || name === undefined) fault('exists');
  const cluster = v.extend(0);
  if (cluster === 0) fault('denied');
  const when = v.now();
  v.clear(cluster);
  const { win } = v;
  for (const [at, start] of [
    [0, cluster],
    [ENTRY, dir.start],
  ] as const) {
    win.fill(0x20, at, at + 11).fill(0x2e, at, at + (at === 0 ? 1 : 2));
    win[at + Entry.Attr] = Attr.Dir;
    setModified(v, at, when);
    setFirst(v, at, start);
  }
  try {
    dir.add(name);
  } catch (e) {
    v.free(cluster);
    throw e;
  }
  setModified(v, dir.at, when);
  setFirst(v, dir.at, cluster);
  win[dir.at + Entry.Attr] = Attr.Dir;
  v.sync();
}

/** Removes a file or an empty directory. */
export function removeFat(v: FatVolume, path: string): void {
  v.need(true);
  const way = existing(v, path);
  const { dir } = way;
  if (isDots(way)) fault('invalid-name');
  if ((dir.attr & Attr.ReadOnly) !== 0) fault('denied');
  const first = dir.first;
  if ((dir.attr & Attr.Dir) !== 0) {
    if (first === v.currentDir) fault('denied');
    const inside = new FatDir(v);
    inside.start = first;
    inside.seek(0);
    if (inside.read()) fault('denied');
  }
  dir.remove();
  if (first !== 0) v.free(first);
  v.sync();
}

/** Renames a file or directory; throws 'exists' when the new name is taken. */
export function renameFat(v: FatVolume, from: string, to: string): void {
  v.need(true);
  const old = existing(v, from);
  if (isDots(old)) fault('invalid-name');
  const { win } = v;
  const entry = win.slice(old.dir.at, old.dir.at + ENTRY);
  const { dir, name, found } = follow(v, to);
  if (found && !(dir.start === old.dir.start && dir.offset === old.dir.offset)) fault('exists');
  if (name === undefined) fault('exists');
  dir.add(name);
  win.set(entry.subarray(Entry.Case + 1), dir.at + Entry.Case + 1);
  const isDir = ((entry[Entry.Attr] as number) & Attr.Dir) !== 0;
  win[dir.at + Entry.Attr] = (entry[Entry.Attr] as number) | (isDir ? 0 : Attr.Archive);
  v.dirty = 1;
  if (isDir && dir.start !== old.dir.start) {
    // its entry of the directory above
    v.move(v.sectorOf(firstOf(v, dir.at)));
    if (win[ENTRY + 1] === 0x2e) setFirst(v, ENTRY, dir.start);
  }
  old.dir.remove();
  v.sync();
}

/** Clusters of the volume, and how many are free. */
export function spaceOfFat(v: FatVolume): { readonly clusters: number; readonly free: number } {
  v.need(false);
  return { free: v.countFree(), clusters: v.entries - 2 };
}
