/**
 * The pins of a board, electrically. A pin has at most one driver inside (the SIO, or the peripheral that it is selected for), any
 * number of drivers outside (devices), pulls outside, and two weak pulls inside. What it carries follows from them: a level, or a
 * wave that a peripheral makes. Signal listeners hear of every new signal. Edge listeners hear of every edge, those of waves only
 * on pins that someone watches, since each of them is an event of the clock.
 *
 * Invariant: `signals` is always what `resolve` says of the present drivers. Counterpart: RP2040 datasheet, 2.19 GPIO.
 */
import { MachineUsageError } from './errors.js';
import {
  eachEdge,
  isWave,
  lowest,
  type Level,
  levelAt,
  levelBefore,
  nextEdge,
  sameSignal,
  type Signal,
} from './wave.js';

/** Pin functions as the RP2040 numbers them. */
export const FUNC_SIO = 5;
export const FUNC_NULL = 31;

export type { Level } from './wave.js';

/** Hears of a pin's new level. `ns` is virtual time. */
export type EdgeListener = (pin: number, level: Level, ns: number) => void;

/** Hears of what a pin carries from `ns` on: times of one pin never go back. */
export type SignalListener = (pin: number, signal: Signal, ns: number) => void;

/** A peripheral that drives the pins that are selected for its function. */
export interface PinSource {
  /** What it puts on a pin; undefined when it leaves the pin alone. */
  output(pin: number): Signal | undefined;
  /** Tells the pins ({@link Gpio.refresh}) of changes that fell due up to `ns` and that nobody has asked for yet. */
  settle?(ns: number): void;
  /** When its next such change falls due, if one of its pins is watched. */
  nextChange?(pin: number): number;
}

/** What pins need of the board's clock. */
export interface PinClock {
  /** Virtual time, ns. */
  now(): number;
  /** Has {@link Gpio.due} called for a pin at a time; answers a number for {@link cancel}. */
  schedule(ns: number, pin: number): number;
  /** Takes that back. */
  cancel(id: number): void;
}

/** Plain data of {@link Gpio}. */
export interface GpioState {
  readonly out: number;
  readonly oe: number;
  readonly pullUp: number;
  readonly pullDown: number;
  readonly openDrain: number;
  /** What pins carry; pins with both pulls go on holding it. */
  readonly signals: readonly Signal[];
  readonly functions: readonly number[];
  readonly drivers: readonly (readonly [number, string, Signal])[];
  readonly outerPulls: readonly (readonly [number, string, Level])[];
  /** Events of watched waves: pin, time of the last edge that was told, event. */
  readonly pending: readonly (readonly [number, number, number])[];
}

/** A bank of up to 32 pins. */
export class Gpio {
  /** Output values and output enables, a bit a pin. */
  private out = 0;
  private oe = 0;
  private pullUp = 0;
  private pullDown = 0;
  /** Pins that the firmware runs as open drain: their output is 0 and the output enable is the data. */
  private openDrain = 0;
  private readonly signals: Signal[];
  /** Levels of the pins that carry one, and the pins that carry a wave. */
  private levels = 0;
  private waves = 0;
  private readonly functions: number[];
  private readonly drivers: Map<string, Signal>[];
  private readonly outerPulls: Map<string, Level>[];
  private readonly listeners: EdgeListener[] = [];
  private readonly signalListeners: SignalListener[] = [];
  private readonly sources = new Map<number, PinSource>();
  /** Pins whose waves' edges are told one by one. */
  private watched = 0;
  /** For these: up to when edges have been told, and the event of the next one (0: none). */
  private readonly toldUpTo: number[];
  private readonly events: number[];
  /** Bits of the pins that exist. */
  readonly mask: number;

