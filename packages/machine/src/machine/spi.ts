/**
 * `machine.SPI` and `machine.SoftSPI`. Counterpart: extmod/machine_spi.c, ports/rp2/machine_spi.c, drivers/bus/softspi.c.
 *
 *     SPI      +0 type  +4 number   (a constant in ROM; the settings are the machine's)
 *     SoftSPI  +0 type  +4 µs of half a bit  +8 polarity, phase, firstbit (a byte each)  +12 sck  +16 mosi  +20 miso
 */
import {
  type Addr,
  argTable,
  BUFFER_READ,
  BUFFER_WRITE,
  defineType,
  fun1,
  fun2,
  fun3,
  funKw,
  funVar,
  getBuffer,
  getInt,
  NONE,
  NULL,
  type Obj,
  raiseMsg,
  raiseTypeError,
  raiseValueError,
  readArgs,
  type RomValue,
  smallIntValue,
  isSmallInt,
  type TypeDef,
  TYPES,
  type Vm,
} from '@tsmp/vm';
import { FUNC_SIO, type Gpio } from '../gpio.js';
import { machineOf } from '../machine.js';
import { gpioPin } from './pin.js';
import { RomObjects, romObjectIndex } from './rom-objects.js';
import { exchange, type SpiBlock } from './spi-ports.js';

// as the SDK numbers them
const LSB = 0;
const MSB = 1;

/** Moves bytes over the bus of an object; raises TypeError for what is none. */
function transfer(vm: Vm, o: Obj, len: number, from: Addr, to: Addr): void {
  const type = (o & 3) === 0 ? vm.typeOf(o) : 0;
  if (type === vm.addrOf(spiType)) blockOf(vm, o).transfer(len, from, to);
  else if (type === vm.addrOf(softSpiType)) softTransfer(vm, o, len, from, to);
  else raiseTypeError(vm, 'expecting an SPI object');
}
function blockOf(vm: Vm, o: Obj): SpiBlock {
  return machineOf(vm).spi[romObjectIndex(vm, o)] as SpiBlock;
}

const METHODS: Readonly<Record<string, RomValue>> = {
  init: funKw(1, (vm, nArgs, nKw, args) => {
    const self = vm.i32[args >> 2] as number;
    const type = (self & 3) === 0 ? vm.typeOf(self) : 0;
    if (type === vm.addrOf(spiType)) initBlock(vm, blockOf(vm, self), nArgs - 1, nKw, args + 4);
    else if (type === vm.addrOf(softSpiType)) initSoft(vm, self, nArgs - 1, nKw, args + 4);
    else raiseTypeError(vm, 'expecting an SPI object');
    return NONE;
  }),
  deinit: fun1(() => NONE),
  read: funVar(2, 3, (vm, nArgs, _nKw, args) => {
    const n = getInt(vm, vm.i32[(args >> 2) + 1] as number);
    const fill = nArgs === 3 ? getInt(vm, vm.i32[(args >> 2) + 2] as number) : 0;
    if (n < 0) vm.raiseMemoryError((n + 1) >>> 0);
    const buffer = vm.alloc(n + 1);
    vm.u8.fill(fill & 0xff, buffer, buffer + n);
    transfer(vm, vm.i32[args >> 2] as number, n, buffer, buffer);
    const bytes = vm.newBytes(vm.u8.subarray(buffer, buffer + n));
    vm.heap.free(buffer);
    return bytes;
  }),
  readinto: funVar(2, 3, (vm, nArgs, _nKw, args) => {
    const fill = nArgs === 3 ? getInt(vm, vm.i32[(args >> 2) + 2] as number) : 0;
    getBuffer(vm, vm.i32[(args >> 2) + 1] as number, BUFFER_WRITE);
    const { addr, len } = vm.buf;
    vm.u8.fill(fill & 0xff, addr, addr + len);
    transfer(vm, vm.i32[args >> 2] as number, len, addr, addr);
    return NONE;
  }),
  write: fun2((vm, self, data) => {
    getBuffer(vm, data, BUFFER_READ);
    transfer(vm, self, vm.buf.len, vm.buf.addr, 0);
    return NONE;
  }),
  write_readinto: fun3((vm, self, out, into) => {
    getBuffer(vm, out, BUFFER_READ);
    const { addr, len } = vm.buf;
    getBuffer(vm, into, BUFFER_WRITE);
    if (len !== vm.buf.len) raiseValueError(vm, 'buffers must be the same length');
    transfer(vm, self, len, addr, vm.buf.addr);
    return NONE;
  }),
  MSB,
  LSB,
};

