/**
 * `rp2.Flash`: the board's flash as a block device of a program. Counterpart: ports/rp2/rp2_flash.c.
 *
 *     +0 type   +4 start in the filesystem's part of the flash   +8 size   (small ints)
 *
 * The object for all of it is in ROM and has one word only, which is not read.
 */
import {
  argTable,
  BUFFER_READ,
  BUFFER_WRITE,
  defineModule,
  defineType,
  fun3,
  funVar,
  getBuffer,
  getInt,
  type ModuleDef,
  newSmallInt,
  NONE,
  type Obj,
  raiseOSError,
  raiseType,
  readArgs,
  smallIntValue,
  type TypeDef,
  TYPES,
  type Vm,
} from '@tsmp/vm';
import type { Flash } from '../flash.js';
import { machineOf } from '../machine.js';
import { RomObjects } from '../machine/rom-objects.js';

const SECTOR = 4096;
const OBJECT_BYTES = 12;
const EINVAL = 22;

const ARGS = argTable([
  { name: 'start', kind: 'int', value: -1, kwOnly: true },
  { name: 'len', kind: 'int', value: -1, kwOnly: true },
]);

const whole = new RomObjects('flash', 1, () => flashType);

/** A part of the flash, in bytes. */
interface Part {
  readonly start: number;
  readonly size: number;
}

/** The object for all of the flash. */
export function wholeFlash(vm: Vm): Obj {
  return whole.get(vm, 0);
}

function partOf(vm: Vm, o: Obj): Part {
  if (o < vm.ramStart) return { start: 0, size: machineOf(vm).flash.size };
  const w = o >> 2;
  return { start: smallIntValue(vm.i32[w + 1] as number), size: smallIntValue(vm.i32[w + 2] as number) };
}

/** The part of the flash that an object is the device of; undefined for other objects. */
export function flashPart(vm: Vm, o: Obj): Part | undefined {
  if ((vm.profile.storageSize ?? 0) === 0 || vm.typeOf(o) !== vm.addrOf(flashType)) return undefined;
  return partOf(vm, o);
}

/** The flash and an offset in it; raises OSError where a board would wrap around or fault. */
function place(vm: Vm, self: Obj, block: number, offset: number, length: number): { flash: Flash; at: number } {
  const { flash } = machineOf(vm);
  const { start, size } = partOf(vm, self);
  const at = block * SECTOR + offset;
  if (at < 0 || at + length > size) raiseOSError(vm, EINVAL);
  return { flash, at: start + at };
}

const readblocks = funVar(3, 4, (vm, nArgs, _nKw, args) => {
  const [self, block, buffer, offset] = [0, 1, 2, 3].map((i) => vm.i32[(args >> 2) + i]) as [Obj, Obj, Obj, Obj];
  const n = getInt(vm, block);
  const off = nArgs === 4 ? getInt(vm, offset) : 0;
  getBuffer(vm, buffer, BUFFER_WRITE);
  const { addr, len } = vm.buf;
  const { flash, at } = place(vm, self, n, off, len);
  const bytes = new Uint8Array(len);
  flash.read(at, bytes);
  vm.u8.set(bytes, addr);
  return NONE;
});

const writeblocks = funVar(3, 4, (vm, nArgs, _nKw, args) => {
  const [self, block, buffer, offset] = [0, 1, 2, 3].map((i) => vm.i32[(args >> 2) + i]) as [Obj, Obj, Obj, Obj];
  const n = getInt(vm, block);
  const off = nArgs === 4 ? getInt(vm, offset) : 0;
  getBuffer(vm, buffer, BUFFER_READ);
  const bytes = vm.u8.slice(vm.buf.addr, vm.buf.addr + vm.buf.len);
  const { flash, at } = place(vm, self, n, off, bytes.length);
  // without an offset whole blocks are written, so they are erased first
  if (nArgs === 3) {
    if (at % SECTOR !== 0 || bytes.length % SECTOR !== 0) raiseOSError(vm, EINVAL);
    flash.erase(at, bytes.length);
  }
  flash.program(at, bytes);
  return NONE;
});

const ioctl = fun3((vm, self, op, arg) => {
  switch (getInt(vm, op)) {
    case 1:
    case 2:
    case 3:
      return newSmallInt(0);
    case 4:
      return newSmallInt(partOf(vm, self).size / SECTOR);
    case 5:
      return newSmallInt(SECTOR);
    case 6: {
      const { flash, at } = place(vm, self, getInt(vm, arg), 0, SECTOR);
      flash.erase(at, SECTOR);
      return newSmallInt(0);
    }
    default:
      return NONE;
  }
});

export const flashType: TypeDef = defineType({
  name: 'Flash',
  makeNew(vm, _type, nArgs, nKw, args) {
    const [start, len] = readArgs(vm, ARGS, nArgs, nKw, args) as [number, number];
    if (start === -1 && len === -1) return wholeFlash(vm);
    const { size } = machineOf(vm).flash;
    const from = start === -1 ? 0 : start;
    if (from < 0 || from >= size || from % SECTOR !== 0) raiseType(vm, TYPES.ValueError);
    const n = len === -1 ? size - from : len;
    if (n <= 0 || from + n > size || n % SECTOR !== 0) raiseType(vm, TYPES.ValueError);
    const o = vm.allocObj(OBJECT_BYTES, vm.addrOf(flashType));
    vm.i32[(o >> 2) + 1] = newSmallInt(from);
    vm.i32[(o >> 2) + 2] = newSmallInt(n);
    return o;
  },
  buffer(vm, o, flags) {
    if (flags !== BUFFER_READ) return false;
    const { start, size } = partOf(vm, o);
    vm.buf.addr = machineOf(vm).flash.addressOf(start, size);
    vm.buf.len = size;
    vm.buf.typecode = 0x42;
    return true;
  },
  locals: { readblocks, writeblocks, ioctl },
});

/** Types that no module names. */
export const FLASH_TYPES: readonly TypeDef[] = [whole.holder];

/** The module `rp2`. */
export const rp2Module: ModuleDef = defineModule({ name: 'rp2', globals: { Flash: flashType } });
