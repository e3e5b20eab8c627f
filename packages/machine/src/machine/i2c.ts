/**
 * `machine.I2C` and `machine.SoftI2C`. Counterpart: extmod/machine_i2c.c, ports/rp2/machine_i2c.c.
 *
 *     I2C      +0 type  +4 number            (a constant in ROM; the settings are the machine's)
 *     SoftI2C  +0 type  +4 µs of half a bit  +8 µs of timeout  +12 scl  +16 sda
 */
import {
  type Addr,
  argTable,
  arrayItems,
  BUFFER_READ,
  BUFFER_WRITE,
  defineType,
  fun1,
  fun2,
  type FunVar,
  funKw,
  funVar,
  getBuffer,
  getInt,
  isTrue,
  listAppend,
  NONE,
  newList,
  newSmallInt,
  type Obj,
  raiseMsg,
  raiseOSError,
  raiseTypeError,
  raiseValueError,
  readArgs,
  type RomValue,
  type TypeDef,
  TYPES,
  type Vm,
} from '@tsmp/vm';
import { machineOf } from '../machine.js';
import { type I2cBlock, type I2cPort, SoftI2c, type Span } from './i2c-ports.js';
import { gpioPin } from './pin.js';
import { RomObjects, romObjectIndex } from './rom-objects.js';

/** The controller behind an object; raises TypeError. */
function portOf(vm: Vm, o: Obj): I2cBlock | SoftI2c {
  if ((o & 3) === 0) {
    const type = vm.typeOf(o);
    if (type === vm.addrOf(i2cType)) return machineOf(vm).i2c[romObjectIndex(vm, o)] as I2cBlock;
    if (type === vm.addrOf(softI2cType)) {
      const [delay, timeout, scl, sda] = [1, 2, 3, 4].map((i) => (vm.i32[(o >> 2) + i] as number) >>> 0);
      return new SoftI2c(machineOf(vm), scl as number, sda as number, delay as number, timeout as number);
    }
  }
  return raiseTypeError(vm, 'expecting an I2C object');
}
/** As {@link portOf}, for what only bit-banging can do; raises OSError. */
function softOf(vm: Vm, o: Obj): SoftI2c {
  const port = portOf(vm, o);
  return port instanceof SoftI2c ? port : raiseMsg(vm, TYPES.OSError, 'I2C operation not supported');
}

/** Raises the OSError of a result below 0. */
function checked(vm: Vm, r: number): number {
  return r < 0 ? raiseOSError(vm, -r) : r;
}

function bufferOf(vm: Vm, o: Obj, flags: number): Span {
  getBuffer(vm, o, flags);
  return { addr: vm.buf.addr, len: vm.buf.len };
}
/** Room for `n` bytes, which become a bytes object. */
function readBytes(vm: Vm, n: number, fill: (span: Span) => number): Obj {
  if (n < 0) vm.raiseMemoryError((n + 1) >>> 0);
  const addr = vm.alloc(n + 1);
  checked(vm, fill({ addr, len: n }));
  const bytes = vm.newBytes(vm.u8.subarray(addr, addr + n));
  vm.heap.free(addr);
  return bytes;
}

const word = (vm: Vm, args: Addr, i: number): Obj => vm.i32[(args >> 2) + i] as number;
const intAt = (vm: Vm, args: Addr, i: number): number => getInt(vm, word(vm, args, i));

// ---- memory operations

const MEM_ARGS = argTable([
  { name: 'addr', kind: 'int' },
  { name: 'memaddr', kind: 'int' },
  { name: 'arg', kind: 'obj' },
  { name: 'addrsize', kind: 'int', value: 8, kwOnly: true },
]);

interface MemCall {
  readonly port: I2cPort;
  readonly address: number;
  readonly arg: Obj;
  /** The register's address, highest byte first. */
  readonly register: Span;
}

