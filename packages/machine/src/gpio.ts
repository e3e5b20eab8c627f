/**
 * The pins of a board, electrically. A pin has at most one driver inside (the SIO, when it is selected and enabled), any number
 * of drivers outside (devices), and two weak pulls. Its level follows from them; listeners hear of every change.
 *
 * Invariant: `levels` is always what `resolve` says of the present drivers. Counterpart: RP2040 datasheet, 2.19 GPIO.
 */
import { MachineUsageError } from './errors.js';

/** Pin functions as the RP2040 numbers them. */
export const FUNC_SIO = 5;
export const FUNC_NULL = 31;

/** 0 or 1. */
export type Level = 0 | 1;

/** Hears of a pin's new level. `ns` is virtual time. */
export type EdgeListener = (pin: number, level: Level, ns: number) => void;

/** Plain data of {@link Gpio}. */
export interface GpioState {
  readonly out: number;
  readonly oe: number;
  readonly pullUp: number;
  readonly pullDown: number;
  readonly openDrain: number;
  /** What pins with both pulls go on holding. */
  readonly levels: number;
  readonly functions: readonly number[];
  readonly drivers: readonly (readonly [number, string, Level])[];
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
  private levels = 0;
  private readonly functions: number[];
  private readonly drivers: Map<string, Level>[];
  private readonly listeners: EdgeListener[] = [];
  /** Bits of the pins that exist. */
  readonly mask: number;

  constructor(
    /** How many pins there are. */
    readonly count: number,
    private readonly now: () => number,
  ) {
    if (!(count >= 1 && count <= 32)) throw new MachineUsageError('pin-count', `a bank has 1 to 32 pins, not ${count}`);
    this.mask = count === 32 ? 0xffffffff : (1 << count) - 1;
    this.functions = new Array<number>(count).fill(FUNC_NULL);
    this.drivers = Array.from({ length: count }, () => new Map<string, Level>());
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
    return this.levels >>> 0;
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

  // ---- outside: devices

  /** Level of a pin. */
  level(pin: number): Level {
    return ((this.levels >>> this.checked(pin)) & 1) as Level;
  }
  /** A device drives a pin; `undefined`: it lets go. `driver` names the device's output. */
  drive(pin: number, driver: string, level: Level | undefined): void {
    const drivers = this.drivers[this.checked(pin)] as Map<string, Level>;
    if (level === undefined) drivers.delete(driver);
    else drivers.set(driver, level);
    this.update(1 << pin);
  }
  /** Whether the drivers of a pin disagree: a short circuit on a real board. */
  contended(pin: number): boolean {
    const levels = this.driving(this.checked(pin));
    return levels.includes(0) && levels.includes(1);
  }
  /** Calls `listener` at every change of a level. */
  onEdge(listener: EdgeListener): void {
    this.listeners.push(listener);
  }

  /** The pins and what drives them, as plain data. */
  save(): GpioState {
    const drivers = this.drivers.flatMap((d, pin) =>
      [...d].map(([name, level]): [number, string, Level] => [pin, name, level]),
    );
    const { out, oe, pullUp, pullDown, openDrain, levels } = this;
    return { out, oe, pullUp, pullDown, openDrain, levels, functions: [...this.functions], drivers };
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
      (this.drivers[i] as Map<string, Level>).clear();
    }
    for (const [pin, name, level] of state.drivers) this.drivers[pin]?.set(name, level);
    this.levels = state.levels;
  }

  private checked(pin: number): number {
    if (Number.isInteger(pin) && pin >= 0 && pin < this.count) return pin;
    throw new MachineUsageError('no-such-pin', `there are pins 0 to ${this.count - 1}, not ${pin}`);
  }

  private driving(pin: number): Level[] {
    const levels = [...(this.drivers[pin] as Map<string, Level>).values()];
    if (this.functions[pin] === FUNC_SIO && ((this.oe >>> pin) & 1) !== 0)
      levels.push(((this.out >>> pin) & 1) as Level);
    return levels;
  }

  /** Any driver at 0 wins (as on open-drain lines), then one at 1, then the pulls; a floating pin reads 0. */
  private resolve(pin: number): Level {
    const levels = this.driving(pin);
    if (levels.length > 0) return levels.includes(0) ? 0 : 1;
    const { up, down } = this.pulls(pin);
    if (up && down) return ((this.levels >>> pin) & 1) as Level; // both pulls keep the last level
    return up ? 1 : 0;
  }

  /** Resolves the pins of `bits` again and tells the listeners what changed. */
  private update(bits: number): void {
    for (let pin = 0; pin < this.count; pin++) {
      if (((bits >>> pin) & 1) === 0) continue;
      const level = this.resolve(pin);
      if (((this.levels >>> pin) & 1) === level) continue;
      this.levels ^= 1 << pin;
      const ns = this.now();
      for (const listener of this.listeners) listener(pin, level, ns);
    }
  }
}
