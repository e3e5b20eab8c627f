/**
 * I2C controllers: the two hardware blocks as the rp2 port drives them, and bit-banging on any pins. Both put bytes on the
 * {@link SerialBuses}, let the bus's time pass, and are recorded. Counterpart: ports/rp2/machine_i2c.c with the SDK's i2c driver,
 * and the soft part of extmod/machine_i2c.c, whose delays are counted here bit for bit.
 */
import { FUNC_SIO, type Gpio } from '../gpio.js';
import type { Machine } from '../machine.js';

/** The pins' function number for I2C. */
export const FUNC_I2C = 3;
/** Results below zero are errors. */
export const EIO = 5;
export const ENODEV = 19;
export const ETIMEDOUT = 110;

/** Part of a transfer: bytes of the board's memory. */
export interface Span {
  readonly addr: number;
  readonly len: number;
}
/** How a transfer goes. */
export interface TransferFlags {
  readonly read: boolean;
  readonly stop: boolean;
}

/** What both kinds have. */
export interface I2cPort {
  /** Addresses a device and moves bytes. Answers the number of acknowledged bytes (0 when reading), or an error below 0. */
  transfer(address: number, parts: readonly Span[], flags: TransferFlags): number;
}

/** Plain data of a hardware block. */
export interface I2cBlockState {
  readonly scl: number;
  readonly sda: number;
  readonly freq: number;
  readonly timeout: number;
}

/** One of the two hardware blocks. */
export class I2cBlock implements I2cPort {
  scl = 0;
  sda = 0;
  /** Bits a second, as the divider makes it; 0: not set up. */
  freq = 0;
  /** Microseconds. */
  timeout = 0;

  constructor(
    private readonly machine: Machine,
    readonly id: number,
  ) {
    this.reset();
  }

  /** As after power-on: not set up, on the board's default pins. */
  reset(): void {
    [this.scl, this.sda] = this.id === 0 ? [5, 4] : [7, 6];
    this.freq = 0;
    this.timeout = 0;
  }

  /** Sets frequency and timeout, and gives the pins to the block. */
  init(freq: number, timeout: number): void {
    const { gpio, freqHz } = this.machine;
    const wanted = freq >>> 0;
    const period = wanted === 0 ? 0xffffffff : Math.floor((freqHz + (wanted >>> 1)) / wanted);
    this.freq = period === 0 ? 0 : Math.floor(freqHz / period);
    this.timeout = timeout >>> 0;
    for (const pin of [this.scl, this.sda]) {
      gpio.setFunction(pin, FUNC_I2C);
      gpio.setPulls(pin, true, false);
    }
  }

  transfer(address: number, parts: readonly Span[], { read, stop }: TransferFlags): number {
    const { machine, scl, sda } = this;
    const { gpio } = machine;
    const len = parts.reduce((n, p) => n + p.len, 0);
    if (len === 0) {
      // the block cannot do without a byte: writes are bit-banged, reads do nothing
      return read ? 0 : this.probe(address, stop);
    }
    const connected = gpio.functionOf(scl) === FUNC_I2C && gpio.functionOf(sda) === FUNC_I2C;
    if (!connected || gpio.level(scl) === 0 || gpio.level(sda) === 0 || this.freq === 0) {
      machine.spend(this.timeout * 1000);
      return -ETIMEDOUT;
    }
    const bus = new Recorder(machine, `I2C${this.id}`, scl, sda, 1e9 / this.freq, this.timeout * 1000);
    const acked = bus.run(address, parts, read, stop);
    if (acked === undefined) return -ETIMEDOUT;
    return bus.found ? (read ? len : acked) : -EIO;
  }

  /** A write of no bytes, by hand as the port does it. */
  private probe(address: number, stop: boolean): number {
    const { gpio } = this.machine;
    const delay = (this.freq === 0 ? 0 : Math.floor(500_000 / this.freq)) + 1;
    const soft = new SoftI2c(this.machine, this.scl, this.sda, delay, this.timeout);
    openDrain(gpio, this.scl);
    openDrain(gpio, this.sda);
    const r = soft.transfer(address, [], { read: false, stop });
    gpio.setFunction(this.scl, FUNC_I2C);
    gpio.setFunction(this.sda, FUNC_I2C);
    return r;
  }

  /** Settings as plain data. */
  save(): I2cBlockState {
    const { scl, sda, freq, timeout } = this;
    return { scl, sda, freq, timeout };
  }
  /** Takes on saved settings. */
  load(state: I2cBlockState): void {
    this.scl = state.scl;
    this.sda = state.sda;
    this.freq = state.freq;
    this.timeout = state.timeout;
  }
}

/** Makes a pin an open drain that is released. */
export function openDrain(gpio: Gpio, pin: number): void {
  const bit = 1 << pin;
  gpio.outputEnables &= ~bit;
  gpio.outputs &= ~bit;
  gpio.setOpenDrain(pin, true);
  gpio.setFunction(pin, FUNC_SIO);
}

/** Bit-banging. Its settings are in the object that uses it, so it has no state of its own. */
export class SoftI2c implements I2cPort {
  constructor(
    private readonly machine: Machine,
    private readonly scl: number,
    private readonly sda: number,
    /** Microseconds of half a bit. */
    private readonly delay: number,
    /** Microseconds that a device may hold the clock. */
    private readonly timeout: number,
  ) {}

