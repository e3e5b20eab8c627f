/**
 * A BME280 sensor on I2C: registers, calibration, and measurements in forced and normal mode. The host says what temperature, pressure
 * and humidity are; the raw values are those from which the datasheet's formulas, which every driver has, compute them again.
 * Counterpart: BME280 datasheet, chapters 3 to 5.
 *
 * Invariant: `catchUp` has finished the measurements that ended before now.
 */
import type { Device, DevicePins } from '../device.js';
import { MachineUsageError } from '../errors.js';
import type { I2cTarget } from '../serial-buses.js';

/** The surroundings. */
export interface Climate {
  /** °C, −40 to 85. */
  readonly temperature: number;
  /** Pa, 30,000 to 110,000. */
  readonly pressure: number;
  /** % of relative humidity. */
  readonly humidity: number;
}

/** How a sensor is wired, and the surroundings at first. */
export interface Bme280Options {
  readonly scl: number | string;
  readonly sda: number | string;
  /** 0x76, or 0x77. */
  readonly address?: number | undefined;
  /** 20 °C, 101,325 Pa, 50 % unless given. */
  readonly climate?: Partial<Climate> | undefined;
}

/** Plain data of {@link Bme280}. */
export interface Bme280State {
  readonly climate: Climate;
  readonly pointer: number | null;
  readonly humidityControl: number;
  readonly humidityInEffect: number;
  readonly measureControl: number;
  readonly config: number;
  /** Raw pressure, temperature, humidity. */
  readonly raw: readonly [number, number, number];
  /** The filter's memory; null: empty. */
  readonly filtered: readonly [number, number] | null;
  /** When the measurement under way, or the next one, began or begins (ns); null: asleep. */
  readonly began: number | null;
}

const CHIP_ID = 0x60;
const RESET_WORD = 0xb6;
/** Raw values of what was not measured. */
const SKIPPED = 0x80000;
const SKIPPED_HUMIDITY = 0x8000;

/** Trimming values of a typical sensor. */
const T = [27504, 26435, -1000] as const;
const P = [36477, -10685, 3024, 2855, 140, -7, 15500, -14600, 6000] as const;
const H = [75, 370, 0, 313, 50, 30] as const;

/** `t_fine` of a raw temperature: °C times 5120. */
function fineOf(raw: number): number {
  const a = (raw / 16384 - T[0] / 1024) * T[1];
  const b = raw / 131072 - T[0] / 8192;
  return a + b * b * T[2];
}
/** Pa. */
function pressureOf(raw: number, fine: number): number {
  const [p1, p2, p3, p4, p5, p6, p7, p8, p9] = P;
  let a = fine / 2 - 64000;
  let b = (a * a * p6) / 32768;
  b += a * p5 * 2;
  b = b / 4 + p4 * 65536;
  a = ((p3 * a * a) / 524288 + p2 * a) / 524288;
  a = (1 + a / 32768) * p1;
  if (a === 0) return 0;
  let p = ((1048576 - raw - b / 4096) * 6250) / a;
  a = (p9 * p * p) / 2147483648;
  p += (a + (p * p8) / 32768 + p7) / 16;
  return p;
}
/** %. */
function humidityOf(raw: number, fine: number): number {
  const [h1, h2, h3, h4, h5, h6] = H;
  const t = fine - 76800;
  const h =
    (raw - (h4 * 64 + (h5 / 16384) * t)) * ((h2 / 65536) * (1 + (h6 / 67108864) * t * (1 + (h3 / 67108864) * t)));
  return h * (1 - (h1 * h) / 524288);
}
/** The whole number up to `max` whose value is nearest to `wanted`; values grow with it, or fall. */
function inverse(max: number, wanted: number, value: (raw: number) => number): number {
  const grows = value(max) > value(0);
  let [low, high] = [0, max];
  while (low < high) {
    const mid = (low + high) >> 1;
    if (value(mid) < wanted === grows) low = mid + 1;
    else high = mid;
  }
  return low > 0 && Math.abs(value(low - 1) - wanted) < Math.abs(value(low) - wanted) ? low - 1 : low;
}

