/**
 * A FAT volume below its directories: the window onto one sector, the allocation table, chains of clusters. Counterpart:
 * lib/oofatfs/ff.c with FF_FS_TINY.
 *
 * All state is in the window and in the numbers of {@link VOLUME_STATE}, so that it can lie in a board's memory between operations.
 *
 * Invariant: the window holds `winSector` as it should be; if it is `dirty`, the device does not have it yet. Every sector of a file
 * or directory that is less than whole goes through it.
 */
import {
  Boot,
  BOOT_MARK,
  fault,
  get16,
  get32,
  hasText,
  Info,
  INFO_LEAD,
  INFO_STRUCT,
  MAX_CLUSTERS_12,
  MAX_CLUSTERS_16,
  MAX_CLUSTERS_32,
  MAX_SECTOR,
  MIN_SECTOR,
  NOTHING,
  put16,
  put32,
  type SectorDevice,
  ENTRY,
} from './format.js';

/** The numbers that a volume keeps between operations. */
export const VOLUME_STATE = [
  'kind',
  'fats',
  'sectorSize',
  'clusterSize',
  'rootEntries',
  'entries',
  'fatSize',
  'volumeAt',
  'fatAt',
  'dirAt',
  'dataAt',
  'currentDir',
  'lastCluster',
  'freeClusters',
  'infoState',
  'winSector',
  'dirty',
] as const;

/** States of FAT32's information sector: as on the device, to be written, not kept. */
const enum InfoState {
  Clean = 0,
  Changed = 1,
  None = 0x80,
}

/** A volume on a device. `win` has room for the largest sector; `now` gives date and time as FAT writes them. */
export class FatVolume {
  /** 12, 16, 32; 0: not mounted. */
  kind = 0;
  fats = 0;
  sectorSize = 0;
  /** Sectors of a cluster. */
  clusterSize = 0;
  /** Entries of the root directory; 0: it is a chain. */
  rootEntries = 0;
  /** Entries of the allocation table: clusters + 2. */
  entries = 0;
  /** Sectors of one allocation table. */
  fatSize = 0;
  volumeAt = 0;
  fatAt = 0;
  /** Sector of the root directory; its first cluster if it is a chain. */
  dirAt = 0;
  dataAt = 0;
  /** First cluster of the current directory; 0: the root. */
  currentDir = 0;
  lastCluster = NOTHING;
  freeClusters = NOTHING;
  infoState: number = InfoState.None;
  winSector = NOTHING;
  dirty = 0;

  constructor(
    readonly device: SectorDevice,
    readonly win: Uint8Array,
    readonly now: () => number,
  ) {}

  /** Bytes of a cluster. */
  get clusterBytes(): number {
    return this.clusterSize * this.sectorSize;
  }

  // ---- the window

  /** Writes the window if it has changed. */
  flush(): void {
    if (this.dirty === 0) return;
    const bytes = this.win.subarray(0, this.sectorSize);
    this.device.write(this.winSector, bytes);
    this.dirty = 0;
    const inFat = this.winSector - this.fatAt;
    if (this.fats === 2 && inFat >= 0 && inFat < this.fatSize) this.device.write(this.winSector + this.fatSize, bytes);
  }
  /** Moves the window. */
  move(sector: number): void {
    if (sector === this.winSector) return;
    this.flush();
    this.winSector = NOTHING;
    this.device.read(sector, this.win.subarray(0, this.sectorSize));
    this.winSector = sector;
  }
  /** Writes all there is to write. */
  sync(): void {
    this.flush();
    if (this.kind === 32 && this.infoState === InfoState.Changed) {
      const { win } = this;
      win.fill(0, 0, this.sectorSize);
      put16(win, Boot.Mark, BOOT_MARK);
      put32(win, Info.Lead, INFO_LEAD);
      put32(win, Info.Struct, INFO_STRUCT);
      put32(win, Info.Free, this.freeClusters);
      put32(win, Info.Next, this.lastCluster);
      this.winSector = this.volumeAt + 1;
      this.device.write(this.winSector, win.subarray(0, this.sectorSize));
      this.infoState = InfoState.Clean;
    }
    this.device.sync();
  }

  // ---- mounting

  /** Makes sure that the volume is mounted, and can be written to if that is wanted. */
  need(writing: boolean): void {
    if (this.kind === 0) this.mount();
    if (writing && !this.device.writable) fault('write-protected');
  }

