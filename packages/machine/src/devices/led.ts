/** A light-emitting diode between a pin and ground (or the supply), which remembers when it shone. */
import type { Device, DevicePins } from '../device.js';
import { MachineUsageError } from '../errors.js';
import type { Level } from '../gpio.js';

/** How an LED is wired. */
export interface LedOptions {
  /** The pin's number or name. */
  readonly pin: number | string;
  /** Shines at level 0. */
  readonly activeLow?: boolean | undefined;
}

/** Plain data of an {@link Led}: when it was attached, and when (ns) it went on or off. */
export interface LedState {
  readonly attachedAt: number;
  readonly changes: readonly (readonly [number, boolean])[];
}

/** An LED. Its brightness over a span of time is the part of it that the diode shone. */
export class Led implements Device {
  private changes: [number, boolean][] = [];
  private attachedAt = 0;
  private pins: DevicePins | undefined;

  constructor(
    readonly name: string,
    readonly options: LedOptions,
  ) {}

  /** Puts it on its pin and begins to record. */
  attach(pins: DevicePins): void {
    this.pins = pins;
    this.attachedAt = pins.now();
    this.changes = [[this.attachedAt, this.shines(pins.level(this.options.pin))]];
    pins.watch(this.options.pin, (level, ns) => this.changes.push([ns, this.shines(level)]));
  }
  /** Whether it shines now. */
  get on(): boolean {
    return this.changes[this.changes.length - 1]?.[1] ?? false;
  }
  /** How often it was lit. */
  get flashes(): number {
    return this.changes.filter(([, on], i) => on && i > 0).length;
  }
  /** Mean brightness, 0 to 1, over a span of virtual time (default: from when it was attached until now). */
  brightness(from = this.attachedAt, to = this.pins?.now() ?? from): number {
    let lit = 0;
    for (const [i, [ns, on]] of this.changes.entries()) {
      const end = this.changes[i + 1]?.[0] ?? to;
      if (on) lit += Math.max(0, Math.min(end, to) - Math.max(ns, from));
    }
    return to > from ? lit / (to - from) : this.on ? 1 : 0;
  }

  /** What it recorded so far. */
  save(): LedState {
    return { attachedAt: this.attachedAt, changes: this.changes.map(([ns, on]): [number, boolean] => [ns, on]) };
  }
  /** Takes on a saved recording. */
  load(state: unknown): void {
    const s = state as Partial<LedState>;
    if (typeof s.attachedAt !== 'number' || !Array.isArray(s.changes)) {
      throw new MachineUsageError('bad-state', `this is no saved state of an LED: ${JSON.stringify(state)}`);
    }
    this.attachedAt = s.attachedAt;
    this.changes = s.changes.map(([ns, on]): [number, boolean] => [ns, on]);
  }

  private shines(level: Level): boolean {
    return (level === 1) !== (this.options.activeLow === true);
  }
}
