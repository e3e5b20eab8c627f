/**
 * The board's 32-bit address bus: memory and peripherals by address. Accesses are 8, 16 or 32 bits wide and aligned; a
 * peripheral sees whole registers. As on the RP2040, a narrow write to a peripheral puts its value on all byte lanes.
 */
import { BusFault, MachineUsageError } from './errors.js';

/** Width of an access in bytes. */
export type Width = 1 | 2 | 4;

/** A block of registers. `offset` is relative to its base and a multiple of four; values are unsigned 32-bit numbers. */
export interface Peripheral {
  /** Reads a register. */
  read32(offset: number): number;
  /** Writes a register. */
  write32(offset: number, value: number): void;
}

/** Part of the address space. */
export interface Region {
  readonly name: string;
  readonly base: number;
  readonly size: number;
}

interface MemoryRegion extends Region {
  /** Offset of the region's first byte in the memory's buffer. */
  readonly offset: number;
  readonly writable: boolean;
}

interface PeripheralRegion extends Region {
  readonly peripheral: Peripheral;
}

/** What the bus needs of the memory behind it. */
export interface BusMemory {
  readonly u8: Uint8Array;
  /** Called before a program writes to memory through the bus. */
  onWrite(): void;
  /** Called before bytes that are not writable are looked at. */
  onRead?(offset: number, size: number): void;
}

/** Address decoder. */
export class Bus {
  private readonly memories: MemoryRegion[] = [];
  private readonly peripherals: PeripheralRegion[] = [];

  constructor(private readonly memory: BusMemory) {}

  /** Maps `size` bytes of memory, from `offset` of its buffer, at `base`. */
  mapMemory(name: string, base: number, size: number, offset: number, writable: boolean): void {
    this.checkFree(name, base, size);
    this.memories.push({ name, base, size, offset, writable });
  }
  /** Puts a peripheral at `base`. */
  mapPeripheral(name: string, base: number, size: number, peripheral: Peripheral): void {
    this.checkFree(name, base, size);
    this.peripherals.push({ name, base, size, peripheral });
  }
  /** All regions, by address. */
  regions(): Region[] {
    const all: Region[] = [...this.memories, ...this.peripherals];
    return all.map(({ name, base, size }) => ({ name, base, size })).sort((a, b) => a.base - b.base);
  }

  /** Offset in the memory's buffer of `size` bytes at an address; throws {@link BusFault} unless all of them are memory. */
  memoryAt(address: number, size: number, write: boolean): number {
    const m = find(this.memories, address);
    if (m === undefined || address + size > m.base + m.size) throw new BusFault('unmapped', address);
    if (write && !m.writable) throw new BusFault('read-only', address);
    return this.offsetIn(m, address, size);
  }
  /** Offset in the memory's buffer of bytes of a region that are looked at now. */
  private offsetIn(m: MemoryRegion, address: number, size: number): number {
    const offset = m.offset + address - m.base;
    if (!m.writable) this.memory.onRead?.(offset, size);
    return offset;
  }
  /** Address of a byte of the memory's buffer. */
  addressOf(offset: number): number {
    const m = this.memories.find((r) => offset >= r.offset && offset < r.offset + r.size);
    return m === undefined ? offset : m.base + offset - m.offset;
  }
  /** Whether a peripheral answers at an address. */
  isPeripheral(address: number): boolean {
    return find(this.peripherals, address) !== undefined;
  }

  /** Reads an unsigned number; throws {@link BusFault}. */
  read(address: number, width: Width): number {
    const m = find(this.memories, address);
    if (m !== undefined) {
      const u8 = this.memory.u8;
      const at = this.offsetIn(m, address, width);
      let v = 0;
      for (let i = width - 1; i >= 0; i--) v = v * 256 + (u8[at + i] as number);
      return v;
    }
    const p = this.findPeripheral(address);
    const word = p.peripheral.read32((address - p.base) & ~3) >>> 0;
    if (width === 4) return word;
    return (word >>> (8 * (address & 3))) & (width === 1 ? 0xff : 0xffff);
  }

  /** Writes the low bits of `value`; throws {@link BusFault}. */
  write(address: number, width: Width, value: number): void {
    const m = find(this.memories, address);
    if (m !== undefined) {
      if (!m.writable) throw new BusFault('read-only', address);
      this.memory.onWrite();
      const at = m.offset + address - m.base;
      for (let i = 0; i < width; i++) this.memory.u8[at + i] = value >>> (8 * i);
      return;
    }
    const p = this.findPeripheral(address);
    let word = value;
    if (width === 1) word = (value & 0xff) * 0x01010101;
    else if (width === 2) word = (value & 0xffff) * 0x00010001;
    p.peripheral.write32((address - p.base) & ~3, word >>> 0);
  }

  private findPeripheral(address: number): PeripheralRegion {
    const p = find(this.peripherals, address);
    if (p === undefined) throw new BusFault('unmapped', address);
    return p;
  }

  private checkFree(name: string, base: number, size: number): void {
    const other = this.regions().find((r) => base < r.base + r.size && r.base < base + size);
    if (other !== undefined) {
      throw new MachineUsageError('region-overlap', `'${name}' at 0x${base.toString(16)} overlaps '${other.name}'`);
    }
  }
}

function find<T extends Region>(regions: readonly T[], address: number): T | undefined {
  for (const r of regions) if (address >= r.base && address < r.base + r.size) return r;
  return undefined;
}