/** Arguments of the memory operations. The register's address is put on the heap for the call. */
function memCall(vm: Vm, nArgs: number, nKw: number, args: Addr): MemCall {
  const values = readArgs(vm, MEM_ARGS, nArgs - 1, nKw, args + 4);
  const [address, memaddr, arg, addrsize] = values as [number, number, Obj, number];
  if ((addrsize & 7) !== 0 || (addrsize & 0xff) > 32) raiseValueError(vm, 'invalid addrsize');
  const len = (addrsize & 0xff) >> 3;
  const addr = vm.alloc(4);
  for (let i = 0; i < len; i++) vm.u8[addr + i] = memaddr >> (8 * (len - 1 - i));
  return { port: portOf(vm, word(vm, args, 0)), address, arg, register: { addr, len } };
}
/** Writes the register's address, then reads without letting go of the bus. */
function readMem(call: MemCall, span: Span): number {
  const r = call.port.transfer(call.address, [call.register], { read: false, stop: false });
  if (r !== call.register.len) {
    call.port.transfer(call.address, [], { read: false, stop: true });
    return r;
  }
  return call.port.transfer(call.address, [span], { read: true, stop: true });
}

const transferOut: FunVar = (vm, nArgs, _nKw, args) => {
  const port = portOf(vm, word(vm, args, 0));
  const address = intAt(vm, args, 1);
  const span = bufferOf(vm, word(vm, args, 2), BUFFER_READ);
  const stop = nArgs === 3 || isTrue(vm, word(vm, args, 3));
  return newSmallInt(checked(vm, port.transfer(address, [span], { read: false, stop })));
};

const METHODS: Readonly<Record<string, RomValue>> = {
  init: funKw(1, (vm, nArgs, nKw, args) => {
    const self = word(vm, args, 0);
    softOf(vm, self);
    initSoft(vm, self, nArgs - 1, nKw, args + 4);
    return NONE;
  }),
  deinit: fun1((vm, self) => {
    portOf(vm, self);
    return NONE;
  }),
  scan: fun1((vm, self) => {
    const port = portOf(vm, self);
    const list = newList(vm, 0);
    // addresses outside are reserved
    for (let address = 0x08; address < 0x78; address++) {
      if (port.transfer(address, [], { read: false, stop: true }) === 0) listAppend(vm, list, newSmallInt(address));
    }
    return list;
  }),
  start: fun1((vm, self) => {
    checked(vm, softOf(vm, self).start());
    return NONE;
  }),
  stop: fun1((vm, self) => {
    checked(vm, softOf(vm, self).stop());
    return NONE;
  }),
  readinto: funVar(2, 3, (vm, _nArgs, _nKw, args) => {
    checked(vm, softOf(vm, word(vm, args, 0)).read(bufferOf(vm, word(vm, args, 1), BUFFER_WRITE)));
    return NONE;
  }),
  write: fun2((vm, self, data) => newSmallInt(checked(vm, softOf(vm, self).write(bufferOf(vm, data, BUFFER_READ))))),
  readfrom: funVar(3, 4, (vm, nArgs, _nKw, args) => {
    const port = portOf(vm, word(vm, args, 0));
    const address = intAt(vm, args, 1);
    const stop = nArgs === 3 || isTrue(vm, word(vm, args, 3));
    return readBytes(vm, intAt(vm, args, 2), (span) => port.transfer(address, [span], { read: true, stop }));
  }),
  readfrom_into: funVar(3, 4, (vm, nArgs, _nKw, args) => {
    const port = portOf(vm, word(vm, args, 0));
    const address = intAt(vm, args, 1);
    const span = bufferOf(vm, word(vm, args, 2), BUFFER_WRITE);
    const stop = nArgs === 3 || isTrue(vm, word(vm, args, 3));
    checked(vm, port.transfer(address, [span], { read: true, stop }));
    return NONE;
  }),
  writeto: funVar(3, 4, transferOut),
  writevto: funVar(3, 4, (vm, nArgs, _nKw, args) => {
    const port = portOf(vm, word(vm, args, 0));
    const address = intAt(vm, args, 1);
    const { len, items } = arrayItems(vm, word(vm, args, 2));
    const stop = nArgs === 3 || isTrue(vm, word(vm, args, 3));
    const parts = Array.from({ length: len }, (_, i) => bufferOf(vm, vm.i32[(items >> 2) + i] as number, BUFFER_READ));
    return newSmallInt(checked(vm, port.transfer(address, parts, { read: false, stop })));
  }),
  readfrom_mem: funKw(1, (vm, nArgs, nKw, args) => {
    const call = memCall(vm, nArgs, nKw, args);
    return readBytes(vm, getInt(vm, call.arg), (span) => readMem(call, span));
  }),
  readfrom_mem_into: funKw(1, (vm, nArgs, nKw, args) => {
    const call = memCall(vm, nArgs, nKw, args);
    checked(vm, readMem(call, bufferOf(vm, call.arg, BUFFER_WRITE)));
    return NONE;
  }),
  writeto_mem: funKw(1, (vm, nArgs, nKw, args) => {
    const call = memCall(vm, nArgs, nKw, args);
    const parts = [call.register, bufferOf(vm, call.arg, BUFFER_READ)];
    checked(vm, call.port.transfer(call.address, parts, { read: false, stop: true }));
    return NONE;
  }),
};

