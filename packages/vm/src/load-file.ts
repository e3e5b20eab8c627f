/**
 * Putting the code of a `.mpy` file into the board's RAM, straight from the file's bytes: what is read, allocated and freed is what
 * upstream does, in its order. Nothing is checked here: the file is known to be sound, see sound-files.ts.
 * Counterpart: the loading half of py/persistentcode.c.
 */
import { parseComplexText, parseFloatText } from '@tsmp/mpy-format';
import { HeaderFlag, ObjType, ScopeFlag } from '@tsmp-internal/bytecode';
import { decodeSignature, decodeUint, sig, uintEnd } from './call.js';
import { ContextOff, RawCodeOff } from './layout.js';
import { dictStore } from './map.js';
import { newComplex } from './obj/complex.js';
import { newFloat } from './obj/float.js';
import { functionFromRaw } from './obj/function.js';
import { newIntFromBigint } from './obj/int.js';
import { copyInto, newStrInPlace, newStrSharing } from './obj/str-new.js';
import { newTupleFrom } from './obj/tuple.js';
import { Q } from './q.js';
import { hashBytes } from './qstr.js';
import { raiseValueError } from './raise.js';
import { Ty } from './types.js';
import { type Addr, newQstrObj, newSmallInt, type Obj, type Qstr, Word } from './words.js';
import type { Vm } from './vm.js';

/** Ints with so many characters are small. */
const SMALL_DIGITS = 9;

/** The next byte of the file. */
let pos = 0;

/**
 * The function of the body of the file that starts at `u8[at]`, in the module object `into`, 0: a new one. The file is read through a file object
 * and a reader of so many bytes; its name is put into `globals`, unless that is Null. `inPlace`: `u8` is the board's memory and the file
 * stays where it is, so its strings do. `full`: raw code has the fields that code objects need.
 */
export function loadBody(
  vm: Vm,
  u8: Uint8Array,
  at: number,
  into: Obj,
  globals: Obj,
  inPlace: boolean,
  full: boolean,
  fileBytes: number,
  readerBytes: number,
  name: Obj,
): Obj {
  const context = into === 0 ? vm.alloc(ContextOff.Size) : into;
  // the collector frees the file object, not the reader
  if (fileBytes !== 0) vm.alloc(fileBytes);
  const reader = readerBytes === 0 ? 0 : vm.alloc(readerBytes);
  vm.i32[context >> 2] = Ty.Module;
  vm.i32[(context + ContextOff.Globals) >> 2] = globals;
  const raw = loadFile(vm, u8, at, context, inPlace, full);
  if (reader !== 0) vm.heap.free(reader);
  if (name !== Word.Null) dictStore(vm, globals, newQstrObj(Q.__file__), name);
  return functionFromRaw(vm, raw, context, Word.Null, Word.Null);
}

/**
 * Fills the tables of `context`, a module object, from the file that starts at `u8[at]`, and answers the raw code of its body. The handle
 * log keeps everything alive until the native that called returns.
 */
function loadFile(vm: Vm, u8: Uint8Array, at: number, context: Obj, inPlace: boolean, full: boolean): Addr {
  const { i32 } = vm;
  pos = at + 4;
  if (((u8[at + 2] as number) & HeaderFlag.ArchFlags) !== 0) readUint(u8);
  const nQstrs = readUint(u8);
  const nConstants = readUint(u8);
  const qstrWords = (nQstrs * 2 + 3) >> 2;
  const tables = vm.alloc(4 * (qstrWords + nConstants));
  i32[(context + ContextOff.Qstrs) >> 2] = tables;
  i32[(context + ContextOff.Objs) >> 2] = tables + 4 * qstrWords;
  for (let i = 0; i < nQstrs; i++) {
    const q = readQstr(vm, u8);
    vm.u16[(tables >> 1) + i] = q;
  }
  for (let i = 0; i < nConstants; i++) {
    const o = readConstant(vm, u8, inPlace);
    i32[(tables >> 2) + qstrWords + i] = o;
  }
  return readCode(vm, u8, full);
}

function readUint(u8: Uint8Array): number {
  const n = decodeUint(u8, pos);
  pos = uintEnd;
  return n;
}

/** A name of the table: by its number, or read into a buffer first. */
function readQstr(vm: Vm, u8: Uint8Array): Qstr {
  const field = readUint(u8);
  // numbers of static qstrs are the board's
  if ((field & 1) !== 0) return field >>> 1;
  const { heap } = vm;
  const from = pos;
  const to = from + (field >>> 1);
  pos = to + 1;
  const mark = heap.logTop;
  const buffer = vm.alloc(to - from);
  let q = vm.qstrs.find(u8, from, to);
  if (q === 0) {
    copyInto(vm, buffer, u8, from, to);
    q = vm.qstrs.internBytes(vm.u8, buffer, buffer + to - from);
  }
  heap.free(buffer);
  heap.logTop = mark;
  return q;
}

