/**
 * array.array and bytearray; memoryview shares what works alike. Counterpart: py/objarray.c.
 *
 *     +0 type   +4 typecode (u8), free items (u24)   +8 len (items)   +12 address of the items
 *
 * The block of items has room for `len + free`. A bytearray grows by eight items at a time and never shrinks.
 */
import { moveBytes } from '../move.js';
import { BinaryOp, UnaryOp } from '@tsmp-internal/bytecode';
import { BYTEARRAY_TYPECODE, Code, getItem, itemSize, setItem } from '../binary.js';
import { ArrayOff, Root } from '../layout.js';
import { PrintKind, type Printer } from '../print.js';
import { raiseMsg, raiseType, raiseTypeError, raiseValueError } from '../raise.js';
import { defineType, fun2, pyFun } from '../rom/define.js';
import {
  BUFFER_READ,
  BUFFER_WRITE,
  checkArgCount,
  getBuffer,
  getBufferMaybe,
  getIndex,
  getInt,
  getIter,
  isInt,
  isLeafIterable,
  iterate,
  lenMaybe,
  printObj,
} from '../runtime.js';
import { compareBytes, findBytes } from '../strops.js';
import { tailCall3 } from '../tail.js';
import { Ty, TypeFlag } from '../types.js';
import { type Addr, newBool, newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { isFloat } from './number.js';
import { fastSlice } from './seq.js';
import { bound } from './slice.js';
import { bytesMethods } from './str-methods.js';
import { getStr, isStr, strSpan } from './str-new.js';
import { printQuotedBytes } from './str-print.js';

/** Bit of a memoryview's typecode: the buffer may be written to. */
export const VIEW_WRITABLE = 0x80;
/** How many items an array grows by. */
const GROWTH = 8;
const MAX_FREE = 0xffffff;

/** Typecode without the memoryview's flag. */
function codeOf(vm: Vm, o: Obj): number {
  return (vm.i32[(o + ArrayOff.TypecodeFree) >> 2] as number) & 0x7f;
}
function lenOf(vm: Vm, o: Obj): number {
  return vm.i32[(o + ArrayOff.Len) >> 2] as number;
}
function itemsOf(vm: Vm, o: Obj): Addr {
  return vm.i32[(o + ArrayOff.Items) >> 2] as number;
}
/** Free items of an array; first item of a memoryview. */
function freeOf(vm: Vm, o: Obj): number {
  return (vm.i32[(o + ArrayOff.TypecodeFree) >> 2] as number) >>> 8;
}
function setFree(vm: Vm, o: Obj, free: number): void {
  const w = (o + ArrayOff.TypecodeFree) >> 2;
  vm.i32[w] = ((vm.i32[w] as number) & 0xff) | (free << 8);
}

/** An array (a bytearray when `code` is its typecode) of `n` zero items; raises ValueError for an unknown typecode. */
export function newArray(vm: Vm, code: number, n: number): Obj {
  const size = itemSize(vm, code);
  const o = vm.allocObj(ArrayOff.Size, code === BYTEARRAY_TYPECODE ? Ty.Bytearray : Ty.Array);
  const w = o >> 2;
  vm.i32[w + 1] = code;
  vm.i32[w + 2] = n;
  vm.i32[w + 3] = vm.alloc(n * size);
  return o;
}
/** A bytearray over memory that belongs to something else. */
export function newBytearrayByRef(vm: Vm, n: number, items: Addr): Obj {
  const o = vm.allocObj(ArrayOff.Size, Ty.Bytearray);
  const w = o >> 2;
  vm.i32[w + 1] = BYTEARRAY_TYPECODE;
  vm.i32[w + 2] = n;
  vm.i32[w + 3] = items;
  return o;
}

/** Resizes an array's block of items to `nBytes`; raises MemoryError, also when the items are no block of the heap. */
export function resizeItems(vm: Vm, o: Obj, nBytes: number): Addr {
  const old = itemsOf(vm, o);
  if (old !== 0 && (!vm.heap.isHeapPointer(old) || vm.heap.nbytes(old) === 0)) vm.raiseMemoryError(nBytes);
  const items = vm.realloc(old, nBytes);
  vm.i32[(o + ArrayOff.Items) >> 2] = items;
  // a memoryview still looks at the old block, which may become another object
  if (items !== old && vm.root(Root.HasViews) !== 0) vm.tainted = true;
  return items;
}

/** Appends everything in an iterable to an array, then answers `r`. */
const extendArray = pyFun('_array_extend');

/** Appends the items of an iterable and answers `result`, or Call when Python code has to run for it. */
function extendBy(vm: Vm, o: Obj, it: Obj, result: Obj): Obj {
  if (!isLeafIterable(vm, it)) return tailCall3(vm, vm.addrOf(extendArray), o, it, result);
  const iter = getIter(vm, it, 0);
  const mark = vm.heap.logTop;
  for (let x = iterate(vm, iter, mark); x !== Word.Null; x = iterate(vm, iter, mark)) append(vm, o, x);
  return result;
}

/** An array of `code` made from raw bytes or from an iterable; may answer Call. */
export function construct(vm: Vm, code: number, from: Obj): Obj {
  const type = vm.typeOf(from);
  if (
    (code === BYTEARRAY_TYPECODE || type === Ty.Bytes || type === Ty.Bytearray) &&
    getBufferMaybe(vm, from, BUFFER_READ)
  ) {
    const { addr, len } = vm.buf;
    const size = itemSize(vm, code);
    const n = Math.floor(len / size);
    const o = newArray(vm, code, n);
    moveBytes(vm.u8, itemsOf(vm, o), addr, addr + n * size);
    if (code === Code.O) vm.tainted = true;
    return o;
  }
  if (!isLeafIterable(vm, from)) {
    const o = newArray(vm, code, 0);
    return extendBy(vm, o, from, o);
  }
  const n = lenMaybe(vm, from);
  const o = newArray(vm, code, n < 0 ? 0 : n);
  if (n <= 0) return extendBy(vm, o, from, o);
  const iter = getIter(vm, from, 0);
  const mark = vm.heap.logTop;
  let i = 0;
  for (let x = iterate(vm, iter, mark); x !== Word.Null && i < n; x = iterate(vm, iter, mark)) {
    setItem(vm, code, itemsOf(vm, o), i++, x);
  }
  return o;
}

/** `append(item)`; answers None. */
function append(vm: Vm, self: Obj, item: Obj): Obj {
  const code = codeOf(vm, self);
  const len = lenOf(vm, self);
  if (freeOf(vm, self) === 0) {
    const size = itemSize(vm, code);
    const items = resizeItems(vm, self, size * (len + GROWTH));
    setFree(vm, self, GROWTH);
    vm.u8.fill(0, items + size * len, items + size * (len + GROWTH));
  }
  // storing raises for what is no number: the length must not have changed then
  setItem(vm, code, itemsOf(vm, self), len, item);
  vm.i32[(self + ArrayOff.Len) >> 2] = len + 1;
  setFree(vm, self, freeOf(vm, self) - 1);
  return Word.None;
}

/** Appends a buffer's items, or an iterable's; answers `result`, or Call. */
function extend(vm: Vm, self: Obj, from: Obj, result: Obj): Obj {
  if (!getBufferMaybe(vm, from, BUFFER_READ)) return extendBy(vm, self, from, result);
  const code = codeOf(vm, self);
  const size = itemSize(vm, code);
  const n = Math.floor(vm.buf.len / size);
  const len = lenOf(vm, self);
  let addr = vm.buf.addr;
  const free = freeOf(vm, self);
  if (free < n) {
    const items = resizeItems(vm, self, (len + n) * size);
    setFree(vm, self, 0);
    if (from === self) addr = items;
  } else setFree(vm, self, free - n);
  moveBytes(vm.u8, itemsOf(vm, self) + len * size, addr, addr + n * size);
  if (n * size > 2048) vm.charge((n * size) >> 6);
  vm.i32[(self + ArrayOff.Len) >> 2] = len + n;
  if (code === Code.O) vm.tainted = true;
  return result;
}

/** The buffer slot of all three types. */
export function arrayBuffer(vm: Vm, o: Obj, flags: number): boolean {
  const code = codeOf(vm, o);
  const size = itemSize(vm, code);
  let addr = itemsOf(vm, o);
  if (vm.i32[o >> 2] === Ty.Memoryview) {
    if (((vm.i32[(o + ArrayOff.TypecodeFree) >> 2] as number) & VIEW_WRITABLE) === 0 && (flags & BUFFER_WRITE) !== 0) {
      return false;
    }
    addr += freeOf(vm, o) * size;
  }
  vm.buf.addr = addr;
  vm.buf.len = lenOf(vm, o) * size;
  vm.buf.typecode = code;
  return true;
}

/** The unary_op slot of all three types. */
export function arrayUnary(vm: Vm, op: number, o: Obj): Obj {
  if (op === UnaryOp.Bool) return newBool(lenOf(vm, o) !== 0);
  if (op === UnaryOp.Len) return newSmallInt(lenOf(vm, o));
  return Word.Null;
}

function add(vm: Vm, a: Obj, b: Obj): Obj {
  const code = codeOf(vm, a);
  const size = itemSize(vm, code);
  const len = lenOf(vm, a);
  const from = itemsOf(vm, a);
  getBuffer(vm, b, BUFFER_READ);
  const addr = vm.buf.addr;
  const n = Math.floor(vm.buf.len / size);
  const o = newArray(vm, code, len + n);
  const to = itemsOf(vm, o);
  moveBytes(vm.u8, to, from, from + len * size);
  moveBytes(vm.u8, to + len * size, addr, addr + n * size);
  return o;
}

function contains(vm: Vm, a: Obj, b: Obj): Obj {
  if (getBufferMaybe(vm, b, BUFFER_READ)) {
    if (vm.typeOf(a) !== Ty.Bytearray) return Word.False;
    const len = lenOf(vm, a);
    if (len > 2048) vm.charge(len >> 3);
    return newBool(findBytes(vm, vm.u8, itemsOf(vm, a), len, vm.buf.addr, vm.buf.len, 1) > 0);
  }
  if (isInt(vm, b) || isFloat(vm, b)) raiseType(vm, Ty.NotImplementedError);
  return Word.False;
}

/** A typecode without its sign, as a small letter. */
function unsignedCode(code: number): number {
  const c = code === BYTEARRAY_TYPECODE ? Code.B : code;
  return c <= 0x5a ? c + 32 : c;
}
function isUnsigned(code: number): boolean {
  return code <= 0x5a;
}

/** Compares as bytes: equality of items of one size, order of unsigned ones. */
function compare(vm: Vm, op: number, a: Obj, b: Obj): Obj {
  arrayBuffer(vm, a, BUFFER_READ);
  const { addr, len, typecode } = vm.buf;
  if (!getBufferMaybe(vm, b, BUFFER_READ)) return Word.False;
  const code = unsignedCode(typecode);
  const same = code === unsignedCode(vm.buf.typecode) && code !== Code.f && code !== Code.d;
  if (!same || (op !== BinaryOp.Equal && !isUnsigned(typecode) && !isUnsigned(vm.buf.typecode))) {
    raiseType(vm, Ty.NotImplementedError);
  }
  if (len > 2048) vm.charge(len >> 6);
  return newBool(compareBytes(vm.u8, vm.i32, op, addr, len, vm.buf.addr, vm.buf.len));
}

/** The binary_op slot of all three types. */
export function arrayBinary(vm: Vm, op: number, a: Obj, b: Obj): Obj {
  switch (op) {
    case BinaryOp.Add:
      return vm.i32[a >> 2] === Ty.Memoryview ? Word.Null : add(vm, a, b);
    case BinaryOp.InplaceAdd:
      return vm.i32[a >> 2] === Ty.Memoryview ? Word.Null : extend(vm, a, b, a);
    case BinaryOp.Contains:
      return contains(vm, a, b);
    case BinaryOp.Equal:
    case BinaryOp.Less:
    case BinaryOp.LessEqual:
    case BinaryOp.More:
    case BinaryOp.MoreEqual:
      return compare(vm, op, a, b);
    default:
      return Word.Null;
  }
}

export function raiseIncompatible(vm: Vm): never {
  raiseValueError(vm, 'lhs and rhs should be compatible');
}

/** `o[start:stop] = value`, the bounds being in `bound`. */
function storeSlice(vm: Vm, o: Obj, value: Obj): Obj {
  const { start, stop } = bound;
  const size = itemSize(vm, codeOf(vm, o));
  const type = vm.typeOf(value);
  let n: number;
  let from: Addr;
  let offset = 0;
  if (type === Ty.Bytearray || type === Ty.Array || type === Ty.Memoryview) {
    if (itemSize(vm, codeOf(vm, value)) !== size) raiseIncompatible(vm);
    n = lenOf(vm, value);
    from = itemsOf(vm, value);
    if (type === Ty.Memoryview) offset = freeOf(vm, value) * size;
  } else if (type === Ty.Bytes) {
    if (size !== 1) raiseIncompatible(vm);
    getBuffer(vm, value, BUFFER_READ);
    n = vm.buf.len;
    from = vm.buf.addr;
  } else raiseMsg(vm, Ty.NotImplementedError, 'array/bytes required on right side');
  const len = lenOf(vm, o);
  const more = n - (stop - start);
  let items = itemsOf(vm, o);
  let free = freeOf(vm, o);
  if (vm.i32[o >> 2] === Ty.Memoryview) {
    if (((vm.i32[(o + ArrayOff.TypecodeFree) >> 2] as number) & VIEW_WRITABLE) === 0) return Word.Null;
    if (more !== 0) raiseIncompatible(vm);
    items += free * size;
  }
  const u8 = vm.u8;
  if (more > 0) {
    if (more > free) {
      const moved = resizeItems(vm, o, (len + more) * size);
      free = more;
      if (from === items) from = moved;
      items = moved;
    }
    moveBytes(u8, items + (start + n) * size, items + stop * size, items + len * size);
    moveBytes(u8, items + start * size, from + offset, from + offset + n * size);
  } else {
    moveBytes(u8, items + start * size, from + offset, from + offset + n * size);
    moveBytes(u8, items + (start + n) * size, items + stop * size, items + len * size);
    u8.fill(0, items + (len + more) * size, items + len * size);
  }
  if (len * size > 2048) vm.charge((len * size) >> 6);
  setFree(vm, o, free - more);
  vm.i32[(o + ArrayOff.Len) >> 2] = len + more;
  return Word.None;
}

function loadSlice(vm: Vm, o: Obj): Obj {
  const { start, stop } = bound;
  const w = o >> 2;
  if (vm.i32[w] === Ty.Memoryview) {
    if (start > MAX_FREE) raiseMsg(vm, Ty.OverflowError, 'memoryview offset too large');
    const view = vm.allocObj(ArrayOff.Size, Ty.Memoryview);
    vm.i32[(view >> 2) + 1] = (vm.i32[w + 1] as number) + (start << 8);
    vm.i32[(view >> 2) + 2] = stop - start;
    vm.i32[(view >> 2) + 3] = vm.i32[w + 3] as number;
    return view;
  }
  const code = codeOf(vm, o);
  const size = itemSize(vm, code);
  const out = newArray(vm, code, stop - start);
  const items = itemsOf(vm, o);
  moveBytes(vm.u8, itemsOf(vm, out), items + start * size, items + stop * size);
  return out;
}

/** The subscr slot of all three types. */
export function arraySubscr(vm: Vm, o: Obj, index: Obj, value: Obj): Obj {
  if (value === Word.Null) return Word.Null;
  const w = o >> 2;
  if (vm.typeOf(index) === Ty.Slice) {
    if (!fastSlice(vm, vm.i32[w + 2] as number, index)) {
      raiseMsg(vm, Ty.NotImplementedError, 'only slices with step=1 (aka None) are supported');
    }
    return value === Word.Sentinel ? loadSlice(vm, o) : storeSlice(vm, o, value);
  }
  const type = vm.i32[w] as number;
  let i = getIndex(vm, type, vm.i32[w + 2] as number, index, false);
  const tag = vm.i32[w + 1] as number;
  if (type === Ty.Memoryview) {
    i += tag >>> 8;
    if (value !== Word.Sentinel && (tag & VIEW_WRITABLE) === 0) return Word.Null;
  }
  if (value === Word.Sentinel) return getItem(vm, tag & 0x7f, vm.i32[w + 3] as number, i);
  setItem(vm, tag & 0x7f, vm.i32[w + 3] as number, i, value);
  return Word.None;
}

/** The getiter slot of all three types: type, object, first item, next index. */
export function arrayGetiter(vm: Vm, o: Obj, iterBuf: Addr): Obj {
  const it = iterBuf === 0 ? vm.alloc(16) : iterBuf;
  const w = it >> 2;
  vm.i32[w] = Ty.ArrayIter;
  vm.i32[w + 1] = o;
  vm.i32[w + 2] = vm.i32[o >> 2] === Ty.Memoryview ? freeOf(vm, o) : 0;
  vm.i32[w + 3] = 0;
  return it;
}

export const arrayIterType = defineType({
  name: 'iterator',
  core: 'ArrayIter',
  flags: TypeFlag.LeafIter,
  iternext(vm, it) {
    const w = it >> 2;
    const o = vm.i32[w + 1] as number;
    const cur = vm.i32[w + 3] as number;
    if (cur >= lenOf(vm, o)) return Word.Null;
    vm.i32[w + 3] = cur + 1;
    return getItem(vm, codeOf(vm, o), itemsOf(vm, o), (vm.i32[w + 2] as number) + cur);
  },
});

function arrayPrint(vm: Vm, out: Printer, o: Obj): void {
  const code = codeOf(vm, o);
  if (code === BYTEARRAY_TYPECODE) {
    const items = itemsOf(vm, o);
    out.write('bytearray(b');
    printQuotedBytes(out, vm.u8, items, items + lenOf(vm, o));
    out.write(')');
    return;
  }
  out.write(`array('${String.fromCharCode(code)}'`);
  if (lenOf(vm, o) > 0) {
    out.write(', [');
    for (let i = 0; i < lenOf(vm, o); i++) {
      if (i > 0) out.write(', ');
      printObj(vm, out, getItem(vm, code, itemsOf(vm, o), i), PrintKind.Repr);
    }
    out.write(']');
  }
  out.write(')');
}

const METHODS = {
  append: fun2(append),
  extend: fun2((vm, self, from) => extend(vm, self, from, Word.None)),
};

export const arrayType = defineType({
  name: 'array',
  core: 'Array',
  flags: TypeFlag.LeafIter,
  makeNew(vm, _type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 1, 2, false);
    getStr(vm, vm.i32[args >> 2] as number);
    const code = strSpan.len === 0 ? 0 : (vm.u8[strSpan.addr] as number);
    return nArgs === 1 ? newArray(vm, code, 0) : construct(vm, code, vm.i32[(args >> 2) + 1] as number);
  },
  print: arrayPrint,
  unaryOp: arrayUnary,
  binaryOp: arrayBinary,
  subscr: arraySubscr,
  getiter: arrayGetiter,
  buffer: arrayBuffer,
  locals: METHODS,
});

export const bytearrayType = defineType({
  name: 'bytearray',
  core: 'Bytearray',
  flags: TypeFlag.EqChecksOtherType | TypeFlag.StackSlice | TypeFlag.LeafIter,
  makeNew(vm, _type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 0, 3, false);
    if (nArgs === 0) return newArray(vm, BYTEARRAY_TYPECODE, 0);
    const o = vm.i32[args >> 2] as number;
    if (isInt(vm, o)) {
      const n = getInt(vm, o);
      if (n < 0) vm.raiseMemoryError(n >>> 0);
      return newArray(vm, BYTEARRAY_TYPECODE, n);
    }
    if (nArgs === 1 && isStr(vm, o)) raiseTypeError(vm, 'string argument without an encoding');
    return construct(vm, BYTEARRAY_TYPECODE, o);
  },
  print: arrayPrint,
  unaryOp: arrayUnary,
  binaryOp: arrayBinary,
  subscr: arraySubscr,
  getiter: arrayGetiter,
  buffer: arrayBuffer,
  locals: () => ({ ...METHODS, ...bytesMethods() }),
});
