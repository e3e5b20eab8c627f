/** Single-cycle IO: the RP2040's GPIO registers. Counterpart: RP2040 datasheet, 2.3.1.7. */
import type { Peripheral } from '../bus.js';
import type { Gpio } from '../gpio.js';

/** Where the SIO is on the bus. */
export const SIO_BASE = 0xd0000000;
export const SIO_SIZE = 0x180;

const CPUID = 0x00;
const GPIO_IN = 0x04;
const GPIO_OUT = 0x10;
const GPIO_OE = 0x20;

/** Registers without any state of their own: they show and change a {@link Gpio}. Others read 0 and ignore writes. */
export class Sio implements Peripheral {
  constructor(private readonly gpio: Gpio) {}

  read32(offset: number): number {
    switch (offset) {
      case CPUID:
        return 0;
      case GPIO_IN:
        return this.gpio.inputs;
      // the SET, CLR and XOR addresses of a register read as the register
      case GPIO_OUT:
      case GPIO_OUT + 4:
      case GPIO_OUT + 8:
      case GPIO_OUT + 12:
        return this.gpio.outputs;
      case GPIO_OE:
      case GPIO_OE + 4:
      case GPIO_OE + 8:
      case GPIO_OE + 12:
        return this.gpio.outputEnables;
      default:
        return 0;
    }
  }

  write32(offset: number, value: number): void {
    const { gpio } = this;
    if (offset >= GPIO_OUT && offset < GPIO_OUT + 16)
      gpio.outputs = combine((offset - GPIO_OUT) >> 2, gpio.outputs, value);
    else if (offset >= GPIO_OE && offset < GPIO_OE + 16) {
      gpio.outputEnables = combine((offset - GPIO_OE) >> 2, gpio.outputEnables, value);
    }
  }
}

/** What plain, SET, CLR and XOR writes make of a register. */
function combine(how: number, old: number, value: number): number {
  switch (how) {
    case 0:
      return value >>> 0;
    case 1:
      return (old | value) >>> 0;
    case 2:
      return (old & ~value) >>> 0;
    default:
      return (old ^ value) >>> 0;
  }
}