/** How often a quantity is measured, by its three bits; 0: not at all. */
function oversampling(bits: number): number {
  return bits === 0 ? 0 : 2 ** (Math.min(bits & 7, 5) - 1);
}
/** Milliseconds between measurements in normal mode, by the three bits of `config`. */
const STANDBY_MS = [0.5, 62.5, 125, 250, 500, 1000, 10, 20];

/** A sensor. */
export class Bme280 implements Device {
  private climate: Climate;
  private pins: DevicePins | undefined;
  private s: Omit<Bme280State, 'climate'> = asleep();

  constructor(
    readonly name: string,
    readonly options: Bme280Options,
  ) {
    this.climate = checked({ temperature: 20, pressure: 101_325, humidity: 50 }, options.climate ?? {});
  }

  /** Puts it on its pins. */
  attach(pins: DevicePins): void {
    this.pins = pins;
    pins.i2c(this.options, this.options.address ?? 0x76, this.onI2c);
  }
  /** Changes the surroundings: now, or at a later time (ns). What is left out stays. */
  set(climate: Partial<Climate>, at?: number): void {
    const given = checked(this.climate, climate);
    if (this.pins === undefined) this.climate = given;
    else this.pins.stimulate({ ...climate }, at);
  }
  /** A change from the journal. */
  stimulus(data: unknown): void {
    this.catchUp();
    this.climate = checked(this.climate, data as Partial<Climate>);
  }
  /** The surroundings. */
  get surroundings(): Climate {
    return this.climate;
  }

  private readonly onI2c: I2cTarget = {
    start: (read) => {
      if (!read) this.s = { ...this.s, pointer: null };
      return true;
    },
    write: (byte) => {
      const { pointer } = this.s;
      if (pointer === null) this.s = { ...this.s, pointer: byte };
      else {
        // register and value in turn
        this.writeRegister(pointer, byte);
        this.s = { ...this.s, pointer: null };
      }
      return true;
    },
    read: () => {
      const pointer = this.s.pointer ?? 0;
      const value = this.readRegister(pointer);
      this.s = { ...this.s, pointer: (pointer + 1) & 0xff };
      return value;
    },
  };

  private readRegister(register: number): number {
    this.catchUp();
    const [p, t, h] = this.s.raw;
    const data = [p >> 12, p >> 4, p << 4, t >> 12, t >> 4, t << 4, h >> 8, h];
    if (register >= 0xf7 && register <= 0xfe) return (data[register - 0xf7] as number) & 0xff;
    switch (register) {
      case 0xd0:
        return CHIP_ID;
      case 0xf2:
        return this.s.humidityControl;
      case 0xf3:
        return this.isMeasuring() ? 8 : 0;
      case 0xf4:
        return this.s.measureControl;
      case 0xf5:
        return this.s.config;
      default:
        return CALIBRATION.get(register) ?? 0;
    }
  }

  private writeRegister(register: number, value: number): void {
    this.catchUp();
    switch (register) {
      case 0xe0:
        if (value === RESET_WORD) this.s = asleep();
        break;
      case 0xf2:
        this.s = { ...this.s, humidityControl: value & 7 };
        break;
      case 0xf4: {
        const began = (value & 3) === 0 ? null : (this.s.began ?? this.now());
        // humidity's setting takes effect with this one
        this.s = { ...this.s, measureControl: value, humidityInEffect: this.s.humidityControl, began };
        break;
      }
      case 0xf5:
        this.s = { ...this.s, config: value & 0xfd };
        break;
      default:
    }
  }

  private now(): number {
    return this.pins?.now() ?? 0;
  }
  /** Nanoseconds of a measurement, as is typical. */
  private get measurementNs(): number {
    const t = oversampling(this.s.measureControl >> 5);
    const p = oversampling((this.s.measureControl >> 2) & 7);
    const h = oversampling(this.s.humidityInEffect);
    return (1 + 2 * t + (p === 0 ? 0 : 2 * p + 0.5) + (h === 0 ? 0 : 2 * h + 0.5)) * 1e6;
  }
  private isMeasuring(): boolean {
    const { began } = this.s;
    const now = this.now();
    return began !== null && now >= began && now < began + this.measurementNs;
  }

