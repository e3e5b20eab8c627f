/**
 * What hangs on a board's pins. A device is given a {@link DevicePins} when it is put on a board, and does everything through it.
 * What the host does to a device while the board runs (a press, a new temperature) goes through `stimulate`: the board notes it in
 * its journal with its virtual time, and hands it to the device's `stimulus`, now and whenever the journal is replayed.
 */
import type { I2cTarget, SpiTarget } from './serial-buses.js';
import type { Frame, FrameListener } from './serial-lines.js';
import type { Level, Signal } from './wave.js';

/** The wires of an SPI device; what it does not have is left out. */
export interface SpiWires {
  readonly sck: number | string;
  readonly mosi?: number | string | undefined;
  readonly miso?: number | string | undefined;
}

/** How a device reaches the board. Pins go by number, or by name (`GP5`, `LED`). */
export interface DevicePins {
  /** Virtual time, ns. */
  now(): number;
  /** Level of a pin now. */
  level(pin: number | string): Level;
  /** What a pin carries now: a level, or a wave that some peripheral makes. */
  signal(pin: number | string): Signal;
  /** Drives a pin with a level, or with what another pin carries; or lets go of it. */
  drive(pin: number | string, driver: string, signal: Signal | undefined): void;
  /** Puts a resistor between a pin and a level, stronger than the chip's own, or takes it off. */
  pull(pin: number | string, name: string, level: Level | undefined): void;
  /** Calls back at every edge of one pin; each edge of a wave then is an event of the clock. */
  watch(pin: number | string, listener: (level: Level, ns: number) => void): void;
  /** Calls back when a pin begins to carry something else; a wave is one call. */
  watchSignal(pin: number | string, listener: (signal: Signal, ns: number) => void): void;
  /** Puts a voltage on an analogue pin (or on `CORE_TEMP`, the chip's own sensor): volts at a time in ns. */
  analog(pin: number | string, volts: (ns: number) => number): void;
  /** Answers to an address on an I2C bus, and pulls its lines up as modules do. */
  i2c(bus: { readonly scl: number | string; readonly sda: number | string }, address: number, target: I2cTarget): void;
  /** Listens on an SPI bus. */
  spi(bus: SpiWires, target: SpiTarget): void;
  /** Calls back for every frame of bits that a UART (or another device) puts on a pin, when it begins. */
  onSerial(pin: number | string, listener: FrameListener): void;
  /** Puts a frame on a pin: a UART that receives there hears it. */
  sendSerial(pin: number | string, frame: Frame): void;
  /** Passes frames from one pin on to another. */
  serialWire(from: number | string, to: number | string): void;
  /** Has the device's `stimulus` called with plain data, through the board's journal: now, or at a later time (ns). */
  stimulate(data: unknown, at?: number): void;
}

/** A device. `save` answers plain data that `load` of a device made alike takes. */
export interface Device {
  /** Unique on its board. */
  readonly name: string;
  /** Called once when the device is put on a board. */
  attach(pins: DevicePins): void;
  /** Something from outside reaches it: data that it gave to `stimulate`, in this run or in the recorded one. */
  stimulus?(data: unknown): void;
  /** Its state as plain data. */
  save(): unknown;
  /** Takes on a state that `save` of a device made alike answered. */
  load(state: unknown): void;
}
