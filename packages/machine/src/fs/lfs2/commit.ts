/**
 * Commits: changing a metadata pair so that after a power loss it has either all of the change or none. A commit is appended to
 * the newer block while there is erased room, otherwise the pair is compacted into its other block, which may take splitting it,
 * or moving half of it to a new block, which its parent and its predecessor then must learn. Counterpart: lfs2_dir_commit.
 */
import type { Core } from './core.js';
import {
  crc32,
  EILSEQ,
  ENOSPC,
  fail,
  get32,
  type GState,
  gstateBytes,
  isError,
  isNullPair,
  isZeroGState,
  makeTag,
  moveFrom,
  NO_ID,
  orphansOf,
  type Pair,
  pairBytes,
  pairOf,
  put32,
  put32be,
  samePair,
  syncedPair,
  Type,
  xorGState,
  ZERO_GSTATE,
} from './format.js';
import {
  applyAttr,
  assignMdir,
  type Attr,
  cloneMdir,
  emptyMdir,
  entryAttrs,
  type Mdir,
  sizeOf,
  tagOf,
} from './mdir.js';

const SUPERBLOCK: Pair = [0, 1];

/** How a commit ended, besides having been written: the pair is in other blocks now, or has gone. */
type CommitEnd = 'done' | 'relocated' | 'dropped';

function alignUp(n: number, to: number): number {
  return Math.ceil(n / to) * to;
}

/** Changes the count of orphans in the filesystem's state. */
export function addOrphans(core: Core, n: number): void {
  const count = orphansOf(core.gstate) + n;
  const tag = (core.gstate.tag & 0x7ffffe00) | count | (count > 0 ? 0x80000000 : 0);
  core.gstate = { ...core.gstate, tag: tag >>> 0 };
}
/** Notes that `id` of `pair` is being moved; NO_ID: nothing is. */
export function setMove(core: Core, id: number, pair: Pair): void {
  const tag = (core.gstate.tag & 0x800003ff) | (id === NO_ID ? 0 : makeTag(Type.Delete, id, 0));
  core.gstate = { tag: tag >>> 0, pair: id === NO_ID ? [0, 0] : pair };
}

/** Two blocks for a new metadata pair. */
export function allocPair(core: Core): Mdir {
  const second = core.allocate();
  const first = core.allocate();
  let rev = 0;
  try {
    rev = get32(core.read(first, 0, 4), 0);
  } catch (e) {
    if (!isError(e, EILSEQ)) throw e;
  }
  // so that the first compaction does not move it at once
  rev = (alignUp(rev, (core.cfg.blockCycles + 1) | 1) & 0xffffffff) >>> 0;
  return emptyMdir([first, second], rev);
}

// ---- writing to a block

/** Bytes of a commit in the making. */
class Log {
  private readonly bytes: number[] = [];
  private readonly begin: number;
  private tag: number;

  constructor(
    private readonly core: Core,
    private readonly block: number,
    private off: number,
    tag: number,
  ) {
    this.begin = off;
    this.tag = tag;
  }

  raw(data: Uint8Array): void {
    for (const b of data) this.bytes.push(b);
    this.off += data.length;
  }
  /** Throws ENOSPC when the tag and a checksum would not fit. */
  attr(a: Attr): void {
    const size = sizeOf([a]);
    if (this.off + size > this.core.cfg.blockSize - 8) fail(ENOSPC);
    this.append(a);
  }
  private append(a: Attr): void {
    const tag = tagOf(a);
    const head = new Uint8Array(4);
    put32be(head, 0, tag ^ this.tag);
    this.raw(head);
    if (a.data !== undefined && a.removes !== true) this.raw(a.data);
    this.tag = tag;
  }

