/**
 * Open files. A short file is kept in its directory entry; a longer one is a skip list of blocks, of which block n points back to
 * the blocks n − 2^k for every 2^k that divides n. Nothing in use is overwritten: a change makes new blocks from where it begins
 * to the file's end, and `sync` commits the new head. Counterpart: lfs2_file_* and lfs2_ctz_* in lib/littlefs.
 */
import { commit } from './commit.js';
import type { Core, Follower } from './core.js';
import {
  EFBIG,
  EILSEQ,
  EINVAL,
  fail,
  get32,
  isError,
  isNullPair,
  NULL_BLOCK,
  put32,
  samePair,
  Type,
  words,
} from './format.js';
import type { Attr, Mdir } from './mdir.js';

/** User attribute of a file's time of change: ns since 1970, 64 bits. Source: extmod/vfs_lfs.c. */
export const MTIME_ATTR = 1;

/** Bytes that go to a block one after the other, programmed when `cacheSize` of them are there. */
interface Pending {
  readonly block: number;
  /** Offset in the block of the first. */
  start: number;
  bytes: number[];
}

/** An open file. */
export interface LfsFile extends Follower {
  readonly kind: 'file';
  m: Mdir;
  id: number;
  readonly append: boolean;
  /** Contents in the directory entry; undefined: in blocks. */
  inline: Uint8Array | undefined;
  /** Head and size of the file as it will be committed. */
  head: number;
  size: number;
  pos: number;
  /** Place of `pos` while reading or writing. */
  block: number;
  off: number;
  mode: 'idle' | 'reading' | 'writing';
  pending: Pending | undefined;
  /** What was read last: a part of a block. */
  ahead: { readonly block: number; readonly start: number; readonly bytes: Uint8Array } | undefined;
  /** Changed, not committed. */
  dirty: boolean;
  /** Another handle committed the file: this one's blocks are only its own. */
  dusty: boolean;
  /** An operation failed: nothing may be committed. */
  erred: boolean;
  /** Former inline contents of a file that just got its first block. */
  rest: Uint8Array | undefined;
  /** Value of the time attribute to commit; undefined: none. */
  mtime: Uint8Array | undefined;
}

function popCount(n: number): number {
  let c = 0;
  for (let x = n >>> 0; x !== 0; x &= x - 1) c++;
  return c;
}
/** Zeros behind the lowest one. */
function trailing(n: number): number {
  return 31 - Math.clz32(n & -n);
}

/** The block of a skip list that has a byte, and where in it. */
function indexOf(core: Core, pos: number): readonly [index: number, off: number] {
  const b = core.cfg.blockSize - 8;
  let i = Math.floor(pos / b);
  if (i === 0) return [0, pos];
  i = Math.floor((pos - 4 * (popCount(i - 1) + 2)) / b);
  return [i, pos - b * i - 4 * popCount(i)];
}

type ReadAt = (block: number, off: number, size: number) => Uint8Array;

/** Walks back to the block that has the byte at `pos`. */
function findBlock(core: Core, read: ReadAt, head: number, size: number, pos: number): readonly [number, number] {
  if (size === 0) return [NULL_BLOCK, 0];
  let [current] = indexOf(core, size - 1);
  const [target, off] = indexOf(core, pos);
  let block = head;
  while (current > target) {
    const reach = 31 - Math.clz32(current - target);
    const skip = Math.min(reach, trailing(current));
    block = get32(read(block, 4 * skip, 4), 0);
    current -= 2 ** skip;
  }
  return [block, off];
}

/** Calls back for each block of a skip list. */
export function eachBlock(core: Core, read: ReadAt, head: number, size: number, use: (block: number) => void): void {
  if (size === 0) return;
  let [index] = indexOf(core, size - 1);
  if (index >= core.blockCount) fail(EILSEQ);
  let block = head;
  for (;;) {
    use(block);
    if (index === 0) return;
    const count = 2 - (index & 1);
    const heads = read(block, 0, 4 * count);
    if (count === 2) use(get32(heads, 0));
    block = get32(heads, 4 * (count - 1));
    index -= count;
  }
}

