/** Records what goes over I2C and SPI, and makes the waveforms of the wires from it. */
import { type Level, type Samples, samplesOf } from './wave.js';

/** A transaction on I2C: from START to STOP or to the next START. Plain data. */
export interface I2cTransaction {
  readonly kind: 'i2c';
  /** Who drove the bus: `I2C0`, `SoftI2C`, … */
  readonly bus: string;
  readonly scl: number;
  readonly sda: number;
  /** ns. */
  readonly start: number;
  readonly end: number;
  readonly address: number;
  readonly read: boolean;
  readonly data: readonly number[];
  /** Whether the address was acknowledged, and how many of the bytes were. */
  readonly found: boolean;
  readonly acked: number;
  readonly stop: boolean;
}
/** A transfer on SPI. Plain data. */
export interface SpiTransaction {
  readonly kind: 'spi';
  readonly bus: string;
  readonly sck: number;
  readonly mosi: number;
  readonly miso: number | null;
  readonly start: number;
  readonly end: number;
  readonly polarity: number;
  readonly phase: number;
  readonly bits: number;
  readonly sent: readonly number[];
  /** Empty when nobody wanted to know. */
  readonly received: readonly number[];
}
/** What a bus did. */
export type Transaction = I2cTransaction | SpiTransaction;

/** A recording of transactions, in order of their start. */
export class BusTrace {
  private all: Transaction[] = [];

  /** Adds one. */
  record(t: Transaction): void {
    this.all.push(t);
  }
  /** All of them, or one bus's. */
  list(bus?: string): readonly Transaction[] {
    return bus === undefined ? [...this.all] : this.all.filter((t) => t.bus === bus);
  }
  /** One line each: time in ms, bus, and the bytes in hexadecimal. */
  toText(): string {
    return this.all.map((t) => `${(t.start / 1e6).toFixed(3).padStart(10)} ms  ${textOf(t)}\n`).join('');
  }
  /** Plain data. */
  save(): Transaction[] {
    return structuredCopy(this.all);
  }
  /** Takes on a saved recording. */
  load(state: readonly Transaction[]): void {
    this.all = structuredCopy(state);
  }
}

function structuredCopy(list: readonly Transaction[]): Transaction[] {
  return list.map((t) =>
    t.kind === 'i2c' ? { ...t, data: [...t.data] } : { ...t, sent: [...t.sent], received: [...t.received] },
  );
}

function hex(bytes: readonly number[]): string {
  return bytes.map((b) => b.toString(16).padStart(2, '0')).join(' ');
}
function textOf(t: Transaction): string {
  if (t.kind === 'spi') return `${t.bus} ${hex(t.sent)}${t.received.length > 0 ? ` → ${hex(t.received)}` : ''}`;
  const refused = !t.found ? ' no answer' : !t.read && t.acked < t.data.length ? ` refused after ${t.acked}` : '';
  const end = t.stop ? '' : ' …';
  return `${t.bus} 0x${t.address.toString(16).padStart(2, '0')} ${t.read ? 'R' : 'W'} ${hex(t.data)}${refused}${end}`;
}

/** Waveforms of a transaction's wires: pin, and what it carries from the start on. */
export function wavesOf(t: Transaction): readonly (readonly [number, Samples])[] {
  return t.kind === 'i2c' ? i2cWaves(t) : spiWaves(t);
}

/** Four samples a bit: data changes in the first quarter of the clock's low half. */
function i2cWaves(t: I2cTransaction): [number, Samples][] {
  const scl: Level[] = [];
  const sda: Level[] = [];
  const cell = (clock: readonly Level[], data: readonly Level[]): void => {
    scl.push(...clock);
    sda.push(...data);
  };
  const bit = (level: Level): void => {
    const before = sda[sda.length - 1] ?? 1;
    cell([0, 0, 1, 1], [before, level, level, level]);
  };
  const byte = (value: number, ack: boolean): void => {
    for (let i = 7; i >= 0; i--) bit(((value >> i) & 1) as Level);
    bit(ack ? 0 : 1);
  };
  cell([1, 1, 1, 1], [1, 1, 0, 0]);
  byte((t.address << 1) | (t.read ? 1 : 0), t.found);
  // reading, the controller acknowledges all but the last
  for (const [i, value] of t.data.entries()) byte(value, t.read ? i < t.data.length - 1 : i < t.acked);
  const last = sda[sda.length - 1] ?? 1;
  if (t.stop) cell([0, 0, 1, 1], [last, 0, 0, 1]);
  else cell([0, 0, 1, 1], [last, 1, 1, 1]);
  const step = (t.end - t.start) / scl.length;
  return [
    [t.scl, samplesOf(t.start, step, scl, 1)],
    [t.sda, samplesOf(t.start, step, sda, 1)],
  ];
}

/** Two samples a bit. */
function spiWaves(t: SpiTransaction): [number, Samples][] {
  const idle: Level = t.polarity !== 0 ? 1 : 0;
  const active: Level = idle === 0 ? 1 : 0;
  const sck: Level[] = [];
  for (let i = 0; i < t.sent.length * t.bits; i++) {
    if (t.phase === 0) sck.push(idle, active);
    else sck.push(active, idle);
  }
  const bits = (words: readonly number[]): Level[] =>
    words.flatMap((w) => Array.from({ length: t.bits }, (_, i): Level => ((w >> (t.bits - 1 - i)) & 1) as Level));
  const step = (t.end - t.start) / Math.max(1, sck.length);
  const out: [number, Samples][] = [
    [t.sck, samplesOf(t.start, step, sck, idle)],
    [t.mosi, samplesOf(t.start, 2 * step, bits(t.sent), 0)],
  ];
  if (t.miso !== null && t.received.length > 0) out.push([t.miso, samplesOf(t.start, 2 * step, bits(t.received), 0)]);
  return out;
}
