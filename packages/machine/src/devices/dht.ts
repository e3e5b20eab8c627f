/** A DHT11 or DHT22 sensor of humidity and temperature: woken by a long low, it answers with 40 bits. Figures: AM2302 data sheet. */
import type { Device, DevicePins } from '../device.js';
import { MachineUsageError } from '../errors.js';
import { type Level, samplesOf } from '../wave.js';

/** How a sensor is wired, and what it measures. */
export interface DhtOptions {
  readonly pin: number | string;
  /** Default `dht22`. */
  readonly model?: 'dht11' | 'dht22' | undefined;
  /** Degrees Celsius; default 21.5. */
  readonly temperature?: number | undefined;
  /** Percent; default 45. */
  readonly humidity?: number | undefined;
}

/** Plain data of a {@link Dht}. */
export interface DhtState {
  readonly temperature: number;
  readonly humidity: number;
  readonly lowNs: number;
}

/** Shortest low that wakes it; how long it waits then; a step of its answer. */
const WAKE_NS = 800_000;
const REPLY_NS = 30_000;
const STEP_NS = 2000;

/** A sensor. */
export class Dht implements Device {
  private temperature: number;
  private humidity: number;
  /** When the line was pulled down; −1: it is not. */
  private lowNs = -1;
  private pins: DevicePins | undefined;

  constructor(
    readonly name: string,
    readonly options: DhtOptions,
  ) {
    this.temperature = options.temperature ?? 21.5;
    this.humidity = options.humidity ?? 45;
  }

  /** Puts it on its pin, with the resistor that modules have. */
  attach(pins: DevicePins): void {
    this.pins = pins;
    pins.pull(this.options.pin, this.name, 1);
    pins.watchSignal(this.options.pin, (signal, ns) => {
      if (signal === 0) this.lowNs = ns;
      else {
        if (this.lowNs >= 0 && ns - this.lowNs >= WAKE_NS) this.answer(ns + REPLY_NS);
        this.lowNs = -1;
      }
    });
  }
  /** Changes what it measures; through the journal. */
  set(climate: { readonly temperature?: number; readonly humidity?: number }, at?: number): void {
    if (this.pins === undefined) this.stimulus(climate);
    else this.pins.stimulate(climate, at);
  }
  /** A new climate from the journal. */
  stimulus(data: unknown): void {
    const { temperature, humidity } = data as { readonly temperature?: number; readonly humidity?: number };
    this.temperature = temperature ?? this.temperature;
    this.humidity = humidity ?? this.humidity;
  }

  private bytes(): readonly number[] {
    const { temperature: t, humidity: h } = this;
    let data: number[];
    if (this.options.model === 'dht11') data = [Math.round(h) & 0xff, 0, Math.max(0, Math.round(t)) & 0xff, 0];
    else {
      const tenths = Math.round(Math.abs(t) * 10) | (t < 0 ? 0x8000 : 0);
      const percent = Math.round(h * 10);
      data = [percent >> 8, percent & 0xff, tenths >> 8, tenths & 0xff];
    }
    return [...data, data.reduce((a, b) => a + b, 0) & 0xff];
  }
  private answer(ns: number): void {
    const levels: Level[] = [];
    const put = (level: Level, us: number): void => {
      for (let i = 0; i < (us * 1000) / STEP_NS; i++) levels.push(level);
    };
    put(0, 80);
    put(1, 80);
    for (const byte of this.bytes()) {
      for (let bit = 7; bit >= 0; bit--) {
        put(0, 50);
        put(1, ((byte >> bit) & 1) !== 0 ? 70 : 26);
      }
    }
    put(0, 50);
    // the line rests at 1 before and after
    const wait = Array.from({ length: REPLY_NS / STEP_NS }, (): Level => 1);
    this.pins?.drive(this.options.pin, this.name, samplesOf(ns - REPLY_NS, STEP_NS, [...wait, ...levels], 1));
  }

  /** What it measures, and whether it is being woken. */
  save(): DhtState {
    const { temperature, humidity, lowNs } = this;
    return { temperature, humidity, lowNs };
  }
  /** Its pin's drivers are part of the pins' own state. */
  load(state: unknown): void {
    const s = state as DhtState;
    if (typeof s.temperature !== 'number')
      throw new MachineUsageError('bad-state', `this is no saved state of '${this.name}'`);
    this.temperature = s.temperature;
    this.humidity = s.humidity;
    this.lowNs = s.lowNs;
  }
}
