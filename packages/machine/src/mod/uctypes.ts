/**
 * `uctypes`: structures in memory, by address. Counterpart: extmod/moductypes.c.
 *
 *     struct  +0 type  +4 descriptor  +8 address  +12 layout
 *
 * Addresses are the bus's: memory, and the registers of peripherals. An address with nothing behind it raises OSError where a
 * board would fault.
 */
import {
  checkArgCount,
  defineModule,
  defineType,
  fun1,
  fun2,
  funVar,
  BUFFER_READ,
  getBuffer,
  getInt,
  getIntTruncated,
  getValue,
  isSmallInt,
  type ModuleDef,
  newBytearrayByRef,
  newInt,
  newIntFromUint32,
  NULL,
  type Obj,
  type Qstr,
  raiseMsg,
  raiseType,
  raiseTypeError,
  type RomValue,
  SENTINEL,
  setValue,
  smallIntValue,
  subscr,
  type TypeDef,
  TYPES,
  type Vm,
} from '@tsmp/vm';
import type { Width } from '../bus.js';
import { onBus } from '../machine/mem.js';
import { machineOf } from '../machine.js';
import {
  aggregateCode,
  aggregateField,
  aggregateItems,
  ARRAY,
  arrayField,
  BF_LEN,
  BF_POS,
  BIG_ENDIAN,
  codeOf,
  isBitField,
  isDict,
  isTuple,
  LITTLE_ENDIAN,
  NATIVE,
  PTR,
  raiseSyntax,
  scalarCode,
  scalarField,
  SCALARS,
  scalarSize,
  sizeOf,
  STRUCT,
} from './uctypes-layout.js';

const LITTLE = 0x3c;
const BIG = 0x3e;
/** Unary operation: an int, if the object is one in some way. */
const INT_MAYBE = 8;
/** Marks a bytearray's items. */
const BYTEARRAY_TYPECODE = 1;

interface Struct {
  readonly desc: Obj;
  readonly address: number;
  readonly layout: number;
}
function structOf(vm: Vm, o: Obj): Struct {
  const w = o >> 2;
  return {
    desc: vm.i32[w + 1] as number,
    address: (vm.i32[w + 2] as number) >>> 0,
    layout: vm.i32[w + 3] as number,
  };
}
function newStruct(vm: Vm, desc: Obj, address: number, layout: number): Obj {
  const o = vm.allocObj(16, vm.addrOf(structType));
  const w = o >> 2;
  vm.i32[w + 1] = desc;
  vm.i32[w + 2] = address | 0;
  vm.i32[w + 3] = layout;
  return o;
}

// ---- memory and registers

/** Offset in the board's memory of `size` bytes at a bus address; raises OSError where there is no memory, or none to write to. */
function memory(vm: Vm, address: number, size: number, write: boolean): number {
  return onBus(vm, () => machineOf(vm).bus.memoryAt(address >>> 0, size, write));
}
/** Whether a peripheral answers at an address, in a way that fits: whole aligned words, halves or bytes. */
function isRegister(vm: Vm, address: number, size: number): boolean {
  return size <= 4 && address % size === 0 && machineOf(vm).bus.isPeripheral(address >>> 0);
}
function load(vm: Vm, type: number, address: number, layout: number): Obj {
  const size = scalarSize(type);
  if (isRegister(vm, address, size) && type < 6) {
    const raw = readUnsigned(vm, address, size, layout);
    const bits = 8 * size;
    return (type & 1) !== 0 ? newInt(vm, (raw << (32 - bits)) >> (32 - bits)) : newIntFromUint32(vm, raw);
  }
  const at = memory(vm, address, size, false);
  return getValue(vm, layout === BIG_ENDIAN ? BIG : LITTLE, codeOf(type), at, at);
}
function store(vm: Vm, type: number, address: number, layout: number, value: Obj): void {
  const size = scalarSize(type);
  if (isRegister(vm, address, size) && type < 6) {
    writeUnsigned(vm, address, size, layout, getIntTruncated(vm, value) >>> 0);
    return;
  }
  const at = memory(vm, address, size, true);
  vm.tainted = true;
  setValue(vm, layout === BIG_ENDIAN ? BIG : LITTLE, codeOf(type), value, at, at);
}