// ---- the hardware blocks

/** `miso` left out: stays as it is; None: unused. */
const UNCHANGED = -1;
const SPI_ARGS = argTable([
  { name: 'id', kind: 'int', value: 0 },
  { name: 'baudrate', kind: 'int', value: 1_000_000 },
  { name: 'polarity', kind: 'int', value: 0, kwOnly: true },
  { name: 'phase', kind: 'int', value: 0, kwOnly: true },
  { name: 'bits', kind: 'int', value: 8, kwOnly: true },
  { name: 'firstbit', kind: 'int', value: MSB, kwOnly: true },
  { name: 'sck', kind: 'obj', value: NONE, kwOnly: true },
  { name: 'mosi', kind: 'obj', value: NONE, kwOnly: true },
  { name: 'miso', kind: 'obj', value: NULL, kwOnly: true },
]);
const SPI_INIT_ARGS = argTable(
  ['baudrate', 'polarity', 'phase', 'bits', 'firstbit'].map((name) => ({
    name,
    kind: 'int' as const,
    value: UNCHANGED,
    kwOnly: true,
  })),
);

function checkPin(vm: Vm, o: Obj, id: number, role: number, name: string): number {
  const pin = gpioPin(vm, o);
  if ((pin & 3) !== role || ((pin >> 3) & 1) !== id) raiseValueError(vm, `bad ${name} pin`);
  return pin;
}
function checkFirstBit(vm: Vm, firstbit: number): void {
  if (firstbit === LSB) raiseMsg(vm, TYPES.NotImplementedError, 'LSB');
}

function initBlock(vm: Vm, block: SpiBlock, nArgs: number, nKw: number, args: Addr): void {
  const values = readArgs(vm, SPI_INIT_ARGS, nArgs, nKw, args) as [number, number, number, number, number];
  const [baudrate, polarity, phase, bits, firstbit] = values;
  if (baudrate !== UNCHANGED) block.setBaudrate(baudrate);
  if (polarity !== UNCHANGED) block.polarity = polarity & 0xff;
  if (phase !== UNCHANGED) block.phase = phase & 0xff;
  if (bits !== UNCHANGED) block.bits = wordBits(bits);
  if (firstbit !== UNCHANGED) checkFirstBit(vm, firstbit);
  block.formatChanged();
}
/** The block's words have 4 to 16 bits; its field is four bits wide. */
function wordBits(bits: number): number {
  return ((bits - 1) & 15) + 1;
}

