/**
 * The registers of a UART (PL011), which show and change a {@link UartBlock}: data, flags, divisors, line control. Others read 0, or
 * their reset value, and ignore writes. Counterpart: RP2040 datasheet, 4.2.8.
 */
import type { UartBlock } from '../machine/uart-block.js';
import { Aliased } from './aliased.js';

export const UART0_BASE = 0x40034000;
export const UART1_BASE = 0x40038000;

const DR = 0x00;
const FR = 0x18;
const IBRD = 0x24;
const FBRD = 0x28;
const LCR_H = 0x2c;
const CR = 0x30;
/** Identification: part 0x011 of ARM, a PrimeCell. */
const ID = 0xfe0;
const ID_BYTES = [0x11, 0x10, 0x34, 0x00, 0x0d, 0xf0, 0x05, 0xb1];

const FR_BUSY = 0x08;
const FR_RXFE = 0x10;
const FR_TXFF = 0x20;
const FR_TXFE = 0x80;
/** UART, transmitter and receiver enabled; as after a reset. */
const CR_ON = 0x301;
const CR_RESET = 0x300;
const LCR_PARITY = 0x02;
const LCR_EVEN = 0x04;
const LCR_TWO_STOPS = 0x08;
const LCR_FIFOS = 0x10;

/** Registers of one UART. */
export class UartRegisters extends Aliased {
  constructor(
    private readonly block: UartBlock,
    private readonly hz: () => number,
  ) {
    super();
  }

  protected read(register: number): number {
    return register === DR ? (this.block.take(1)[0] ?? 0) : this.peek(register);
  }
  protected override peek(register: number): number {
    const { block } = this;
    const { settings: s } = block;
    switch (register) {
      case FR:
        return (
          (block.idle ? FR_TXFE : FR_BUSY) | (block.available() === 0 ? FR_RXFE : 0) | (block.room() <= 0 ? FR_TXFF : 0)
        );
      case IBRD:
        return block.latch[0] >= 0 ? block.latch[0] : block.divisor >> 6;
      case FBRD:
        return block.latch[1] >= 0 ? block.latch[1] : block.divisor & 63;
      case LCR_H:
        return (
          ((s.bits - 5) << 5) |
          LCR_FIFOS |
          (s.stop === 2 ? LCR_TWO_STOPS : 0) |
          (s.parity !== 0 ? LCR_PARITY : 0) |
          (s.parity === 1 ? LCR_EVEN : 0)
        );
      case CR:
        return s.baudrate === 0 ? CR_RESET : CR_ON;
      default:
        return register >= ID ? (ID_BYTES[(register - ID) >> 2] ?? 0) : 0;
    }
  }
  protected write(register: number, value: number): void {
    const { block } = this;
    const { settings: s } = block;
    if (register === IBRD) block.latch[0] = value & 0xffff;
    else if (register === FBRD) block.latch[1] = value & 63;
    else if (register === DR) {
      if (s.baudrate !== 0 && block.room() > 0) block.send(Uint8Array.of(value & 0xff));
    } else if (register === LCR_H) {
      s.bits = ((value >> 5) & 3) + 5;
      s.stop = (value & LCR_TWO_STOPS) !== 0 ? 2 : 1;
      s.parity = (value & LCR_PARITY) === 0 ? 0 : (value & LCR_EVEN) !== 0 ? 1 : 2;
      const divisor = 64 * this.peek(IBRD) + this.peek(FBRD);
      const changed = block.latch.some((n) => n >= 0);
      block.latch.fill(-1);
      // a UART that is switched off stays so
      if (changed && divisor >= 64 && s.baudrate !== 0) s.baudrate = Math.round((4 * this.hz()) / divisor);
    }
  }
}
