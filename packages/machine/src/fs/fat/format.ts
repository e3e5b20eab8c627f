/**
 * What FAT is on a device: where the fields of a boot sector, a directory entry and the information sector lie, the limits of its
 * three kinds, and its errors. Counterpart: lib/oofatfs/ff.h and the constants of ff.c.
 */

/** Why an operation failed. */
export type FatFault =
  | 'disk'
  | 'internal'
  | 'not-ready'
  | 'no-file'
  | 'no-path'
  | 'invalid-name'
  | 'denied'
  | 'exists'
  | 'closed'
  | 'write-protected'
  | 'no-filesystem'
  | 'no-format'
  | 'no-memory';

/** The errno that a program gets for each fault. */
const ERRNO: Readonly<Record<FatFault, number>> = {
  disk: 5,
  internal: 5,
  'not-ready': 16,
  'no-file': 2,
  'no-path': 2,
  'invalid-name': 22,
  denied: 13,
  exists: 17,
  closed: 22,
  'write-protected': 30,
  'no-filesystem': 19,
  'no-format': 5,
  'no-memory': 12,
};

/** A failed operation on a FAT filesystem. */
export class FatError {
  /** The errno that a program gets. */
  readonly errno: number;
  constructor(readonly fault: FatFault) {
    this.errno = ERRNO[fault];
  }
}

/** Throws a {@link FatError}. */
export function fault(kind: FatFault): never {
  throw new FatError(kind);
}

/** A device of sectors. Its methods throw {@link FatError} 'disk' for what it cannot do. */
export interface SectorDevice {
  /** Whether it can be written to. */
  readonly writable: boolean;
  /** Begins to use it; false when it is not ready. */
  init(): boolean;
  /** Bytes of a sector. */
  sectorSize(): number;
  /** Number of sectors. */
  sectorCount(): number;
  /** Reads whole sectors. */
  read(sector: number, into: Uint8Array): void;
  /** Writes whole sectors. */
  write(sector: number, bytes: Uint8Array): void;
  /** Waits for all that was written. */
  sync(): void;
  /** Work done without the device: some steps through a table. */
  charge(steps: number): void;
}

/** Largest number of clusters of each kind. */
export const MAX_CLUSTERS_12 = 0xff5;
export const MAX_CLUSTERS_16 = 0xfff5;
export const MAX_CLUSTERS_32 = 0x0ffffff5;

/** Sizes that a sector may have. */
export const MIN_SECTOR = 512;
export const MAX_SECTOR = 4096;

/** Bytes of a directory entry; largest directory in bytes. */
export const ENTRY = 32;
export const MAX_DIR = 0x200000;

/** Characters of a long name, and of it those in one entry. */
export const MAX_LONG = 255;
export const LONG_PER_ENTRY = 13;

/** No sector, no long name, nothing counted yet. */
export const NOTHING = 0xffffffff;

/** Attributes of an entry. */
export const enum Attr {
  ReadOnly = 1,
  Volume = 8,
  Dir = 0x10,
  Archive = 0x20,
  /** All of an entry that holds a piece of a long name. */
  Long = 0x0f,
  Mask = 0x3f,
}

/** Fields of a directory entry. */
export const enum Entry {
  Attr = 11,
  Case = 12,
  Created = 14,
  Accessed = 18,
  ClusterHigh = 20,
  Modified = 22,
  Cluster = 26,
  Size = 28,
  /** In an entry of a long name: its number, the check sum of the short name. */
  Order = 0,
  Sum = 13,
}

/** Where the characters of a long name's entry are. */
export const LONG_AT: readonly number[] = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30];

/** First bytes of an entry: deleted; what stands for a name that begins so. Flag of the last piece of a long name. */
export const DELETED = 0xe5;
export const DELETED_STANDIN = 5;
export const LAST_LONG = 0x40;

/** Fields of a boot sector. */
export const enum Boot {
  Oem = 3,
  SectorSize = 11,
  ClusterSize = 13,
  Reserved = 14,
  Fats = 16,
  RootEntries = 17,
  Total16 = 19,
  Media = 21,
  FatSize16 = 22,
  Track = 24,
  Heads = 26,
  Hidden = 28,
  Total32 = 32,
  Drive = 36,
  Signature = 38,
  Serial = 39,
  Label = 43,
  Kind = 54,
  FatSize32 = 36,
  Version32 = 42,
  Root32 = 44,
  Info32 = 48,
  Backup32 = 50,
  Drive32 = 64,
  Signature32 = 66,
  Serial32 = 67,
  Label32 = 71,
  Kind32 = 82,
  Partitions = 446,
  Mark = 510,
}

/** Fields of FAT32's information sector, and its marks. */
export const enum Info {
  Lead = 0,
  Struct = 484,
  Free = 488,
  Next = 492,
}
export const INFO_LEAD = 0x41615252;
export const INFO_STRUCT = 0x61417272;
export const BOOT_MARK = 0xaa55;

export function get16(b: Uint8Array, at: number): number {
  return (b[at] as number) | ((b[at + 1] as number) << 8);
}
export function get32(b: Uint8Array, at: number): number {
  return (get16(b, at) | (get16(b, at + 2) << 16)) >>> 0;
}
export function put16(b: Uint8Array, at: number, v: number): void {
  b[at] = v;
  b[at + 1] = v >> 8;
}
export function put32(b: Uint8Array, at: number, v: number): void {
  put16(b, at, v);
  put16(b, at + 2, v >>> 16);
}
/** Writes ASCII text. */
export function putText(b: Uint8Array, at: number, text: string): void {
  for (let i = 0; i < text.length; i++) b[at + i] = text.charCodeAt(i);
}
/** Whether ASCII text is there. */
export function hasText(b: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (b[at + i] !== text.charCodeAt(i)) return false;
  return true;
}
