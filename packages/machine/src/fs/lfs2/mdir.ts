/**
 * Metadata pairs in memory: what a pair's log of commits comes to. Counterpart: lfs2_dir_fetch and the lookups in lib/littlefs.
 *
 * The log is applied forwards: CREATE makes room for an id, DELETE closes the gap, names, structs and attributes belong to an
 * id. Invariant: an entry's place in `entries` is its id.
 */
import type { Core } from './core.js';
import {
  crc32,
  dataLength,
  DELETED,
  EILSEQ,
  fail,
  get32,
  get32be,
  type GState,
  gstateOf,
  isError,
  makeTag,
  NULL_BLOCK,
  NULL_PAIR,
  type Pair,
  pairOf,
  tagId,
  tagLength,
  tagType,
  Type,
  ZERO_GSTATE,
} from './format.js';

/** What an id has. */
export interface Entry {
  /** Reg, Dir or Superblock; 0: no name yet. */
  nameType: number;
  name: Uint8Array;
  /** DirStruct, InlineStruct or CtzStruct; 0: none. */
  structType: number;
  data: Uint8Array;
  /** User attributes by number. */
  attrs: readonly (readonly [number, Uint8Array])[];
}

/** A tag with its data, to be committed. */
export interface Attr {
  readonly type: number;
  readonly id: number;
  readonly data?: Uint8Array | undefined;
  /** The tag removes what it names. */
  readonly removes?: boolean | undefined;
}

/** A metadata pair. */
export interface Mdir {
  pair: Pair;
  rev: number;
  /** Where the next commit goes, and the tag before it. */
  off: number;
  etag: number;
  /** Whether the block is erased from `off` on. */
  erased: boolean;
  /** Whether the tail goes on with the same directory. */
  split: boolean;
  tail: Pair;
  entries: Entry[];
  gstate: GState;
}

const NONE = new Uint8Array(0);

/** A pair without contents. */
export function emptyMdir(pair: Pair, rev: number): Mdir {
  return {
    pair,
    rev,
    off: 4,
    etag: 0xffffffff,
    erased: false,
    split: false,
    tail: NULL_PAIR,
    entries: [],
    gstate: ZERO_GSTATE,
  };
}
/** A copy that can be changed by itself. */
export function cloneMdir(m: Mdir): Mdir {
  return { ...m, entries: m.entries.map((e) => ({ ...e })) };
}
/** Takes over all that another has. */
export function assignMdir(to: Mdir, from: Mdir): void {
  Object.assign(to, cloneMdir(from));
}

function newEntry(): Entry {
  return { nameType: 0, name: NONE, structType: 0, data: NONE, attrs: [] };
}

/** Applies a tag to a pair's contents. */
export function applyAttr(m: Mdir, a: Attr): void {
  const { type, id } = a;
  const data = a.data ?? NONE;
  if (type === Type.Create) m.entries.splice(id, 0, newEntry());
  else if (type === Type.Delete) m.entries.splice(id, 1);
  else if ((type & 0x700) === 0x600) {
    m.split = (type & 1) !== 0;
    m.tail = pairOf(data);
  } else if (type === Type.MoveState) m.gstate = gstateOf(data);
  else if (id !== 0x3ff) {
    while ((type & 0x700) === 0 && m.entries.length <= id) m.entries.push(newEntry());
    const e = m.entries[id];
    if (e === undefined) return;
    if ((type & 0x700) === 0) {
      e.nameType = type;
      e.name = data;
    } else if ((type & 0x700) === 0x200) {
      e.structType = type;
      e.data = data;
    } else if ((type & 0x700) === 0x300) {
      const others = e.attrs.filter(([n]) => n !== (type & 0xff));
      e.attrs = a.removes === true ? others : [...others, [type & 0xff, data]];
    }
  }
}

/** Tags that give an entry its contents at another id. */
export function entryAttrs(e: Entry, id: number): Attr[] {
  const out: Attr[] = [{ type: e.nameType, id, data: e.name }];
  if (e.structType !== 0) out.push({ type: e.structType, id, data: e.data });
  for (const [n, data] of e.attrs) out.push({ type: Type.UserAttr + n, id, data });
  return out;
}

/** Bytes of tags and data. */
export function sizeOf(attrs: readonly Attr[]): number {
  return attrs.reduce((n, a) => n + 4 + (a.removes === true ? 0 : (a.data?.length ?? 0)), 0);
}
export function tagOf(a: Attr): number {
  return makeTag(a.type, a.id, a.removes === true ? DELETED : (a.data?.length ?? 0));
}

