/**
 * Between str and bytes: both constructors, encode and decode, hex and fromhex. Counterpart: py/objstr.c.
 */
import { StrOff } from '../layout.js';
import { PrintKind } from '../print.js';
import { Q } from '../q.js';
import { hashBytes } from '../qstr.js';
import { raiseFormat, raiseMsg, raiseType, raiseTypeError, raiseValueError } from '../raise.js';
import { classMethod, fun1, fun2, funVar, pyFun, type RomValue } from '../rom/define.js';
import {
  BUFFER_READ,
  checkArgCount,
  getBuffer,
  getBufferMaybe,
  getInt,
  getIter,
  isLeafIterable,
  iterate,
  lenMaybe,
  printObj,
} from '../runtime.js';
import { moveBytes } from '../move.js';
import { hexBytes } from '../strops.js';
import { tailCall2 } from '../call.js';
import { Ty } from '../types.js';
import { hexValue, isSpace, isValidText, step, stepInvalid } from '../unicode.js';
import { type Addr, newQstrObj, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { Vstr, vstrGrowth } from '../vstr.js';
import {
  emptyOfType,
  getStr,
  isStr,
  newBytes,
  newStrCopy,
  newStrSharing,
  raiseUnicodeError,
  spanOf,
  strHash,
  strQstr,
  strSpan,
} from './str-new.js';

/** Whether an encoding argument is ASCII (else it is UTF-8); raises LookupError for other names. */
function isAsciiName(vm: Vm, encoding: Obj): boolean {
  const q = strQstr(vm, encoding);
  if (q === Q.utf_hyphen_8 || q === Q.utf8) return false;
  if (q === Q.ascii) return true;
  raiseFormat(vm, Ty.LookupError, 'unknown encoding: %q', vm.qstrText(q));
}

/** The str of bytes that are not valid: what is wrong becomes U+FFFD, or nothing. */
function decodeInvalid(vm: Vm, at: Addr, len: number, ascii: boolean, replace: boolean): Obj {
  const v = new Vstr(vm, len);
  const end = at + len;
  while (at < end) {
    stepInvalid(vm.u8, at, end, ascii);
    at = step.next;
    if (step.code >= 0) v.addChar(step.code);
    else if (replace) v.addChar(0xfffd);
  }
  return v.toStrUnchecked();
}

/** `str(source, encoding, errors)`; `errors` is Null when absent. */
export function decode(vm: Vm, source: Obj, encoding: Obj, errors: Obj): Obj {
  const isBytes = vm.typeOf(source) === Ty.Bytes;
  if (isBytes) spanOf(vm, source);
  else {
    getBuffer(vm, source, BUFFER_READ);
    strSpan.addr = vm.buf.addr;
    strSpan.len = vm.buf.len;
  }
  const at = strSpan.addr;
  const len = strSpan.len;
  const ascii = isAsciiName(vm, encoding);
  vm.charge(1 + (len >> 3));
  if (!isValidText(vm.u8, at, at + len, ascii)) {
    const how = errors === Word.Null || errors === Word.None ? Q.Empty : strQstr(vm, errors);
    if (how !== Q.ignore && how !== Q.replace) raiseUnicodeError(vm);
    return decodeInvalid(vm, at, len, ascii, how === Q.replace);
  }
  const q = vm.qstrs.find(vm.u8, at, at + len);
  if (q !== 0) return newQstrObj(q);
  if (!isBytes) return newStrCopy(vm, Ty.Str, vm.u8, at, at + len);
  return newStrSharing(vm, Ty.Str, at, len, strHash(vm, source));
}

export function raiseKeywords(vm: Vm): never {
  raiseMsg(vm, Ty.NotImplementedError, 'keyword argument(s) not implemented - use normal args instead');
}

/** The make_new slot of str. */
export function strMakeNew(vm: Vm, _type: Addr, nArgs: number, nKw: number, args: Addr): Obj {
  if (nKw !== 0) raiseKeywords(vm);
  checkArgCount(vm, nArgs, nKw, 0, 3, false);
  const a = args >> 2;
  if (nArgs === 0) return Word.EmptyStr;
  if (nArgs > 1) return decode(vm, vm.i32[a], vm.i32[a + 1], nArgs > 2 ? vm.i32[a + 2] : Word.Null);
  // @quick-begin
  if (vm.typeOf(vm.i32[a]) === Ty.Str) return copyStr(vm, vm.i32[a]);
  // @quick-end
  return textOf(vm, vm.i32[a]);
}
/** What `print()` writes of an object. */
export function textOf(vm: Vm, o: Obj): Obj {
  const v = new Vstr(vm, TEXT_ALLOC);
  printObj(vm, v, o, PrintKind.Str);
  return v.toStrUnchecked();
}
/** {@link textOf} of a str, which takes the same steps on the heap. */
function copyStr(vm: Vm, o: Obj): Obj {
  spanOf(vm, o);
  const { addr, len } = strSpan;
  let alloc = TEXT_ALLOC;
  let data = vm.alloc(alloc);
  if (len > alloc) {
    alloc = vstrGrowth(len);
    data = vm.realloc(data, alloc);
  }
  moveBytes(vm.u8, data, addr, addr + len);
  const q = vm.qstrs.find(vm.u8, data, data + len);
  if (q !== 0) {
    vm.heap.free(data);
    return newQstrObj(q);
  }
  const hash = len <= 255 ? vm.qstrs.lastHash : hashBytes(vm.u8, data, data + len);
  if (len + 1 !== alloc) data = vm.realloc(data, len + 1);
  vm.u8[data + len] = 0;
  return newStrSharing(vm, Ty.Str, data, len, hash);
}
/** Bytes that a text has room for at first. */
const TEXT_ALLOC = 16;
export const bytesDecode = funVar(1, 3, (vm, nArgs, _nKw, args) => {
  const a = args >> 2;
  const encoding = nArgs > 1 ? vm.i32[a + 1] : newQstrObj(Q.utf_hyphen_8);
  return decode(vm, vm.i32[a], encoding, nArgs > 2 ? vm.i32[a + 2] : Word.Null);
});

/** `bytes(text, encoding)`: shares the text's bytes. */
function encode(vm: Vm, text: Obj, encoding: Obj): Obj {
  const hash = strHash(vm, text);
  spanOf(vm, text);
  const at = strSpan.addr;
  const len = strSpan.len;
  if (isAsciiName(vm, encoding) && !isValidText(vm.u8, at, at + len, true)) raiseUnicodeError(vm);
  return newStrSharing(vm, Ty.Bytes, at, len, hash);
}
export const strEncode = funVar(1, 3, (vm, nArgs, _nKw, args) => {
  const a = args >> 2;
  return encode(vm, vm.i32[a], nArgs > 1 ? vm.i32[a + 1] : newQstrObj(Q.utf_hyphen_8));
});

/** Buffer for bytes of unknown number. */
const FIRST_ALLOC = 16;

/** bytes() of what only Python code can iterate; `b` is the object, in the making. */
const bytesOfIterable = pyFun('_bytes_of');
/** Bytes in the making have the size of their buffer where the hash will be. */
const bytesAdd = fun2((vm, o, item) => {
  const v = byteOf(vm, item);
  const w = o >> 2;
  const len = vm.i32[w + 2];
  if (len === vm.i32[w + 1]) {
    const alloc = vstrGrowth(len + 1);
    vm.i32[w + 3] = vm.realloc(vm.i32[w + 3], alloc);
    vm.i32[w + 1] = alloc;
  }
  vm.u8[vm.i32[w + 3] + len] = v;
  vm.i32[w + 2] = len + 1;
  return Word.None;
});
const bytesEnd = fun1((vm, o) => {
  const w = o >> 2;
  const len = vm.i32[w + 2];
  const data = len + 1 === vm.i32[w + 1] ? vm.i32[w + 3] : vm.realloc(vm.i32[w + 3], len + 1);
  vm.u8[data + len] = 0;
  vm.i32[w + 1] = hashBytes(vm.u8, data, data + len);
  vm.i32[w + 3] = data;
  return o;
});
/** Names for ROM functions written in Python. */
export const STR_HELPERS: Readonly<Record<string, RomValue>> = { _bytes_add: bytesAdd, _bytes_end: bytesEnd };

/** The value of an item of a byte string; raises TypeError, ValueError. */
export function byteOf(vm: Vm, o: Obj): number {
  const v = getInt(vm, o);
  if (v < 0 || v > 255) raiseValueError(vm, 'bytes value out of range');
  return v;
}

function bytesFromIterable(vm: Vm, o: Obj): Obj {
  if (!isLeafIterable(vm, o)) {
    const b = vm.allocObj(StrOff.Size, Ty.Bytes);
    vm.i32[(b + StrOff.Data) >> 2] = vm.alloc(FIRST_ALLOC);
    vm.i32[(b + StrOff.Hash) >> 2] = FIRST_ALLOC;
    return tailCall2(vm, vm.addrOf(bytesOfIterable), o, b);
  }
  const n = lenMaybe(vm, o);
  const v = new Vstr(vm, n < 0 ? FIRST_ALLOC : n);
  const it = getIter(vm, o, 0);
  const mark = vm.heap.logTop;
  for (let x = iterate(vm, it, mark); x !== Word.Null; x = iterate(vm, it, mark)) v.writeByte(byteOf(vm, x));
  if (it !== o) vm.heap.free(it);
  return v.toBytes();
}

/** The make_new slot of bytes. */
export function bytesMakeNew(vm: Vm, _type: Addr, nArgs: number, nKw: number, args: Addr): Obj {
  if (nKw !== 0) raiseKeywords(vm);
  if (nArgs === 0) return vm.image.emptyBytes;
  const a = args >> 2;
  const o = vm.i32[a];
  if (vm.typeOf(o) === Ty.Bytes) return o;
  if (isStr(vm, o)) {
    if (nArgs < 2 || nArgs > 3) raiseTypeError(vm, 'string argument without an encoding');
    return encode(vm, o, vm.i32[a + 1]);
  }
  if (nArgs > 1) raiseTypeError(vm, 'wrong number of arguments');
  if ((o & 1) !== 0) {
    if (o < 0) raiseType(vm, Ty.ValueError);
    return Vstr.ofLength(vm, o >> 1).toBytes();
  }
  if (getBufferMaybe(vm, o, BUFFER_READ)) return newBytes(vm, vm.u8, vm.buf.addr, vm.buf.addr + vm.buf.len);
  return bytesFromIterable(vm, o);
}

/** Hexadecimal text of a buffer, as `type` (str or bytes); `sep` is Null or a string whose first byte goes between. */
export function hexOf(vm: Vm, data: Obj, sep: Obj, type: Addr): Obj {
  getBuffer(vm, data, BUFFER_READ);
  const at = vm.buf.addr;
  const len = vm.buf.len;
  if (len === 0) return emptyOfType(vm, type);
  let between = -1;
  if (sep !== Word.Null) {
    getStr(vm, sep);
    between = strSpan.len === 0 ? 0 : vm.u8[strSpan.addr];
  }
  const v = Vstr.ofLength(vm, between < 0 ? len * 2 : len * 3 - 1);
  hexBytes(vm.u8, at, len, between, v.buf);
  vm.charge(1 + (len >> 2));
  return v.toObject(type);
}
/** Bytes (or a bytearray) of hexadecimal text; spaces may stand between pairs. */
export function bytesFromHex(vm: Vm, type: Addr, data: Obj): Obj {
  getBuffer(vm, data, BUFFER_READ);
  let at = vm.buf.addr;
  const end = at + vm.buf.len;
  const v = Vstr.ofLength(vm, vm.buf.len >> 1);
  const u8 = vm.u8;
  let out = v.buf;
  while (at < end) {
    const c = u8[at++];
    if (isSpace(c)) continue;
    const high = hexValue(c);
    const low = at < end ? hexValue(u8[at++]) : -1;
    if (high < 0 || low < 0) raiseValueError(vm, 'non-hex digit');
    u8[out++] = (high << 4) | low;
  }
  v.len = out - v.buf;
  return v.toObject(type === Ty.Bytearray ? type : Ty.Bytes);
}
export const bytesHex = funVar(1, 2, (vm, nArgs, _nKw, args) =>
  hexOf(vm, vm.i32[args >> 2], nArgs > 1 ? vm.i32[(args >> 2) + 1] : Word.Null, Ty.Str),
);
export const bytesFromhex = classMethod(fun2(bytesFromHex));
