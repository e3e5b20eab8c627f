/**
 * littlefs v2: formatting, mounting, and what is done by path. Counterpart: the public functions of lib/littlefs/lfs2.c. Images
 * are exchangeable with upstream's: the disk version is 2.1, and names sort in its order.
 */
import {
  addOrphans,
  allocPair,
  commit,
  dropPair,
  findPredecessor,
  makeConsistent,
  setMove,
  tailAttr,
} from './commit.js';
import { type BlockDevice, Core, type Follower, type LfsConfig } from './core.js';
import { attachFiles, type LfsFile, MTIME_ATTR, newFile } from './file.js';
import {
  ATTR_MAX,
  DISK_VERSION,
  EEXIST,
  EILSEQ,
  EINVAL,
  EISDIR,
  ENAMETOOLONG,
  ENOENT,
  ENOSPC,
  ENOTDIR,
  ENOTEMPTY,
  fail,
  FILE_MAX,
  get32,
  hasMove,
  isError,
  moveFrom,
  NAME_MAX,
  NO_ID,
  NULL_PAIR,
  orphansOf,
  type Pair,
  pairBytes,
  pairOf,
  samePair,
  Type,
  words,
  xorGState,
} from './format.js';
import { type Attr, type Entry, entryAttrs, findName, type Mdir, ctzOf } from './mdir.js';

const MAGIC = Uint8Array.from('littlefs', (c) => c.charCodeAt(0));

/** What a path leads to. */
export interface LfsStat {
  readonly kind: 'file' | 'dir';
  readonly size: number;
  /** Attribute of the time of change: 64 bits, little-endian; undefined: none. */
  readonly mtime: Uint8Array | undefined;
}
/** An entry of a listing. */
export interface LfsEntry {
  readonly name: Uint8Array;
  readonly kind: 'file' | 'dir';
  readonly size: number;
}
/** A directory being listed. */
export interface LfsDir extends Follower {
  readonly kind: 'dir';
  head: Pair;
}
/** How a file is opened. */
export interface LfsOpen {
  readonly readable: boolean;
  readonly writable: boolean;
  readonly create: boolean;
  readonly exclusive: boolean;
  readonly truncate: boolean;
  readonly append: boolean;
  /** Time of change to store with the file; undefined: none. */
  readonly mtime: Uint8Array | undefined;
}

/** Where a path leads: an entry, a place for a new one (`found` false), or the root. */
type Place =
  | { readonly root: true; readonly trailing: boolean }
  | {
      readonly root: false;
      readonly m: Mdir;
      readonly id: number;
      readonly found: boolean;
      readonly name: Uint8Array;
      /** The path ends in a separator. */
      readonly trailing: boolean;
    };

function superblock(core: Core): Uint8Array {
  return words(DISK_VERSION, core.cfg.blockSize, core.blockCount, core.nameMax, core.fileMax, core.attrMax);
}

/** Makes an empty filesystem. Throws {@link LfsError}. */
export function format(device: BlockDevice, cfg: LfsConfig): void {
  const core = new Core(device, cfg);
  attachFiles(core);
  core.freeWindow();
  const root = allocPair(core);
  commit(core, root, [
    { type: Type.Create, id: 0 },
    { type: Type.Superblock, id: 0, data: MAGIC },
    { type: Type.InlineStruct, id: 0, data: superblock(core) },
  ]);
  // into the other block too, so that no older filesystem is left in it
  root.erased = false;
  commit(core, root, []);
  core.fetch([0, 1]);
}

/** A mounted filesystem. Its operations throw {@link LfsError}. */
export class Lfs2 {
  readonly core: Core;

  /** Mounts what is on the device. */
  constructor(device: BlockDevice, cfg: LfsConfig) {
    const core = new Core(device, cfg);
    this.core = core;
    attachFiles(core);
    let found = false;
    core.seed = 0;
    for (const m of core.pairs()) {
      const e = m.entries[0];
      if (e?.nameType === Type.Superblock && e.name.every((b, i) => b === MAGIC[i])) {
        this.readSuperblock(m, e);
        found = true;
      }
      core.gstate = xorGState(core.gstate, m.gstate);
    }
    if (!found) fail(EINVAL);
    // that there are orphans is on disk, how many is not
    if (core.gstate.tag >>> 31 !== 0) core.gstate = { ...core.gstate, tag: core.gstate.tag + 1 };
    core.gdisk = core.gstate;
    core.dropWindow(core.seed);
    core.seed = undefined;
  }