  constructor(
    /** How many pins there are. */
    readonly count: number,
    private readonly clock: PinClock,
  ) {
    if (!(count >= 1 && count <= 32)) throw new MachineUsageError('pin-count', `a bank has 1 to 32 pins, not ${count}`);
    this.mask = count === 32 ? 0xffffffff : (1 << count) - 1;
    this.functions = new Array<number>(count).fill(FUNC_NULL);
    this.signals = new Array<Signal>(count).fill(0);
    this.toldUpTo = new Array<number>(count).fill(0);
    this.events = new Array<number>(count).fill(0);
    this.drivers = Array.from({ length: count }, () => new Map<string, Signal>());
    this.outerPulls = Array.from({ length: count }, () => new Map<string, Level>());
    this.reset();
  }

  /** State at power-on: no function, inputs, pulled down as the RP2040's pads are. Devices go on driving. */
  reset(): void {
    this.out = 0;
    this.oe = 0;
    this.pullUp = 0;
    this.pullDown = this.mask;
    this.openDrain = 0;
    this.functions.fill(FUNC_NULL);
    this.update(this.mask);
  }

  // ---- inside: registers

  /** Levels of all pins, as unsigned bits. */
  get inputs(): number {
    this.settle();
    if (this.waves === 0) return this.levels >>> 0;
    const ns = this.clock.now();
    let bits = this.levels & ~this.waves;
    for (let pin = 0; pin < this.count; pin++) {
      if (((this.waves >>> pin) & 1) !== 0 && levelAt(this.signals[pin] as Signal, ns) === 1) bits |= 1 << pin;
    }
    return bits >>> 0;
  }
  /** Output values, a bit a pin; setting them makes the edges that follow. */
  get outputs(): number {
    return this.out >>> 0;
  }
  set outputs(bits: number) {
    const changed = (this.out ^ bits) & this.mask;
    this.out = bits & this.mask;
    this.update(changed);
  }
  /** Output enables, a bit a pin. */
  get outputEnables(): number {
    return this.oe >>> 0;
  }
  set outputEnables(bits: number) {
    const changed = (this.oe ^ bits) & this.mask;
    this.oe = bits & this.mask;
    this.update(changed);
  }
  /** Function that the pin is selected for. */
  functionOf(pin: number): number {
    return this.functions[pin] as number;
  }
  /** Selects the function of a pin (five bits). */
  setFunction(pin: number, func: number): void {
    this.functions[pin] = func & 31;
    this.update(1 << pin);
  }
  /** The weak pulls of a pin. */
  pulls(pin: number): { readonly up: boolean; readonly down: boolean } {
    return { up: ((this.pullUp >>> pin) & 1) !== 0, down: ((this.pullDown >>> pin) & 1) !== 0 };
  }
  /** Switches the weak pulls; with both, the pin holds its level. */
  setPulls(pin: number, up: boolean, down: boolean): void {
    const bit = 1 << pin;
    this.pullUp = up ? this.pullUp | bit : this.pullUp & ~bit;
    this.pullDown = down ? this.pullDown | bit : this.pullDown & ~bit;
    this.update(bit);
  }
  /** Whether the firmware runs the pin as open drain. */
  isOpenDrain(pin: number): boolean {
    return ((this.openDrain >>> pin) & 1) !== 0;
  }
  /** Notes whether the firmware runs the pin as open drain; no register has that. */
  setOpenDrain(pin: number, on: boolean): void {
    this.openDrain = on ? this.openDrain | (1 << pin) : this.openDrain & ~(1 << pin);
  }

  // ---- peripherals

  /** Puts a peripheral behind a pin function. */
  connect(func: number, source: PinSource): void {
    this.sources.set(func, source);
  }
  /** A peripheral's output on a pin changes at `ns`, which may have passed already. */
  refresh(pin: number, ns: number): void {
    this.resolveAt(pin, ns);
    this.plan(pin);
  }
  /** Takes in what has changed without an event. Called before anyone looks. */
  settle(): void {
    const ns = this.clock.now();
    for (const source of this.sources.values()) source.settle?.(ns);
  }

  // ---- outside: devices

