/**
 * Makes a FAT volume: one table, 512 entries in a root directory that is no chain. Counterpart: f_mkfs of lib/oofatfs/ff.c.
 */
import {
  Boot,
  BOOT_MARK,
  ENTRY,
  fault,
  Info,
  INFO_LEAD,
  INFO_STRUCT,
  MAX_CLUSTERS_12,
  MAX_CLUSTERS_16,
  MAX_CLUSTERS_32,
  put16,
  put32,
  putText,
  type SectorDevice,
} from './format.js';
import { checkedSectorSize } from './volume.js';

const ROOT_ENTRIES = 512;
/** Fewest sectors; fewest clusters of a volume; largest cluster in sectors. */
const LEAST_SECTORS = 22;
const LEAST_CLUSTERS = 16;
const MOST_CLUSTER = 128;
const HEADS = 255;
const TRACK = 63;
/** Sectors before the tables of FAT32, and where in them the copy of the boot sector is. */
const RESERVED_32 = 32;
const BACKUP_32 = 6;

/** Where a larger cluster begins: sizes of the volume in units of 4 Ki, of 128 Ki sectors. */
const STEPS_16 = [1, 4, 16, 64, 256, 512];
const STEPS_32 = [1, 2, 4, 8, 16, 32];

interface Layout {
  readonly kind: 12 | 16 | 32;
  readonly sectors: number;
  readonly sectorSize: number;
  readonly clusterSize: number;
  readonly reserved: number;
  readonly fatSize: number;
  readonly rootSectors: number;
  readonly clusters: number;
}

function firstClusterSize(sectors: number, is32: boolean): number {
  const units = Math.floor(sectors / (is32 ? 0x20000 : 0x1000));
  return 2 ** (is32 ? STEPS_32 : STEPS_16).filter((s) => s <= units).length;
}

/** A layout with a cluster size; undefined: that size does not give the kind of table. */
function layout(sectors: number, sectorSize: number, is32: boolean, clusterSize: number): Layout | undefined {
  const about = Math.floor(sectors / clusterSize);
  const kind = is32 ? 32 : about > MAX_CLUSTERS_12 ? 16 : 12;
  const tableBytes = kind === 32 ? about * 4 + 8 : kind === 16 ? about * 2 + 4 : Math.floor((about * 3 + 1) / 2) + 3;
  const fatSize = Math.ceil(tableBytes / sectorSize);
  const reserved = is32 ? RESERVED_32 : 1;
  const rootSectors = is32 ? 0 : (ROOT_ENTRIES * ENTRY) / sectorSize;
  const system = reserved + fatSize + rootSectors;
  if (is32 && (about <= MAX_CLUSTERS_16 || about > MAX_CLUSTERS_32)) fault('no-format');
  if (sectors < system + clusterSize * LEAST_CLUSTERS) fault('no-format');
  const clusters = Math.floor((sectors - system) / clusterSize);
  const fits =
    kind === 32
      ? clusters > MAX_CLUSTERS_16
      : kind === 16
        ? clusters <= MAX_CLUSTERS_16 && clusters > MAX_CLUSTERS_12
        : true;
  return fits ? { kind, sectors, sectorSize, clusterSize, reserved, fatSize, rootSectors, clusters } : undefined;
}

function choose(sectors: number, sectorSize: number, is32: boolean): Layout {
  if (sectors < LEAST_SECTORS) fault('no-format');
  let size = firstClusterSize(sectors, is32);
  while (size >= 1 && size <= MOST_CLUSTER) {
    const l = layout(sectors, sectorSize, is32, size);
    if (l !== undefined) return l;
    size = is32 ? size / 2 : size * 2;
  }
  return fault('no-format');
}

/**
 * Makes a FAT12 or FAT16 volume of a whole device; FAT32 where these cannot be, if `may32`. Then the volume is in a partition of its
 * own. `now` is the serial number.
 */