  /** A filesystem whose state is about to be loaded. */
  static restored(device: BlockDevice, cfg: LfsConfig): Lfs2 {
    const lfs = Object.create(Lfs2.prototype) as { core: Core };
    lfs.core = new Core(device, cfg);
    return lfs as Lfs2;
  }

  private readSuperblock(m: Mdir, e: Entry): void {
    const { core } = this;
    if (e.structType !== Type.InlineStruct || e.data.length < 24) fail(EILSEQ);
    core.root = m.pair;
    const [version, blockSize, blockCount, nameMax, fileMax, attrMax] = [0, 4, 8, 12, 16, 20].map((at) =>
      get32(e.data, at),
    ) as [number, number, number, number, number, number];
    if (version >>> 16 !== DISK_VERSION >>> 16 || (version & 0xffff) > (DISK_VERSION & 0xffff)) fail(EINVAL);
    core.oldSuperblock = version < DISK_VERSION;
    if (nameMax > NAME_MAX || fileMax > FILE_MAX || attrMax > ATTR_MAX) fail(EINVAL);
    if (nameMax !== 0) core.nameMax = nameMax;
    if (fileMax !== 0) core.fileMax = fileMax;
    if (attrMax !== 0) core.attrMax = attrMax;
    core.inlineMax = Math.min(core.inlineMax, core.attrMax);
    if (blockCount !== core.cfg.blockCount || blockSize !== core.cfg.blockSize) fail(EINVAL);
  }

  // ---- paths

  private find(path: string): Place {
    const { core } = this;
    if (path === '') fail(EINVAL);
    const parts: string[] = [];
    for (const p of path.split('/')) {
      if (p === '' || p === '.') continue;
      if (p !== '..') parts.push(p);
      else if (parts.pop() === undefined) fail(EINVAL);
    }
    const final = path
      .split('/')
      .filter((p) => p !== '')
      .at(-1);
    // behind the name there is more than separators: it must be that of a directory that exists
    const more = final === '.' || final === '..';
    const trailing = path.endsWith('/') || more;
    if (parts.length === 0) return { root: true, trailing };
    let pair = core.root;
    for (let i = 0; ; i++) {
      const name = bytesOf(parts[i] as string);
      const place = this.findIn(pair, name);
      const last = i === parts.length - 1;
      if (!place.found) {
        if (!last || more) fail(ENOENT);
        return { root: false, ...place, name, trailing };
      }
      const e = place.m.entries[place.id] as Entry;
      if ((!last || trailing) && e.nameType !== Type.Dir) fail(ENOTDIR);
      if (last) return { root: false, ...place, name, trailing };
      pair = this.dirPair(e);
    }
  }
  /** Looks for a name in a directory, which may go on in several pairs. */
  private findIn(head: Pair, name: Uint8Array): { m: Mdir; id: number; found: boolean } {
    for (let pair = head; ; ) {
      const m = this.core.fetch(pair);
      const { id, found } = findName(m, name, moveFrom(this.core.gdisk, m.pair));
      if (found || id < m.entries.length || !m.split) return { m, id, found };
      pair = m.tail;
    }
  }
  private dirPair(e: Entry): Pair {
    if (e.structType !== Type.DirStruct || e.data.length < 8) fail(EILSEQ);
    return pairOf(e.data);
  }
  private existing(path: string): { readonly m: Mdir; readonly id: number; readonly e: Entry } | undefined {
    const p = this.find(path);
    if (p.root) return undefined;
    if (!p.found) fail(ENOENT);
    return { m: p.m, id: p.id, e: p.m.entries[p.id] as Entry };
  }

  /** Before the first change after mounting. */
  private prepare(): void {
    const { core } = this;
    core.checkpoint();
    if (core.oldSuperblock) {
      const root = core.fetch(core.root);
      commit(core, root, [{ type: Type.InlineStruct, id: 0, data: superblock(core) }]);
      core.oldSuperblock = false;
    }
    if (hasMove(core.gdisk) || orphansOf(core.gstate) > 0) makeConsistent(core);
    core.checkpoint();
  }