  /** Ends the commit with its checksum and writes it; answers where the next one goes. */
  finish(): { readonly off: number; readonly etag: number } {
    const { blockSize, progSize } = this.core.cfg;
    // tag and checksum of what is erased behind, tag and checksum of the commit: 20 bytes
    const end = alignUp(Math.min(this.off + 20, blockSize), progSize);
    let from = 0;
    let check = -1;
    while (this.off < end) {
      const start = this.off + 4;
      let next = Math.min(end - start, 0x3fe) + start;
      if (next < end) next = Math.min(next, end - 20);
      let first = 0xff;
      if (next >= end && next <= blockSize - progSize) {
        const behind = this.core.read(this.block, next, progSize);
        first = behind[0] as number;
        const data = new Uint8Array(8);
        put32(data, 0, progSize);
        put32(data, 4, crc32(0xffffffff, behind));
        // goes into the room that is kept for checksums
        this.append({ type: Type.ForwardCrc, id: NO_ID, data });
      }
      // the type's low bit flips the valid bit of the next tag, so that what is erased is no tag
      const tag = makeTag(Type.Crc + ((~first & 0xff) >> 7), NO_ID, next - (this.off + 4));
      const head = new Uint8Array(4);
      put32be(head, 0, tag ^ this.tag);
      this.raw(head);
      const sum = crc32(0xffffffff, Uint8Array.from(this.bytes.slice(from)));
      const tail = new Uint8Array(4);
      put32(tail, 0, sum);
      this.raw(tail);
      if (check < 0) check = this.bytes.length;
      while (this.off < next) {
        this.bytes.push(0xff);
        this.off++;
      }
      from = this.bytes.length;
      this.tag = (tag ^ ((0x80 & ~first) << 24)) >>> 0;
    }
    this.write(check);
    return { off: this.off, etag: this.tag };
  }
  /** Programs the commit in pieces, then compares what counts with what is there. */
  private write(length: number): void {
    const { cacheSize } = this.core.cfg;
    const bytes = Uint8Array.from(this.bytes);
    for (let at = 0; at < bytes.length; at += cacheSize)
      this.core.device.program(this.block, this.begin + at, bytes.slice(at, at + cacheSize));
    this.core.device.sync();
    const back = this.core.read(this.block, this.begin, length);
    for (let i = 0; i < length; i++) if (back[i] !== bytes[i]) fail(EILSEQ);
  }
}

/**
 * What a compacted pair has to hold for the filesystem's state to become what it is to be. The count of orphans is not kept on
 * disk, only that there are some.
 */
function stateDelta(core: Core, m: Mdir, withState: boolean): GState {
  const pending = withState ? xorGState(core.gdelta, xorGState(core.gstate, core.gdisk)) : core.gdelta;
  return xorGState(onDisk(pending), m.gstate);
}
function onDisk(g: GState): GState {
  return { ...g, tag: (g.tag & ~0x3ff) >>> 0 };
}

function isTired(core: Core, m: Mdir): boolean {
  return (m.rev + 1) % ((core.cfg.blockCycles + 1) | 1) === 0;
}

/** Writes ids `begin` to `end` of `source` as the whole contents of `m`, into its other block, or a new one if that is bad. */
function compact(core: Core, m: Mdir, source: Mdir, begin: number, end: number): CommitEnd {
  let tired = isTired(core, m);
  let relocated = false;
  m.rev = (m.rev + 1) >>> 0;
  const entries = source.entries.slice(begin, end).map((e) => ({ ...e }));
  let move = tired && !samePair(m.pair, SUPERBLOCK);
  for (;;) {
    if (!move) {
      try {
        const block = m.pair[1];
        core.erase(block);
        const log = new Log(core, block, 0, 0xffffffff);
        const rev = new Uint8Array(4);
        put32(rev, 0, m.rev);
        log.raw(rev);
        entries.forEach((e, id) => {
          for (const a of entryAttrs(e, id)) log.attr(a);
        });
        if (!isNullPair(m.tail))
          log.attr({ type: m.split ? Type.HardTail : Type.SoftTail, id: NO_ID, data: pairBytes(m.tail) });
        const delta = stateDelta(core, m, !relocated);
        if (!isZeroGState(delta)) log.attr({ type: Type.MoveState, id: NO_ID, data: gstateBytes(delta) });
        const { off, etag } = log.finish();
        m.pair = [m.pair[1], m.pair[0]];
        m.entries = entries;
        m.off = off;
        m.etag = etag;
        m.erased = true;
        m.gstate = delta;
        core.gdelta = ZERO_GSTATE;
        if (!relocated) core.gdisk = core.gstate;
        return relocated ? 'relocated' : 'done';
      } catch (e) {
        if (!isError(e, EILSEQ)) throw e;
      }
    }
    move = false;
    relocated = true;
    // the superblock is where it is
    if (samePair(m.pair, SUPERBLOCK)) fail(ENOSPC);
    try {
      m.pair = [m.pair[0], core.allocate()];
    } catch (e) {
      // a tired block is as good as none
      if (!isError(e, ENOSPC) || !tired) throw e;
    }
    tired = false;
  }
}

