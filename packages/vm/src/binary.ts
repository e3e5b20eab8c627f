/**
 * Numbers in buffers: the typecodes of array, memoryview and struct, their sizes and alignment, and reading and writing items.
 * Counterpart: py/binary.c.
 *
 * Integers are cut to the item's size, never checked. A typecode is the character's code; bytearrays have one of their own, so
 * that they print differently from arrays of 'B'.
 */
import { offsetAt } from './obj/address.js';
import { getInt64, getIntTruncated, int64 } from './obj/number.js';
import { newFloat } from './obj/float.js';
import { newBigFromInt64, newInt, newIntFromUint32 } from './obj/int.js';
import { newStrFromBytes } from './obj/str-new.js';
import { raiseValueError } from './raise.js';
import { getFloat, getInt } from './runtime.js';
import { Ty } from './types.js';
import { type Addr, fitsSmallInt, newSmallInt, type Obj } from './words.js';
import type { Vm } from './vm.js';

/** Typecode of a bytearray's items. */
export const BYTEARRAY_TYPECODE = 1;

/** Characters of typecodes and byte orders. */
export const enum Code {
  Native = 0x40,
  Little = 0x3c,
  Big = 0x3e,
  Standard = 0x3d,
  b = 0x62,
  B = 0x42,
  h = 0x68,
  H = 0x48,
  i = 0x69,
  I = 0x49,
  l = 0x6c,
  L = 0x4c,
  q = 0x71,
  Q = 0x51,
  P = 0x50,
  O = 0x4f,
  S = 0x53,
  e = 0x65,
  f = 0x66,
  d = 0x64,
  s = 0x73,
  x = 0x78,
}

/** Size of an item of `code`; 0 when there is no such typecode. */
function sizeOf(code: number): number {
  switch (code) {
    case Code.b:
    case Code.B:
      return 1;
    case Code.h:
    case Code.H:
    case Code.e:
      return 2;
    case Code.i:
    case Code.I:
    case Code.l:
    case Code.L:
    case Code.P:
    case Code.O:
    case Code.S:
    case Code.f:
      return 4;
    case Code.q:
    case Code.Q:
    case Code.d:
      return 8;
    default:
      return 0;
  }
}

/** Bytes of an array's item; raises ValueError for an unknown typecode. */
export function itemSize(vm: Vm, code: number): number {
  const size = code === BYTEARRAY_TYPECODE ? 1 : sizeOf(code);
  if (size === 0) raiseValueError(vm, 'bad typecode');
  return size;
}

/** Bytes of a value in a struct with byte order `order`; raises ValueError for an unknown typecode. */
export function structSize(vm: Vm, order: number, code: number): number {
  if (order === Code.Native) return itemSize(vm, code);
  // the order '=' is accepted, but no typecode has a size in it
  return itemSize(vm, code === BYTEARRAY_TYPECODE || order === Code.Standard ? 0 : code);
}
/** What a value of `size` bytes is aligned to in a struct. */
export function structAlign(vm: Vm, order: number, size: number): number {
  if (order !== Code.Native) return 1;
  return size === 8 ? vm.profile.align64 : size;
}

/** Whether a typecode is signed, as upstream decides it. */
function isSigned(code: number): boolean {
  return code > 0x5a;
}

const bits = new DataView(new ArrayBuffer(8));

/** The value of a half-precision float. */
function decodeHalf(half: number): number {
  const m = half & 0x3ff;
  const e = (half >> 10) & 0x1f;
  const sign = (half & 0x8000) !== 0 ? -1 : 1;
  if (e === 0x1f) return m === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return e === 0 ? sign * m * 2 ** -24 : sign * (0x400 + m) * 2 ** (e - 25);
}

/** The bits of a half-precision float, rounded as upstream does it (not quite to the nearest, nor for all ranges). */
function encodeHalf(x: number): number {
  bits.setFloat32(0, x);
  const single = bits.getInt32(0);
  let m = (single >> 13) & 0x3ff;
  if ((single & 0x1000) !== 0) m++;
  let e = (single >> 23) & 0xff;
  if (e === 0xff) e = 0x1f;
  else if (e !== 0) {
    e -= 127 - 15;
    if (e < 0) {
      if (e >= -11) {
        m = (m | 0x400) >> -e;
        m = (m & 1) !== 0 ? (m >> 1) + 1 : m >> 1;
      } else m = 0;
      e = 0;
    } else if (e > 0x3f) {
      e = 0x1f;
      m = 0;
    }
  }
  return (((single >> 16) & 0x8000) | (e << 10) | m) & 0xffff;
}