  /** Takes the pins. */
  init(): void {
    openDrain(this.machine.gpio, this.scl);
    openDrain(this.machine.gpio, this.sda);
    this.stop();
  }

  /** START; 0, or an error. */
  start(): number {
    this.wait(2);
    const r = this.release(0);
    if (r !== 0) return r;
    this.machine.buses.i2cStart(this.scl, this.sda);
    this.wait(1);
    return 0;
  }
  /** STOP; 0, or an error. */
  stop(): number {
    this.wait(3);
    const r = this.release(0);
    this.machine.buses.i2cStop(this.scl, this.sda);
    this.wait(1);
    return r;
  }
  /** Reads bytes; the last is answered with NACK if `nack`. 0, or an error. */
  read(span: Span): number {
    const { machine } = this;
    for (let i = 0; i < span.len; i++) {
      const r = this.release(machine.buses.i2cStretch(this.scl, this.sda));
      if (r !== 0) return r;
      this.wait(20);
      machine.vm.u8[span.addr + i] = machine.gpio.level(this.sda) === 0 ? 0 : machine.buses.i2cRead(this.scl, this.sda);
    }
    return 0;
  }
  /** Writes bytes up to one that is refused. Answers how many were acknowledged, or an error. */
  write(span: Span): number {
    const { machine } = this;
    for (let i = 0; i < span.len; i++) {
      const r = this.release(machine.buses.i2cStretch(this.scl, this.sda));
      if (r !== 0) return r;
      this.wait(20);
      const acked = machine.buses.i2cWrite(this.scl, this.sda, machine.vm.u8[span.addr + i] as number);
      // a line that something holds low looks like an answer
      if (!acked && machine.gpio.level(this.sda) === 1) return i;
    }
    return span.len;
  }

  transfer(address: number, parts: readonly Span[], { read, stop }: TransferFlags): number {
    const { machine, scl, sda } = this;
    if (machine.gpio.level(scl) === 0) {
      // nothing pulls the clock up
      this.wait(2);
      return this.release(0);
    }
    const bus = new Recorder(machine, 'SoftI2C', scl, sda, 2000 * this.delay, this.timeout * 1000);
    const held = machine.gpio.level(sda) === 0;
    const acked = bus.run(address, parts, read, stop, held);
    if (acked === undefined) return -ETIMEDOUT;
    if (!bus.found) return -ENODEV;
    return read ? 0 : acked;
  }

  private wait(halves: number): void {
    this.machine.spend(halves * this.delay * 1000);
  }
  /** Lets the clock go, which a device or a missing pull-up may hold for `ns`. */
  private release(ns: number): number {
    const stuck = this.machine.gpio.level(this.scl) === 0;
    const held = stuck ? Number.POSITIVE_INFINITY : ns;
    this.machine.spend(Math.min(held, this.timeout * 1000));
    return held > this.timeout * 1000 || stuck ? -ETIMEDOUT : 0;
  }
}

/** One transaction: bytes, time, and its record. */
class Recorder {
  /** Whether somebody acknowledged the address. */
  found = false;

  constructor(
    private readonly machine: Machine,
    private readonly name: string,
    private readonly scl: number,
    private readonly sda: number,
    private readonly bitNs: number,
    private readonly timeoutNs: number,
  ) {}

  /** Answers the number of bytes that were acknowledged or read; undefined when a device holds the clock for too long. */
  run(address: number, parts: readonly Span[], read: boolean, stop: boolean, held = false): number | undefined {
    const { machine, scl, sda } = this;
    const { buses, vm } = machine;
    const start = machine.now();
    const data: number[] = [];
    let acked = 0;
    let late = false;
    buses.i2cStart(scl, sda);
    machine.spend(this.bitNs * 10);
    this.found = buses.i2cWrite(scl, sda, ((address & 0x7f) << 1) | (read ? 1 : 0)) || held;
    let going = this.found;
    for (const part of parts) {
      for (let i = 0; i < part.len && going; i++) {
        const stretch = buses.i2cStretch(scl, sda);
        machine.spend(Math.min(stretch, this.timeoutNs) + this.bitNs * 9);
        if (stretch > this.timeoutNs) {
          late = true;
          going = false;
        } else if (read) {
          const byte = held ? 0 : buses.i2cRead(scl, sda);
          vm.u8[part.addr + i] = byte;
          data.push(byte);
          acked++;
        } else {
          const byte = vm.u8[part.addr + i] as number;
          data.push(byte);
          if (buses.i2cWrite(scl, sda, byte) || held) acked++;
          else going = false;
        }
      }
    }
    machine.spend(this.bitNs);
    // a controller that was refused, or that gives up, frees the bus
    const stops = stop || !this.found || late;
    if (stops) buses.i2cStop(scl, sda);
    machine.transaction(() => ({
      kind: 'i2c',
      bus: this.name,
      scl,
      sda,
      start,
      end: machine.now(),
      address: address & 0x7f,
      read,
      data,
      found: this.found,
      acked,
      stop: stops,
    }));
    return late ? undefined : acked;
  }
}