/** Reads a metadata pair from disk; throws EILSEQ when neither block has a whole commit. */
export function fetchMdir(core: Core, pair: Pair): Mdir {
  const { blockCount } = core;
  if (pair[0] >= blockCount || pair[1] >= blockCount) fail(EILSEQ);
  // the block with the newer revision first; a block that cannot be read has none
  const revs = pair.map((block) => {
    try {
      return get32(core.read(block, 0, 4), 0);
    } catch (e) {
      if (!isError(e, EILSEQ)) throw e;
      return undefined;
    }
  });
  const [a, b] = revs;
  const first = a === undefined ? 1 : b === undefined ? 0 : ((b - a) | 0) > 0 ? 1 : 0;
  for (const i of [first, 1 - first]) {
    if (revs[i] === undefined) continue;
    const block = pair[i] as number;
    let bytes: Uint8Array;
    try {
      bytes = core.read(block, 0, core.cfg.blockSize);
    } catch (e) {
      if (!isError(e, EILSEQ)) throw e;
      continue;
    }
    const m = parseBlock(core, bytes, [block, pair[1 - i] as number]);
    if (m !== undefined) return m;
  }
  return fail(EILSEQ);
}

/** What a block's valid commits come to; undefined when it has none. */
function parseBlock(core: Core, bytes: Uint8Array, pair: Pair): Mdir | undefined {
  const { blockSize, progSize } = core.cfg;
  const m = emptyMdir(pair, get32(bytes, 0));
  m.off = 0;
  let crc = crc32(0xffffffff, bytes, 0, 4);
  let previous = 0xffffffff;
  let off = 4;
  let maybeErased = false;
  let forward: readonly [number, number] | undefined;
  let commit: Attr[] = [];
  let commitForward: readonly [number, number] | undefined;
  while (off + 4 <= blockSize) {
    const stored = get32be(bytes, off);
    crc = crc32(crc, bytes, off, off + 4);
    const tag = (stored ^ previous) >>> 0;
    if (tag >>> 31 !== 0) {
      maybeErased = (tagType(previous) & 0x780) === Type.Crc;
      break;
    }
    const length = dataLength(tag);
    const start = off + 4;
    if (start + length > blockSize) break;
    previous = tag;
    const type = tagType(tag);
    if ((type & 0x780) === Type.Crc) {
      if (get32(bytes, start) !== crc) break;
      if (core.seed !== undefined) core.seed = crc32(core.seed, bytes, start, start + 4);
      // the bit that makes the next tag invalid while its place is erased
      previous = (previous ^ ((type & 1) << 31)) >>> 0;
      for (const a of commit) applyAttr(m, a);
      forward = commitForward;
      commit = [];
      commitForward = undefined;
      off = start + length;
      m.off = off;
      m.etag = previous;
      crc = 0xffffffff;
      continue;
    }
    crc = crc32(crc, bytes, start, start + length);
    const data = bytes.slice(start, start + length);
    if (type === Type.ForwardCrc) {
      if (length >= 8) commitForward = [get32(data, 0), get32(data, 4)];
    } else commit.push({ type, id: tagId(tag), data, removes: tagLength(tag) === DELETED });
    off = start + length;
  }
  if (m.off === 0) return undefined;
  if (maybeErased && m.off % progSize === 0 && forward !== undefined) {
    const [size, expected] = forward;
    m.erased = m.off + size <= blockSize && crc32(0xffffffff, bytes, m.off, m.off + size) === expected;
  }
  return m;
}

/** Compares names as the log is sorted: bytewise; of two with the same beginning, the longer one on disk counts as less. */
function isGreater(onDisk: Uint8Array, name: Uint8Array): boolean {
  const n = Math.min(onDisk.length, name.length);
  for (let i = 0; i < n; i++) {
    if (onDisk[i] !== name[i]) return (onDisk[i] as number) > (name[i] as number);
  }
  return onDisk.length < name.length;
}
function sameName(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((x, i) => x === b[i]);
}

/**
 * Looks for a name in a pair: its id, or where it would be inserted. `hidden`: an id that is being moved away, which does not
 * count.
 */
export function findName(
  m: Mdir,
  name: Uint8Array,
  hidden: number | undefined,
): { readonly id: number; readonly found: boolean } {
  let place = m.entries.length;
  for (let id = 0; id < m.entries.length; id++) {
    const e = m.entries[id] as Entry;
    if (e.nameType !== Type.Reg && e.nameType !== Type.Dir) continue;
    if (sameName(e.name, name) && id !== hidden) return { id, found: true };
    if (place === m.entries.length && isGreater(e.name, name)) place = id;
  }
  return { id: place, found: false };
}

/** The block and size of a file that is kept in a skip list. */
export function ctzOf(e: Entry): { readonly head: number; readonly size: number } {
  return e.data.length < 8 ? { head: NULL_BLOCK, size: 0 } : { head: get32(e.data, 0), size: get32(e.data, 4) };
}