export const spiType: TypeDef = defineType({
  name: 'SPI',
  makeNew(vm, _type, nArgs, nKw, args) {
    const values = readArgs(vm, SPI_ARGS, nArgs, nKw, args) as [
      number,
      number,
      number,
      number,
      number,
      number,
      Obj,
      Obj,
      Obj,
    ];
    const [id, baudrate, polarity, phase, bits, firstbit, sck, mosi, miso] = values;
    const block = machineOf(vm).spi[id];
    if (block === undefined) return raiseValueError(vm, `SPI(${id}) doesn't exist`);
    if (sck !== NONE) block.sck = checkPin(vm, sck, id, 2, 'SCK');
    if (mosi !== NONE) block.mosi = checkPin(vm, mosi, id, 3, 'MOSI');
    if (miso === NONE) block.miso = null;
    else if (miso !== NULL && !(isSmallInt(miso) && smallIntValue(miso) === -1))
      block.miso = checkPin(vm, miso, id, 0, 'MISO');
    if (nArgs > 1 || nKw > 0 || block.baudrate === 0) {
      checkFirstBit(vm, firstbit);
      block.polarity = polarity & 0xff;
      block.phase = phase & 0xff;
      block.bits = wordBits(bits);
      block.setBaudrate(baudrate);
      block.takePins();
      block.formatChanged();
    }
    return spiObjects.get(vm, id);
  },
  print(vm, out, o) {
    const b = blockOf(vm, o);
    out.write(
      `SPI(${b.id}, baudrate=${b.baudrate}, polarity=${b.polarity}, phase=${b.phase}, bits=${b.bits}, ` +
        `sck=${b.sck}, mosi=${b.mosi}, miso=${b.miso ?? 'None'})`,
    );
  },
  locals: () => METHODS,
});

/** The blocks as objects. */
export const spiObjects = new RomObjects('_spi', 2, () => spiType);

// ---- bit-banging

const SOFT_ARGS = argTable([
  { name: 'baudrate', kind: 'int', value: 500_000 },
  { name: 'polarity', kind: 'int', value: 0, kwOnly: true },
  { name: 'phase', kind: 'int', value: 0, kwOnly: true },
  { name: 'bits', kind: 'int', value: 8, kwOnly: true },
  { name: 'firstbit', kind: 'int', value: MSB, kwOnly: true },
  { name: 'sck', kind: 'obj', value: NULL, kwOnly: true },
  { name: 'mosi', kind: 'obj', value: NULL, kwOnly: true },
  { name: 'miso', kind: 'obj', value: NULL, kwOnly: true },
]);
const SOFT_INIT_ARGS = argTable([
  { name: 'baudrate', kind: 'int', value: UNCHANGED },
  { name: 'polarity', kind: 'int', value: UNCHANGED },
  { name: 'phase', kind: 'int', value: UNCHANGED },
  { name: 'firstbit', kind: 'int', value: UNCHANGED, kwOnly: true },
  { name: 'sck', kind: 'obj', value: NULL, kwOnly: true },
  { name: 'mosi', kind: 'obj', value: NULL, kwOnly: true },
  { name: 'miso', kind: 'obj', value: NULL, kwOnly: true },
]);

/** Microseconds of half a bit, rounded so that the clock is not too fast. */
function delayHalf(baudrate: number): number {
  const baud = baudrate >>> 0;
  return baud === 0 ? 0xffffffff : Math.ceil(500_000 / baud);
}
function baudrateOf(delay: number): number {
  return Math.floor(500_000 / delay);
}

interface SoftSettings {
  readonly delay: number;
  readonly polarity: number;
  readonly phase: number;
  readonly firstbit: number;
  readonly sck: number;
  readonly mosi: number;
  readonly miso: number;
}
function settingsOf(vm: Vm, o: Obj): SoftSettings {
  const w = o >> 2;
  return {
    delay: (vm.i32[w + 1] as number) >>> 0,
    polarity: vm.u8[o + 8] as number,
    phase: vm.u8[o + 9] as number,
    firstbit: vm.u8[o + 10] as number,
    sck: vm.i32[w + 3] as number,
    mosi: vm.i32[w + 4] as number,
    miso: vm.i32[w + 5] as number,
  };
}
function makeInput(gpio: Gpio, pin: number): void {
  gpio.outputEnables &= ~(1 << pin);
  gpio.setOpenDrain(pin, false);
  gpio.setFunction(pin, FUNC_SIO);
}
function makeOutput(gpio: Gpio, pin: number): void {
  gpio.outputEnables |= 1 << pin;
  gpio.setOpenDrain(pin, false);
  gpio.setFunction(pin, FUNC_SIO);
}
function setLevel(gpio: Gpio, pin: number, level: number): void {
  gpio.outputs = level === 0 ? gpio.outputs & ~(1 << pin) : gpio.outputs | (1 << pin);
}
/** Takes the pins. */
function startSoft(vm: Vm, o: Obj): void {
  const { gpio } = machineOf(vm);
  const { polarity, sck, mosi, miso } = settingsOf(vm, o);
  setLevel(gpio, sck, polarity);
  makeOutput(gpio, sck);
  makeOutput(gpio, mosi);
  makeInput(gpio, miso);
}

