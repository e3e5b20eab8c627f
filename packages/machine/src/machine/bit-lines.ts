/**
 * Protocols on one wire that are made by waiting: `machine.bitstream()`, `machine.dht_readinto()` and the module `_onewire`. Requests
 * of interrupts wait meanwhile. Counterpart: extmod/machine_bitstream.c, drivers/dht/dht.c, extmod/modonewire.c.
 */
import {
  array,
  BUFFER_READ,
  BUFFER_WRITE,
  defineModule,
  fun1,
  fun2,
  funVar,
  getArray,
  getBuffer,
  getInt,
  type ModuleDef,
  newBool,
  newSmallInt,
  NONE,
  type Obj,
  pollInterrupts,
  raiseOSError,
  raiseValueError,
  type RomValue,
  type Vm,
} from '@tsmp/vm';
import type { Machine } from '../machine.js';
import { machineOf } from '../machine.js';
import { FUNC_SIO } from '../gpio.js';
import { nextEdge } from '../wave.js';
import { gpioPin } from './pin.js';

const ETIMEDOUT = 110;
const US = 1000;

/** A pin that is driven by hand. */
class Line {
  private readonly machine: Machine;

  constructor(
    private readonly vm: Vm,
    readonly pin: number,
  ) {
    this.machine = machineOf(vm);
  }

  private get bit(): number {
    return 1 << this.pin;
  }
  /** Makes it a plain output. */
  output(): void {
    const { gpio } = this.machine;
    gpio.setOpenDrain(this.pin, false);
    gpio.outputEnables |= this.bit;
    gpio.setFunction(this.pin, FUNC_SIO);
  }
  /** Makes it open drain, let go of. */
  openDrain(): void {
    const { gpio } = this.machine;
    gpio.outputEnables &= ~this.bit;
    gpio.outputs &= ~this.bit;
    gpio.setOpenDrain(this.pin, true);
    gpio.setFunction(this.pin, FUNC_SIO);
  }
  /** Drives a level. */
  drive(level: 0 | 1): void {
    const { gpio } = this.machine;
    gpio.outputs = level === 0 ? gpio.outputs & ~this.bit : gpio.outputs | this.bit;
  }
  /** Pulls the line down, or lets go of it. */
  pull(down: boolean): void {
    const { gpio } = this.machine;
    if (down) gpio.outputs &= ~this.bit;
    gpio.outputEnables = down ? gpio.outputEnables | this.bit : gpio.outputEnables & ~this.bit;
  }
  get level(): number {
    return this.machine.gpio.level(this.pin);
  }
  wait(ns: number): void {
    this.machine.spend(ns);
    this.vm.host.checkDeadline?.(this.vm);
  }
  /** Waits for a level, `ns` at most; answers how long that took, −1: it did not come. */
  waitFor(level: number, ns: number): number {
    const { machine, vm } = this;
    const start = machine.now();
    for (;;) {
      const now = machine.now();
      if (this.level === level) return now - start;
      if (now - start >= ns) return -1;
      const next = Math.min(vm.clock.hardDue, nextEdge(machine.gpio.signal(this.pin), now), start + ns);
      this.wait(Math.max(US / 2, next - now));
    }
  }
}

/** Runs something whose timing interrupts must not disturb. */
function quietly<T>(vm: Vm, work: () => T): T {
  const was = vm.interrupts.masked;
  vm.interrupts.masked = true;
  try {
    return work();
  } finally {
    vm.interrupts.masked = was;
    pollInterrupts(vm);
  }
}

/** `bitstream(pin, encoding, (high 0, low 0, high 1, low 1), data)`: each bit a high and a low, in nanoseconds. */
export const bitstream: RomValue = funVar(4, 4, (vm, _nArgs, _nKw, args) => {
  const [pin, encoding, timing, data] = [0, 1, 2, 3].map((i) => vm.i32[(args >> 2) + i]) as [Obj, Obj, Obj, Obj];
  const line = new Line(vm, gpioPin(vm, pin));
  const kind = getInt(vm, encoding);
  getBuffer(vm, data, BUFFER_READ);
  const bytes = vm.u8.slice(vm.buf.addr, vm.buf.addr + vm.buf.len);
  if (kind !== 0) raiseValueError(vm, 'encoding');
  getArray(vm, timing);
  if (array.len !== 4) raiseValueError(vm, `requested length 4 but object has length ${array.len}`);
  const { items } = array;
  const ns = [0, 1, 2, 3].map((i) => Math.max(1, getInt(vm, vm.i32[(items >> 2) + i] as number)));
  line.output();
  quietly(vm, () => {
    for (const byte of bytes) {
      for (let bit = 7; bit >= 0; bit--) {
        const at = ((byte >> bit) & 1) * 2;
        line.drive(1);
        line.wait(ns[at] as number);
        line.drive(0);
        line.wait(ns[at + 1] as number);
      }
    }
  });
  return NONE;
});