  /** Level of a pin. */
  level(pin: number): Level {
    return levelAt(this.signal(pin), this.clock.now());
  }
  /** What a pin carries. */
  signal(pin: number): Signal {
    this.checked(pin);
    this.settle();
    return this.signals[pin] as Signal;
  }
  /** A device drives a pin with a level, or with what another pin carries; `undefined`: it lets go. `driver` names its output. */
  drive(pin: number, driver: string, signal: Signal | undefined): void {
    this.put(this.drivers[this.checked(pin)] as Map<string, Signal>, pin, driver, signal);
  }
  /** A resistor of a device pulls a pin to a level, more strongly than the chip's own do; `undefined`: it is taken off. */
  pull(pin: number, name: string, level: Level | undefined): void {
    this.put(this.outerPulls[this.checked(pin)] as Map<string, Level>, pin, name, level);
  }
  private put<T extends Signal>(map: Map<string, T>, pin: number, name: string, signal: T | undefined): void {
    if (signal === undefined) map.delete(name);
    else map.set(name, signal);
    this.update(1 << pin);
  }
  /** Whether the drivers of a pin disagree now: a short circuit on a real board. */
  contended(pin: number): boolean {
    this.settle();
    const ns = this.clock.now();
    const levels = this.driving(this.checked(pin)).map((s) => levelAt(s, ns));
    return levels.includes(0) && levels.includes(1);
  }
  /** Calls `listener` at every change of a level; at those of a wave only when the pin is watched. */
  onEdge(listener: EdgeListener): void {
    this.listeners.push(listener);
  }
  /** Calls `listener` whenever a pin begins to carry something else. */
  onSignal(listener: SignalListener): void {
    this.signalListeners.push(listener);
  }
  /** Has each edge of a pin's waves told from now on (or no more): every one becomes an event of the clock. */
  watch(pin: number, on: boolean): void {
    this.settle();
    this.watched = on ? this.watched | (1 << this.checked(pin)) : this.watched & ~(1 << this.checked(pin));
    this.toldUpTo[pin] = this.clock.now();
    this.plan(pin);
  }
  /** The clock calls this when an edge of a watched pin is due. */
  due(pin: number): void {
    this.events[pin] = 0;
    this.settle();
    const from = this.toldUpTo[pin] as number;
    // an edge at this very moment is told too: the span is open at its end
    const to = this.clock.now() + 1e-6;
    this.toldUpTo[pin] = to;
    eachEdge(this.signals[pin] as Signal, from, to, (at, level) => this.tell(pin, level, at));
    this.plan(pin);
  }

  /** The pins and what drives them, as plain data. */
  save(): GpioState {
    this.settle();
    const list = <T extends Signal>(maps: readonly Map<string, T>[]) =>
      maps.flatMap((d, pin) => [...d].map(([name, signal]): [number, string, T] => [pin, name, signal]));
    const { out, oe, pullUp, pullDown, openDrain } = this;
    return {
      out,
      oe,
      pullUp,
      pullDown,
      openDrain,
      signals: [...this.signals],
      functions: [...this.functions],
      drivers: list(this.drivers),
      outerPulls: list(this.outerPulls),
      pending: this.events.flatMap((id, pin) => (id === 0 ? [] : [[pin, this.toldUpTo[pin] as number, id] as const])),
    };
  }
  /** Takes on a saved state; levels that differ now are no edges. */
  load(state: GpioState): void {
    this.out = state.out;
    this.oe = state.oe;
    this.pullUp = state.pullUp;
    this.pullDown = state.pullDown;
    this.openDrain = state.openDrain;
    for (let i = 0; i < this.count; i++) {
      this.functions[i] = state.functions[i] ?? FUNC_NULL;
      (this.drivers[i] as Map<string, Signal>).clear();
      (this.outerPulls[i] as Map<string, Level>).clear();
      this.store(i, state.signals[i] ?? 0);
    }
    for (const [pin, name, level] of state.drivers) this.drivers[pin]?.set(name, level);
    for (const [pin, name, level] of state.outerPulls) this.outerPulls[pin]?.set(name, level);
    this.events.fill(0);
    for (const [pin, told, id] of state.pending) {
      this.toldUpTo[pin] = told;
      this.events[pin] = id;
    }
  }