/** Tells the allocator about files. */
export function attachFiles(core: Core): void {
  core.fileBlocks = (head, size, use) => eachBlock(core, (b, o, n) => core.read(b, o, n), head, size, use);
  core.openBlocks = (use) => {
    for (const f of core.followers) {
      if (!isFile(f) || f.inline !== undefined) continue;
      const read: ReadAt = (b, o, n) => readPending(core, f, b, o, n);
      if (f.dirty || f.dusty) eachBlock(core, read, f.head, f.size, use);
      if (f.mode === 'writing') eachBlock(core, read, f.block, f.pos, use);
    }
  };
}
function isFile(f: Follower): f is LfsFile {
  return f.kind === 'file';
}

/** Reads a block as it will be when what is pending is programmed. */
function readPending(core: Core, f: LfsFile, block: number, off: number, size: number): Uint8Array {
  const p = f.pending;
  if (p === undefined || p.block !== block || off + size <= p.start) return core.read(block, off, size);
  const out = new Uint8Array(size).fill(0xff);
  if (off < p.start) out.set(core.read(block, off, p.start - off));
  for (let i = Math.max(0, p.start - off); i < size; i++) out[i] = p.bytes[off + i - p.start] ?? 0xff;
  return out;
}

/** A file for a directory entry; `empty`: without what the entry has. It follows its pair until it is closed. */
export function newFile(
  core: Core,
  m: Mdir,
  id: number,
  options: { readonly append: boolean; readonly empty: boolean },
): LfsFile {
  const e = m.entries[id];
  const inCtz = !options.empty && e?.structType === Type.CtzStruct;
  const inline = inCtz ? undefined : options.empty ? new Uint8Array(0) : (e?.data ?? new Uint8Array(0)).slice();
  const f: LfsFile = {
    kind: 'file',
    m,
    id,
    append: options.append,
    inline,
    head: inCtz ? get32((e as { data: Uint8Array }).data, 0) : NULL_BLOCK,
    size: inCtz ? get32((e as { data: Uint8Array }).data, 4) : (inline as Uint8Array).length,
    pos: 0,
    block: NULL_BLOCK,
    off: 0,
    mode: 'idle',
    pending: undefined,
    ahead: undefined,
    dirty: false,
    dusty: false,
    erred: false,
    rest: undefined,
    mtime: undefined,
  };
  core.followers.add(f);
  return f;
}

// ---- blocks being written

/** Appends bytes at `off` of the block being written; throws EILSEQ when the block turns out bad. */
function put(core: Core, p: Pending, bytes: Uint8Array | readonly number[]): void {
  for (const b of bytes) {
    p.bytes.push(b);
    if (p.bytes.length === core.cfg.cacheSize) programPending(core, p);
  }
}
function programPending(core: Core, p: Pending): void {
  const { progSize } = core.cfg;
  if (p.bytes.length === 0) return;
  const padded = new Uint8Array(Math.ceil(p.bytes.length / progSize) * progSize).fill(0xff);
  padded.set(p.bytes);
  core.program(p.block, p.start, padded);
  p.start += p.bytes.length;
  p.bytes = [];
}

/** Makes new blocks until one is good. */
function inNewBlock(core: Core, work: (p: Pending) => void): Pending {
  for (;;) {
    const p: Pending = { block: core.allocate(), start: 0, bytes: [] };
    try {
      core.erase(p.block);
      work(p);
      return p;
    } catch (e) {
      if (!isError(e, EILSEQ)) throw e;
    }
  }
}

/** Puts the file's next bytes into a new block: a copy of its unfinished last one, or one that points back. */
function extend(core: Core, f: LfsFile): void {
  const head = f.block;
  const size = f.pos;
  let off = 0;
  f.pending = inNewBlock(core, (p) => {
    off = 0;
    if (size === 0) return;
    const [index, last] = indexOf(core, size - 1);
    off = last + 1;
    if (off !== core.cfg.blockSize) {
      put(core, p, core.read(head, 0, off));
      return;
    }
    const skips = trailing(index + 1) + 1;
    let pointer = head;
    for (let i = 0; i < skips; i++) {
      put(core, p, words(pointer));
      if (i !== skips - 1) pointer = get32(core.read(pointer, 4 * i, 4), 0);
    }
    off = 4 * skips;
  });
  f.block = f.pending.block;
  f.off = off;
}