  /** Finds the volume: in the whole device, or in its first partition that has one. */
  mount(): void {
    this.kind = 0;
    if (!this.device.init()) fault('not-ready');
    this.sectorSize = checkedSectorSize(this.device);
    let at = 0;
    let found = this.look(0);
    if (found === 'other') {
      const starts = [0, 1, 2, 3].map((i) => {
        const entry = Boot.Partitions + 16 * i;
        return this.win[entry + 4] === 0 ? 0 : get32(this.win, entry + 8);
      });
      for (const start of starts) {
        if (found === 'fat' || start === 0) continue;
        at = start;
        found = this.look(start);
      }
    }
    if (found !== 'fat') fault('no-filesystem');
    this.take(at);
  }

  /** What kind of sector one is. */
  private look(sector: number): 'fat' | 'other' | 'none' {
    this.dirty = 0;
    this.winSector = NOTHING;
    this.move(sector);
    const { win } = this;
    if (get16(win, Boot.Mark) !== BOOT_MARK) return 'none';
    const jumps = win[0] === 0xe9 || win[0] === 0xeb || win[0] === 0xe8;
    return jumps && (hasText(win, Boot.Kind, 'FAT') || hasText(win, Boot.Kind32, 'FAT32')) ? 'fat' : 'other';
  }

  /** Takes the layout from the boot sector in the window. */
  private take(at: number): void {
    const { win, sectorSize } = this;
    const perSector = sectorSize / ENTRY;
    this.fatSize = get16(win, Boot.FatSize16) || get32(win, Boot.FatSize32);
    this.fats = win[Boot.Fats] as number;
    this.clusterSize = win[Boot.ClusterSize] as number;
    this.rootEntries = get16(win, Boot.RootEntries);
    const total = get16(win, Boot.Total16) || get32(win, Boot.Total32);
    const reserved = get16(win, Boot.Reserved);
    const system = reserved + this.fatSize * this.fats + this.rootEntries / perSector;
    const clusters = Math.floor((total - system) / this.clusterSize);
    const sound =
      get16(win, Boot.SectorSize) === sectorSize &&
      (this.fats === 1 || this.fats === 2) &&
      this.clusterSize !== 0 &&
      (this.clusterSize & (this.clusterSize - 1)) === 0 &&
      this.rootEntries % perSector === 0 &&
      reserved !== 0 &&
      clusters > 0 &&
      clusters <= MAX_CLUSTERS_32;
    if (!sound) fault('no-filesystem');
    const kind = clusters <= MAX_CLUSTERS_12 ? 12 : clusters <= MAX_CLUSTERS_16 ? 16 : 32;
    this.entries = clusters + 2;
    this.volumeAt = at;
    this.fatAt = at + reserved;
    this.dataAt = at + system;
    const isChain = kind === 32;
    if (isChain && get16(win, Boot.Version32) !== 0) fault('no-filesystem');
    if (isChain !== (this.rootEntries === 0)) fault('no-filesystem');
    this.dirAt = isChain ? get32(win, Boot.Root32) : this.fatAt + this.fatSize * this.fats;
    if (this.fatSize < Math.ceil(Math.ceil((this.entries * kind) / 8) / sectorSize)) fault('no-filesystem');
    this.lastCluster = NOTHING;
    this.freeClusters = NOTHING;
    this.infoState = InfoState.None;
    if (isChain && get16(win, Boot.Info32) === 1) this.takeInfo(at);
    this.currentDir = 0;
    this.kind = kind;
  }
  private takeInfo(at: number): void {
    const { win } = this;
    this.move(at + 1);
    this.infoState = InfoState.Clean;
    if (get16(win, Boot.Mark) !== BOOT_MARK) return;
    if (get32(win, Info.Lead) !== INFO_LEAD || get32(win, Info.Struct) !== INFO_STRUCT) return;
    this.freeClusters = get32(win, Info.Free);
    this.lastCluster = get32(win, Info.Next);
  }

  // ---- the allocation table

