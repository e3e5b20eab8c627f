/**
 * The interrupt registers of IO_BANK0: for each pin level low, level high, falling and rising edge, latched (edges) or live
 * (levels), enabled, forced. All of them pull one line. Counterpart: RP2040 datasheet, 2.19.3 and 2.19.6.1.
 */
import type { Vm } from '@tsmp/vm';
import type { Gpio } from '../gpio.js';

/** Interrupt line of the pins: IO_IRQ_BANK0. */
export const PIN_LINE = 13;
/** A pin's four causes. */
export const PIN_LEVEL_LOW = 1;
export const PIN_LEVEL_HIGH = 2;
export const PIN_EDGE_FALL = 4;
export const PIN_EDGE_RISE = 8;
export const PIN_ALL = 15;
const EDGES = PIN_EDGE_FALL | PIN_EDGE_RISE;

/** First registers of INTR, PROC0_INTE, PROC0_INTF and PROC0_INTS; four each, eight pins a register. */
const INTR = 0xf0;
const INTE = 0x100;
const INTF = 0x110;
const INTS = 0x120;
const END = 0x130;

/** Plain data of {@link PinInterrupts}: four bits a pin. */
export interface PinInterruptsState {
  readonly latched: readonly number[];
  readonly enabled: readonly number[];
  readonly forced: readonly number[];
}

/** What the pins' interrupt logic knows. */
export class PinInterrupts {
  private latched: number[];
  private enabled: number[];
  private forced: number[];
  /** Serves a pin that has something: `causes` are its raw ones. */
  onInterrupt: (pin: number, causes: number) => void = () => undefined;

  constructor(
    private readonly vm: Vm,
    private readonly gpio: Gpio,
  ) {
    this.latched = new Array<number>(gpio.count).fill(0);
    this.enabled = new Array<number>(gpio.count).fill(0);
    this.forced = new Array<number>(gpio.count).fill(0);
    gpio.onEdge((pin, level) => {
      this.latched[pin] = (this.latched[pin] as number) | (level === 1 ? PIN_EDGE_RISE : PIN_EDGE_FALL);
      this.check(pin);
    });
    vm.interrupts.connect(PIN_LINE, () => this.serve());
  }

  /** A pin's raw causes. */
  raw(pin: number): number {
    return (this.latched[pin] as number) | (this.gpio.level(pin) === 1 ? PIN_LEVEL_HIGH : PIN_LEVEL_LOW);
  }
  /** Enables or disables causes, after forgetting those that are latched. */
  setEnabled(pin: number, causes: number, on: boolean): void {
    this.acknowledge(pin, causes);
    const was = this.enabled[pin] as number;
    this.enable(pin, on ? was | causes : was & ~causes);
  }
  /** Forgets latched edges. */
  acknowledge(pin: number, causes: number): void {
    this.latched[pin] = (this.latched[pin] as number) & ~(causes & EDGES);
  }

  private enable(pin: number, causes: number): void {
    this.enabled[pin] = causes & PIN_ALL;
    this.gpio.watch(pin, this.isWatched(pin) || (causes & PIN_ALL) !== 0);
    this.check(pin);
  }
  /** Whether something else wants to hear of the pin's edges. */
  isWatched: (pin: number) => boolean = () => false;

  private active(pin: number): number {
    return (this.raw(pin) | (this.forced[pin] as number)) & (this.enabled[pin] as number);
  }
  private check(pin: number): void {
    if ((this.enabled[pin] as number) !== 0 && this.active(pin) !== 0) this.vm.interrupts.request(PIN_LINE);
  }
  /** Goes through the pins once; a level that lasts asks again. */
  private serve(): void {
    for (let pin = 0; pin < this.gpio.count; pin++) {
      if (this.active(pin) === 0) continue;
      const causes = this.raw(pin) | (this.forced[pin] as number);
      this.acknowledge(pin, causes);
      this.onInterrupt(pin, causes);
    }
    for (let pin = 0; pin < this.gpio.count; pin++) this.check(pin);
  }

  /** Whether a register is one of these. */
  has(register: number): boolean {
    return register >= INTR && register < END;
  }
  /** Reads a register. */
  read(register: number): number {
    const group = (register - INTR) >> 4;
    return this.pack((register >> 2) & 3, (pin) => {
      if (group === 0) return this.raw(pin);
      if (group === 1) return this.enabled[pin] as number;
      return group === 2 ? (this.forced[pin] as number) : this.active(pin);
    });
  }
  /** Writes a register: INTR clears edges, INTS cannot be written. */
  write(register: number, value: number): void {
    const first = ((register >> 2) & 3) * 8;
    for (let i = 0; i < 8 && first + i < this.gpio.count; i++) {
      const bits = (value >>> (4 * i)) & PIN_ALL;
      const pin = first + i;
      if (register < INTE) this.acknowledge(pin, bits);
      else if (register < INTF) {
        if (bits !== this.enabled[pin]) this.enable(pin, bits);
      } else if (register < INTS) {
        this.forced[pin] = bits;
        this.check(pin);
      }
    }
  }
  private pack(word: number, bits: (pin: number) => number): number {
    let value = 0;
    for (let i = 7; i >= 0; i--) value = value * 16 + (8 * word + i < this.gpio.count ? bits(8 * word + i) : 0);
    return value;
  }

  /** Nothing is enabled or latched. */
  reset(): void {
    for (let pin = 0; pin < this.gpio.count; pin++) {
      this.forced[pin] = 0;
      if (this.enabled[pin] !== 0) this.enable(pin, 0);
      this.latched[pin] = 0;
    }
  }
  /** Latches, enables and forced causes as plain data. */
  save(): PinInterruptsState {
    return { latched: [...this.latched], enabled: [...this.enabled], forced: [...this.forced] };
  }
  /** Takes on a saved state. */
  load(state: PinInterruptsState): void {
    this.latched = [...state.latched];
    this.enabled = [...state.enabled];
    this.forced = [...state.forced];
  }
}
