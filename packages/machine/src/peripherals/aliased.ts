/**
 * Register blocks with the four windows that the RP2040's bus fabric gives them: plain, and atomic XOR (+0x1000), SET (+0x2000),
 * CLR (+0x3000). Counterpart: RP2040 datasheet, 2.1.2.
 */
import type { Peripheral } from '../bus.js';

/** A block of up to 4 KiB of registers, and its aliases. */
export abstract class Aliased implements Peripheral {
  /** Reads a register. */
  protected abstract read(register: number): number;
  /** Writes a register. */
  protected abstract write(register: number, value: number): void;
  /** What an atomic write changes: a register's value without the effects of reading it. */
  protected peek(register: number): number {
    return this.read(register);
  }

  read32(offset: number): number {
    return this.read(offset & 0xfff);
  }
  write32(offset: number, value: number): void {
    const register = offset & 0xfff;
    switch (offset >> 12) {
      case 0:
        this.write(register, value);
        return;
      case 1:
        this.write(register, (this.peek(register) ^ value) >>> 0);
        return;
      case 2:
        this.write(register, (this.peek(register) | value) >>> 0);
        return;
      default:
        this.write(register, (this.peek(register) & ~value) >>> 0);
    }
  }
}