function readConstant(vm: Vm, u8: Uint8Array, inPlace: boolean): Obj {
  const kind = u8[pos++] as number;
  switch (kind) {
    case ObjType.None:
      return Word.None;
    case ObjType.False:
      return Word.False;
    case ObjType.True:
      return Word.True;
    case ObjType.Ellipsis:
      return vm.image.ellipsis;
    case ObjType.Str:
    case ObjType.Bytes: {
      const len = readUint(u8);
      const from = pos;
      pos = from + len + 1;
      if (inPlace) return newStrInPlace(vm, kind === ObjType.Str ? Ty.Str : Ty.Bytes, from, len);
      return kind === ObjType.Str ? strOf(vm, u8, from, len) : bytesOf(vm, u8, from, len);
    }
    case ObjType.Int:
    case ObjType.Float:
    case ObjType.Complex: {
      const len = readUint(u8);
      const from = pos;
      pos = from + len;
      const text = readText(vm, u8, from, len);
      return kind === ObjType.Int && len <= SMALL_DIGITS ? smallIntOf(u8, from, pos) : numberOf(vm, kind, text, len);
    }
    case ObjType.Tuple: {
      const n = readUint(u8);
      const tuple = newTupleFrom(vm, n, 0);
      for (let i = 0; i < n; i++) {
        const o = readConstant(vm, u8, inPlace);
        vm.i32[(tuple >> 2) + 2 + i] = o;
      }
      return tuple;
    }
    default:
      return raiseValueError(vm, 'incompatible .mpy file');
  }
}

/** A str is read before it is known whether there is such a qstr. */
function strOf(vm: Vm, u8: Uint8Array, from: number, len: number): Obj {
  const { heap } = vm;
  const q = vm.qstrs.find(u8, from, from + len);
  if (q === 0) return objectOf(vm, Ty.Str, u8, from, len);
  const mark = heap.logTop;
  heap.free(vm.alloc(len + 1));
  heap.logTop = mark;
  return newQstrObj(q);
}

function bytesOf(vm: Vm, u8: Uint8Array, from: number, len: number): Obj {
  return len === 0 ? vm.image.emptyBytes : objectOf(vm, Ty.Bytes, u8, from, len);
}

/** A str or bytes object, whose data were read first. */
function objectOf(vm: Vm, type: Addr, u8: Uint8Array, from: number, len: number): Obj {
  const data = vm.alloc(len + 1);
  copyInto(vm, data, u8, from, from + len);
  vm.u8[data + len] = 0;
  return newStrSharing(vm, type, data, len, hashBytes(u8, from, from + len));
}

/** A number is read as text, which nobody frees, nor keeps. */
function readText(vm: Vm, u8: Uint8Array, from: number, len: number): Addr {
  const { heap } = vm;
  const mark = heap.logTop;
  const text = vm.alloc(len + 1);
  heap.logTop = mark;
  copyInto(vm, text, u8, from, from + len);
  return text;
}

function smallIntOf(u8: Uint8Array, from: number, to: number): Obj {
  let n = 0;
  for (let i = from; i < to; i++) {
    const c = u8[i] as number;
    // but for a sign in front
    if (c >= 0x30) n = n * 10 + c - 0x30;
  }
  return newSmallInt(u8[from] === 0x2d ? -n : n);
}

/** The int, float or complex with the text at `addr`. */
export function numberOf(vm: Vm, kind: number, addr: Addr, len: number): Obj {
  const text = String.fromCharCode(...vm.u8.subarray(addr, addr + len));
  if (kind === ObjType.Float) return newFloat(vm, parseFloatText(text));
  if (kind === ObjType.Int) {
    const digits = BigInt(text.replace(/^[+-]/, ''));
    return newIntFromBigint(vm, text.startsWith('-') ? -digits : digits);
  }
  const { real, imag } = parseComplexText(text);
  return newComplex(vm, real, imag);
}

function readCode(vm: Vm, u8: Uint8Array, full: boolean): Addr {
  const { i32 } = vm;
  const field = readUint(u8);
  const length = field >>> 3;
  const bytes = vm.alloc(full ? ((length + 3) & ~3) + 4 : length);
  copyInto(vm, bytes, u8, pos, pos + length);
  pos += length;
  const n = (field & 4) === 0 ? 0 : readUint(u8);
  const children = n === 0 ? 0 : vm.alloc(4 * n);
  for (let i = 0; i < n; i++) {
    const child = readCode(vm, u8, full);
    i32[(children >> 2) + i] = child;
  }
  const raw = vm.alloc(full ? RawCodeOff.FullSize : RawCodeOff.Size);
  decodeSignature(vm.u8, bytes);
  i32[raw >> 2] = 2 | ((sig.flags & ScopeFlag.Generator) !== 0 ? 0x100 : 0) | (n << 16);
  i32[(raw + RawCodeOff.Code) >> 2] = bytes;
  i32[(raw + RawCodeOff.Children) >> 2] = children;
  i32[(raw + RawCodeOff.CodeLen) >> 2] = length;
  if (full) {
    i32[(raw + RawCodeOff.Line) >> 2] = 0;
    i32[(bytes + vm.heap.nbytes(bytes) - 4) >> 2] = raw;
  }
  return raw;
}
