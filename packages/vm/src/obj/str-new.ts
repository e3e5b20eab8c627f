/**
 * Strings as values: making str and bytes objects, their spans in memory, equality and hash. Counterpart: the object part of
 * py/objstr.c.
 *
 * A str is a qstr word or a heap object; a bytes object and a bytearray have length and data at the same offsets, so one span
 * serves all three.
 *
 *     +0 type   +4 hash (0: not yet computed)   +8 length in bytes   +12 address of the data, which ends with a zero byte
 */
import { ArrayOff, StrOff } from '../layout.js';
import { hashBytes, utf8 } from '../qstr.js';
import { raiseFormat, raiseType } from '../raise.js';
import { typeName } from '../runtime.js';
import { byteOrder, sameBytes } from '../strops.js';
import { Ty } from '../types.js';
import { decodeText, isValidText, putChar } from '../unicode.js';
import { type Addr, newQstrObj, type Obj, type Qstr, Word } from '../words.js';
import type { Vm } from '../vm.js';

/** Where {@link spanOf} and {@link getStr} put the bytes of a string. Read it before anything else is called. */
export const strSpan = { addr: 0, len: 0 };

/** Fills {@link strSpan} from an object known to be a str, bytes or bytearray. */
export function spanOf(vm: Vm, o: Obj): void {
  if ((o & 7) === 2) {
    strSpan.addr = vm.qstrs.addr(o >>> 3);
    strSpan.len = vm.qstrs.len(o >>> 3);
  } else {
    strSpan.addr = vm.i32[(o + StrOff.Data) >> 2];
    strSpan.len = vm.i32[(o + StrOff.Len) >> 2];
  }
}
/** Fills {@link strSpan} from a str or bytes object; raises TypeError for other types. */
export function getStr(vm: Vm, o: Obj): void {
  if (!isStrOrBytes(vm, o)) raiseBadConversion(vm, o);
  spanOf(vm, o);
}
/** Whether `o` is a str (a subclass's instance is none). */
export function isStr(vm: Vm, o: Obj): boolean {
  return (o & 7) === 2 || ((o & 3) === 0 && vm.i32[o >> 2] === Ty.Str);
}
export function isStrOrBytes(vm: Vm, o: Obj): boolean {
  if ((o & 3) !== 0) return (o & 7) === 2;
  const type = vm.i32[o >> 2];
  return type === Ty.Str || type === Ty.Bytes;
}
/** Raises the TypeError for a value of the wrong string type. */
export function raiseBadConversion(vm: Vm, o: Obj): never {
  const type = vm.typeOf(o);
  const other = type === Ty.Str ? 'bytes' : 'str';
  raiseFormat(vm, Ty.TypeError, "can't convert '%q' object to %q implicitly", typeName(vm, type), other);
}
/** Raises UnicodeError without arguments. */
export function raiseUnicodeError(vm: Vm): never {
  raiseType(vm, Ty.UnicodeError);
}

/** Text of a str (or UTF-8 in a bytes object) as a JavaScript string; raises TypeError for other types. */
export function strText(vm: Vm, o: Obj): string {
  if ((o & 7) === 2) return vm.qstrText(o >>> 3);
  getStr(vm, o);
  return decodeText(vm.u8, strSpan.addr, strSpan.addr + strSpan.len);
}
/** The qstr of a str, interned now if need be; raises TypeError for other types. */
export function strQstr(vm: Vm, o: Obj): Qstr {
  if ((o & 7) === 2) return o >>> 3;
  if (!isStr(vm, o)) raiseBadConversion(vm, o);
  spanOf(vm, o);
  return vm.qstrs.internBytes(vm.u8, strSpan.addr, strSpan.addr + strSpan.len);
}
/** The interned form of a str object. */
export function strIntern(vm: Vm, o: Obj): Obj {
  return (o & 7) === 2 ? o : newQstrObj(strQstr(vm, o));
}