  // ---- what is there

  stat(path: string): LfsStat {
    const found = this.existing(path);
    const e = found?.e ?? this.core.fetch(this.core.root).entries[0];
    const mtime = e?.attrs.find(([n]) => n === MTIME_ATTR)?.[1];
    if (found === undefined) return { kind: 'dir', size: 0, mtime };
    return { ...infoOf(found.e), mtime };
  }

  /** Number of blocks in use, as upstream counts them: those of directories twice. */
  usedBlocks(): number {
    let n = 0;
    this.core.traverse(() => n++, true);
    return n;
  }

  openDir(path: string): LfsDir {
    const { core } = this;
    const found = this.existing(path);
    if (found !== undefined && found.e.nameType !== Type.Dir) fail(ENOTDIR);
    const head = found === undefined ? core.root : this.dirPair(found.e);
    const dir: LfsDir = { kind: 'dir', m: core.fetch(head), id: 0, head };
    core.followers.add(dir);
    return dir;
  }
  /** The next entry of a listing; undefined at the end. */
  readDir(dir: LfsDir): LfsEntry | undefined {
    for (;;) {
      if (dir.id >= dir.m.entries.length) {
        if (!dir.m.split) return undefined;
        dir.m = this.core.fetch(dir.m.tail);
        dir.id = 0;
        continue;
      }
      const id = dir.id++;
      const e = dir.m.entries[id] as Entry;
      if (e.nameType !== Type.Reg && e.nameType !== Type.Dir) continue;
      if (id === moveFrom(this.core.gdisk, dir.m.pair)) continue;
      return { name: e.name, ...infoOf(e) };
    }
  }
  closeDir(dir: LfsDir): void {
    this.core.followers.delete(dir);
  }

  // ---- files

  open(path: string, how: LfsOpen): LfsFile {
    const { core } = this;
    if (how.writable) this.prepare();
    const place = this.find(path);
    if (place.root) fail(EISDIR);
    const { m, id, found, name } = place;
    if (found && how.exclusive && how.create) fail(EEXIST);
    if (!found) {
      if (!how.create) fail(ENOENT);
      if (place.trailing) fail(ENOTDIR);
      if (name.length > core.nameMax) fail(ENAMETOOLONG);
    } else if (m.entries[id]?.nameType !== Type.Reg) fail(EISDIR);
    const f = newFile(core, m, id, { append: how.append, empty: !found || how.truncate });
    f.dirty = found && how.truncate;
    try {
      if (!found) {
        const attrs: Attr[] = [
          { type: Type.Create, id },
          { type: Type.Reg, id, data: name },
          { type: Type.InlineStruct, id, data: new Uint8Array(0) },
        ];
        try {
          commit(core, f.m, attrs);
        } catch (e) {
          if (isError(e, ENOSPC)) fail(ENAMETOOLONG);
          throw e;
        }
      }
    } catch (e) {
      core.followers.delete(f);
      throw e;
    }
    f.mtime = how.mtime;
    const stored = f.m.entries[f.id]?.attrs.find(([n]) => n === MTIME_ATTR)?.[1];
    if (how.readable && how.mtime !== undefined && stored !== undefined) f.mtime = stored.slice(0, 8);
    // the time is committed with the file, also if nothing is written
    if (how.writable && how.mtime !== undefined) f.dirty = true;
    return f;
  }

  // ---- changes

  mkdir(path: string): void {
    const { core } = this;
    this.prepare();
    const place = this.find(path);
    if (place.root || place.found) fail(EEXIST);
    if (place.name.length > core.nameMax) fail(ENAMETOOLONG);
    const parent: Follower = { kind: 'pair', m: place.m, id: 0 };
    const dir = allocPair(core);
    let last = place.m;
    while (last.split) last = core.fetch(last.tail);
    commit(core, dir, [{ ...tailAttr(last), type: Type.SoftTail }]);
    if (place.m.split) {
      // the list gets the directory before the tree does
      addOrphans(core, 1);
      core.followers.add(parent);
      try {
        commit(core, last, [{ type: Type.SoftTail, id: NO_ID, data: pairBytes(dir.pair) }]);
      } finally {
        core.followers.delete(parent);
      }
      addOrphans(core, -1);
    }
    const { id, name } = place;
    const attrs: Attr[] = [
      { type: Type.Create, id },
      { type: Type.Dir, id, data: name },
      { type: Type.DirStruct, id, data: pairBytes(dir.pair) },
    ];
    if (!parent.m.split) attrs.push({ type: Type.SoftTail, id: NO_ID, data: pairBytes(dir.pair) });
    commit(core, parent.m, attrs);
  }

