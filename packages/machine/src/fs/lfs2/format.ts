/**
 * littlefs v2 on disk: tags, types, checksums, errors. Source: littlefs's SPEC.md (disk version 2.1). Counterpart: lib/littlefs.
 *
 *     tag, big-endian, XORed with the one before:   valid (0) | type 11 bits | id 10 bits | length 10 bits (0x3ff: deleted)
 */

/** Types of tags. */
export const enum Type {
  Reg = 0x001,
  Dir = 0x002,
  Superblock = 0x0ff,
  DirStruct = 0x200,
  InlineStruct = 0x201,
  CtzStruct = 0x202,
  UserAttr = 0x300,
  Create = 0x401,
  Delete = 0x4ff,
  Crc = 0x500,
  ForwardCrc = 0x5ff,
  SoftTail = 0x600,
  HardTail = 0x601,
  MoveState = 0x7ff,
}

/** Disk version that is written: 2.1. */
export const DISK_VERSION = 0x00020001;
export const NAME_MAX = 255;
export const FILE_MAX = 0x7fffffff;
export const ATTR_MAX = 1022;
/** Id of tags that belong to no file. */
export const NO_ID = 0x3ff;
/** Length of a tag that removes what it names. */
export const DELETED = 0x3ff;
export const NULL_BLOCK = 0xffffffff;

/** Two blocks of a metadata pair, the newer first. */
export type Pair = readonly [number, number];
export const NULL_PAIR: Pair = [NULL_BLOCK, NULL_BLOCK];

/** Error of the filesystem or of its device: a positive errno. */
export class LfsError extends Error {
  override readonly name = 'LfsError';
  constructor(readonly errno: number) {
    super(`littlefs error ${errno}`);
  }
}
export const ENOENT = 2;
export const EIO = 5;
export const EEXIST = 17;
export const ENOTDIR = 20;
export const EISDIR = 21;
export const EINVAL = 22;
export const EFBIG = 27;
export const ENOSPC = 28;
export const ENAMETOOLONG = 36;
export const ENOTEMPTY = 39;
/** LFS_ERR_CORRUPT. */
export const EILSEQ = 84;

export function fail(errno: number): never {
  throw new LfsError(errno);
}
/** Whether an error is the filesystem's `errno`. */
export function isError(e: unknown, errno: number): boolean {
  return e instanceof LfsError && e.errno === errno;
}

export function makeTag(type: number, id: number, length: number): number {
  return ((type << 20) | (id << 10) | length) >>> 0;
}
export function tagType(tag: number): number {
  return (tag >>> 20) & 0x7ff;
}
export function tagId(tag: number): number {
  return (tag >>> 10) & 0x3ff;
}
export function tagLength(tag: number): number {
  return tag & 0x3ff;
}
/** Bytes of data behind a tag. */
export function dataLength(tag: number): number {
  return tagLength(tag) === DELETED ? 0 : tagLength(tag);
}

const CRC = Uint32Array.from({ length: 16 }, (_, i) => {
  let c = i;
  for (let k = 0; k < 4; k++) c = (c >>> 1) ^ ((c & 1) * 0xedb88320);
  return c >>> 0;
});

/** CRC-32 (polynomial 0x04c11db7, reflected), without a final inversion. */
export function crc32(crc: number, bytes: Uint8Array, from = 0, to = bytes.length): number {
  let c = crc;
  for (let i = from; i < to; i++) {
    const b = bytes[i] as number;
    c = (c >>> 4) ^ (CRC[(c ^ b) & 15] as number);
    c = (c >>> 4) ^ (CRC[(c ^ (b >>> 4)) & 15] as number);
  }
  return c >>> 0;
}

export function get32(b: Uint8Array, at: number): number {
  return (
    ((b[at] as number) |
      ((b[at + 1] as number) << 8) |
      ((b[at + 2] as number) << 16) |
      ((b[at + 3] as number) << 24)) >>>
    0
  );
}
export function put32(b: Uint8Array, at: number, v: number): void {
  b[at] = v;
  b[at + 1] = v >>> 8;
  b[at + 2] = v >>> 16;
  b[at + 3] = v >>> 24;
}
export function get32be(b: Uint8Array, at: number): number {
  return (
    (((b[at] as number) << 24) |
      ((b[at + 1] as number) << 16) |
      ((b[at + 2] as number) << 8) |
      (b[at + 3] as number)) >>>
    0
  );
}
export function put32be(b: Uint8Array, at: number, v: number): void {
  b[at] = v >>> 24;
  b[at + 1] = v >>> 16;
  b[at + 2] = v >>> 8;
  b[at + 3] = v;
}
/** Words, little-endian. */
export function words(...values: readonly number[]): Uint8Array {
  const b = new Uint8Array(4 * values.length);
  values.forEach((v, i) => put32(b, 4 * i, v));
  return b;
}
export function pairBytes(pair: Pair): Uint8Array {
  return words(pair[0], pair[1]);
}
export function pairOf(b: Uint8Array): Pair {
  return [get32(b, 0), get32(b, 4)];
}
export function isNullPair(pair: Pair): boolean {
  return pair[0] === NULL_BLOCK || pair[1] === NULL_BLOCK;
}
/** Whether two pairs have a block in common: then they are the same pair, perhaps half relocated. */
export function samePair(a: Pair, b: Pair): boolean {
  return a[0] === b[0] || a[1] === b[1] || a[0] === b[1] || a[1] === b[0];
}
/** Whether two pairs have the same two blocks. */
export function syncedPair(a: Pair, b: Pair): boolean {
  return (a[0] === b[0] && a[1] === b[1]) || (a[0] === b[1] && a[1] === b[0]);
}

/** State that belongs to the whole filesystem, kept as the XOR of what the metadata pairs hold: a pending move, and orphans. */
export interface GState {
  readonly tag: number;
  readonly pair: Pair;
}
export const ZERO_GSTATE: GState = { tag: 0, pair: [0, 0] };
export function xorGState(a: GState, b: GState): GState {
  return {
    tag: (a.tag ^ b.tag) >>> 0,
    pair: [(a.pair[0] ^ b.pair[0]) >>> 0, (a.pair[1] ^ b.pair[1]) >>> 0],
  };
}
export function isZeroGState(g: GState): boolean {
  return g.tag === 0 && g.pair[0] === 0 && g.pair[1] === 0;
}
export function gstateBytes(g: GState): Uint8Array {
  return words(g.tag, g.pair[0], g.pair[1]);
}
export function gstateOf(b: Uint8Array): GState {
  return { tag: get32(b, 0), pair: [get32(b, 4), get32(b, 8)] };
}
/** Directories that were unlinked but not yet dropped, at most 0x1ff. */
export function orphansOf(g: GState): number {
  return g.tag & 0x1ff;
}
/** The id that is being moved away from `pair`, or undefined. */
export function moveFrom(g: GState, pair: Pair): number | undefined {
  return (tagType(g.tag) & 0x700) !== 0 && samePair(g.pair, pair) ? tagId(g.tag) : undefined;
}
export function hasMove(g: GState): boolean {
  return (tagType(g.tag) & 0x700) !== 0;
}