/** `dht_readinto(pin, buffer)`: wakes the sensor and takes its 40 bits. */
export const dhtReadinto: RomValue = fun2((vm, pin, buffer) => {
  const line = new Line(vm, gpioPin(vm, pin));
  line.openDrain();
  getBuffer(vm, buffer, BUFFER_WRITE);
  const { addr, len } = vm.buf;
  if (len < 5) raiseValueError(vm, 'buffer too small');
  line.pull(false);
  line.wait(250_000 * US);
  line.pull(true);
  line.wait(18_000 * US);
  const bytes = quietly(vm, () => {
    line.pull(false);
    line.wait(10 * US);
    const answers = line.waitFor(0, 100 * US) >= 0 && line.waitFor(1, 150 * US) >= 0 && line.waitFor(0, 150 * US) >= 0;
    if (!answers) return undefined;
    const all = new Uint8Array(5);
    for (let i = 0; i < 40; i++) {
      if (line.waitFor(1, 100 * US) < 0) return undefined;
      const high = line.waitFor(0, 100 * US);
      if (high < 0) return undefined;
      all[i >> 3] = ((all[i >> 3] as number) << 1) | (high > 48 * US ? 1 : 0);
    }
    return all;
  });
  if (bytes === undefined) return raiseOSError(vm, ETIMEDOUT);
  vm.u8.set(bytes, addr);
  return NONE;
});

// ---- 1-Wire

function readBit(vm: Vm, line: Line): number {
  return quietly(vm, () => {
    line.pull(true);
    line.wait(6 * US);
    line.pull(false);
    line.wait(9 * US);
    const value = line.level;
    line.wait(55 * US);
    return value;
  });
}
function writeBit(vm: Vm, line: Line, value: number): void {
  quietly(vm, () => {
    line.pull(true);
    line.wait(6 * US);
    if (value !== 0) line.pull(false);
    line.wait(54 * US);
    line.pull(false);
    line.wait(10 * US);
  });
}
function lineOf(vm: Vm, pin: Obj): Line {
  return new Line(vm, gpioPin(vm, pin));
}

/** The check sum of 1-Wire: x⁸ + x⁵ + x⁴ + 1, from the lowest bit. */
export function oneWireCrc(bytes: Iterable<number>): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = (crc & 1) !== 0 ? (crc >> 1) ^ 0x8c : crc >> 1;
  }
  return crc;
}

export const oneWireModule: ModuleDef = defineModule({
  name: '_onewire',
  globals: {
    reset: fun1((vm, pin) => {
      const line = lineOf(vm, pin);
      line.pull(true);
      line.wait(480 * US);
      const present = quietly(vm, () => {
        line.pull(false);
        line.wait(70 * US);
        return line.level === 0;
      });
      line.wait(410 * US);
      return newBool(present);
    }),
    readbit: fun1((vm, pin) => newSmallInt(readBit(vm, lineOf(vm, pin)))),
    readbyte: fun1((vm, pin) => {
      const line = lineOf(vm, pin);
      let value = 0;
      for (let i = 0; i < 8; i++) value |= readBit(vm, line) << i;
      return newSmallInt(value);
    }),
    writebit: fun2((vm, pin, value) => {
      const line = lineOf(vm, pin);
      writeBit(vm, line, getInt(vm, value));
      return NONE;
    }),
    writebyte: fun2((vm, pin, value) => {
      const line = lineOf(vm, pin);
      const byte = getInt(vm, value);
      for (let i = 0; i < 8; i++) writeBit(vm, line, (byte >> i) & 1);
      return NONE;
    }),
    crc8: fun1((vm, data) => {
      getBuffer(vm, data, BUFFER_READ);
      return newSmallInt(oneWireCrc(vm.u8.subarray(vm.buf.addr, vm.buf.addr + vm.buf.len)));
    }),
  },
});