/** Moves ids `split` to `end` of `source` to a new pair behind `m`. */
function splitOff(core: Core, m: Mdir, source: Mdir, split: number, end: number): void {
  const tail = allocPair(core);
  tail.split = m.split;
  tail.tail = m.tail;
  compact(core, tail, source, split, end);
  m.tail = tail.pair;
  m.split = true;
  if (samePair(m.pair, core.root) && split === 0) core.root = tail.pair;
}

/** Compacts `m` to what `source` has, in as many pairs as it takes. */
function splittingCompact(core: Core, m: Mdir, source: Mdir): CommitEnd {
  const { blockSize, progSize } = core.cfg;
  let end = source.entries.length;
  for (;;) {
    let split = 0;
    while (end - split > 1) {
      const size = source.entries.slice(split, end).reduce((n, e) => n + sizeOf(entryAttrs(e, 0)), 0);
      // room for tail, state, a move's delete and checksum; and a half full block, so that commits can follow
      if (end - split < 0xff && size <= Math.min(blockSize - 40, alignUp(blockSize / 2, progSize))) break;
      split += (end - split) >> 1;
    }
    if (split === 0) break;
    try {
      splitOff(core, m, source, split, end);
    } catch (e) {
      if (!isError(e, ENOSPC)) throw e;
      break;
    }
    end = split;
  }
  if (isTired(core, m) && samePair(m.pair, SUPERBLOCK)) {
    // too many commits for a block that can not move: the root's contents get a pair of their own
    let used = 0;
    core.traverse(() => used++, false);
    if (core.blockCount - used > core.blockCount / 8) {
      try {
        splitOff(core, m, source, 0, end);
        end = 1;
      } catch (e) {
        if (!isError(e, ENOSPC)) throw e;
      }
    }
  }
  return compact(core, m, source, 0, end);
}

/**
 * Commits to one pair; what else must be changed because of it is the caller's. `m` becomes what is on disk. `own`: the caller's
 * pair that `m` is a copy of; when it is a follower's, it goes on to where the follower's id is after a split.
 */
function commitTo(
  core: Core,
  m: Mdir,
  own: Mdir,
  attrs: readonly Attr[],
): { readonly end: CommitEnd; readonly predecessor?: Mdir } {
  const old = m.pair;
  const after = cloneMdir(m);
  for (const a of attrs) applyAttr(after, a);
  const result = ((): { end: CommitEnd; predecessor?: Mdir } => {
    const deletes = attrs.some((a) => a.type === Type.Delete);
    if (deletes && after.entries.length === 0) {
      const predecessor = findPredecessor(core, m.pair);
      if (predecessor?.split === true) {
        assignMdir(m, after);
        return { end: 'dropped', predecessor };
      }
    }
    if (m.erased && after.entries.length < 0xff) {
      try {
        const log = new Log(core, m.pair[0], m.off, m.etag);
        for (const a of attrs) log.attr(a);
        const changed = onDisk(xorGState(core.gdelta, xorGState(core.gstate, core.gdisk)));
        if (!isZeroGState(changed)) {
          after.gstate = xorGState(changed, m.gstate);
          log.attr({ type: Type.MoveState, id: NO_ID, data: gstateBytes(after.gstate) });
        }
        const { off, etag } = log.finish();
        after.off = off;
        after.etag = etag;
        assignMdir(m, after);
        core.gdisk = core.gstate;
        core.gdelta = ZERO_GSTATE;
        return { end: 'done' };
      } catch (e) {
        if (!isError(e, ENOSPC) && !isError(e, EILSEQ)) throw e;
        after.gstate = m.gstate;
      }
    }
    const source = cloneMdir(after);
    after.erased = false;
    const end = splittingCompact(core, after, source);
    assignMdir(m, after);
    return { end };
  })();
  follow(core, m, own, old, attrs);
  return result;
}