  /** Removes a file or an empty directory. */
  remove(path: string): void {
    const { core } = this;
    this.prepare();
    const found = this.existing(path);
    if (found === undefined) return fail(EINVAL);
    const gone = found.e.nameType === Type.Dir ? this.emptyDir(found.e) : undefined;
    if (gone !== undefined) core.followers.add(gone);
    try {
      commit(core, found.m, [{ type: Type.Delete, id: found.id }]);
    } finally {
      if (gone !== undefined) core.followers.delete(gone);
    }
    if (gone !== undefined) this.drop(gone.m);
  }

  /** Renames; takes the place of a file, or of an empty directory. */
  rename(from: string, to: string): void {
    const { core } = this;
    this.prepare();
    const old = this.existing(from);
    if (old === undefined) return fail(EINVAL);
    const place = this.find(to);
    if (place.root) return fail(EINVAL);
    const same = samePair(old.m.pair, place.m.pair);
    let oldId = old.id;
    let gone: Follower | undefined;
    if (!place.found) {
      if (place.trailing && old.e.nameType !== Type.Dir) fail(ENOTDIR);
      if (place.name.length > core.nameMax) fail(ENAMETOOLONG);
      if (same && place.id <= oldId) oldId++;
    } else {
      const there = place.m.entries[place.id] as Entry;
      if (there.nameType !== old.e.nameType) fail(there.nameType === Type.Dir ? EISDIR : ENOTDIR);
      if (same && place.id === oldId) return;
      if (there.nameType === Type.Dir) gone = this.emptyDir(there);
    }
    if (gone !== undefined) core.followers.add(gone);
    try {
      if (!same) setMove(core, oldId, old.m.pair);
      const { id } = place;
      const attrs: Attr[] = place.found ? [{ type: Type.Delete, id }] : [];
      attrs.push({ type: Type.Create, id });
      attrs.push(...entryAttrs({ ...old.e, name: place.name }, id));
      if (same) attrs.push({ type: Type.Delete, id: oldId });
      commit(core, place.m, attrs);
      // a commit that had to change the pair which the entry leaves has finished the move already
      if (!same && hasMove(core.gstate)) {
        setMove(core, NO_ID, NULL_PAIR);
        commit(core, old.m, [{ type: Type.Delete, id: old.id }]);
      }
    } finally {
      if (gone !== undefined) core.followers.delete(gone);
    }
    if (gone !== undefined) this.drop(gone.m);
  }

  /** A directory that is about to lose its entry; from now on there is an orphan. */
  private emptyDir(e: Entry): Follower {
    const m = this.core.fetch(this.dirPair(e));
    if (m.entries.length > 0 || m.split) fail(ENOTEMPTY);
    addOrphans(this.core, 1);
    return { kind: 'pair', m, id: 0 };
  }
  private drop(gone: Mdir): void {
    const { core } = this;
    if (orphansOf(core.gstate) === 0) return;
    addOrphans(core, -1);
    const before = findPredecessor(core, gone.pair);
    if (before === undefined) return fail(EILSEQ);
    dropPair(core, before, gone);
  }

  /** Closes all files as they are on disk; a listing just ends. */
  unmount(): void {
    this.core.followers.clear();
  }
}

function infoOf(e: Entry): { kind: 'file' | 'dir'; size: number } {
  if (e.nameType === Type.Dir) return { kind: 'dir', size: 0 };
  return { kind: 'file', size: e.structType === Type.CtzStruct ? ctzOf(e).size : e.data.length };
}

/** A path's part as bytes: each character is one (see `Lfs2` users: paths are passed as the bytes of their UTF-8). */
function bytesOf(part: string): Uint8Array {
  return Uint8Array.from(part, (c) => c.charCodeAt(0));
}