function swapped(value: number, size: number): number {
  let out = 0;
  for (let i = 0; i < size; i++) out = (out << 8) | ((value >>> (8 * i)) & 0xff);
  return out >>> 0;
}
/** An unsigned number of 1, 2 or 4 bytes, byte by byte where its address is odd. */
function readUnsigned(vm: Vm, address: number, size: number, layout: number): number {
  const { bus } = machineOf(vm);
  const value = onBus(vm, () => {
    if (address % size === 0) return bus.read(address >>> 0, size as Width);
    let v = 0;
    for (let i = size - 1; i >= 0; i--) v = v * 256 + bus.read((address + i) >>> 0, 1);
    return v;
  });
  return layout === BIG_ENDIAN ? swapped(value, size) : value;
}
function writeUnsigned(vm: Vm, address: number, size: number, layout: number, given: number): void {
  const { bus } = machineOf(vm);
  const value = layout === BIG_ENDIAN ? swapped(given, size) : given;
  onBus(vm, () => {
    if (address % size === 0) bus.write(address >>> 0, size as Width, value);
    else for (let i = 0; i < size; i++) bus.write((address + i) >>> 0, 1, (value >>> (8 * i)) & 0xff);
  });
}
/** The pointer at an address. */
function pointerAt(vm: Vm, address: number): number {
  return readUnsigned(vm, address, 4, LITTLE_ENDIAN);
}

// ---- fields

/** A field's value, or (with `value`) its change. Answers Null when there is nothing to answer. */
function field(vm: Vm, self: Obj, attr: Qstr, value: Obj): Obj {
  const { desc, address, layout } = structOf(vm, self);
  if (!isDict(vm, desc)) raiseTypeError(vm, 'struct: no fields');
  const found = subscr(vm, desc, (attr << 3) | 2, SENTINEL);
  if (isSmallInt(found)) return scalar(vm, smallIntValue(found), address, layout, value);
  // aggregates are not assigned to
  if (!isTuple(vm, found) || value !== NULL) raiseSyntax(vm);
  const items = aggregateItems(vm, found);
  const { kind, offset } = aggregateField(vm, items);
  if (kind === STRUCT) return newStruct(vm, vm.i32[items.at + 1] as number, address + offset, layout);
  if (kind === ARRAY && items.len === 2 && arrayField(vm, items).type === 0)
    return bytearrayAt(vm, sizeOf(vm, found, layout), address + offset);
  if (kind !== ARRAY && kind !== PTR) raiseSyntax(vm);
  return newStruct(vm, found, address + offset, layout);
}

function scalar(vm: Vm, n: number, base: number, layout: number, value: Obj): Obj {
  const { type, offset, bitOffset, bitLength } = scalarField(n);
  const address = base + offset;
  if (!isBitField(type)) {
    if (value === NULL) return load(vm, type, address, layout);
    store(vm, type, address, layout, value);
    return value;
  }
  const size = scalarSize(type);
  const bits = readUnsigned(vm, address, size, layout);
  const mask = (1 << bitLength) - 1;
  if (value === NULL) return newInt(vm, (bits >>> bitOffset) & mask);
  const set = (getInt(vm, value) & mask) << bitOffset;
  writeUnsigned(vm, address, size, layout, ((bits & ~(mask << bitOffset)) | set) >>> 0);
  return value;
}

/** A bytearray whose items are memory at a bus address. */
function bytearrayAt(vm: Vm, size: number, address: number): Obj {
  const at = memory(vm, address, size, false);
  // what is written to it goes past the VM
  vm.tainted = true;
  return newBytearrayByRef(vm, size, at);
}

function index(vm: Vm, self: Obj, indexObj: Obj, value: Obj): Obj {
  if (value === NULL) return NULL;
  const { desc, address, layout } = structOf(vm, self);
  if (!isTuple(vm, desc)) raiseTypeError(vm, "struct: can't index");
  const items = aggregateItems(vm, desc);
  const { kind } = aggregateField(vm, items);
  const i = smallIntValue(indexObj);
  if (kind === ARRAY) {
    const { type, count } = arrayField(vm, items);
    if (i >= count) raiseMsg(vm, TYPES.IndexError, 'struct: index out of range');
    if (items.len === 2) {
      const at = address + scalarSize(type) * i;
      if (value === SENTINEL) return load(vm, type, at, layout);
      store(vm, type, at, layout, value);
      return value;
    }
    if (value !== SENTINEL) return NULL;
    const item = vm.i32[items.at + 2] as number;
    return newStruct(vm, item, address + sizeOf(vm, item, layout) * i, layout);
  }
  if (kind !== PTR) raiseSyntax(vm);
  const target = pointerAt(vm, address);
  const pointed = vm.i32[items.at + 1] as number;
  if (isSmallInt(pointed)) {
    const { type } = scalarField(smallIntValue(pointed));
    return load(vm, type, target + scalarSize(type) * i, NATIVE);
  }
  return newStruct(vm, pointed, target + sizeOf(vm, pointed, layout) * i, layout);
}

