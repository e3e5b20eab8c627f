/**
 * Devices from words, for command lines and configuration: `ssd1306:scl=5,sda=4`, `bme280:scl=5,sda=4,temperature=21.5`,
 * `led:pin=LED`. A name may follow the kind after a slash (`led/red:pin=15`); otherwise the kind is the name.
 */
import type { Device } from './device.js';
import { AnalogInput } from './devices/analog-input.js';
import { Bme280 } from './devices/bme280.js';
import { Button } from './devices/button.js';
import { Dht } from './devices/dht.js';
import { Ds18b20 } from './devices/ds18b20.js';
import { Led } from './devices/led.js';
import { NeoPixelStrip } from './devices/neopixel.js';
import { Wire } from './devices/wire.js';
import { Ssd1306 } from './devices/ssd1306.js';
import { MachineUsageError } from './errors.js';

/** The settings of a specification; every one must be used. */
class Settings {
  private readonly used = new Set<string>();

  constructor(
    private readonly spec: string,
    private readonly values: ReadonlyMap<string, string>,
  ) {}

  has(key: string): boolean {
    return this.values.has(key);
  }
  text(key: string): string | undefined {
    this.used.add(key);
    return this.values.get(key);
  }
  number(key: string): number | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    const n = Number(text);
    if (text === '' || !Number.isFinite(n)) throw this.error(`'${key}' is no number: '${text}'`);
    return n;
  }
  /** A pin by number or name; undefined when it is left out. */
  maybePin(key: string): number | string | undefined {
    const text = this.text(key);
    return text !== undefined && /^\d+$/.test(text) ? Number(text) : text;
  }
  pin(key: string): number | string {
    const pin = this.maybePin(key);
    if (pin === undefined) throw this.error(`'${key}' is missing`);
    return pin;
  }
  flag(key: string): boolean {
    const text = this.text(key);
    if (text !== undefined && !['', '0', '1'].includes(text)) throw this.error(`'${key}' is 0 or 1, not '${text}'`);
    return text === '' || text === '1';
  }
  checkUsed(): void {
    for (const key of this.values.keys()) if (!this.used.has(key)) throw this.error(`there is no setting '${key}'`);
  }
  error(what: string): MachineUsageError {
    return new MachineUsageError('device-spec', `device '${this.spec}': ${what}`);
  }
}

const KINDS: Readonly<Record<string, (name: string, s: Settings) => Device>> = {
  led: (name, s) => new Led(name, { pin: s.pin('pin'), activeLow: s.flag('low') }),
  button: (name, s) => new Button(name, { pin: s.pin('pin'), activeHigh: s.flag('high') }),
  analog: (name, s) => new AnalogInput(name, { pin: s.pin('pin'), voltage: s.number('volts') ?? 0 }),
  wire: (name, s) => new Wire(name, { from: s.pin('from'), to: s.pin('to') }),
  bme280: (name, s) => {
    const climate: { temperature?: number; pressure?: number; humidity?: number } = {};
    for (const key of ['temperature', 'pressure', 'humidity'] as const) {
      const value = s.number(key);
      if (value !== undefined) climate[key] = value;
    }
    return new Bme280(name, { scl: s.pin('scl'), sda: s.pin('sda'), address: s.number('address'), climate });
  },
  neopixel: (name, s) =>
    new NeoPixelStrip(name, {
      pin: s.pin('pin'),
      count: s.number('count') ?? 1,
      order: s.text('order'),
      kHz: s.number('khz'),
    }),
  dht11: (name, s) => dht(name, s, 'dht11'),
  dht22: (name, s) => dht(name, s, 'dht22'),
  ds18b20: (name, s) =>
    new Ds18b20(name, { pin: s.pin('pin'), temperature: s.number('temperature'), serial: s.number('serial') }),
  ssd1306: (name, s) => {
    const rows = s.number('height') ?? 64;
    if (rows !== 64 && rows !== 32) throw s.error('a display has 64 or 32 rows');
    if (!s.has('sck')) {
      const i2c = { scl: s.pin('scl'), sda: s.pin('sda'), address: s.number('address') };
      return new Ssd1306(name, { i2c, height: rows });
    }
    const spi = {
      sck: s.pin('sck'),
      mosi: s.pin('mosi'),
      dc: s.pin('dc'),
      cs: s.maybePin('cs'),
      res: s.maybePin('res'),
    };
    return new Ssd1306(name, { spi, height: rows });
  },
};

function dht(name: string, s: Settings, model: 'dht11' | 'dht22'): Dht {
  const climate = { temperature: s.number('temperature'), humidity: s.number('humidity') };
  return new Dht(name, { pin: s.pin('pin'), model, ...climate });
}

/** Kinds of devices that {@link deviceOf} makes. */
export const DEVICE_KINDS: readonly string[] = Object.keys(KINDS);

/** A device from its specification; throws `device-spec`. */
export function deviceOf(spec: string): Device {
  const [head, rest] = split(spec, ':');
  const [kind, name] = split(head, '/');
  const values = new Map(rest === '' ? [] : rest.split(',').map((pair) => split(pair, '=')));
  const settings = new Settings(spec, values);
  const make = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (make === undefined) throw settings.error(`there is no kind '${kind}' (there are ${DEVICE_KINDS.join(', ')})`);
  const device = make(name === '' ? kind : name, settings);
  settings.checkUsed();
  return device;
}

function split(text: string, at: string): [string, string] {
  const i = text.indexOf(at);
  return i < 0 ? [text, ''] : [text.slice(0, i), text.slice(i + 1)];
}