  /** First sector of a cluster. */
  sectorOf(cluster: number): number {
    if (cluster < 2 || cluster >= this.entries) fault('internal');
    return this.dataAt + this.clusterSize * (cluster - 2);
  }
  /** What the table says of a cluster: 0: free; from `entries` on: the last one of a chain. */
  next(cluster: number): number {
    if (cluster < 2 || cluster >= this.entries) fault('internal');
    this.device.charge(1);
    const { win, sectorSize, fatAt } = this;
    const bits = cluster * this.kind;
    const byte = Math.floor(bits / 8);
    this.move(fatAt + Math.floor(byte / sectorSize));
    const at = byte % sectorSize;
    if (this.kind === 16) return get16(win, at);
    if (this.kind === 32) return get32(win, at) & 0x0fffffff;
    const low = win[at] as number;
    this.move(fatAt + Math.floor((byte + 1) / sectorSize));
    const both = low | ((win[(byte + 1) % sectorSize] as number) << 8);
    return (cluster & 1) === 1 ? both >> 4 : both & 0xfff;
  }
  /** As {@link next}, for a cluster that must be part of a chain. */
  follow(cluster: number): number {
    const n = this.next(cluster);
    return n < 2 ? fault('internal') : n;
  }
  private set(cluster: number, value: number): void {
    if (cluster < 2 || cluster >= this.entries) fault('internal');
    const { win, sectorSize, fatAt } = this;
    const byte = Math.floor((cluster * this.kind) / 8);
    this.move(fatAt + Math.floor(byte / sectorSize));
    const at = byte % sectorSize;
    this.dirty = 1;
    if (this.kind === 16) return put16(win, at, value);
    if (this.kind === 32) return put32(win, at, (value & 0x0fffffff) | (get32(win, at) & 0xf0000000));
    const odd = (cluster & 1) === 1;
    win[at] = odd ? ((win[at] as number) & 0x0f) | (value << 4) : value;
    this.move(fatAt + Math.floor((byte + 1) / sectorSize));
    const second = (byte + 1) % sectorSize;
    win[second] = odd ? value >> 4 : ((win[second] as number) & 0xf0) | ((value >> 8) & 0x0f);
    this.dirty = 1;
  }

  /** Frees a chain. */
  free(first: number): void {
    let cluster = first;
    if (cluster < 2 || cluster >= this.entries) fault('internal');
    do {
      const n = this.next(cluster);
      if (n === 0) return;
      if (n === 1) fault('internal');
      this.set(cluster, 0);
      if (this.freeClusters < this.entries - 2) {
        this.freeClusters++;
        this.infoState |= InfoState.Changed;
      }
      cluster = n;
    } while (cluster < this.entries);
  }

  /** The cluster after one, which is allocated if the chain ends there; 0 as the first one begins a chain. Answers 0 when all are taken. */
  extend(from: number): number {
    if (from !== 0) {
      const n = this.follow(from);
      if (n < this.entries) return n;
    }
    if (this.freeClusters === 0) return 0;
    const taken = this.findFree(from);
    if (taken === 0) return 0;
    this.set(taken, NOTHING);
    if (from !== 0) this.set(from, taken);
    this.lastCluster = taken;
    if (this.freeClusters <= this.entries - 2) this.freeClusters--;
    this.infoState |= InfoState.Changed;
    return taken;
  }
  /** A free cluster: the one after `from` if it can be, else the next one after the last that was taken. */
  private findFree(from: number): number {
    const isValid = (c: number): boolean => c >= 2 && c < this.entries;
    let start = from;
    if (from === 0) {
      start = this.lastCluster;
      if (start === 0 || start >= this.entries) start = 1;
    } else {
      const beside = from + 1 < this.entries ? from + 1 : 2;
      if (this.isFree(beside)) return beside;
      if (isValid(this.lastCluster)) start = this.lastCluster;
    }
    let cluster = start;
    for (;;) {
      if (++cluster >= this.entries) {
        cluster = 2;
        if (cluster > start) return 0;
      }
      if (this.isFree(cluster)) return cluster;
      if (cluster === start) return 0;
    }
  }
  private isFree(cluster: number): boolean {
    const n = this.next(cluster);
    return n === 1 ? fault('internal') : n === 0;
  }

  /** Number of free clusters. */
  countFree(): number {
    if (this.freeClusters <= this.entries - 2) return this.freeClusters;
    let n = 0;
    for (let c = 2; c < this.entries; c++) if (this.isFree(c)) n++;
    this.freeClusters = n;
    this.infoState |= InfoState.Changed;
    return n;
  }

  /** Fills a cluster with zeros; the window is then its first sector. */
  clear(cluster: number): void {
    this.flush();
    const first = this.sectorOf(cluster);
    const zeros = this.win.subarray(0, this.sectorSize).fill(0);
    this.winSector = first;
    for (let i = 0; i < this.clusterSize; i++) this.device.write(first + i, zeros);
  }
}

/** A device's sector size, which must be one that FAT knows. */
export function checkedSectorSize(device: SectorDevice): number {
  const size = device.sectorSize();
  if (size < MIN_SECTOR || size > MAX_SECTOR || (size & (size - 1)) !== 0) fault('disk');
  return size;
}