function kindName(vm: Vm, desc: Obj): string {
  if (isDict(vm, desc)) return 'STRUCT';
  if (!isTuple(vm, desc)) return 'ERROR';
  const { kind } = aggregateField(vm, aggregateItems(vm, desc));
  return kind === PTR ? 'PTR' : kind === ARRAY ? 'ARRAY' : 'unk';
}

const structType: TypeDef = defineType({
  name: 'struct',
  makeNew(vm, _type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 2, 3, false);
    const a = args >> 2;
    const address = getIntTruncated(vm, vm.i32[a] as number);
    const layout = nArgs === 3 ? getInt(vm, vm.i32[a + 2] as number) : NATIVE;
    return newStruct(vm, vm.i32[a + 1] as number, address, layout);
  },
  print(vm, out, o) {
    const { desc, address } = structOf(vm, o);
    out.write(`<struct ${kindName(vm, desc)} ${address.toString(16)}>`);
  },
  attr(vm, o, attr) {
    if (vm.dest0 === NULL) {
      vm.dest0 = field(vm, o, attr, NULL);
      vm.dest1 = NULL;
    } else {
      // deleting (dest1 is Null) reads the field and says nothing, as upstream does
      field(vm, o, attr, vm.dest1);
      vm.dest0 = NULL;
    }
    return 0;
  },
  subscr: index,
  unaryOp(vm, op, o) {
    const { desc, address } = structOf(vm, o);
    if (op !== INT_MAYBE || !isTuple(vm, desc)) return NULL;
    if (aggregateField(vm, aggregateItems(vm, desc)).kind !== PTR) return NULL;
    return newIntFromUint32(vm, pointerAt(vm, address));
  },
  buffer(vm, o) {
    const { desc, address, layout } = structOf(vm, o);
    const size = sizeOf(vm, desc, layout);
    const at = memory(vm, address, size, false);
    vm.tainted = true;
    vm.buf.addr = at;
    vm.buf.len = size;
    vm.buf.typecode = BYTEARRAY_TYPECODE;
    return true;
  },
});

const sizeof = funVar(1, 2, (vm, nArgs, _nKw, args) => {
  const o = vm.i32[args >> 2] as number;
  const type = (o & 3) === 0 ? vm.typeOf(o) : 0;
  if (type === TYPES.bytearray) {
    getBuffer(vm, o, BUFFER_READ);
    return newInt(vm, vm.buf.len);
  }
  if (type === vm.addrOf(structType)) {
    if (nArgs !== 1) raiseType(vm, TYPES.TypeError);
    const { desc, layout } = structOf(vm, o);
    return newInt(vm, sizeOf(vm, desc, layout));
  }
  return newInt(vm, sizeOf(vm, o, nArgs === 2 ? getInt(vm, vm.i32[(args >> 2) + 1] as number) : NATIVE));
});

const scalars = Object.fromEntries(SCALARS.map((name, type): [string, RomValue] => [name, scalarCode(type)]));
const [UINT16, INT16, UINT32, INT32, UINT64, INT64] = [2, 3, 4, 5, 6, 7].map(scalarCode) as [
  number,
  number,
  number,
  number,
  number,
  number,
];

export const uctypesModule: ModuleDef = defineModule({
  name: 'uctypes',
  globals: {
    struct: structType,
    sizeof,
    addressof: fun1((vm, o) => {
      getBuffer(vm, o, BUFFER_READ);
      return newIntFromUint32(vm, machineOf(vm).bus.addressOf(vm.buf.addr));
    }),
    bytes_at: fun2((vm, address, size) => {
      const n = getIntTruncated(vm, size);
      const at = memory(vm, getIntTruncated(vm, address) >>> 0, n >>> 0, false);
      return vm.newBytes(vm.u8.subarray(at, at + n));
    }),
    bytearray_at: fun2((vm, address, size) =>
      bytearrayAt(vm, getIntTruncated(vm, size) >>> 0, getIntTruncated(vm, address) >>> 0),
    ),
    NATIVE,
    LITTLE_ENDIAN,
    BIG_ENDIAN,
    VOID: scalarCode(0),
    ...scalars,
    BF_POS,
    BF_LEN,
    // what a 32-bit C compiler makes of these
    SHORT: INT16,
    USHORT: UINT16,
    INT: INT32,
    UINT: UINT32,
    LONG: INT32,
    ULONG: UINT32,
    LONGLONG: INT64,
    ULONGLONG: UINT64,
    PTR: aggregateCode(PTR),
    ARRAY: aggregateCode(ARRAY),
  },
});
