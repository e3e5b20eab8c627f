/**
 * Methods of str, bytes and bytearray that look for something: find and index, startswith, count, replace, partition, strip.
 * Counterpart: py/objstr.c. Positions are counted in characters for str and in bytes for the others.
 */
import { moveBytes } from '../move.js';
import { raiseFormat, raiseMsg, raiseValueError } from '../raise.js';
import { fun2, funVar } from '../rom/define.js';
import { getIndex, getInt, getIntMaybe, typeNameOf, unaryOp } from '../runtime.js';
import { UnaryOp } from '@tsmp-internal/bytecode';
import { findBytes, hasByte, sameBytes } from '../strops.js';
import { Ty } from '../types.js';
import { charCount, isSpace, nextChar } from '../unicode.js';
import { type Addr, newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { emptyOfType, getStr, newStrOfType, raiseBadConversion, spanOf, strSpan } from './str-new.js';
import { newTupleFrom } from './tuple.js';
import { Vstr } from '../vstr.js';
import { TupleOff } from '../layout.js';

/** Bytes compared before the clock is charged for them. */
const CHARGE_FROM = 2048;

/** Raises unless `arg` is of `type`; bytes and bytearray count as one type. */
export function checkSameType(vm: Vm, type: Addr, arg: Obj): void {
  let t = vm.typeOf(arg);
  if (t === Ty.Bytearray) t = Ty.Bytes;
  if (t !== (type === Ty.Bytearray ? Ty.Bytes : type)) raiseBadConversion(vm, arg);
}

/** Value of an int, or of an object that converts to one; undefined for others. May run `__int__` nested. */
export function intOrUndefined(vm: Vm, o: Obj): number | undefined {
  const n = getIntMaybe(vm, o);
  if (n !== undefined || (o & 3) !== 0) return n;
  const r = unaryOp(vm, UnaryOp.IntMaybe, o);
  return r === Word.Null ? undefined : getInt(vm, r);
}

/** Charges for a search through `n` bytes when it was long. */
function chargeSearch(vm: Vm, n: number): void {
  if (n > CHARGE_FROM) vm.charge(n >> 3);
}

/**
 * Address of the character or byte that `index` names; raises IndexError when there is none, or with `isSlice` goes to the
 * nearer end. Characters of a str are counted from the nearer side of the index's sign.
 */
export function indexToAddr(vm: Vm, type: Addr, addr: Addr, len: number, index: Obj, isSlice: boolean): Addr {
  if (type !== Ty.Str) return addr + getIndex(vm, type, len, index, isSlice);
  let i = (index & 1) !== 0 ? index >> 1 : stringIndex(vm, index);
  const u8 = vm.u8;
  const top = addr + len;
  let s: Addr;
  if (i < 0) {
    for (s = top - 1; i !== 0; s--) {
      if (s < addr) return isSlice ? addr : raiseStringIndex(vm);
      if ((u8[s] & 0xc0) !== 0x80) i++;
    }
    s++;
  } else {
    for (s = addr; ; s = nextChar(u8, s)) {
      if (s >= top) return isSlice ? top : raiseStringIndex(vm);
      if (i-- === 0) break;
    }
  }
  chargeSearch(vm, len);
  return s;
}
export function stringIndex(vm: Vm, index: Obj): number {
  const n = intOrUndefined(vm, index);
  if (n === undefined) raiseFormat(vm, Ty.TypeError, 'string indices must be integers, not %s', typeNameOf(vm, index));
  return n;
}
export function raiseStringIndex(vm: Vm): never {
  raiseMsg(vm, Ty.IndexError, 'string index out of range');
}

/** A part of a string given by optional start and end arguments. */
const part = { from: 0, to: 0 };
/** Fills {@link part} from the arguments at word `at` on (`n` of them, start first). */
function partOf(vm: Vm, type: Addr, addr: Addr, len: number, n: number, at: number, endFirst: boolean): void {
  let from = addr;
  let to = addr + len;
  const start = n >= 1 ? vm.i32[at] : Word.None;
  const end = n >= 2 ? vm.i32[at + 1] : Word.None;
  if (endFirst && end !== Word.None) to = indexToAddr(vm, type, addr, len, end, true);
  if (start !== Word.None) from = indexToAddr(vm, type, addr, len, start, true);
  if (!endFirst && end !== Word.None) to = indexToAddr(vm, type, addr, len, end, true);
  part.from = from;
  part.to = to;
}

const byteNeedle = { value: -1 };
/** Makes {@link strSpan} the needle to look for; a byte given as an int is left in `byteNeedle` instead. */
function needleOf(vm: Vm, type: Addr, arg: Obj): void {
  byteNeedle.value = -1;
  if (type !== Ty.Str) {
    const n = intOrUndefined(vm, arg);
    if (n !== undefined) {
      if (n < 0 || n > 255) raiseValueError(vm, 'bytes value out of range');
      byteNeedle.value = n;
      return;
    }
  }
  checkSameType(vm, type, arg);
  spanOf(vm, arg);
}

function findByte(u8: Uint8Array, from: number, to: number, b: number, direction: number): number {
  if (direction > 0) {
    for (let i = from; i < to; i++) if (u8[i] === b) return i;
  } else {
    for (let i = to - 1; i >= from; i--) if (u8[i] === b) return i;
  }
  return -1;
}

/** find and its kin; answers the position or −1. */
function find(vm: Vm, nArgs: number, args: Addr, direction: number): number {
  const a = args >> 2;
  const self = vm.i32[a];
  const type = vm.typeOf(self);
  needleOf(vm, type, vm.i32[a + 1]);
  const b = byteNeedle.value;
  const needle = strSpan.addr;
  const needleLen = strSpan.len;
  spanOf(vm, self);
  const hay = strSpan.addr;
  const len = strSpan.len;
  partOf(vm, type, hay, len, nArgs - 2, a + 2, false);
  const { from, to } = part;
  if (to < from) return -1;
  const at =
    b >= 0
      ? findByte(vm.u8, from, to, b, direction)
      : findBytes(vm, vm.u8, from, to - from, needle, needleLen, direction);
  chargeSearch(vm, to - from);
  // an empty bytearray has no memory, so that nothing is found in it, not even nothing
  if (at <= 0) return -1;
  return type === Ty.Str ? charCount(vm.u8, hay, at) : at - hay;
}
function found(vm: Vm, position: number): Obj {
  if (position < 0) raiseValueError(vm, 'substring not found');
  return newSmallInt(position);
}
export const strFind = funVar(2, 4, (vm, nArgs, _nKw, args) => newSmallInt(find(vm, nArgs, args, 1)));
export const strRfind = funVar(2, 4, (vm, nArgs, _nKw, args) => newSmallInt(find(vm, nArgs, args, -1)));
export const strIndex = funVar(2, 4, (vm, nArgs, _nKw, args) => found(vm, find(vm, nArgs, args, 1)));
export const strRindex = funVar(2, 4, (vm, nArgs, _nKw, args) => found(vm, find(vm, nArgs, args, -1)));

function hasAffix(vm: Vm, nArgs: number, args: Addr, atEnd: boolean): Obj {
  const a = args >> 2;
  const self = vm.i32[a];
  spanOf(vm, self);
  partOf(vm, vm.typeOf(self), strSpan.addr, strSpan.len, nArgs - 2, a + 2, true);
  const from = part.from;
  const len = part.to < from ? 0 : part.to - from;
  let at = a + 1;
  let n = 1;
  if (vm.typeOf(vm.i32[at]) === Ty.Tuple) {
    const t = vm.i32[at];
    n = vm.i32[(t + TupleOff.Len) >> 2];
    at = (t + TupleOff.Items) >> 2;
  }
  for (let i = 0; i < n; i++) {
    getStr(vm, vm.i32[at + i]);
    const m = strSpan.len;
    if (m <= len && sameBytes(vm.u8, vm.i32, from + (atEnd ? len - m : 0), strSpan.addr, m)) return Word.True;
  }
  return Word.False;
}
export const strStartswith = funVar(2, 4, (vm, nArgs, _nKw, args) => hasAffix(vm, nArgs, args, false));
export const strEndswith = funVar(2, 4, (vm, nArgs, _nKw, args) => hasAffix(vm, nArgs, args, true));

/** Occurrences of the second argument; an empty one is counted once per gap between characters. */
export const strCount = funVar(2, 4, (vm, nArgs, _nKw, args) => {
  const a = args >> 2;
  const self = vm.i32[a];
  const type = vm.typeOf(self);
  checkSameType(vm, type, vm.i32[a + 1]);
  spanOf(vm, vm.i32[a + 1]);
  const needle = strSpan.addr;
  const len = strSpan.len;
  spanOf(vm, self);
  partOf(vm, type, strSpan.addr, strSpan.len, nArgs - 2, a + 2, false);
  const { from, to } = part;
  if (len === 0) return newSmallInt(charCount(vm.u8, from, to) + 1);
  const u8 = vm.u8;
  let n = 0;
  for (let at = from; ; at += len, n++) {
    // a needle of a str begins with a whole character, so it is found at characters only
    at = findBytes(vm, u8, at, to - at, needle, len, 1);
    if (at < 0) break;
  }
  chargeSearch(vm, to - from);
  return newSmallInt(n);
});

/**
 * One pass of replace over a span: copies to `out`, or with `out` −1 only measures. Answers the length; the number of
 * replacements is in `replaced`.
 */
const replaced = { count: 0 };
function replacePass(
  vm: Vm,
  u8: Uint8Array,
  from: Addr,
  len: number,
  old: Addr,
  oldLen: number,
  by: Addr,
  byLen: number,
  max: number,
  out: Addr,
): number {
  let n = 0;
  let written = 0;
  let at = from;
  const end = from + len;
  if (oldLen === 0) {
    if (out >= 0) moveBytes(u8, out, by, by + byLen);
    written = byLen;
    n = 1;
  }
  while (n !== max && at < end) {
    let hit = findBytes(vm, u8, at, end - at, old, oldLen, 1);
    if (hit < 0) break;
    if (oldLen === 0) hit++;
    if (out >= 0) {
      moveBytes(u8, out + written, at, hit);
      moveBytes(u8, out + written + hit - at, by, by + byLen);
    }
    written += hit - at + byLen;
    at = hit + oldLen;
    n++;
  }
  if (out >= 0) moveBytes(u8, out + written, at, end);
  replaced.count = n;
  return written + end - at;
}

export const strReplace = funVar(3, 4, (vm, nArgs, _nKw, args) => {
  const a = args >> 2;
  const self = vm.i32[a];
  let max = -1;
  if (nArgs === 4) {
    max = getInt(vm, vm.i32[a + 3]);
    if (max === 0) return self;
    if (max < 0) max = -1;
  }
  const type = vm.typeOf(self);
  checkSameType(vm, type, vm.i32[a + 1]);
  checkSameType(vm, type, vm.i32[a + 2]);
  spanOf(vm, self);
  const at = strSpan.addr;
  const len = strSpan.len;
  spanOf(vm, vm.i32[a + 1]);
  const old = strSpan.addr;
  const oldLen = strSpan.len;
  spanOf(vm, vm.i32[a + 2]);
  const by = strSpan.addr;
  const byLen = strSpan.len;
  if (oldLen > len) return self;
  const size = replacePass(vm, vm.u8, at, len, old, oldLen, by, byLen, max, -1);
  chargeSearch(vm, len);
  if (replaced.count === 0) return self;
  const v = Vstr.ofLength(vm, size);
  replacePass(vm, vm.u8, at, len, old, oldLen, by, byLen, max, v.buf);
  chargeSearch(vm, size);
  return v.toObject(type);
});

function partition(vm: Vm, self: Obj, sepArg: Obj, direction: number): Obj {
  const type = vm.typeOf(self);
  checkSameType(vm, type, sepArg);
  spanOf(vm, self);
  const at = strSpan.addr;
  const len = strSpan.len;
  spanOf(vm, sepArg);
  const sep = strSpan.addr;
  const sepLen = strSpan.len;
  if (sepLen === 0) raiseValueError(vm, 'empty separator');
  const empty = emptyOfType(vm, type);
  let head = direction > 0 ? self : empty;
  let mid = empty;
  let tail = direction > 0 ? empty : self;
  const between = vm.typeOf(sepArg) === type ? sepArg : newStrOfType(vm, type, sep, sepLen);
  const hit = findBytes(vm, vm.u8, at, len, sep, sepLen, direction);
  chargeSearch(vm, len);
  if (hit >= 0) {
    head = newStrOfType(vm, type, at, hit - at);
    mid = between;
    tail = newStrOfType(vm, type, hit + sepLen, at + len - hit - sepLen);
  }
  const t = newTupleFrom(vm, 3, 0);
  const items = (t + TupleOff.Items) >> 2;
  vm.i32[items] = head;
  vm.i32[items + 1] = mid;
  vm.i32[items + 2] = tail;
  return t;
}
export const strPartition = fun2((vm, self, sep) => partition(vm, self, sep, 1));
export const strRpartition = fun2((vm, self, sep) => partition(vm, self, sep, -1));

/** Strips from the left (1), the right (2) or both (3). Works byte by byte, for str too. */
function strip(vm: Vm, nArgs: number, args: Addr, sides: number): Obj {
  const a = args >> 2;
  const self = vm.i32[a];
  const type = vm.typeOf(self);
  let set = 0;
  let setLen = -1;
  if (nArgs > 1) {
    checkSameType(vm, type, vm.i32[a + 1]);
    spanOf(vm, vm.i32[a + 1]);
    set = strSpan.addr;
    setLen = strSpan.len;
  }
  spanOf(vm, self);
  const u8 = vm.u8;
  let from = strSpan.addr;
  let to = from + strSpan.len;
  const table = setLen > 16 ? new Uint8Array(256) : undefined;
  if (table !== undefined) for (let i = 0; i < setLen; i++) table[u8[set + i]] = 1;
  const drops = (b: number): boolean =>
    setLen < 0 ? isSpace(b) : table === undefined ? hasByte(u8, set, setLen, b) : table[b] === 1;
  if ((sides & 1) !== 0) while (from < to && drops(u8[from])) from++;
  if ((sides & 2) !== 0) while (from < to && drops(u8[to - 1])) to--;
  chargeSearch(vm, strSpan.len);
  if (from === to) return emptyOfType(vm, type);
  return to - from === strSpan.len ? self : newStrOfType(vm, type, from, to - from);
}
export const strStrip = funVar(1, 2, (vm, nArgs, _nKw, args) => strip(vm, nArgs, args, 3));
export const strLstrip = funVar(1, 2, (vm, nArgs, _nKw, args) => strip(vm, nArgs, args, 1));
export const strRstrip = funVar(1, 2, (vm, nArgs, _nKw, args) => strip(vm, nArgs, args, 2));