/** Hash of a str or bytes object: 16 bits, never zero. */
export function strHash(vm: Vm, o: Obj): number {
  if ((o & 7) === 2) return vm.qstrs.hashes[o >>> 3];
  const h = vm.i32[(o + StrOff.Hash) >> 2];
  if (h !== 0) return h;
  spanOf(vm, o);
  return hashBytes(vm.u8, strSpan.addr, strSpan.addr + strSpan.len);
}
/** Whether two strs (or two bytes objects) hold the same. */
export function strEqual(vm: Vm, a: Obj, b: Obj): boolean {
  if (a === b) return true;
  if ((a & 7) === 2 && (b & 7) === 2) return false;
  const ha = (a & 7) === 2 ? vm.qstrs.hashes[a >>> 3] : vm.i32[(a + StrOff.Hash) >> 2];
  const hb = (b & 7) === 2 ? vm.qstrs.hashes[b >>> 3] : vm.i32[(b + StrOff.Hash) >> 2];
  if (ha !== hb && ha !== 0 && hb !== 0) return false;
  if (((a | b) & 2) === 0) {
    // both on the heap
    const len = vm.i32[(a + StrOff.Len) >> 2];
    if (len !== vm.i32[(b + StrOff.Len) >> 2]) return false;
    return sameBytes(vm.u8, vm.i32, vm.i32[(a + StrOff.Data) >> 2], vm.i32[(b + StrOff.Data) >> 2], len);
  }
  spanOf(vm, a);
  const at = strSpan.addr;
  const len = strSpan.len;
  spanOf(vm, b);
  return strSpan.len === len && sameBytes(vm.u8, vm.i32, at, strSpan.addr, len);
}
/** Less than, equal to or greater than 0, as the str `a` comes before, is the same as or comes after `b`. */
export function strOrder(vm: Vm, a: Obj, b: Obj): number {
  spanOf(vm, a);
  const at = strSpan.addr;
  const len = strSpan.len;
  if (len > 4096) vm.charge(len >> 6);
  spanOf(vm, b);
  return byteOrder(vm.u8, vm.i32, at, len, strSpan.addr, strSpan.len);
}
/** Whether a str equals an ASCII text; false for other types. */
export function strEqualsText(vm: Vm, o: Obj, text: string): boolean {
  if (!isStr(vm, o)) return false;
  spanOf(vm, o);
  if (strSpan.len !== text.length) return false;
  for (let i = 0; i < text.length; i++) if (vm.u8[strSpan.addr + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** A str or bytes object with a copy of `u8[from … to)`, no qstr looked for. A str's text must be valid. */
export function newStrCopy(vm: Vm, type: Addr, u8: Uint8Array, from: number, to: number): Obj {
  return newHashedCopy(vm, type, u8, from, to, hashBytes(u8, from, to));
}
function newHashedCopy(vm: Vm, type: Addr, u8: Uint8Array, from: number, to: number, hash: number): Obj {
  const len = to - from;
  const o = vm.allocObj(StrOff.Size, type);
  const w = o >> 2;
  vm.i32[w + (StrOff.Len >> 2)] = len;
  vm.i32[w + (StrOff.Hash >> 2)] = hash;
  const data = vm.alloc(len + 1);
  copyInto(vm, data, u8, from, to);
  vm.u8[data + len] = 0;
  vm.i32[w + (StrOff.Data >> 2)] = data;
  return o;
}
/** A str or bytes object that shares bytes which never change. */
export function newStrSharing(vm: Vm, type: Addr, addr: Addr, len: number, hash: number): Obj {
  const o = vm.allocObj(StrOff.Size, type);
  const w = o >> 2;
  vm.i32[w + (StrOff.Hash >> 2)] = hash;
  vm.i32[w + (StrOff.Len >> 2)] = len;
  vm.i32[w + (StrOff.Data >> 2)] = addr;
  return o;
}
/** Up to so many bytes a loop is quicker than copyWithin(). */
const SHORT_COPY = 32;

/** Copies a span to `at`, where nothing of it lies. */
export function copyInto(vm: Vm, at: Addr, u8: Uint8Array, from: number, to: number): void {
  const mem = vm.u8;
  if (u8 !== mem || to - from < SHORT_COPY) for (let i = from; i < to; i++) mem[at++] = u8[i];
  else u8.copyWithin(at, from, to);
}

/**
 * A str (the qstr if there is one) or bytes object of a block whose first `len` bytes of `len + 1` are the text. The block becomes the
 * object's, or is freed.
 */
export function newStrOfBlock(vm: Vm, type: Addr, data: Addr, len: number): Obj {
  const { u8 } = vm;
  const q = type === Ty.Str ? vm.qstrs.find(u8, data, data + len) : 0;
  if (q !== 0) {
    vm.heap.free(data);
    return newQstrObj(q);
  }
  u8[data + len] = 0;
  const hash = type === Ty.Str && len <= 255 ? vm.qstrs.lastHash : hashBytes(u8, data, data + len);
  return newStrSharing(vm, type, data, len, hash);
}

/** The str of UTF-8 bytes: the qstr when there is one, else a heap object. Raises UnicodeError when they are not UTF-8. */
export function newStrFromBytes(vm: Vm, u8: Uint8Array, from: number, to: number): Obj {
  const short = to - from <= 255;
  const q = vm.qstrs.find(u8, from, to);
  if (!(short && vm.qstrs.lastAscii) && !isValidText(u8, from, to, false)) raiseUnicodeError(vm);
  if (q !== 0) return newQstrObj(q);
  return newHashedCopy(vm, Ty.Str, u8, from, to, short ? vm.qstrs.lastHash : hashBytes(u8, from, to));
}
/** A str (qstr if known) or bytes object whose bytes stay where they are. */
export function newStrInPlace(vm: Vm, type: Addr, addr: Addr, len: number): Obj {
  const { u8 } = vm;
  if (type === Ty.Str) {
    if (!isValidText(u8, addr, addr + len, false)) raiseUnicodeError(vm);
    const q = vm.qstrs.find(u8, addr, addr + len);
    if (q !== 0) return newQstrObj(q);
  }
  return newStrSharing(vm, type, addr, len, hashBytes(u8, addr, addr + len));
}
/** The str of a JavaScript string: the qstr when there is one, else a heap object. */
export function newStr(vm: Vm, text: string): Obj {
  const b = utf8(text);
  return newStrFromBytes(vm, b, 0, b.length);
}
/** The str of bytes in the board's memory as a qstr, interned now if need be. */
export function newStrViaQstr(vm: Vm, addr: Addr, len: number): Obj {
  // @quick-begin
  const c = vm.u8[addr];
  if (len === 1 && c < 0x80) return characterOf(vm, c);
  const known = vm.qstrs.find(vm.u8, addr, addr + len);
  if (known !== 0) return newQstrObj(known);
  // @quick-end
  return newQstrObj(vm.qstrs.internBytes(vm.u8, addr, addr + len));
}
/** The str of one character, by its code point (below 0x110000). */
export function characterOf(vm: Vm, c: number): Obj {
  // @quick-begin
  const known = c < 0x80 ? vm.qstrs.characters[c] : 0;
  if (known !== 0) return newQstrObj(known);
  // @quick-end
  return newQstrObj(internCharacter(vm, c));
}
const CHARACTER = new Uint8Array(4);
export function internCharacter(vm: Vm, c: number): Qstr {
  const q = vm.qstrs.internBytes(CHARACTER, 0, putChar(CHARACTER, 0, c));
  // @quick-begin
  if (c < 0x80) vm.qstrs.characters[c] = q;
  // @quick-end
  return q;
}
export function newBytes(vm: Vm, u8: Uint8Array, from: number, to: number): Obj {
  return newStrCopy(vm, Ty.Bytes, u8, from, to);
}
/** A bytearray with a copy of a span of the board's memory. */
export function newBytearrayCopy(vm: Vm, addr: Addr, len: number): Obj {
  const o = vm.allocObj(ArrayOff.Size, Ty.Bytearray);
  const w = o >> 2;
  vm.i32[w + (ArrayOff.TypecodeFree >> 2)] = 1;
  vm.i32[w + (ArrayOff.Len >> 2)] = len;
  const items = vm.alloc(len);
  vm.i32[w + (ArrayOff.Items >> 2)] = items;
  vm.u8.copyWithin(items, addr, addr + len);
  return o;
}
/** A str (qstr if known), bytes or bytearray with a copy of a span. */
export function newStrOfType(vm: Vm, type: Addr, addr: Addr, len: number): Obj {
  if (type === Ty.Str) return newStrFromBytes(vm, vm.u8, addr, addr + len);
  if (type === Ty.Bytearray) return newBytearrayCopy(vm, addr, len);
  return newStrCopy(vm, Ty.Bytes, vm.u8, addr, addr + len);
}
/** `''` for str, `b''` for the others. */
export function emptyOfType(vm: Vm, type: Addr): Obj {
  return type === Ty.Str ? Word.EmptyStr : vm.image.emptyBytes;
}
