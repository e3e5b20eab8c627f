/**
 * SPI controllers: the two hardware blocks, and bit-banging. Words go to the {@link SerialBuses}; time passes by the clock that the
 * divider makes. Counterpart: ports/rp2/machine_spi.c with the SDK's spi driver, drivers/bus/softspi.c.
 */
import type { Machine } from '../machine.js';
import type { Level } from '../wave.js';

/** The pins' function number for SPI. */
export const FUNC_SPI = 1;

/** Plain data of a hardware block. */
export interface SpiBlockState {
  readonly baudrate: number;
  readonly polarity: number;
  readonly phase: number;
  readonly bits: number;
  readonly sck: number;
  readonly mosi: number;
  readonly miso: number | null;
}

/** One of the two hardware blocks. */
export class SpiBlock {
  baudrate = 0;
  polarity = 0;
  phase = 0;
  bits = 8;
  sck = 0;
  mosi = 0;
  miso: number | null = null;

  constructor(
    private readonly machine: Machine,
    readonly id: number,
  ) {
    this.reset();
  }

  /** As after power-on: not set up, on the board's default pins. */
  reset(): void {
    [this.sck, this.mosi, this.miso] = this.id === 0 ? [18, 19, 16] : [10, 11, 8];
    this.baudrate = 0;
    this.polarity = 0;
    this.phase = 0;
    this.bits = 8;
  }

  /** Sets the fastest clock that is not above what is wanted. Counterpart: spi_set_baudrate. */
  setBaudrate(wanted: number): void {
    const hz = this.machine.periHz;
    const baud = Math.max(1, wanted >>> 0);
    // the smallest prescaler that brings the clock into the reach of the second divider, then the largest divider that is not too slow
    let prescale = 2;
    while (prescale < 254 && hz >= prescale * 256 * baud) prescale += 2;
    let postdiv = 256;
    while (postdiv > 1 && Math.floor(hz / (prescale * (postdiv - 1))) <= baud) postdiv--;
    this.baudrate = Math.floor(hz / (prescale * postdiv));
  }
  /** Gives the pins to the block. */
  takePins(): void {
    const { gpio } = this.machine;
    gpio.setFunction(this.sck, FUNC_SPI);
    if (this.miso !== null) gpio.setFunction(this.miso, FUNC_SPI);
    gpio.setFunction(this.mosi, FUNC_SPI);
  }
  /** The format has changed: the clock rests elsewhere. */
  formatChanged(): void {
    this.machine.gpio.refresh(this.sck, this.machine.now());
  }
  /** What the block puts on a pin between transfers; undefined when the pin is not its own or an input. */
  output(pin: number): Level | undefined {
    if (this.baudrate === 0) return undefined;
    if (pin === this.sck) return this.polarity === 0 ? 0 : 1;
    return pin === this.mosi ? 0 : undefined;
  }

  /** Sends `len` words from `from`, and puts what comes back to `to` (0: nowhere). Words of up to 8 bits are bytes. */
  transfer(len: number, from: number, to: number): void {
    const { machine, bits } = this;
    const mask = 2 ** Math.min(bits, 8) - 1;
    const isOn = (pin: number): boolean => machine.gpio.functionOf(pin) === FUNC_SPI;
    exchange(machine, {
      name: `SPI${this.id}`,
      sck: isOn(this.sck) ? this.sck : -1,
      mosi: isOn(this.mosi) ? this.mosi : -1,
      miso: this.miso !== null && isOn(this.miso) ? this.miso : -1,
      polarity: this.polarity,
      phase: this.phase,
      bits,
      wordNs: (bits * 1e9) / Math.max(1, this.baudrate),
      len,
      from,
      to,
      toWire: (byte) => byte & mask,
      fromWire: (word) => word & mask,
    });
  }

  /** Settings as plain data. */
  save(): SpiBlockState {
    const { baudrate, polarity, phase, bits, sck, mosi, miso } = this;
    return { baudrate, polarity, phase, bits, sck, mosi, miso };
  }
  /** Takes on saved settings. */
  load(state: SpiBlockState): void {
    Object.assign(this, state);
  }
}

/** A transfer. */
interface Exchange {
  readonly name: string;
  /** Pins; −1: not connected. */
  readonly sck: number;
  readonly mosi: number;
  readonly miso: number;
  readonly polarity: number;
  readonly phase: number;
  readonly bits: number;
  readonly wordNs: number;
  readonly len: number;
  /** Addresses in the board's memory; `to` 0: nobody wants the answer. */
  readonly from: number;
  readonly to: number;
  readonly toWire: (byte: number) => number;
  readonly fromWire: (word: number) => number;
}

/** Moves words over a bus, lets the time pass and records it. */
export function exchange(machine: Machine, x: Exchange): void {
  const { vm, buses } = machine;
  if (x.len === 0) return;
  const start = machine.now();
  const sent: number[] = [];
  const received: number[] = [];
  const recording = machine.transactions !== undefined;
  for (let i = 0; i < x.len; i++) {
    const word = x.toWire(vm.u8[x.from + i] as number);
    machine.spend(x.wordNs);
    const answer = x.sck < 0 ? undefined : buses.spiTransfer(x.sck, x.mosi, x.miso, word, x);
    // an input that no device drives has the level of its pin
    const heard = answer ?? (x.miso >= 0 && machine.gpio.level(x.miso) === 1 ? ~0 : 0);
    if (x.to !== 0) vm.u8[x.to + i] = x.fromWire(heard);
    if (recording) {
      sent.push(word);
      if (x.to !== 0) received.push(heard & (2 ** x.bits - 1));
    }
    if ((i & 0xfff) === 0xfff) vm.charge(0);
  }
  if (x.sck < 0) return;
  machine.transaction(() => ({
    kind: 'spi',
    bus: x.name,
    sck: x.sck,
    mosi: x.mosi,
    miso: x.miso < 0 ? null : x.miso,
    start,
    end: machine.now(),
    polarity: x.polarity,
    phase: x.phase,
    bits: x.bits,
    sent,
    received,
  }));
}