/** An object word out of a buffer: whatever the program put there. */
function objectWord(vm: Vm, w: number): Obj {
  if ((w & 3) === 0 && (w < 16 || w >= vm.heapEnd)) raiseValueError(vm, 'bad object pointer');
  return w;
}

/** Item `index` of the items at `p`. */
export function getItem(vm: Vm, code: number, p: Addr, index: number): Obj {
  switch (code) {
    case BYTEARRAY_TYPECODE:
    case Code.B:
      return newSmallInt(vm.u8[p + index] as number);
    case Code.b:
      return newSmallInt(((vm.u8[p + index] as number) << 24) >> 24);
    case Code.h:
      return newSmallInt(((vm.u16[(p >> 1) + index] as number) << 16) >> 16);
    case Code.H:
      return newSmallInt(vm.u16[(p >> 1) + index] as number);
    case Code.i:
    case Code.l:
    case Code.P:
      return newInt(vm, vm.i32[(p >> 2) + index] as number);
    case Code.I:
    case Code.L:
      return newIntFromUint32(vm, vm.i32[(p >> 2) + index] as number);
    case Code.q:
    case Code.Q: {
      const at = (p >> 2) + 2 * index;
      return newBigFromInt64(vm, vm.i32[at + 1] as number, vm.i32[at] as number, code === Code.q);
    }
    case Code.f:
      return newFloat(vm, vm.f32[(p >> 2) + index] as number);
    case Code.d:
      return newFloat(vm, vm.f64[(p >> 3) + index] as number);
    case Code.O:
      return objectWord(vm, vm.i32[(p >> 2) + index] as number);
    default:
      return newSmallInt(0);
  }
}

/** Stores item `index` of the items at `p`; raises TypeError, OverflowError. */
export function setItem(vm: Vm, code: number, p: Addr, index: number, o: Obj): void {
  switch (code) {
    case Code.f:
      vm.f32[(p >> 2) + index] = getFloat(vm, o);
      return;
    case Code.d:
      vm.f64[(p >> 3) + index] = getFloat(vm, o);
      return;
    case Code.O:
      vm.i32[(p >> 2) + index] = o;
      return;
    default:
  }
  const v = (o & 1) !== 0 ? o >> 1 : wordOf(vm, o);
  switch (code) {
    case BYTEARRAY_TYPECODE:
    case Code.b:
    case Code.B:
      vm.u8[p + index] = v;
      return;
    case Code.h:
    case Code.H:
      vm.u16[(p >> 1) + index] = v;
      return;
    case Code.q:
    case Code.Q: {
      const at = (p >> 2) + 2 * index;
      vm.i32[at] = v;
      vm.i32[at + 1] = highOf(vm, o, v);
      return;
    }
    case Code.i:
    case Code.I:
    case Code.l:
    case Code.L:
    case Code.P:
      vm.i32[(p >> 2) + index] = v;
      return;
    default:
      // 'e' and 'S' are typecodes with a size, but arrays of them keep nothing, as upstream
      return;
  }
}
/** The low word of an int (of any other number: its value, which must fit). */
function wordOf(vm: Vm, o: Obj): number {
  return (o & 3) === 0 && vm.i32[o >> 2] === Ty.Int ? getIntTruncated(vm, o) : getInt(vm, o);
}
/** The high word of a 64-bit item whose low word is `low`. */
function highOf(vm: Vm, o: Obj, low: number): number {
  if ((o & 3) !== 0 || vm.i32[o >> 2] !== Ty.Int) return low >> 31;
  getInt64(vm, o);
  return int64.high;
}

/** Where the value that {@link getValue} or {@link setValue} handled ends. */
export const cursor = { at: 0 };

