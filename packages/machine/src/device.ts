/** What hangs on a board's pins. */
import type { Level } from './gpio.js';

/** How a device reaches the pins. Pins go by number, or by name (`GP5`, `LED`). */
export interface DevicePins {
  /** Virtual time, ns. */
  now(): number;
  /** Level of a pin now. */
  level(pin: number | string): Level;
  /** Drives a pin, or lets go of it. */
  drive(pin: number | string, driver: string, level: Level | undefined): void;
  /** Calls back at every edge of one pin. */
  watch(pin: number | string, listener: (level: Level, ns: number) => void): void;
}

/** A device. `save` answers plain data that `load` of a device made alike takes. */
export interface Device {
  /** Unique on its board. */
  readonly name: string;
  /** Called once when the device is put on a board. */
  attach(pins: DevicePins): void;
  /** Its state as plain data. */
  save(): unknown;
  /** Takes on a state that `save` of a device made alike answered. */
  load(state: unknown): void;
}