export function formatFat(device: SectorDevice, now: number, may32: boolean): void {
  if (!device.init()) fault('not-ready');
  if (!device.writable) fault('write-protected');
  const sectorSize = checkedSectorSize(device);
  const sectors = device.sectorCount();
  let at = 0;
  let l: Layout;
  try {
    l = choose(sectors, sectorSize, false);
  } catch (e) {
    const isTooLarge = typeof e === 'object' && e !== null && 'fault' in e && e.fault === 'no-format';
    if (!isTooLarge || !may32) throw e;
    at = TRACK;
    if (sectors < at) fault('no-format');
    l = choose(sectors - at, sectorSize, true);
  }
  const write = (sector: number, fill: (b: Uint8Array) => void): void => {
    const b = new Uint8Array(sectorSize);
    fill(b);
    device.write(sector, b);
  };
  const boot = (b: Uint8Array): void => putBoot(b, l, at, now);
  const info = (b: Uint8Array): void => putInfo(b, l.clusters - 1);
  write(at, boot);
  if (l.kind === 32) {
    write(at + BACKUP_32, boot);
    write(at + BACKUP_32 + 1, info);
    write(at + 1, info);
  }
  const fatAt = at + l.reserved;
  write(fatAt, (b) => putTable(b, l.kind));
  const rest = l.fatSize - 1 + (l.kind === 32 ? l.clusterSize : l.rootSectors);
  for (let i = 1; i <= rest; i++) write(fatAt + i, () => undefined);
  if (at > 0) write(0, (b) => putPartition(b, at, l.sectors));
  device.sync();
}

function putBoot(b: Uint8Array, l: Layout, at: number, serial: number): void {
  const is32 = l.kind === 32;
  b.set([0xeb, 0xfe, 0x90]);
  putText(b, Boot.Oem, 'MSDOS5.0');
  put16(b, Boot.SectorSize, l.sectorSize);
  b[Boot.ClusterSize] = l.clusterSize;
  put16(b, Boot.Reserved, l.reserved);
  b[Boot.Fats] = 1;
  put16(b, Boot.RootEntries, is32 ? 0 : ROOT_ENTRIES);
  if (l.sectors < 0x10000) put16(b, Boot.Total16, l.sectors);
  else put32(b, Boot.Total32, l.sectors);
  b[Boot.Media] = 0xf8;
  put16(b, Boot.Track, TRACK);
  put16(b, Boot.Heads, HEADS);
  put32(b, Boot.Hidden, at);
  if (is32) {
    put32(b, Boot.FatSize32, l.fatSize);
    put32(b, Boot.Root32, 2);
    put16(b, Boot.Info32, 1);
    put16(b, Boot.Backup32, BACKUP_32);
  } else put16(b, Boot.FatSize16, l.fatSize);
  put32(b, is32 ? Boot.Serial32 : Boot.Serial, serial);
  b[is32 ? Boot.Drive32 : Boot.Drive] = 0x80;
  b[is32 ? Boot.Signature32 : Boot.Signature] = 0x29;
  putText(b, is32 ? Boot.Label32 : Boot.Label, `NO NAME    ${is32 ? 'FAT32   ' : 'FAT     '}`);
  put16(b, Boot.Mark, BOOT_MARK);
}

function putInfo(b: Uint8Array, free: number): void {
  put32(b, Info.Lead, INFO_LEAD);
  put32(b, Info.Struct, INFO_STRUCT);
  put32(b, Info.Free, free);
  put32(b, Info.Next, 2);
  put16(b, Boot.Mark, BOOT_MARK);
}

/** The first entries of a table: marks, and FAT32's root directory. */
function putTable(b: Uint8Array, kind: 12 | 16 | 32): void {
  put32(b, 0, kind === 12 ? 0xfffff8 : 0xfffffff8);
  if (kind !== 32) return;
  put32(b, 4, 0xffffffff);
  put32(b, 8, 0x0fffffff);
}

/** A partition table with one FAT32 partition. */
function putPartition(b: Uint8Array, at: number, sectors: number): void {
  const entry = Boot.Partitions;
  const end = Math.floor((at + sectors) / (TRACK * HEADS));
  b.set([0, 1, 1, 0, 0x0c, HEADS - 1, ((end >> 2) & 0xc0) | TRACK, end & 0xff], entry);
  put32(b, entry + 8, at);
  put32(b, entry + 12, sectors);
  put16(b, Boot.Mark, BOOT_MARK);
}
