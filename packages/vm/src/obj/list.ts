/**
 * Lists: a header and a separate block of items that doubles when it is full and halves when it is mostly empty.
 * Counterpart: py/objlist.c.
 *
 *     +0 type   +4 alloc (words)   +8 len   +12 address of items
 *
 * Items behind `len` are Null, so that a conservative mark finds nothing stale there.
 */
import { clearWords, moveWords } from '../move.js';
import { BinaryOp, UnaryOp } from '@tsmp-internal/bytecode';
import { ListOff } from '../layout.js';
import { PrintKind } from '../print.js';
import { raiseMsg, raiseType } from '../raise.js';
import { defineType, fun1, fun2, fun3, funVar } from '../rom/define.js';
import { checkArgCount, getIndex, getIter, isLeafIterable, iterate, printObj } from '../runtime.js';
import { tailCall3 } from '../tail.js';
import { Ty, TypeFlag } from '../types.js';
import { type Addr, newBool, newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { Gather, gather } from './gather.js';
import {
  array,
  compareItems,
  countItems,
  extendPy,
  fastSlice,
  findItem,
  getArray,
  indexOfItem,
  itemSeparator,
  repeatCount,
  repeatWords,
  wordBytes,
} from './seq.js';
import { bound } from './slice.js';
import { listSort } from './sort.js';

/** Room that every list has. */
const MIN_ALLOC = 4;

/** A list of `n` items, which the caller fills in. */
export function newList(vm: Vm, n: number): Obj {
  return initList(vm, vm.allocObj(ListOff.Size, Ty.List), n);
}
/** The same in memory that is there already. */
export function initList(vm: Vm, o: Addr, n: number): Obj {
  vm.i32[o >> 2] = Ty.List;
  const alloc = n < MIN_ALLOC ? MIN_ALLOC : n;
  const items = vm.alloc(wordBytes(vm, alloc));
  const i = o >> 2;
  vm.i32[i + 1] = alloc;
  vm.i32[i + 2] = n;
  vm.i32[i + 3] = items;
  return o;
}
/** A list of the `n` words at `items`. */
export function newListFrom(vm: Vm, n: number, items: Addr): Obj {
  const o = newList(vm, n);
  if (n !== 0) moveWords(vm.i32, (vm.i32[(o + ListOff.Items) >> 2] as number) >> 2, items >> 2, (items >> 2) + n);
  return o;
}

function setAlloc(vm: Vm, list: Obj, alloc: number): void {
  const i = list >> 2;
  vm.i32[i + 3] = vm.realloc(vm.i32[i + 3] as number, wordBytes(vm, alloc));
  vm.i32[i + 1] = alloc;
}
/** Clears the items from `from` to the end of the allocation. */
function clearFrom(vm: Vm, list: Obj, from: number): void {
  const items = (vm.i32[(list + ListOff.Items) >> 2] as number) >> 2;
  clearWords(vm.i32, items + from, items + (vm.i32[(list + ListOff.Alloc) >> 2] as number));
}

/** `list.append(item)`; answers None. */
export function listAppend(vm: Vm, list: Obj, item: Obj): Obj {
  const i32 = vm.i32;
  const i = list >> 2;
  const len = i32[i + 2] as number;
  if (len >= (i32[i + 1] as number)) {
    setAlloc(vm, list, (i32[i + 1] as number) * 2);
    clearFrom(vm, list, len);
  }
  i32[((i32[i + 3] as number) >> 2) + len] = item;
  i32[i + 2] = len + 1;
  return Word.None;
}

/** {@link listAppend}, but false instead of MemoryError. */
export function tryAppend(vm: Vm, list: Obj, item: Obj): boolean {
  const i32 = vm.i32;
  const i = list >> 2;
  const len = i32[i + 2] as number;
  if (len >= (i32[i + 1] as number)) {
    const alloc = (i32[i + 1] as number) * 2;
    const items = vm.heap.realloc(i32[i + 3] as number, alloc * 4, true);
    if (items === 0) return false;
    i32[i + 3] = items;
    i32[i + 1] = alloc;
    clearFrom(vm, list, len);
  }
  i32[((i32[i + 3] as number) >> 2) + len] = item;
  i32[i + 2] = len + 1;
  return true;
}

/** A list of what is in `it`, whose iteration runs no Python code. */
export function listOfLeaf(vm: Vm, it: Obj): Obj {
  const list = newList(vm, 0);
  extendLeaf(vm, list, it);
  return list;
}
function extendLeaf(vm: Vm, list: Obj, it: Obj): void {
  const iter = getIter(vm, it, 0);
  const mark = vm.heap.logTop;
  for (;;) {
    const x = iterate(vm, iter, mark);
    if (x === Word.Null) return;
    listAppend(vm, list, x);
  }
}

/** Extends `list` by an iterable and answers `result`, or Call when Python code has to run for it. */
export function listExtend(vm: Vm, list: Obj, it: Obj, result: Obj): Obj {
  const i32 = vm.i32;
  if (vm.typeOf(it) === Ty.List) {
    const len = i32[(list + ListOff.Len) >> 2] as number;
    const n = i32[(it + ListOff.Len) >> 2] as number;
    if (len + n > (i32[(list + ListOff.Alloc) >> 2] as number)) {
      setAlloc(vm, list, len + n + 4);
      clearFrom(vm, list, len);
    }
    const from = (i32[(it + ListOff.Items) >> 2] as number) >> 2;
    moveWords(i32, ((i32[(list + ListOff.Items) >> 2] as number) >> 2) + len, from, from + n);
    i32[(list + ListOff.Len) >> 2] = len + n;
    return result;
  }
  if (!isLeafIterable(vm, it)) return extendByPython(vm, list, it, result);
  extendLeaf(vm, list, it);
  return result;
}
/** By an iterable that runs Python code. `result`: the list or None. */
function extendByPython(vm: Vm, list: Obj, it: Obj, result: Obj): Obj {
  // @quick-begin
  if (vm.typeOf(it) === Ty.Generator) {
    return gather(vm, it, result === list ? Gather.List : Gather.List | Gather.Silent, list);
  }
  // @quick-end
  return tailCall3(vm, vm.addrOf(extendPy), list, it, result);
}

/** Removes and answers the item at `index` (in range). */
export function listPopAt(vm: Vm, list: Obj, index: number): Obj {
  const i32 = vm.i32;
  const i = list >> 2;
  const items = (i32[i + 3] as number) >> 2;
  const item = i32[items + index] as number;
  const len = (i32[i + 2] as number) - 1;
  moveWords(i32, items + index, items + index + 1, items + len + 1);
  i32[items + len] = Word.Null;
  i32[i + 2] = len;
  const alloc = i32[i + 1] as number;
  if (alloc > MIN_ALLOC && alloc > 2 * len) setAlloc(vm, list, alloc >> 1);
  return item;
}
function popIndex(vm: Vm, list: Obj, index: Obj): Obj {
  if (vm.i32[(list + ListOff.Len) >> 2] === 0) raiseMsg(vm, Ty.IndexError, 'pop from empty list');
  return listPopAt(vm, list, resolveIndex(vm, list, index));
}
/** Raises IndexError when a list has become shorter than `len`, which an index's own `__int__` can do. */
function checkLen(vm: Vm, list: Obj, len: number): void {
  if ((vm.i32[(list + ListOff.Len) >> 2] as number) < len) raiseMsg(vm, Ty.IndexError, 'list index out of range');
}
function resolveIndex(vm: Vm, list: Obj, index: Obj): number {
  const at = getIndex(vm, Ty.List, vm.i32[(list + ListOff.Len) >> 2] as number, index, false);
  checkLen(vm, list, at + 1);
  return at;
}

function loadSlice(vm: Vm, list: Obj, slice: Obj): Obj {
  const i32 = vm.i32;
  const len = i32[(list + ListOff.Len) >> 2] as number;
  const fast = fastSlice(vm, len, slice);
  checkLen(vm, list, len);
  if (fast) {
    return newListFrom(vm, bound.stop - bound.start, (i32[(list + ListOff.Items) >> 2] as number) + 4 * bound.start);
  }
  const { start, stop, step } = bound;
  const out = newList(vm, 0);
  const items = (i32[(list + ListOff.Items) >> 2] as number) >> 2;
  if (step < 0) for (let i = start; i >= stop; i += step) listAppend(vm, out, i32[items + i] as number);
  else for (let i = start; i < stop; i += step) listAppend(vm, out, i32[items + i] as number);
  return out;
}

/** `list[slice] = value`, a tuple or list. */
export function storeSlice(vm: Vm, list: Obj, slice: Obj, value: Obj): void {
  const i32 = vm.i32;
  const i = list >> 2;
  const len = i32[i + 2] as number;
  if (!fastSlice(vm, len, slice)) raiseType(vm, Ty.NotImplementedError);
  checkLen(vm, list, len);
  const { start, stop } = bound;
  getArray(vm, value);
  const n = array.len;
  const adjust = n - (stop - start);
  const from = array.items >> 2;
  if (len + adjust > (i32[i + 1] as number)) setAlloc(vm, list, len + adjust);
  const items = (i32[i + 3] as number) >> 2;
  moveWords(i32, items + stop + adjust, items + stop, items + len);
  if (value === list) {
    // a list stored into itself: its end, which has moved, what it replaces, and its start
    moveWords(i32, items + start + stop, items + start + len, items + len + adjust);
    moveWords(i32, items + start + start, items + start, items + stop);
    moveWords(i32, items + start, items, items + start);
  } else moveWords(i32, items + start, from, from + n);
  if (adjust < 0) clearWords(i32, items + len + adjust, items + len);
  i32[i + 2] = len + adjust;
}

function subscr(vm: Vm, self: Obj, index: Obj, value: Obj): Obj {
  const i32 = vm.i32;
  if (vm.typeOf(index) === Ty.Slice) {
    if (value === Word.Sentinel) return loadSlice(vm, self, index);
    storeSlice(vm, self, index, value === Word.Null ? vm.image.emptyTuple : value);
    return Word.None;
  }
  if (value === Word.Null) {
    popIndex(vm, self, index);
    return Word.None;
  }
  const at = resolveIndex(vm, self, index);
  const items = (i32[(self + ListOff.Items) >> 2] as number) >> 2;
  if (value === Word.Sentinel) return i32[items + at] as number;
  i32[items + at] = value;
  return Word.None;
}

/** `list * n` of numbers whose product is surely no large one; as {@link repeatList} of others. */
function repeatShort(vm: Vm, a: Obj, n: number): Obj {
  const { i32 } = vm;
  const len = i32[(a + ListOff.Len) >> 2] as number;
  if (len > 0x7fff || n > (len === 1 ? 0xffffff : 0x7fff)) return repeatList(vm, a, (n << 1) | 1);
  const size = n < 0 ? 0 : len * n;
  const out = newList(vm, size);
  const from = (i32[(a + ListOff.Items) >> 2] as number) >> 2;
  const to = (i32[(out + ListOff.Items) >> 2] as number) >> 2;
  for (let i = 0, at = 0; i < size; i++) {
    i32[to + i] = i32[from + at] as number;
    if (++at === len) at = 0;
  }
  return out;
}

/** `list * n`; the product of the two numbers may have more than 32 bits. */
export function repeatList(vm: Vm, a: Obj, b: Obj): Obj {
  const { i32 } = vm;
  const n = repeatCount(vm, b);
  if (n === undefined) return Word.Null;
  const times = n < 0 ? 0 : n;
  const len = i32[(a + ListOff.Len) >> 2] as number;
  const out = newList(vm, len * times);
  repeatWords(vm, i32[(a + ListOff.Items) >> 2] as number, len, times, i32[(out + ListOff.Items) >> 2] as number);
  return out;
}

function binaryOp(vm: Vm, op: number, a: Obj, b: Obj): Obj {
  const i32 = vm.i32;
  switch (op) {
    case BinaryOp.Add: {
      if (vm.typeOf(b) !== Ty.List) return Word.Null;
      const len = i32[(a + ListOff.Len) >> 2] as number;
      const n = i32[(b + ListOff.Len) >> 2] as number;
      const out = newList(vm, len + n);
      const to = (i32[(out + ListOff.Items) >> 2] as number) >> 2;
      const x = (i32[(a + ListOff.Items) >> 2] as number) >> 2;
      const y = (i32[(b + ListOff.Items) >> 2] as number) >> 2;
      moveWords(i32, to, x, x + len);
      moveWords(i32, to + len, y, y + n);
      return out;
    }
    case BinaryOp.InplaceAdd:
      return listExtend(vm, a, b, a);
    case BinaryOp.Multiply:
      // @quick-begin
      if ((b & 1) !== 0) return repeatShort(vm, a, b >> 1);
      // @quick-end
      return repeatList(vm, a, b);
    case BinaryOp.Equal:
      return newBool(vm.typeOf(b) === Ty.List && compareItems(vm, op, a, b));
    case BinaryOp.Less:
    case BinaryOp.More:
    case BinaryOp.LessEqual:
    case BinaryOp.MoreEqual:
      return vm.typeOf(b) === Ty.List ? newBool(compareItems(vm, op, a, b)) : Word.Null;
    default:
      return Word.Null;
  }
}

function insert(vm: Vm, self: Obj, index: Obj, item: Obj): Obj {
  const i32 = vm.i32;
  const len = i32[(self + ListOff.Len) >> 2] as number;
  // the index is not converted: what is no small int counts as the number that its word would be
  let at = index >> 1;
  if (at < 0) at += len;
  if (at < 0) at = 0;
  if (at > len) at = len;
  listAppend(vm, self, Word.None);
  const items = (i32[(self + ListOff.Items) >> 2] as number) >> 2;
  moveWords(i32, items + at + 1, items + at, items + len);
  i32[items + at] = item;
  return Word.None;
}

function reverse(vm: Vm, self: Obj): Obj {
  const items = (vm.i32[(self + ListOff.Items) >> 2] as number) >> 2;
  vm.i32.subarray(items, items + (vm.i32[(self + ListOff.Len) >> 2] as number)).reverse();
  return Word.None;
}

const METHODS = {
  append: fun2(listAppend),
  clear: fun1((vm, self) => {
    vm.i32[(self + ListOff.Len) >> 2] = 0;
    setAlloc(vm, self, MIN_ALLOC);
    clearFrom(vm, self, 0);
    return Word.None;
  }),
  copy: fun1((vm, self) =>
    newListFrom(vm, vm.i32[(self + ListOff.Len) >> 2] as number, vm.i32[(self + ListOff.Items) >> 2] as number),
  ),
  count: fun2(countItems),
  extend: fun2((vm, self, it) => listExtend(vm, self, it, Word.None)),
  index: funVar(2, 4, (vm, nArgs, _nKw, args) => indexOfItem(vm, nArgs, args)),
  insert: fun3(insert),
  pop: funVar(1, 2, (vm, nArgs, _nKw, args) => {
    return popIndex(
      vm,
      vm.i32[args >> 2] as number,
      nArgs === 1 ? newSmallInt(-1) : (vm.i32[(args >> 2) + 1] as number),
    );
  }),
  remove: fun2((vm, self, value) => {
    const at = findItem(vm, self, value, 0, vm.i32[(self + ListOff.Len) >> 2] as number);
    popIndex(vm, self, newSmallInt(at));
    return Word.None;
  }),
  reverse: fun1(reverse),
};

export const listType = defineType({
  name: 'list',
  core: 'List',
  flags: TypeFlag.LeafIter,
  makeNew(vm, _type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 0, 1, false);
    const list = newList(vm, 0);
    if (nArgs === 0) return list;
    const it = vm.i32[args >> 2] as number;
    if (!isLeafIterable(vm, it)) return extendByPython(vm, list, it, list);
    extendLeaf(vm, list, it);
    return list;
  },
  print(vm, out, o, kind) {
    const k = kind === PrintKind.Json ? kind : PrintKind.Repr;
    const separator = itemSeparator(out, k);
    out.write('[');
    for (let i = 0; i < (vm.i32[(o + ListOff.Len) >> 2] as number); i++) {
      if (i > 0) out.write(separator);
      printObj(vm, out, vm.i32[((vm.i32[(o + ListOff.Items) >> 2] as number) >> 2) + i] as number, k);
    }
    out.write(']');
  },
  unaryOp(vm, op, o) {
    const len = vm.i32[(o + ListOff.Len) >> 2] as number;
    if (op === UnaryOp.Bool) return newBool(len !== 0);
    if (op === UnaryOp.Len) return newSmallInt(len);
    if (op === UnaryOp.Sizeof) return newSmallInt(ListOff.Size + 4 * (vm.i32[(o + ListOff.Alloc) >> 2] as number));
    return Word.Null;
  },
  binaryOp,
  subscr,
  getiter(vm, o, iterBuf) {
    const it = iterBuf === 0 ? vm.alloc(16) : iterBuf;
    const i = it >> 2;
    vm.i32[i] = Ty.ListIter;
    vm.i32[i + 1] = o;
    vm.i32[i + 2] = 0;
    vm.i32[i + 3] = 0;
    return it;
  },
  // asked for when all modules are loaded: sorting and lists import each other
  locals: () => ({ ...METHODS, sort: listSort }),
});

/** Iterator: type, list, index. */
export const listIterType = defineType({
  name: 'iterator',
  core: 'ListIter',
  flags: TypeFlag.LeafIter,
  iternext(vm, it) {
    const i32 = vm.i32;
    const i = it >> 2;
    const list = (i32[i + 1] as number) >> 2;
    const cur = i32[i + 2] as number;
    if (cur >= (i32[list + 2] as number)) return Word.Null;
    i32[i + 2] = cur + 1;
    return i32[((i32[list + 3] as number) >> 2) + cur] as number;
  },
});

/** The list `o`, which must have at least `min` items; raises TypeError, ValueError. */
export function ensureList(vm: Vm, o: Obj, min: number): Obj {
  if (vm.typeOf(o) !== Ty.List) raiseType(vm, Ty.TypeError);
  if ((vm.i32[(o + ListOff.Len) >> 2] as number) < min) raiseType(vm, Ty.ValueError);
  return o;
}
