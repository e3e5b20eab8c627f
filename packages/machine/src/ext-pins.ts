/**
 * Pins behind another chip: on the Pico W the radio's three GPIOs, of which the first lights the LED. They have no pulls and no
 * registers on the bus. Counterpart: ports/rp2/machine_pin_cyw43.c.
 */
import type { EdgeListener, Level } from './gpio.js';

/** Plain data of {@link ExtPins}. */
export interface ExtPinsState {
  readonly outputs: readonly boolean[];
  readonly values: readonly Level[];
  readonly levels: readonly Level[];
}

/** The pins of the other chip. */
export class ExtPins {
  private outputs: boolean[];
  /** What was last set, also while the pin was an input. */
  private values: Level[];
  private levels: Level[];
  private readonly listeners: EdgeListener[] = [];

  constructor(
    readonly count: number,
    private readonly now: () => number,
  ) {
    this.outputs = new Array<boolean>(count).fill(false);
    this.values = new Array<Level>(count).fill(0);
    this.levels = new Array<Level>(count).fill(0);
  }

  /** Whether the pin is an output. */
  isOutput(pin: number): boolean {
    return this.outputs[pin] === true;
  }
  /** Level that the pin shows. */
  level(pin: number): Level {
    return this.levels[pin] ?? 0;
  }
  /** Makes a pin an output or an input; `value`: what to set, or to remember. */
  configure(pin: number, output: boolean, value: Level | undefined): void {
    if (output && !this.isOutput(pin)) this.set(pin, value ?? this.lastValue(pin));
    this.outputs[pin] = output;
    if (value === undefined) return;
    if (output) this.set(pin, value);
    else this.values[pin] = value;
  }
  /** What was last set or remembered. */
  lastValue(pin: number): Level {
    return this.values[pin] ?? 0;
  }
  /** Sets a pin; a level that changes is an edge. */
  set(pin: number, value: Level): void {
    this.values[pin] = value;
    if (this.levels[pin] === value) return;
    this.levels[pin] = value;
    const ns = this.now();
    for (const listener of this.listeners) listener(pin, value, ns);
  }
  /** Calls `listener` at every change of a level. */
  onEdge(listener: EdgeListener): void {
    this.listeners.push(listener);
  }

  /** State at power-on: inputs, low. */
  reset(): void {
    for (let pin = 0; pin < this.count; pin++) {
      this.set(pin, 0);
      this.outputs[pin] = false;
    }
  }

  /** The pins as plain data. */
  save(): ExtPinsState {
    return { outputs: [...this.outputs], values: [...this.values], levels: [...this.levels] };
  }
  /** Takes on a saved state; levels that differ now are no edges. */
  load(state: ExtPinsState): void {
    this.outputs = [...state.outputs];
    this.values = [...state.values];
    this.levels = [...state.levels];
  }
}