function initSoft(vm: Vm, o: Obj, nArgs: number, nKw: number, args: Addr): void {
  const values = readArgs(vm, SOFT_INIT_ARGS, nArgs, nKw, args) as [number, number, number, number, Obj, Obj, Obj];
  const [baudrate, polarity, phase, firstbit, ...pins] = values;
  if (baudrate !== UNCHANGED) vm.i32[(o >> 2) + 1] = delayHalf(baudrate);
  if (polarity !== UNCHANGED) vm.u8[o + 8] = polarity;
  if (phase !== UNCHANGED) vm.u8[o + 9] = phase;
  if (firstbit !== UNCHANGED) vm.u8[o + 10] = firstbit;
  for (const [i, pin] of pins.entries()) if (pin !== NULL) vm.i32[(o >> 2) + 3 + i] = gpioPin(vm, pin as Obj);
  startSoft(vm, o);
}

function reversed(byte: number): number {
  let out = 0;
  for (let i = 0; i < 8; i++) out |= ((byte >> i) & 1) << (7 - i);
  return out;
}

function softTransfer(vm: Vm, o: Obj, len: number, from: Addr, to: Addr): void {
  const { delay, polarity, phase, firstbit, sck, mosi, miso } = settingsOf(vm, o);
  const machine = machineOf(vm);
  const order = firstbit === MSB ? (b: number) => b & 0xff : (b: number) => reversed(b & 0xff);
  exchange(machine, {
    name: 'SoftSPI',
    sck,
    mosi,
    miso,
    polarity,
    phase,
    bits: 8,
    wordNs: 8 * 2000 * delay,
    len,
    from,
    to,
    toWire: order,
    fromWire: order,
  });
  // the last bit stays on the wire
  if (len > 0) setLevel(machine.gpio, mosi, order(vm.u8[from + len - 1] as number) & 1);
}

export const softSpiType: TypeDef = defineType({
  name: 'SoftSPI',
  makeNew(vm, type, nArgs, nKw, args) {
    const values = readArgs(vm, SOFT_ARGS, nArgs, nKw, args) as [number, number, number, number, number, Obj, Obj, Obj];
    const [baudrate, polarity, phase, bits, firstbit, sck, mosi, miso] = values;
    const o = vm.allocObj(24, type);
    vm.i32[(o >> 2) + 1] = delayHalf(baudrate);
    vm.u8[o + 8] = polarity;
    vm.u8[o + 9] = phase;
    if (bits !== 8) raiseValueError(vm, 'bits must be 8');
    vm.u8[o + 10] = firstbit;
    if (sck === NULL || mosi === NULL || miso === NULL) raiseValueError(vm, 'must specify all of sck/mosi/miso');
    for (const [i, pin] of [sck, mosi, miso].entries()) vm.i32[(o >> 2) + 3 + i] = gpioPin(vm, pin);
    startSoft(vm, o);
    return o;
  },
  print(vm, out, o) {
    const s = settingsOf(vm, o);
    out.write(
      `SoftSPI(baudrate=${baudrateOf(s.delay)}, polarity=${s.polarity}, phase=${s.phase}, firstbit=${s.firstbit},` +
        ` sck=${s.sck}, mosi=${s.mosi}, miso=${s.miso})`,
    );
  },
  locals: () => METHODS,
});