/** Where a value is that comes next at `at`: aligned to its size from `base` on in the native order. */
function place(vm: Vm, order: number, size: number, base: Addr, at: Addr): Addr {
  const mask = structAlign(vm, order, size) - 1;
  const p = base + ((at - base + mask) & ~mask);
  cursor.at = p + size;
  return p;
}
/** Byte `i` (from the least significant) of the value of `size` bytes at `p`. */
function byteAt(vm: Vm, p: Addr, size: number, big: boolean, i: number): number {
  return vm.u8[big ? p + size - 1 - i : p + i] as number;
}
function wordAt(vm: Vm, p: Addr, size: number, big: boolean, from: number): number {
  return (
    byteAt(vm, p, size, big, from) |
    (byteAt(vm, p, size, big, from + 1) << 8) |
    (byteAt(vm, p, size, big, from + 2) << 16) |
    (byteAt(vm, p, size, big, from + 3) << 24)
  );
}

/** Reads the value of `code` at `at` of a struct that begins at `base`; `cursor` is then behind it. */
export function getValue(vm: Vm, order: number, code: number, base: Addr, at: Addr): Obj {
  const size = structSize(vm, order, code);
  const p = place(vm, order, size, base, at);
  const big = order === Code.Big;
  if (size === 8) {
    const low = wordAt(vm, p, 8, big, 0);
    const high = wordAt(vm, p, 8, big, 4);
    if (code === Code.d) {
      bits.setInt32(0, high);
      bits.setInt32(4, low);
      return newFloat(vm, bits.getFloat64(0));
    }
    if (high === (isSigned(code) ? low >> 31 : 0) && low >= (isSigned(code) ? -0x40000000 : 0) && low <= 0x3fffffff) {
      return newSmallInt(low);
    }
    return newBigFromInt64(vm, high, low, isSigned(code));
  }
  if (size === 4) {
    const w = wordAt(vm, p, 4, big, 0);
    if (code === Code.O) {
      vm.tainted = true;
      return objectWord(vm, w);
    }
    if (code === Code.S) return textAt(vm, w);
    if (code === Code.f) {
      bits.setInt32(0, w);
      return newFloat(vm, bits.getFloat32(0));
    }
    const v = isSigned(code) ? w : w >>> 0;
    return fitsSmallInt(v) ? newSmallInt(v) : newInt(vm, v);
  }
  let v = byteAt(vm, p, size, big, 0);
  if (size === 2) v |= byteAt(vm, p, size, big, 1) << 8;
  if (code === Code.e) return newFloat(vm, decodeHalf(v));
  if (isSigned(code)) v = (v << (32 - 8 * size)) >> (32 - 8 * size);
  return newSmallInt(v);
}
/** The zero-terminated text at a bus address. */
function textAt(vm: Vm, w: number): Obj {
  vm.tainted = true;
  const at = offsetAt(vm, w >>> 0);
  const end = at <= 0 ? -1 : vm.u8.indexOf(0, at);
  if (end < 0) raiseValueError(vm, 'bad string pointer');
  return newStrFromBytes(vm, vm.u8, at, end);
}

/** Writes a value of `code` at `at` of a struct that begins at `base`; `cursor` is then behind it. */
export function setValue(vm: Vm, order: number, code: number, o: Obj, base: Addr, at: Addr): void {
  const size = structSize(vm, order, code);
  let low: number;
  let high = 0;
  if (code === Code.O) low = o;
  else if (code === Code.e) low = encodeHalf(getFloat(vm, o));
  else if (code === Code.f) {
    bits.setFloat32(0, getFloat(vm, o));
    low = bits.getInt32(0);
  } else if (code === Code.d) {
    bits.setFloat64(0, getFloat(vm, o));
    high = bits.getInt32(0);
    low = bits.getInt32(4);
  } else {
    low = (o & 1) !== 0 ? o >> 1 : wordOf(vm, o);
    if (size === 8) high = highOf(vm, o, low);
  }
  const p = place(vm, order, size, base, at);
  const big = order === Code.Big;
  for (let i = 0; i < size; i++) {
    vm.u8[big ? p + size - 1 - i : p + i] = i < 4 ? low >> (8 * i) : high >> (8 * (i - 4));
  }
}