// ---- the hardware blocks

const I2C_ARGS = argTable([
  { name: 'id', kind: 'int', value: 0 },
  { name: 'freq', kind: 'int', value: 400_000 },
  { name: 'scl', kind: 'obj', value: NONE, kwOnly: true },
  { name: 'sda', kind: 'obj', value: NONE, kwOnly: true },
  { name: 'timeout', kind: 'int', value: 50_000, kwOnly: true },
]);

export const i2cType: TypeDef = defineType({
  name: 'I2C',
  makeNew(vm, _type, nArgs, nKw, args) {
    const [id, freq, scl, sda, timeout] = readArgs(vm, I2C_ARGS, nArgs, nKw, args) as [
      number,
      number,
      Obj,
      Obj,
      number,
    ];
    const block = machineOf(vm).i2c[id];
    if (block === undefined) return raiseValueError(vm, `I2C(${id}) doesn't exist`);
    // SDA on even, SCL on odd pins; pairs of pins belong to the blocks in turn
    if (scl !== NONE) {
      const pin = gpioPin(vm, scl);
      if ((pin & 1) !== 1 || ((pin >> 1) & 1) !== id) raiseValueError(vm, 'bad SCL pin');
      block.scl = pin;
    }
    if (sda !== NONE) {
      const pin = gpioPin(vm, sda);
      if ((pin & 1) !== 0 || ((pin >> 1) & 1) !== id) raiseValueError(vm, 'bad SDA pin');
      block.sda = pin;
    }
    if (nArgs > 1 || nKw > 0 || block.freq === 0) block.init(freq, timeout);
    return i2cObjects.get(vm, id);
  },
  print(vm, out, o) {
    const { id, freq, scl, sda, timeout } = machineOf(vm).i2c[romObjectIndex(vm, o)] as I2cBlock;
    out.write(`I2C(${id}, freq=${freq}, scl=${scl}, sda=${sda}, timeout=${timeout})`);
  },
  locals: () => METHODS,
});

/** The blocks as objects. */
export const i2cObjects = new RomObjects('_i2c', 2, () => i2cType);

// ---- bit-banging

const SOFT_ARGS = argTable([
  { name: 'scl', kind: 'obj' },
  { name: 'sda', kind: 'obj' },
  { name: 'freq', kind: 'int', value: 400_000, kwOnly: true },
  { name: 'timeout', kind: 'int', value: 50_000, kwOnly: true },
]);

function initSoft(vm: Vm, o: Obj, nArgs: number, nKw: number, args: Addr): void {
  const [scl, sda, freq, timeout] = readArgs(vm, SOFT_ARGS, nArgs, nKw, args) as [Obj, Obj, number, number];
  const w = o >> 2;
  vm.i32[w + 3] = gpioPin(vm, scl);
  vm.i32[w + 4] = gpioPin(vm, sda);
  vm.i32[w + 2] = timeout;
  const delay = freq === 0 ? 0xffffffff : Math.floor(500_000 / (freq >>> 0));
  vm.i32[w + 1] = delay === 0 ? 1 : delay;
  softOf(vm, o).init();
}

export const softI2cType: TypeDef = defineType({
  name: 'SoftI2C',
  makeNew(vm, type, nArgs, nKw, args) {
    const o = vm.allocObj(20, type);
    initSoft(vm, o, nArgs, nKw, args);
    return o;
  },
  print(vm, out, o) {
    const [delay, , scl, sda] = [1, 2, 3, 4].map((i) => (vm.i32[(o >> 2) + i] as number) >>> 0);
    out.write(`SoftI2C(scl=${scl}, sda=${sda}, freq=${Math.floor(500_000 / (delay as number))})`);
  },
  locals: () => METHODS,
});