/** Moves the block being written to another one, when it is bad; or an inline file into its first block. */
function relocate(core: Core, f: LfsFile): void {
  const bytes = f.inline !== undefined ? f.inline.slice(0, f.off) : readPending(core, f, f.block, 0, f.off);
  f.pending = inNewBlock(core, (p) => put(core, p, bytes));
  f.block = f.pending.block;
  f.mode = 'writing';
}

/** Gives an inline file a block of its own. */
function outline(core: Core, f: LfsFile): void {
  f.off = f.pos;
  core.checkpoint();
  relocate(core, f);
  // what comes behind `pos` is copied from here when the change is flushed
  f.rest = f.inline;
  f.inline = undefined;
}

function writeOut(core: Core, f: LfsFile, data: Uint8Array): void {
  const end = Math.max(f.pos + data.length, f.size);
  try {
    if (f.inline !== undefined && end > core.inlineMax) outline(core, f);
    for (let done = 0; done < data.length; ) {
      if (f.inline !== undefined) {
        const grown = new Uint8Array(Math.max(f.inline.length, f.pos + data.length));
        grown.set(f.inline);
        grown.set(data, f.pos);
        f.inline = grown;
        f.mode = 'writing';
        f.pos += data.length;
        return;
      }
      if (f.mode !== 'writing' || f.off === core.cfg.blockSize) {
        if (f.mode !== 'writing' && f.pos > 0)
          [f.block] = findBlock(core, (b, o, n) => core.read(b, o, n), f.head, f.size, f.pos - 1);
        f.ahead = undefined;
        core.checkpoint();
        extend(core, f);
        f.mode = 'writing';
      }
      const n = Math.min(data.length - done, core.cfg.blockSize - f.off);
      for (;;) {
        try {
          put(core, f.pending as Pending, data.subarray(done, done + n));
          break;
        } catch (e) {
          if (!isError(e, EILSEQ)) throw e;
          relocate(core, f);
        }
      }
      f.pos += n;
      f.off += n;
      done += n;
      core.checkpoint();
    }
  } catch (e) {
    f.erred = true;
    throw e;
  }
}

/** Ends reading or writing: what was written becomes the file, in memory. */
export function flushFile(core: Core, f: LfsFile): void {
  if (f.mode === 'reading') {
    f.ahead = undefined;
    f.mode = 'idle';
  }
  if (f.mode !== 'writing') return;
  const { pos } = f;
  if (f.inline !== undefined) f.size = f.inline.length;
  else {
    // what was behind the change
    const { head, size, rest } = f;
    while (f.pos < size) {
      let chunk: Uint8Array;
      if (rest !== undefined) chunk = rest.subarray(f.pos, size);
      else {
        const [block, off] = findBlock(core, (b, o, n) => core.read(b, o, n), head, size, f.pos);
        const n = Math.min(size - f.pos, core.cfg.blockSize - off, core.cfg.cacheSize);
        chunk = core.read(block, off, n);
      }
      writeOut(core, f, chunk);
    }
    for (;;) {
      try {
        programPending(core, f.pending as Pending);
        break;
      } catch (e) {
        if (!isError(e, EILSEQ)) throw e;
        relocate(core, f);
      }
    }
    f.head = f.block;
    f.size = f.pos;
    f.rest = undefined;
    f.pending = undefined;
  }
  f.mode = 'idle';
  f.dirty = true;
  f.pos = pos;
}

/** Commits a file that was changed. */
export function syncFile(core: Core, f: LfsFile): void {
  try {
    flushFile(core, f);
    if (f.dirty && !isNullPair(f.m.pair)) {
      if (f.inline === undefined) core.device.sync();
      const { id } = f;
      const attrs: Attr[] = [
        f.inline !== undefined
          ? { type: Type.InlineStruct, id, data: f.inline.slice() }
          : { type: Type.CtzStruct, id, data: words(f.head, f.size) },
      ];
      if (f.mtime !== undefined) attrs.push({ type: Type.UserAttr + MTIME_ATTR, id, data: f.mtime.slice() });
      core.checkpoint();
      commit(core, f.m, attrs);
      f.dirty = false;
    }
  } catch (e) {
    f.erred = true;
    throw e;
  }
  for (const other of core.followers)
    if (other !== f && isFile(other) && samePair(other.m.pair, f.m.pair) && other.id === f.id) other.dusty = true;
  f.erred = false;
  f.dusty = false;
}

