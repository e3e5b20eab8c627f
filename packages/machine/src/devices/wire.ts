/** A wire from one pin to another: what the first carries drives the second. */
import type { Device, DevicePins } from '../device.js';

/** Where a wire begins and ends. */
export interface WireOptions {
  readonly from: number | string;
  readonly to: number | string;
}

/** A wire. It goes one way: it does not drive the pin that it begins at. */
export class Wire implements Device {
  constructor(
    readonly name: string,
    readonly options: WireOptions,
  ) {}

  /** Connects the pins. */
  attach(pins: DevicePins): void {
    const { from, to } = this.options;
    pins.drive(to, this.name, pins.signal(from));
    pins.watchSignal(from, (signal) => pins.drive(to, this.name, signal));
    pins.serialWire(from, to);
  }

  /** The pins have its state. */
  save(): null {
    return null;
  }
  /** Nothing to take on. */
  load(): void {
    // what it drives is part of the pins' state
  }
}
