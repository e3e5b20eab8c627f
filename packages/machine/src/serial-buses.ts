/**
 * The wires of I2C and SPI: which devices hang on which pins, and what goes over them. A bus is the pins that make it, so a device
 * hears whoever drives these pins: a hardware block or bit-banging natives. Transfers are whole bytes; their edges are made for
 * the trace from the bytes.
 *
 * Invariant: an open I2C transaction (between START and STOP) is plain data: pins, addressed devices by name, direction.
 */
import { MachineUsageError } from './errors.js';

/** A device's side of I2C. It is asked byte by byte; answers must depend on its state and the board's time only. */
export interface I2cTarget {
  /** It is addressed, to be read or written; answers whether it acknowledges (default: it does). */
  start?(read: boolean): boolean;
  /** Gets a byte; answers whether it acknowledges. */
  write(byte: number): boolean;
  /** Gives a byte. */
  read(): number;
  /** The transaction is over, by STOP or by a new START. */
  stop?(): void;
  /** How long (ns) it holds the clock before the next byte. */
  stretch?(): number;
}

/** How bytes go over SPI. */
export interface SpiMode {
  readonly polarity: number;
  readonly phase: number;
  readonly bits: number;
}

/** A device's side of SPI. */
export interface SpiTarget {
  /** Whether its select pin is active. */
  selected(): boolean;
  /** Gets a word and gives one at the same time; undefined: it does not drive its output. */
  transfer(word: number, mode: SpiMode): number | undefined;
}

/** A target on an I2C bus. */
export interface I2cEntry {
  readonly name: string;
  readonly scl: number;
  readonly sda: number;
  readonly address: number;
  readonly target: I2cTarget;
}
/** A target on an SPI bus. */
export interface SpiEntry {
  readonly name: string;
  readonly sck: number;
  readonly mosi: number | undefined;
  readonly miso: number | undefined;
  readonly target: SpiTarget;
}

/** What an I2C bus is doing. Plain data. */
export interface OpenTransaction {
  readonly scl: number;
  readonly sda: number;
  /** Null: the next byte written is the address. */
  address: number | null;
  read: boolean;
  /** Devices that acknowledged. */
  names: readonly string[];
}

/** Plain data of {@link SerialBuses}. */
export interface SerialBusesState {
  readonly open: readonly OpenTransaction[];
}

/** The wires of a board. */
export class SerialBuses {
  private readonly i2c: I2cEntry[] = [];
  private readonly spi: SpiEntry[] = [];
  private open: OpenTransaction[] = [];

  /** Hangs a device on an I2C bus. */
  addI2c(entry: I2cEntry): void {
    if (!(Number.isInteger(entry.address) && entry.address >= 0 && entry.address < 128))
      throw new MachineUsageError('i2c-address', `I2C addresses have seven bits, unlike ${entry.address}`);
    this.i2c.push(entry);
  }
  /** Hangs a device on an SPI bus. */
  addSpi(entry: SpiEntry): void {
    this.spi.push(entry);
  }

  // ---- I2C

  /** START, or a repeated one. */
  i2cStart(scl: number, sda: number): void {
    this.close(scl, sda);
    this.open.push({ scl, sda, address: null, read: false, names: [] });
  }
  /** STOP. */
  i2cStop(scl: number, sda: number): void {
    this.close(scl, sda);
  }
  /** Whether the address of the open transaction is still to come. */
  i2cExpectsAddress(scl: number, sda: number): boolean {
    return this.find(scl, sda)?.address === null;
  }
  /** A byte from the controller: the address with the direction, or data; answers whether somebody acknowledged. */
  i2cWrite(scl: number, sda: number, byte: number): boolean {
    const t = this.find(scl, sda);
    if (t === undefined) return false;
    if (t.address === null) {
      t.address = byte >> 1;
      t.read = (byte & 1) !== 0;
      t.names = this.i2c
        .filter((e) => e.scl === scl && e.sda === sda && e.address === byte >> 1)
        .filter((e) => e.target.start?.(t.read) ?? true)
        .map((e) => e.name);
      return t.names.length > 0;
    }
    // all hear it; one pulling the line low acknowledges
    return this.targets(t).reduce((acked, target) => target.write(byte) || acked, false);
  }
  /** A byte to the controller; 0xff when nobody drives the line. */
  i2cRead(scl: number, sda: number): number {
    const t = this.find(scl, sda);
    return t === undefined || !t.read ? 0xff : this.targets(t).reduce((byte, target) => byte & target.read(), 0xff);
  }
  /** How long (ns) devices hold the clock now. */
  i2cStretch(scl: number, sda: number): number {
    const t = this.find(scl, sda);
    return t === undefined ? 0 : this.targets(t).reduce((ns, target) => Math.max(ns, target.stretch?.() ?? 0), 0);
  }

  // ---- SPI

  /** A word over SPI; answers what came back, undefined when nobody drives the line. */
  spiTransfer(sck: number, mosi: number, miso: number, word: number, mode: SpiMode): number | undefined {
    let answer: number | undefined;
    for (const e of this.spi) {
      if (e.sck !== sck || !e.target.selected()) continue;
      const heard = e.mosi === undefined || e.mosi === mosi ? word : 0;
      const said = e.target.transfer(heard, mode);
      if (said !== undefined && e.miso === miso) answer = answer === undefined ? said : answer & said;
    }
    return answer;
  }

  /** The controllers have been reset: nothing is open. */
  reset(): void {
    for (const { scl, sda } of [...this.open]) this.close(scl, sda);
  }
  /** Open transactions as plain data. */
  save(): SerialBusesState {
    return { open: this.open.map((t) => ({ ...t, names: [...t.names] })) };
  }
  /** Takes on saved transactions; devices save themselves. */
  load(state: SerialBusesState): void {
    this.open = state.open.map((t) => ({ ...t, names: [...t.names] }));
  }

  private find(scl: number, sda: number): OpenTransaction | undefined {
    return this.open.find((t) => t.scl === scl && t.sda === sda);
  }
  private targets(t: OpenTransaction): I2cTarget[] {
    return this.i2c
      .filter((e) => e.scl === t.scl && e.sda === t.sda && e.address === t.address && t.names.includes(e.name))
      .map((e) => e.target);
  }
  private close(scl: number, sda: number): void {
    const t = this.find(scl, sda);
    if (t === undefined) return;
    this.open = this.open.filter((o) => o !== t);
    for (const target of this.targets(t)) target.stop?.();
  }
}