/** Commits and forgets a file. After an error there is nothing to commit. */
export function closeFile(core: Core, f: LfsFile): void {
  try {
    if (!f.erred) syncFile(core, f);
  } finally {
    core.followers.delete(f);
  }
}

/** Reads at most `size` bytes. */
export function readFile(core: Core, f: LfsFile, size: number): Uint8Array {
  if (f.mode === 'writing') flushFile(core, f);
  const n = Math.min(size, f.size - f.pos);
  if (n <= 0) return new Uint8Array(0);
  if (f.inline !== undefined) {
    f.pos += n;
    return f.inline.slice(f.pos - n, f.pos);
  }
  const out = new Uint8Array(n);
  for (let done = 0; done < n; ) {
    if (f.mode !== 'reading' || f.off === core.cfg.blockSize) {
      [f.block, f.off] = findBlock(core, (b, o, k) => core.read(b, o, k), f.head, f.size, f.pos);
      f.mode = 'reading';
    }
    const part = readAhead(core, f, Math.min(n - done, core.cfg.blockSize - f.off));
    out.set(part, done);
    done += part.length;
    f.off += part.length;
    f.pos += part.length;
  }
  return out;
}

/** Some of the bytes at the file's place, at most `size`, by way of its buffer. */
function readAhead(core: Core, f: LfsFile, size: number): Uint8Array {
  const { cacheSize, readSize, blockSize } = core.cfg;
  let a = f.ahead;
  if (a === undefined || a.block !== f.block || f.off < a.start || f.off >= a.start + a.bytes.length) {
    // long reads need no buffer
    if (size >= cacheSize) return core.read(f.block, f.off, size);
    const start = Math.floor(f.off / readSize) * readSize;
    a = { block: f.block, start, bytes: core.read(f.block, start, Math.min(cacheSize, blockSize - start)) };
    f.ahead = a;
  }
  const from = f.off - a.start;
  return a.bytes.subarray(from, Math.min(from + size, a.bytes.length));
}

/** Writes at the file's place, or at its end if it is open for appending. */
export function writeFile(core: Core, f: LfsFile, data: Uint8Array): number {
  if (f.mode === 'reading') flushFile(core, f);
  if (f.append && f.pos < f.size) f.pos = f.size;
  if (f.pos + data.length > core.fileMax) fail(EFBIG);
  if (f.mode !== 'writing' && f.pos > f.size) {
    const { pos } = f;
    f.pos = f.size;
    while (f.pos < pos) writeOut(core, f, new Uint8Array(Math.min(pos - f.pos, core.cfg.cacheSize)));
  }
  writeOut(core, f, data);
  f.erred = false;
  f.dusty = false;
  return data.length;
}

/** Size of a file as its handle sees it. */
export function fileSize(f: LfsFile): number {
  return f.mode === 'writing' ? Math.max(f.pos, f.size) : f.size;
}

/** Moves the file's place; answers it. */
export function seekFile(core: Core, f: LfsFile, offset: number, whence: number): number {
  const base = whence === 0 ? 0 : whence === 1 ? f.pos : whence === 2 ? fileSize(f) : undefined;
  // an unknown `whence` leaves the place, as upstream's
  const pos = base === undefined ? f.pos : base + offset;
  if (pos < 0 || pos > core.fileMax) fail(EINVAL);
  if (pos === f.pos) return pos;
  flushFile(core, f);
  f.pos = pos;
  return pos;
}

/** Time of change as its attribute has it. */
export function mtimeBytes(ns: number): Uint8Array {
  const b = new Uint8Array(8);
  put32(b, 0, ns % 2 ** 32);
  put32(b, 4, Math.floor(ns / 2 ** 32));
  return b;
}
