/** A strip of WS2812 LEDs: each takes 24 bits (32 with white) and passes the rest on; a long low shows them. Figures: WS2812B data sheet. */
import type { Device, DevicePins } from '../device.js';
import { MachineUsageError } from '../errors.js';
import type { Level } from '../wave.js';

/** How a strip is made and wired. */
export interface NeoPixelOptions {
  /** The pin of its first LED. */
  readonly pin: number | string;
  /** Number of LEDs. */
  readonly count: number;
  /** Order in which an LED takes its colours; default `GRB`, or `GRBW` for LEDs with white. */
  readonly order?: string | undefined;
  /** 400 for strips of the slower kind; default 800 kHz. */
  readonly kHz?: number | undefined;
}

/** A colour: red, green, blue, and white where there is one. */
export type PixelColour = readonly number[];

/** Plain data of a {@link NeoPixelStrip}. */
export interface NeoPixelState {
  readonly shown: readonly number[];
  readonly bits: readonly number[];
  readonly riseNs: number;
  readonly fallNs: number;
  readonly frames: number;
}

/** How long the line is low before the LEDs show what they took. */
const SHOW_NS = 50_000;

/** A strip. */
export class NeoPixelStrip implements Device {
  private shown: Uint8Array;
  /** Bits since the line was low for long. */
  private bits: number[] = [];
  private riseNs = 0;
  private fallNs = 0;
  private frames = 0;
  private pins: DevicePins | undefined;
  private readonly order: string;

  constructor(
    readonly name: string,
    readonly options: NeoPixelOptions,
  ) {
    this.order = options.order ?? 'GRB';
    if (!/^(?!.*(.).*\1)[RGBW]{3,4}$/.test(this.order) || !/R/.test(this.order))
      throw new MachineUsageError('device-options', `'${this.order}' is no order of colours`);
    if (!Number.isInteger(options.count) || options.count < 1 || options.count > 4096)
      throw new MachineUsageError('device-options', `a strip has 1 to 4096 LEDs, not ${options.count}`);
    this.shown = new Uint8Array(options.count * this.order.length);
  }

  /** Puts it on its pin. */
  attach(pins: DevicePins): void {
    this.pins = pins;
    pins.watch(this.options.pin, (level, ns) => this.edge(level, ns));
  }
  /** What the LEDs show, or will as soon as the line has rested. */
  get pixels(): readonly PixelColour[] {
    const shown = this.shown.slice();
    this.latch(shown);
    const n = this.order.length;
    return Array.from({ length: this.options.count }, (_, i) =>
      [...'RGBW'.slice(0, n)].map((c) => shown[i * n + this.order.indexOf(c)] as number),
    );
  }
  /** How often they were set. */
  get updates(): number {
    if (this.pins !== undefined) this.settle(this.pins.now());
    return this.frames;
  }
  /** The colours in hexadecimal, on one line. */
  toText(): string {
    return `${this.pixels.map((p) => `#${p.map((v) => v.toString(16).padStart(2, '0')).join('')}`).join(' ')}\n`;
  }

  private edge(level: Level, ns: number): void {
    if (level === 1) {
      this.settle(ns);
      this.riseNs = ns;
      return;
    }
    // between the two lengths of a high
    const threshold = this.options.kHz === 400 ? 1_200_000 : 600_000;
    if (this.bits.length < 8 * this.shown.length) this.bits.push((ns - this.riseNs) * 1000 > threshold ? 1 : 0);
    this.fallNs = ns;
  }
  /** Shows what was taken if the line has been low for long enough. */
  private settle(ns: number): void {
    if (this.bits.length === 0 || ns - this.fallNs < SHOW_NS || this.riseNs > this.fallNs) return;
    this.latch(this.shown);
    this.bits = [];
    this.frames++;
  }
  private latch(shown: Uint8Array): void {
    for (let i = 0; i < this.bits.length >> 3; i++)
      shown[i] = this.bits.slice(8 * i, 8 * i + 8).reduce((v, b) => 2 * v + b, 0);
  }

  /** What it shows and has taken. */
  save(): NeoPixelState {
    const { bits, riseNs, fallNs, frames } = this;
    return { shown: [...this.shown], bits: [...bits], riseNs, fallNs, frames };
  }
  /** Takes on a saved state. */
  load(state: unknown): void {
    const s = state as NeoPixelState;
    if (!Array.isArray(s.shown) || s.shown.length !== this.shown.length)
      throw new MachineUsageError('bad-state', `this is no saved state of '${this.name}'`);
    this.shown = Uint8Array.from(s.shown);
    this.bits = [...s.bits];
    this.riseNs = s.riseNs;
    this.fallNs = s.fallNs;
    this.frames = s.frames;
  }
}