  private checked(pin: number): number {
    if (Number.isInteger(pin) && pin >= 0 && pin < this.count) return pin;
    throw new MachineUsageError('no-such-pin', `there are pins 0 to ${this.count - 1}, not ${pin}`);
  }

  private driving(pin: number): Signal[] {
    const signals: Signal[] = [...(this.drivers[pin] as Map<string, Signal>).values()];
    const func = this.functions[pin] as number;
    if (func === FUNC_SIO) {
      if (((this.oe >>> pin) & 1) !== 0) signals.push(((this.out >>> pin) & 1) as Level);
    } else {
      const output = this.sources.get(func)?.output(pin);
      if (output !== undefined) signals.push(output);
    }
    return signals;
  }

  /** Any driver at 0 wins (as on open-drain lines), then one at 1, then the pulls; a floating pin reads 0. */
  private resolve(pin: number): Signal {
    const signals = this.driving(pin);
    if (signals.length > 0) return lowest(signals, this.clock.now());
    const outer = [...(this.outerPulls[pin] as Map<string, Level>).values()];
    if (outer.length > 0) return outer.includes(1) ? 1 : 0;
    const { up, down } = this.pulls(pin);
    // both pulls keep the last level
    if (up && down) return levelAt(this.signals[pin] as Signal, this.clock.now());
    return up ? 1 : 0;
  }

  private store(pin: number, signal: Signal): void {
    this.signals[pin] = signal;
    const bit = 1 << pin;
    this.waves = isWave(signal) ? this.waves | bit : this.waves & ~bit;
    this.levels = signal === 1 ? this.levels | bit : this.levels & ~bit;
  }

  /** Resolves the pins of `bits` again and tells the listeners what changed. */
  private update(bits: number): void {
    if (bits === 0) return;
    this.settle();
    const ns = this.clock.now();
    for (let pin = 0; pin < this.count; pin++) if (((bits >>> pin) & 1) !== 0) this.resolveAt(pin, ns);
  }

  private resolveAt(pin: number, ns: number): void {
    const before = this.signals[pin] as Signal;
    const signal = this.resolve(pin);
    if (sameSignal(before, signal)) return;
    const watched = ((this.watched >>> pin) & 1) !== 0;
    if (watched) eachEdge(before, this.toldUpTo[pin] as number, ns, (at, level) => this.tell(pin, level, at));
    this.store(pin, signal);
    for (const listener of this.signalListeners) listener(pin, signal, ns);
    const level = levelAt(signal, ns);
    const told = watched && (this.toldUpTo[pin] as number) > ns;
    if ((told ? levelAt(before, ns) : levelBefore(before, ns)) !== level) this.tell(pin, level, ns);
    if (watched) {
      this.toldUpTo[pin] = Math.max(ns, this.toldUpTo[pin] as number);
      this.plan(pin);
    }
  }

  private tell(pin: number, level: Level, ns: number): void {
    for (const listener of this.listeners) listener(pin, level, ns);
  }

  /** Schedules the next edge of a watched pin. */
  private plan(pin: number): void {
    const old = this.events[pin] as number;
    if (old !== 0) this.clock.cancel(old);
    this.events[pin] = 0;
    if (((this.watched >>> pin) & 1) === 0) return;
    const edge = nextEdge(this.signals[pin] as Signal, this.toldUpTo[pin] as number);
    const change = this.sources.get(this.functions[pin] as number)?.nextChange?.(pin) ?? Number.POSITIVE_INFINITY;
    const at = Math.min(edge, change);
    if (at !== Number.POSITIVE_INFINITY) this.events[pin] = this.clock.schedule(at, pin);
  }
}
