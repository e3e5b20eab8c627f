/** A DS18B20 thermometer on a 1-Wire bus; any number may share a pin. Figures: DS18B20 data sheet. */
import type { Device, DevicePins } from '../device.js';
import { MachineUsageError } from '../errors.js';
import { oneWireCrc } from '../machine/bit-lines.js';
import { type Level, samplesOf } from '../wave.js';

/** How a thermometer is wired, and what it measures. */
export interface Ds18b20Options {
  readonly pin: number | string;
  /** Degrees Celsius; default 20. */
  readonly temperature?: number | undefined;
  /** Number of the chip, 48 bits; default: made of the device's name. */
  readonly serial?: number | undefined;
}

/** Plain data of a {@link Ds18b20}. */
export interface Ds18b20State {
  readonly temperature: number;
  readonly scratch: readonly number[];
  readonly mode: Ds18b20Mode;
  readonly out: readonly number[];
  readonly inBits: readonly number[];
  readonly lowNs: number;
  readonly at: number;
}

/** What it waits for: a reset; a command to all; its address; a search; a command; data to write. It may be reading out meanwhile. */
export type Ds18b20Mode = 'idle' | 'rom' | 'match' | 'search' | 'function' | 'write';

/** A reset's low; the longest low that is a 1; how long it holds a 0; its presence. */
const RESET_NS = 300_000;
const ONE_NS = 15_000;
const ZERO_NS = 30_000;
const PRESENCE_AFTER_NS = 30_000;
const PRESENCE_NS = 120_000;
const STEP_NS = 1000;

/** A thermometer. */
export class Ds18b20 implements Device {
  private temperature: number;
  /** Raw temperature, alarms, configuration, reserved; the check sum is made when it is read. */
  private scratch = [0x50, 0x05, 0x4b, 0x46, 0x7f, 0xff, 0x0c, 0x10];
  private mode: Ds18b20Mode = 'idle';
  /** Bits still to be read out. */
  private out: number[] = [];
  private inBits: number[] = [];
  private lowNs = -1;
  /** Bit of the address that a search is at; thirds: the bit, its complement, the choice. */
  private at = 0;
  private pins: DevicePins | undefined;
  private readonly address: readonly number[];

  constructor(
    readonly name: string,
    readonly options: Ds18b20Options,
  ) {
    this.temperature = options.temperature ?? 20;
    let serial = options.serial;
    if (serial === undefined) {
      serial = 0;
      for (const c of name) serial = (serial * 31 + c.charCodeAt(0)) % 2 ** 40;
    }
    const rom = [0x28, ...Array.from({ length: 6 }, (_, i) => Math.floor((serial as number) / 256 ** i) % 256)];
    this.address = [...rom, oneWireCrc(rom)];
  }

  /** Its address, as a search finds it: family, serial number, check sum. */
  get rom(): Uint8Array {
    return Uint8Array.from(this.address);
  }
  /** Puts it on its pin, with the resistor that the bus needs. */
  attach(pins: DevicePins): void {
    this.pins = pins;
    pins.pull(this.options.pin, this.name, 1);
    pins.watchSignal(this.options.pin, (signal, ns) => {
      if (signal === 0) this.fall(ns);
      else if (this.lowNs >= 0) this.rise(ns);
    });
  }
  /** Changes what it measures; through the journal. */
  set(temperature: number, at?: number): void {
    if (this.pins === undefined) this.temperature = temperature;
    else this.pins.stimulate({ temperature }, at);
  }
  /** A new temperature from the journal. */
  stimulus(data: unknown): void {
    this.temperature = (data as { readonly temperature: number }).temperature;
  }

