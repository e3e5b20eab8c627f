/** A light-emitting diode between a pin and ground (or the supply), which remembers when it shone. */
import { Course, type CourseState } from '../course.js';
import type { Device, DevicePins } from '../device.js';
import { MachineUsageError } from '../errors.js';
import type { Level } from '../wave.js';

/** How an LED is wired. */
export interface LedOptions {
  /** The pin's number or name. */
  readonly pin: number | string;
  /** Shines at level 0. */
  readonly activeLow?: boolean | undefined;
}

/** Plain data of an {@link Led}: what its pin carried since it was attached. */
export interface LedState {
  readonly course: CourseState;
}

/** An LED. Its brightness over a span of time is the part of it that the diode shone. */
export class Led implements Device {
  private readonly course = new Course();
  private pins: DevicePins | undefined;

  constructor(
    readonly name: string,
    readonly options: LedOptions,
  ) {}

  /** Puts it on its pin and begins to record. */
  attach(pins: DevicePins): void {
    this.pins = pins;
    this.course.begin(pins.now(), pins.signal(this.options.pin));
    pins.watchSignal(this.options.pin, (signal, ns) => this.course.record(ns, signal));
  }
  /** Whether it shines now. */
  get on(): boolean {
    return this.shines(this.course.levelAt(this.upToNow()));
  }
  /** How often it was lit. */
  get flashes(): number {
    const now = this.upToNow();
    const edges = this.course.countEdges(this.course.start, now);
    // every second edge lights it
    return this.shines(this.course.levelAt(now)) ? Math.ceil(edges / 2) : Math.floor(edges / 2);
  }
  /** Mean brightness, 0 to 1, over a span of virtual time (default: from when it was attached until now). */
  brightness(from = this.course.start, to = this.upToNow()): number {
    this.upToNow();
    if (to <= from) return this.on ? 1 : 0;
    const high = this.course.timeHigh(from, to) / (to - from);
    return this.options.activeLow === true ? 1 - high : high;
  }

  /** What it recorded so far. */
  save(): LedState {
    this.upToNow();
    return { course: this.course.save() };
  }
  /** Takes on a saved recording. */
  load(state: unknown): void {
    const s = state as Partial<LedState>;
    if (!Array.isArray(s.course)) {
      throw new MachineUsageError('bad-state', `this is no saved state of an LED: ${JSON.stringify(state)}`);
    }
    this.course.load(s.course);
  }

  /** Has the pins tell what changed without an event; answers the time. */
  private upToNow(): number {
    if (this.pins === undefined) return this.course.start;
    this.pins.level(this.options.pin);
    return this.pins.now();
  }
  private shines(level: Level): boolean {
    return (level === 1) !== (this.options.activeLow === true);
  }
}
