/**
 * IO_BANK0 and PADS_BANK0: which function a pin has, and its pulls. Both have alias windows for atomic changes (+0x1000 XOR,
 * +0x2000 SET, +0x3000 CLR). Counterpart: RP2040 datasheet, 2.19.6 and 2.1.2.
 */
import type { Gpio } from '../gpio.js';
import { Aliased } from './aliased.js';
import type { PinInterrupts } from './pin-interrupts.js';

export const IO_BANK0_BASE = 0x40014000;
export const PADS_BANK0_BASE = 0x4001c000;
/** Registers and their three aliases. */
export const BANK_SIZE = 0x4000;

/** STATUS and CTRL of each pin; the function select of CTRL is what counts; and the interrupt registers. Others read 0 and ignore writes. */
export class IoBank extends Aliased {
  constructor(
    private readonly gpio: Gpio,
    private readonly interrupts: PinInterrupts,
  ) {
    super();
  }
  protected read(register: number): number {
    if (this.interrupts.has(register)) return this.interrupts.read(register);
    const pin = register >> 3;
    if (pin >= this.gpio.count) return 0;
    if ((register & 4) !== 0) return this.gpio.functionOf(pin);
    // STATUS: bit 17 the level at the pad, bit 19 the same inside
    return this.gpio.level(pin) === 0 ? 0 : (1 << 17) | (1 << 19);
  }
  protected write(register: number, value: number): void {
    if (this.interrupts.has(register)) {
      this.interrupts.write(register, value);
      return;
    }
    const pin = register >> 3;
    if (pin < this.gpio.count && (register & 4) !== 0) this.gpio.setFunction(pin, value & 31);
  }
}

const PAD_PULL_DOWN = 4;
const PAD_PULL_UP = 8;
/** Input enable, 4 mA, Schmitt trigger: how pads are after a reset. */
const PAD_REST = 0x52;

/** Pad controls: pull-up and pull-down are modelled, the other bits read as after a reset. */
export class PadsBank extends Aliased {
  constructor(private readonly gpio: Gpio) {
    super();
  }
  protected read(register: number): number {
    const pin = (register >> 2) - 1;
    if (pin < 0 || pin >= this.gpio.count) return 0;
    const { up, down } = this.gpio.pulls(pin);
    return PAD_REST | (up ? PAD_PULL_UP : 0) | (down ? PAD_PULL_DOWN : 0);
  }
  protected write(register: number, value: number): void {
    const pin = (register >> 2) - 1;
    if (pin >= 0 && pin < this.gpio.count)
      this.gpio.setPulls(pin, (value & PAD_PULL_UP) !== 0, (value & PAD_PULL_DOWN) !== 0);
  }
}