  private fall(ns: number): void {
    this.lowNs = ns;
    // a slot begins: a 0 that is read out holds the line
    const bit = this.mode === 'search' && this.at % 3 < 2 ? this.searchBit() : this.out[0];
    if (bit === 0) this.hold(ns, 0, ZERO_NS);
  }
  private rise(ns: number): void {
    const low = ns - this.lowNs;
    this.lowNs = -1;
    if (low >= RESET_NS) {
      this.mode = 'rom';
      this.out = [];
      this.inBits = [];
      this.hold(ns, PRESENCE_AFTER_NS, PRESENCE_NS);
      return;
    }
    if (this.mode === 'search' && this.at % 3 < 2) this.at++;
    else if (this.out.length > 0) this.out.shift();
    else this.take(low < ONE_NS ? 1 : 0);
  }
  private hold(from: number, after: number, length: number): void {
    const levels = Array.from({ length: (after + length) / STEP_NS }, (_, i): Level => (i * STEP_NS < after ? 1 : 0));
    this.pins?.drive(this.options.pin, this.name, samplesOf(from, STEP_NS, levels, 1));
  }

  private addressBit(i: number): number {
    return ((this.address[i >> 3] as number) >> (i & 7)) & 1;
  }
  private searchBit(): number {
    const bit = this.addressBit(Math.floor(this.at / 3));
    return this.at % 3 === 0 ? bit : 1 - bit;
  }
  /** A bit that the master has written. */
  private take(bit: number): void {
    if (this.mode === 'idle') return;
    if (this.mode === 'search') {
      const i = Math.floor(this.at++ / 3);
      // who has another bit is out of it
      if (this.addressBit(i) !== bit) this.mode = 'idle';
      else if (i === 63) this.begin('function');
      return;
    }
    this.inBits.push(bit);
    const length = this.mode === 'match' ? 64 : this.mode === 'write' ? 24 : 8;
    if (this.inBits.length < length) return;
    const bytes: number[] = [];
    for (let i = 0; i < length; i += 8) bytes.push(this.inBits.slice(i, i + 8).reduce((v, b, k) => v | (b << k), 0));
    this.taken(bytes);
  }
  private begin(mode: Ds18b20Mode): void {
    this.mode = mode;
    this.inBits = [];
    this.at = 0;
  }
  private taken(bytes: readonly number[]): void {
    const command = bytes[0] as number;
    switch (this.mode) {
      case 'rom':
        this.begin('idle');
        if (command === 0xcc) this.begin('function');
        else if (command === 0x55) this.begin('match');
        else if (command === 0xf0) this.begin('search');
        else if (command === 0x33) this.send(this.address);
        return;
      case 'match':
        this.begin(bytes.every((b, i) => b === this.address[i]) ? 'function' : 'idle');
        return;
      case 'write':
        this.scratch.splice(2, 3, ...bytes);
        this.begin('idle');
        return;
      default:
        this.begin('idle');
        if (command === 0x44) this.convert();
        else if (command === 0xbe) this.send([...this.scratch, oneWireCrc(this.scratch)]);
        else if (command === 0x4e) this.begin('write');
    }
  }
  private send(bytes: readonly number[]): void {
    this.out = bytes.flatMap((b) => Array.from({ length: 8 }, (_, i) => (b >> i) & 1));
  }
  /** Measures, at once. */
  private convert(): void {
    const bits = 9 + (((this.scratch[4] as number) >> 5) & 3);
    const step = 2 ** (12 - bits);
    const raw = Math.round((Math.min(125, Math.max(-55, this.temperature)) * 16) / step) * step;
    this.scratch[0] = raw & 0xff;
    this.scratch[1] = (raw >> 8) & 0xff;
  }

  /** What it measures and where it is in the protocol. */
  save(): Ds18b20State {
    const { temperature, mode, lowNs, at } = this;
    return { temperature, mode, lowNs, at, scratch: [...this.scratch], out: [...this.out], inBits: [...this.inBits] };
  }
  /** Its pin's drivers are part of the pins' own state. */
  load(state: unknown): void {
    const s = state as Ds18b20State;
    if (typeof s.temperature !== 'number' || !Array.isArray(s.scratch))
      throw new MachineUsageError('bad-state', `this is no saved state of '${this.name}'`);
    this.temperature = s.temperature;
    this.mode = s.mode;
    this.lowNs = s.lowNs;
    this.at = s.at;
    this.scratch = [...s.scratch];
    this.out = [...s.out];
    this.inBits = [...s.inBits];
  }
}