/** Brings what follows a pair up to date after a commit to it. */
function follow(core: Core, m: Mdir, ownMdir: Mdir, old: Pair, attrs: readonly Attr[]): void {
  for (const f of core.followers) {
    if (!samePair(f.m.pair, old)) continue;
    const own = f.m === ownMdir;
    if (own) assignMdir(f.m, m);
    else {
      f.m = cloneMdir(m);
      for (const a of attrs) {
        if (a.type === Type.Delete && f.id === a.id && f.kind !== 'dir') {
          // the file has gone; its handle goes on without
          f.m.pair = [0xffffffff, 0xffffffff];
        } else if (a.type === Type.Delete && f.id > a.id) f.id--;
        else if (a.type === Type.Create && f.id >= a.id) f.id++;
      }
    }
    while (!isNullPair(f.m.pair) && f.id >= f.m.entries.length && f.m.split) {
      if (!samePair(f.m.tail, core.root)) f.id -= f.m.entries.length;
      const next = core.fetch(f.m.tail);
      if (own) assignMdir(f.m, next);
      else f.m = next;
    }
  }
}

/** The pair whose tail is `pair`. */
export function findPredecessor(core: Core, pair: Pair): Mdir | undefined {
  for (const m of core.pairs()) if (samePair(m.tail, pair)) return m;
  return undefined;
}
/** The directory entry that refers to `pair`. */
export function findParent(core: Core, pair: Pair): { readonly m: Mdir; readonly id: number } | undefined {
  for (const m of core.pairs()) {
    const id = m.entries.findIndex(
      (e) => e.structType === Type.DirStruct && e.data.length >= 8 && samePair(pairOf(e.data), pair),
    );
    if (id >= 0) return { m, id };
  }
  return undefined;
}

/** Forgets a pending move away from `m`, which the commit under way must then carry out: the tag that does, and its id. */
function finishMove(core: Core, m: Mdir): { readonly attrs: readonly Attr[]; readonly id: number } {
  const id = moveFrom(core.gstate, m.pair);
  if (id === undefined) return { attrs: [], id: NO_ID };
  setMove(core, NO_ID, [0, 0]);
  return { attrs: [{ type: Type.Delete, id }], id };
}