  /** Finishes the measurements that have ended. */
  private catchUp(): void {
    const { began } = this.s;
    const now = this.now();
    if (began === null || now < began + this.measurementNs) return;
    if ((this.s.measureControl & 3) !== 3) {
      this.measure();
      // forced: one measurement, then sleep
      this.s = { ...this.s, began: null, measureControl: this.s.measureControl & ~3 };
      return;
    }
    const cycle = this.measurementNs + (STANDBY_MS[(this.s.config >> 5) & 7] as number) * 1e6;
    const ended = Math.floor((now - began - this.measurementNs) / cycle) + 1;
    // the surroundings did not change meanwhile: the filter has come to rest after some hundred
    for (let i = 0; i < Math.min(ended, 400); i++) this.measure();
    this.s = { ...this.s, began: began + ended * cycle };
  }

  private measure(): void {
    const { temperature, pressure, humidity } = this.climate;
    const { measureControl, humidityInEffect, config } = this.s;
    const rawT = inverse(0xfffff, temperature * 5120, fineOf);
    const fine = fineOf(rawT);
    const rawP = inverse(0xfffff, pressure, (raw) => pressureOf(raw, fine));
    const rawH = inverse(0xffff, humidity, (raw) => humidityOf(raw, fine));
    const coefficient = 2 ** Math.min((config >> 2) & 7, 4);
    const [oldP, oldT] = this.s.filtered ?? [rawP, rawT];
    const filter = (old: number, value: number): number => old + (value - old) / coefficient;
    const filtered: [number, number] = [filter(oldP, rawP), filter(oldT, rawT)];
    this.s = {
      ...this.s,
      filtered,
      raw: [
        ((measureControl >> 2) & 7) === 0 ? SKIPPED : Math.round(filtered[0]),
        measureControl >> 5 === 0 ? SKIPPED : Math.round(filtered[1]),
        humidityInEffect === 0 ? SKIPPED_HUMIDITY : rawH,
      ],
    };
  }

  /** Registers and surroundings. */
  save(): Bme280State {
    this.catchUp();
    return { ...this.s, climate: { ...this.climate } };
  }
  /** Takes on saved ones. */
  load(state: unknown): void {
    const { climate, ...s } = state as Bme280State;
    this.climate = checked(this.climate, climate);
    this.s = s;
  }
}

function asleep(): Omit<Bme280State, 'climate'> {
  return {
    pointer: null,
    humidityControl: 0,
    humidityInEffect: 0,
    measureControl: 0,
    config: 0,
    raw: [SKIPPED, SKIPPED, SKIPPED_HUMIDITY],
    filtered: null,
    began: null,
  };
}

/** What has changed in a climate; refuses what the sensor cannot measure. */
function checked(old: Climate, change: Partial<Climate>): Climate {
  const climate = { ...old, ...change };
  const { temperature: t, pressure: p, humidity: h } = climate;
  if (!(t >= -40 && t <= 85 && p >= 30_000 && p <= 110_000 && h >= 0 && h <= 100)) {
    throw new MachineUsageError('climate', `the sensor cannot measure ${JSON.stringify(climate)}`);
  }
  return { temperature: t, pressure: p, humidity: h };
}

/** The registers that hold the trimming values. */
const CALIBRATION: ReadonlyMap<number, number> = (() => {
  const map = new Map<number, number>();
  for (const [i, v] of [...T, ...P].entries()) {
    map.set(0x88 + 2 * i, v & 0xff);
    map.set(0x89 + 2 * i, (v >> 8) & 0xff);
  }
  map.set(0xa1, H[0]);
  map.set(0xe1, H[1] & 0xff);
  map.set(0xe2, (H[1] >> 8) & 0xff);
  map.set(0xe3, H[2]);
  // two values of twelve bits share a byte
  map.set(0xe4, (H[3] >> 4) & 0xff);
  map.set(0xe5, (H[3] & 15) | ((H[4] & 15) << 4));
  map.set(0xe6, (H[4] >> 4) & 0xff);
  map.set(0xe7, H[5]);
  return map;
})();
