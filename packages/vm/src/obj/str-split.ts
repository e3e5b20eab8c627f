/**
 * Taking strings apart into lists, and joining them: split, rsplit, splitlines, join. Counterpart: py/objstr.c.
 */
import { ListOff, TupleOff } from '../layout.js';
import { raiseMsg, raiseTypeError, raiseValueError } from '../raise.js';
import { fun2, funKw, funVar, pyFun } from '../rom/define.js';
import { getInt, getIter, isLeafIterable, iterate } from '../runtime.js';
import { findBytes } from '../strops.js';
import { tailCall2 } from '../call.js';
import { Ty } from '../types.js';
import { isSpace } from '../unicode.js';
import { type Addr, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { Vstr } from '../vstr.js';
import { ArgKind, type ArgSpec, parseArgs } from './arg-parse.js';
import { listAppend, newList } from './list.js';
import { copyInto, getStr, newStrOfType, spanOf, strSpan } from './str-new.js';
import { checkSameType } from './str-search.js';

function appendPart(vm: Vm, list: Obj, type: Addr, from: Addr, to: Addr): void {
  listAppend(vm, list, newStrOfType(vm, type, from, to - from));
  if (((to - from) & 0xfff) === 0xfff) vm.charge(64);
}

/** Splits `from` … `to` at white space, `splits` times at most (negative: no limit). */
function splitSpace(vm: Vm, list: Obj, type: Addr, from: Addr, to: Addr, splits: number): void {
  const u8 = vm.u8;
  let s = from;
  while (s < to && isSpace(u8[s])) s++;
  while (s < to && splits !== 0) {
    const start = s;
    while (s < to && !isSpace(u8[s])) s++;
    appendPart(vm, list, type, start, s);
    if (s >= to) return;
    while (s < to && isSpace(u8[s])) s++;
    if (splits > 0) splits--;
  }
  if (s < to) appendPart(vm, list, type, s, to);
}

function splitAt(vm: Vm, list: Obj, type: Addr, from: Addr, to: Addr, sepArg: Obj, splits: number): void {
  checkSameType(vm, type, sepArg);
  getStr(vm, sepArg);
  const sep = strSpan.addr;
  const sepLen = strSpan.len;
  if (sepLen === 0) raiseValueError(vm, 'empty separator');
  for (let s = from; ; ) {
    const hit = splits === 0 ? -1 : findBytes(vm, vm.u8, s, to - s, sep, sepLen, 1);
    if (hit < 0) {
      appendPart(vm, list, type, s, to);
      return;
    }
    appendPart(vm, list, type, s, hit);
    s = hit + sepLen;
    if (splits > 0) splits--;
  }
}

/** The split method, also `re`-independent splitting for other natives: `args` as the method has them. */
export function strSplitArgs(vm: Vm, nArgs: number, args: Addr): Obj {
  const a = args >> 2;
  const self = vm.i32[a];
  const type = vm.typeOf(self);
  const sep = nArgs > 1 ? vm.i32[a + 1] : Word.None;
  const splits = nArgs > 2 ? getInt(vm, vm.i32[a + 2]) : -1;
  const list = newList(vm, 0);
  spanOf(vm, self);
  const from = strSpan.addr;
  const to = from + strSpan.len;
  vm.charge(1 + (strSpan.len >> 3));
  if (sep === Word.None) splitSpace(vm, list, type, from, to, splits);
  else splitAt(vm, list, type, from, to, sep, splits);
  return list;
}
export const strSplit = funVar(1, 3, (vm, nArgs, _nKw, args) => strSplitArgs(vm, nArgs, args));

/** With a limit, the list is made for the greatest number of parts and filled from its end. */
export const strRsplit = funVar(1, 3, (vm, nArgs, _nKw, args) => {
  if (nArgs < 3) return strSplitArgs(vm, nArgs, args);
  const a = args >> 2;
  const self = vm.i32[a];
  const type = vm.typeOf(self);
  const max = getInt(vm, vm.i32[a + 2]);
  if (max < 0) return strSplitArgs(vm, nArgs, args);
  const list = newList(vm, max + 1);
  if (vm.i32[a + 1] === Word.None) raiseMsg(vm, Ty.NotImplementedError, 'rsplit(None,n)');
  getStr(vm, vm.i32[a + 1]);
  const sep = strSpan.addr;
  const sepLen = strSpan.len;
  if (sepLen === 0) raiseValueError(vm, 'empty separator');
  spanOf(vm, self);
  const from = strSpan.addr;
  let last = from + strSpan.len;
  const items = vm.i32[(list + ListOff.Items) >> 2] >> 2;
  let i = max;
  for (; i > 0; i--) {
    const hit = findBytes(vm, vm.u8, from, last - from, sep, sepLen, -1);
    if (hit < 0) break;
    vm.i32[items + i] = newStrOfType(vm, type, hit + sepLen, last - hit - sepLen);
    last = hit;
  }
  vm.i32[items + i] = newStrOfType(vm, type, from, last - from);
  if (i !== 0) {
    const used = max + 1 - i;
    vm.i32.copyWithin(items, items + i, items + max + 1);
    vm.i32.fill(0, items + used, items + vm.i32[(list + ListOff.Alloc) >> 2]);
    vm.i32[(list + ListOff.Len) >> 2] = used;
  }
  return list;
});

const SPLITLINES: readonly ArgSpec[] = [{ name: 'keepends', kind: ArgKind.Bool, value: 0 }];
export const strSplitlines = funKw(1, (vm, nArgs, nKw, args) => {
  const keep = parseArgs(vm, SPLITLINES, nArgs - 1, nKw, args + 4)[0] !== 0;
  const self = vm.i32[args >> 2];
  const type = vm.typeOf(self);
  const list = newList(vm, 0);
  spanOf(vm, self);
  const u8 = vm.u8;
  let s = strSpan.addr;
  const to = s + strSpan.len;
  while (s < to) {
    const start = s;
    while (s < to && u8[s] !== 10 && u8[s] !== 13) s++;
    let end = 0;
    if (s < to) end = u8[s] === 13 && s + 1 < to && u8[s + 1] === 10 ? 2 : 1;
    appendPart(vm, list, type, start, keep ? s + end : s);
    s += end;
  }
  return list;
});

/** join over what only Python code can iterate. */
const joinIterable = pyFun('_join');

/** A list of everything in a built-in iterable. */
function listOf(vm: Vm, o: Obj): Obj {
  const list = newList(vm, 0);
  const it = getIter(vm, o, 0);
  const mark = vm.heap.logTop;
  for (let x = iterate(vm, it, mark); x !== Word.Null; x = iterate(vm, it, mark)) listAppend(vm, list, x);
  return list;
}

export const strJoin = fun2((vm, self, arg) => {
  let seq = arg;
  let type = vm.typeOf(seq);
  if (type !== Ty.List && type !== Ty.Tuple) {
    if (!isLeafIterable(vm, seq)) return tailCall2(vm, vm.addrOf(joinIterable), self, seq);
    seq = listOf(vm, seq);
    type = Ty.List;
  }
  const isList = type === Ty.List;
  const n = vm.i32[(seq + (isList ? ListOff.Len : TupleOff.Len)) >> 2];
  const items = isList ? vm.i32[(seq + ListOff.Items) >> 2] >> 2 : (seq + TupleOff.Items) >> 2;
  const selfType = vm.typeOf(self);
  const wanted = selfType === Ty.Bytearray ? (Ty.Bytes as number) : selfType;
  spanOf(vm, self);
  const sep = strSpan.addr;
  const sepLen = strSpan.len;
  let size = n > 0 ? (n - 1) * sepLen : 0;
  for (let i = 0; i < n; i++) {
    const t = vm.typeOf(vm.i32[items + i]);
    if ((t === Ty.Bytearray ? (Ty.Bytes as number) : t) !== wanted) {
      raiseTypeError(vm, 'join expects a list of str/bytes objects consistent with self object');
    }
    spanOf(vm, vm.i32[items + i]);
    size += strSpan.len;
  }
  vm.charge(1 + (size >> 6));
  const v = Vstr.ofLength(vm, size);
  const u8 = vm.u8;
  let at = v.buf;
  for (let i = 0; i < n; i++) {
    if (i > 0 && sepLen > 0) {
      copyInto(vm, at, u8, sep, sep + sepLen);
      at += sepLen;
    }
    spanOf(vm, vm.i32[items + i]);
    copyInto(vm, at, u8, strSpan.addr, strSpan.addr + strSpan.len);
    at += strSpan.len;
  }
  return v.toObject(selfType);
});