/** Commits, and changes the pairs that refer to one that moved. Answers whether orphans may have been left. */
function orphaningCommit(core: Core, m: Mdir, attrs: readonly Attr[]): boolean {
  let lost = m.pair;
  let at = cloneMdir(m);
  let { end, predecessor } = commitTo(core, at, m, attrs);
  // unless it is a follower's, which has gone on
  if (samePair(m.pair, lost)) assignMdir(m, at);
  if (end === 'dropped') {
    const p = predecessor as Mdir;
    core.gdelta = xorGState(core.gdelta, at.gstate);
    lost = p.pair;
    end = commitTo(core, p, p, [tailAttr(at)]).end;
    at = p;
  }
  let orphans = false;
  while (end === 'relocated') {
    end = 'done';
    const moved = at.pair;
    if (samePair(lost, core.root)) core.root = moved;
    for (const f of core.followers) {
      if (samePair(lost, f.m.pair)) f.m.pair = moved;
      if ('head' in f && samePair(lost, f.head as Pair)) (f as { head: Pair }).head = moved;
    }
    const parent = findParent(core, lost);
    if (parent !== undefined) {
      // between the two commits the list and the tree disagree
      addOrphans(core, 1);
      const move = finishMove(core, parent.m);
      const id = move.id < parent.id ? parent.id - 1 : parent.id;
      const before = parent.m.pair;
      end = commitTo(core, parent.m, parent.m, [
        ...move.attrs,
        { type: Type.DirStruct, id, data: pairBytes(moved) },
      ]).end;
      if (end === 'relocated') {
        lost = before;
        at = parent.m;
        orphans = true;
        continue;
      }
    }
    const p = findPredecessor(core, lost);
    // a pair that nothing leads to is new
    if (p === undefined) continue;
    if (orphansOf(core.gstate) > 0) addOrphans(core, parent === undefined ? 0 : -1);
    const move = finishMove(core, p);
    lost = p.pair;
    const tail: Attr = { type: p.split ? Type.HardTail : Type.SoftTail, id: NO_ID, data: pairBytes(moved) };
    end = commitTo(core, p, p, [...move.attrs, tail]).end;
    at = p;
  }
  return orphans;
}

/** The tag that gives another pair this one's tail. */
export function tailAttr(m: Mdir): Attr {
  return { type: m.split ? Type.HardTail : Type.SoftTail, id: NO_ID, data: pairBytes(m.tail) };
}

/** Commits tags to a pair. `m` becomes what is on disk. */
export function commit(core: Core, m: Mdir, attrs: readonly Attr[]): void {
  try {
    if (orphaningCommit(core, m, attrs)) deorphan(core, false);
  } catch (e) {
    // what was to happen has not: the next commit must not say that it had
    core.gstate = core.gdisk;
    core.gdelta = ZERO_GSTATE;
    throw e;
  }
}

/** Takes a directory that nothing refers to out of the list: `m` gets its tail and its part of the state. */
export function dropPair(core: Core, m: Mdir, gone: Mdir): void {
  core.gdelta = xorGState(core.gdelta, gone.gstate);
  commit(core, m, [tailAttr(gone)]);
}

/**
 * Repairs the list of pairs where it disagrees with the tree: pairs that moved, and, after a power loss, directories that no
 * entry refers to.
 */
function deorphan(core: Core, powerLoss: boolean): void {
  if (orphansOf(core.gstate) === 0 && core.gstate.tag >>> 31 === 0) return;
  for (let pass = 0; pass < 2; ) {
    let more = false;
    let p: Mdir = { ...emptyMdir([0xffffffff, 0xffffffff], 0), split: true, tail: [0, 1] };
    while (!isNullPair(p.tail)) {
      const m = core.fetch(p.tail);
      if (!p.split) {
        const parent = findParent(core, p.tail);
        if (pass === 0 && parent !== undefined) {
          const pair = pairOf((parent.m.entries[parent.id] as { data: Uint8Array }).data);
          if (!syncedPair(pair, p.tail)) {
            const move = finishMove(core, p);
            more =
              orphaningCommit(core, p, [...move.attrs, { type: Type.SoftTail, id: NO_ID, data: pairBytes(pair) }]) ||
              more;
            continue;
          }
        }
        if (pass === 1 && parent === undefined && powerLoss) {
          core.gdelta = xorGState(core.gdelta, m.gstate);
          more = orphaningCommit(core, p, [tailAttr(m)]) || more;
          continue;
        }
      }
      p = m;
    }
    pass = more ? 0 : pass + 1;
  }
  addOrphans(core, -orphansOf(core.gstate));
}

/** Finishes what a power loss interrupted; done before the first change after mounting. */
export function makeConsistent(core: Core): void {
  if ((core.gdisk.tag & 0x70000000) !== 0) {
    const { pair } = core.gdisk;
    const id = moveFrom(core.gdisk, pair) as number;
    const m = core.fetch(pair);
    setMove(core, NO_ID, [0, 0]);
    commit(core, m, [{ type: Type.Delete, id }]);
  }
  deorphan(core, true);
}
