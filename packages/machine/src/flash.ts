/**
 * The board's flash as a NOR chip: reading is free, programming clears bits, and only erasing a sector of 4 KiB sets them. Its
 * contents are the part of the board's memory that the filesystem has, so the bus shows them, too. Operations take the chip's
 * time on the board's clock. Figures: typical ones of the W25Q16JV's data sheet.
 */
import type { Vm } from '@tsmp/vm';
import { MachineUsageError } from './errors.js';
import { storageOf } from './firmware/firmware.js';

const SECTOR = 4096;
const PAGE = 256;
/** Page program 0.4 ms, sector erase 45 ms. */
const PROGRAM_NS = 400_000;
const ERASE_NS = 45_000_000;

/** The power went while the flash was at work: thrown to the host by {@link Flash.powerLossAfter}. */
export class PowerLoss extends Error {
  override readonly name = 'PowerLoss';
  constructor() {
    super('the power went');
  }
}

/** What a flash counts. */
export interface FlashStats {
  readonly programs: number;
  readonly erases: number;
}

/** Plain data of a {@link Flash}: the sectors that are not erased, and the counters. */
export interface FlashState {
  readonly sectors: readonly (readonly [number, readonly number[]])[];
  readonly programs: number;
  readonly erases: number;
}

/** The filesystem's part of a board's flash. Offsets count from its start. */
export class Flash {
  readonly sectorSize = SECTOR;
  readonly size: number;
  private readonly start: number;
  private programs = 0;
  private erases = 0;
  /** Operations until the power goes; undefined: it stays. */
  private lossIn: number | undefined;
  private free = false;
  private watcher: ((offset: number, bytes: Uint8Array) => void) | undefined;
  /** 1 for each erased sector whose bytes have not been set yet: a megabyte of them would take a new board milliseconds. */
  private readonly unset: Uint8Array;

  constructor(private readonly vm: Vm) {
    const { start, size } = storageOf(vm.profile);
    this.start = start;
    this.size = size;
    this.unset = new Uint8Array(size / SECTOR).fill(1);
  }

  /** Sets the bytes of erased sectors where this is still to be done, in a part of the board's memory. */
  settle(address: number, length: number): void {
    const end = Math.min(address + length - this.start, this.size);
    for (let at = Math.max(address - this.start, 0) & -SECTOR; at < end; at += SECTOR) {
      if (this.unset[at / SECTOR] === 0) continue;
      this.unset[at / SECTOR] = 0;
      this.vm.u8.fill(0xff, this.start + at, this.start + at + SECTOR);
    }
  }

  get stats(): FlashStats {
    return { programs: this.programs, erases: this.erases };
  }
  /** Has every change reported as it happens: its place, and the bytes that are there now. */
  watch(watcher: ((offset: number, bytes: Uint8Array) => void) | undefined): void {
    this.watcher = watcher;
  }
  private changed(at: number, length: number): void {
    this.watcher?.(at - this.start, this.vm.u8.subarray(at, at + length));
  }
  /** Address of a number of bytes in the board's memory. */
  addressOf(offset: number, length: number): number {
    this.settle(this.start + offset, length);
    return this.start + offset;
  }

  /** Reads to `into`. */
  read(offset: number, into: Uint8Array): void {
    this.check(offset, into.length);
    const from = this.addressOf(offset, into.length);
    into.set(this.vm.u8.subarray(from, from + into.length));
  }
  /** Programs bytes: bits that are 0 stay 0. */
  program(offset: number, bytes: Uint8Array): void {
    this.check(offset, bytes.length);
    this.settle(this.start + offset, bytes.length);
    for (let at = 0; at < bytes.length; ) {
      const n = Math.min(PAGE - ((offset + at) % PAGE), bytes.length - at);
      const cut = this.loses();
      // a page whose programming is cut off has some of its bits
      const done = cut ? n >> 1 : n;
      const to = this.start + offset + at;
      for (let i = 0; i < done; i++) this.vm.u8[to + i] = (this.vm.u8[to + i] as number) & (bytes[at + i] as number);
      this.changed(to, done);
      if (cut) throw new PowerLoss();
      this.programs++;
      this.charge(PROGRAM_NS);
      at += n;
    }
  }
  /** Erases whole sectors. */
  erase(offset: number, length: number): void {
    this.check(offset, length);
    if (offset % SECTOR !== 0 || length % SECTOR !== 0)
      throw new MachineUsageError('flash-alignment', `only whole sectors of ${SECTOR} bytes can be erased`);
    for (let at = 0; at < length; at += SECTOR) {
      const to = this.start + offset + at;
      const cut = this.loses();
      this.settle(to, SECTOR);
      this.vm.u8.fill(0xff, to, to + (cut ? SECTOR >> 1 : SECTOR));
      this.changed(to, SECTOR);
      if (cut) throw new PowerLoss();
      this.erases++;
      this.charge(ERASE_NS);
    }
  }

  /** Whether nothing was ever programmed. */
  get isErased(): boolean {
    const { i32 } = this.vm;
    return this.unset.every((unset, sector) => {
      const from = (this.start + sector * SECTOR) >> 2;
      return unset === 1 || i32.subarray(from, from + (SECTOR >> 2)).every((word) => word === -1);
    });
  }
  /** Works without taking the board's time: what happened before the board was switched on. */
  beforehand(work: () => void): void {
    this.free = true;
    try {
      work();
    } finally {
      this.free = false;
    }
  }
  private charge(ns: number): void {
    if (this.free) return;
    this.vm.clock.chargeNs(ns);
    this.vm.attention = true;
  }

  /** For tests: the power goes in the middle of the nth program or erase operation from now on (1: the next). */
  powerLossAfter(operations: number | undefined): void {
    this.lossIn = operations;
  }
  private loses(): boolean {
    if (this.lossIn === undefined) return false;
    this.lossIn--;
    return this.lossIn <= 0;
  }

  /** All bytes, for the host to keep. */
  image(): Uint8Array {
    const from = this.addressOf(0, this.size);
    return this.vm.u8.slice(from, from + this.size);
  }
  /** Puts kept bytes in. */
  setImage(bytes: Uint8Array): void {
    if (bytes.length !== this.size)
      throw new MachineUsageError('flash-size', `an image of ${bytes.length} bytes for a flash of ${this.size}`);
    this.unset.fill(0);
    this.vm.u8.set(bytes, this.start);
    this.changed(this.start, this.size);
  }

  /** Contents and counters as plain data. */
  save(): FlashState {
    const sectors: [number, number[]][] = [];
    for (let at = 0; at < this.size; at += SECTOR) {
      if (this.unset[at / SECTOR] === 1) continue;
      const bytes = this.vm.u8.slice(this.start + at, this.start + at + SECTOR);
      if (bytes.some((b) => b !== 0xff)) sectors.push([at, [...bytes]]);
    }
    return { sectors, programs: this.programs, erases: this.erases };
  }
  /** Takes on a saved state. */
  load(state: FlashState): void {
    this.unset.fill(1);
    for (const [at, bytes] of state.sectors) {
      this.unset[at / SECTOR] = 0;
      this.vm.u8.set(bytes, this.start + at);
    }
    this.programs = state.programs;
    this.erases = state.erases;
    if (this.watcher !== undefined) this.settle(this.start, this.size);
    this.changed(this.start, this.size);
  }

  private check(offset: number, length: number): void {
    if (offset < 0 || offset + length > this.size)
      throw new MachineUsageError('flash-range', `bytes ${offset} to ${offset + length} of a flash of ${this.size}`);
  }
}
