/**
 * Tuples. Counterpart: py/objtuple.c. Namedtuples and attrtuples have the same layout and share these natives:
 * whatever has the tuple's getiter slot is laid out as a tuple.
 */
import { moveWords } from '../move.js';
import { BinaryOp, UnaryOp } from '@tsmp-internal/bytecode';
import { ListOff, TupleOff } from '../layout.js';
import { type Printer, PrintKind } from '../print.js';
import { raiseMsg } from '../raise.js';
import { enterDepth, leaveDepth } from '../records.js';
import { defineType, fun1, fun2, funVar, pyFun } from '../rom/define.js';
import { checkArgCount, getIndex, getIter, hash, isLeafIterable, iterate, printObj } from '../runtime.js';
import { tailCall1 } from '../tail.js';
import { Ty, TypeFlag, TypeOff } from '../types.js';
import { type Addr, newBool, newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { castToNativeBase } from './class-lookup.js';
import { Gather, gather } from './gather.js';
import { newList } from './list.js';
import {
  compareItems,
  countItems,
  fastSlice,
  indexOfItem,
  itemSeparator,
  repeatCount,
  repeatWords,
  wordBytes,
} from './seq.js';
import { bound } from './slice.js';

/** A tuple of the `n` words at `items`; 0: the caller fills them in. */
export function newTupleFrom(vm: Vm, n: number, items: Addr): Obj {
  if (n === 0) return vm.image.emptyTuple;
  const o = vm.allocObj(TupleOff.Items + wordBytes(vm, n), Ty.Tuple);
  vm.i32[(o + TupleOff.Len) >> 2] = n;
  if (items !== 0) moveWords(vm.i32, (o + TupleOff.Items) >> 2, items >> 2, (items >> 2) + n);
  return o;
}

/** Whether `o` is laid out as a tuple: a tuple, namedtuple or attrtuple. */
export function isTupleLike(vm: Vm, o: Obj): boolean {
  return vm.i32[(vm.typeOf(o) + TypeOff.Getiter) >> 2] === vm.i32[(Ty.Tuple + TypeOff.Getiter) >> 2];
}
/** The tuple in `o`, which may be an instance of a subclass; Null when there is none. */
function asTuple(vm: Vm, o: Obj): Obj {
  if (isTupleLike(vm, o)) return o;
  const sub = castToNativeBase(vm, o, Ty.Tuple);
  return sub !== Word.Null && isTupleLike(vm, sub) ? sub : Word.Null;
}

export function tuplePrint(vm: Vm, out: Printer, o: Obj, kind: PrintKind): void {
  const json = kind === PrintKind.Json;
  const k = json ? kind : PrintKind.Repr;
  const separator = itemSeparator(out, k);
  const len = vm.i32[(o + TupleOff.Len) >> 2] as number;
  out.write(json ? '[' : '(');
  for (let i = 0; i < len; i++) {
    if (i > 0) out.write(separator);
    printObj(vm, out, vm.i32[((o + TupleOff.Items) >> 2) + i] as number, k);
  }
  out.write(json ? ']' : len === 1 ? ',)' : ')');
}

export function tupleUnaryOp(vm: Vm, op: number, o: Obj): Obj {
  const len = vm.i32[(o + TupleOff.Len) >> 2] as number;
  if (op === UnaryOp.Bool) return newBool(len !== 0);
  if (op === UnaryOp.Len) return newSmallInt(len);
  if (op !== UnaryOp.Hash) return Word.Null;
  const bytes = vm.profile.stack.native >> 2;
  enterDepth(vm, bytes);
  let h = vm.image.emptyTuple;
  vm.worked(2 + (len >> 4));
  for (let i = 0; i < len; i++) h = (h + (hash(vm, vm.i32[((o + TupleOff.Items) >> 2) + i] as number) >> 1)) | 0;
  leaveDepth(vm, bytes);
  return newSmallInt(h);
}

/** `tuple * n`; the product of the two numbers may have more than 32 bits. */
export function repeatTuple(vm: Vm, a: Obj, b: Obj): Obj {
  const len = vm.i32[(a + TupleOff.Len) >> 2] as number;
  const n = repeatCount(vm, b);
  if (n === undefined) return Word.Null;
  if (n <= 0) return vm.image.emptyTuple;
  const out = newTupleFrom(vm, len * n, 0);
  repeatWords(vm, a + TupleOff.Items, len, n, out + TupleOff.Items);
  return out;
}

export function tupleBinaryOp(vm: Vm, op: number, a: Obj, b: Obj): Obj {
  const i32 = vm.i32;
  const len = i32[(a + TupleOff.Len) >> 2] as number;
  switch (op) {
    case BinaryOp.Add:
    case BinaryOp.InplaceAdd: {
      const other = asTuple(vm, b);
      if (other === Word.Null) return Word.Null;
      const n = i32[(other + TupleOff.Len) >> 2] as number;
      const out = newTupleFrom(vm, len + n, 0);
      const to = (out + TupleOff.Items) >> 2;
      moveWords(i32, to, (a + TupleOff.Items) >> 2, ((a + TupleOff.Items) >> 2) + len);
      moveWords(i32, to + len, (other + TupleOff.Items) >> 2, ((other + TupleOff.Items) >> 2) + n);
      return out;
    }
    case BinaryOp.Multiply:
    case BinaryOp.InplaceMultiply:
      return repeatTuple(vm, a, b);
    case BinaryOp.Equal:
    case BinaryOp.Less:
    case BinaryOp.More:
    case BinaryOp.LessEqual:
    case BinaryOp.MoreEqual: {
      const other = asTuple(vm, b);
      return other === Word.Null ? Word.Null : newBool(compareItems(vm, op, a, other));
    }
    default:
      return Word.Null;
  }
}

export function tupleSubscr(vm: Vm, self: Obj, index: Obj, value: Obj): Obj {
  if (value !== Word.Sentinel) return Word.Null;
  const len = vm.i32[(self + TupleOff.Len) >> 2] as number;
  if (vm.typeOf(index) === Ty.Slice) {
    if (!fastSlice(vm, len, index)) {
      raiseMsg(vm, Ty.NotImplementedError, 'only slices with step=1 (aka None) are supported');
    }
    return newTupleFrom(vm, bound.stop - bound.start, self + TupleOff.Items + 4 * bound.start);
  }
  return vm.i32[((self + TupleOff.Items) >> 2) + getIndex(vm, vm.typeOf(self), len, index, false)] as number;
}

export function tupleGetiter(vm: Vm, o: Obj, iterBuf: Addr): Obj {
  const it = iterBuf === 0 ? vm.alloc(16) : iterBuf;
  const i = it >> 2;
  vm.i32[i] = Ty.TupleIter;
  vm.i32[i + 1] = o;
  vm.i32[i + 2] = 0;
  vm.i32[i + 3] = 0;
  return it;
}

/** `_tuple_from(list)`: a tuple of a list's items; frees the list, which nothing may use any more. */
export const tupleFromList = fun1(tupleOfList);
export function tupleOfList(vm: Vm, list: Obj): Obj {
  const items = vm.i32[(list + ListOff.Items) >> 2] as number;
  const t = newTupleFrom(vm, vm.i32[(list + ListOff.Len) >> 2] as number, items);
  vm.heap.free(items);
  vm.heap.free(list);
  return t;
}
/** {@link tupleOfList}, but 0 instead of MemoryError. */
export function tryTupleOfList(vm: Vm, list: Obj): Obj {
  const i32 = vm.i32;
  const n = i32[(list + ListOff.Len) >> 2] as number;
  const items = i32[(list + ListOff.Items) >> 2] as number;
  let t = vm.image.emptyTuple;
  if (n !== 0) {
    t = vm.heap.alloc(TupleOff.Items + 4 * n);
    if (t === 0) return 0;
    i32[t >> 2] = Ty.Tuple;
    i32[(t + TupleOff.Len) >> 2] = n;
    moveWords(i32, (t + TupleOff.Items) >> 2, items >> 2, (items >> 2) + n);
  }
  vm.heap.free(items);
  vm.heap.free(list);
  return t;
}
/** A tuple of an iterable that runs Python code. */
export const toTuplePy = pyFun('_to_tuple');

/** A tuple of what is in `it`, whose iteration runs no Python code. */
export function tupleOfLeaf(vm: Vm, it: Obj): Obj {
  const i32 = vm.i32;
  let alloc = 4;
  let len = 0;
  let items = vm.alloc(alloc * 4);
  const iter = getIter(vm, it, 0);
  let mark = vm.heap.logTop;
  for (;;) {
    const x = iterate(vm, iter, mark);
    if (x === Word.Null) break;
    if (len >= alloc) {
      items = vm.realloc(items, wordBytes(vm, alloc * 2));
      alloc *= 2;
      // the block may be a new one: it must stay in the log for the turns to come
      vm.heap.logTop = mark;
      vm.keep(items);
      mark = vm.heap.logTop;
    }
    i32[(items >> 2) + len++] = x;
  }
  const t = newTupleFrom(vm, len, items);
  vm.heap.free(items);
  return t;
}

export const tupleType = defineType({
  name: 'tuple',
  core: 'Tuple',
  flags: TypeFlag.LeafIter,
  makeNew(vm, _type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 0, 1, false);
    if (nArgs === 0) return vm.image.emptyTuple;
    const it = vm.i32[args >> 2] as number;
    if (vm.typeOf(it) === Ty.Tuple) return it;
    if (isLeafIterable(vm, it)) return tupleOfLeaf(vm, it);
    // @quick-begin
    if (vm.typeOf(it) === Ty.Generator) return gather(vm, it, Gather.Tuple, newList(vm, 0));
    // @quick-end
    return tailCall1(vm, vm.addrOf(toTuplePy), it);
  },
  print: tuplePrint,
  unaryOp: tupleUnaryOp,
  binaryOp: tupleBinaryOp,
  subscr: tupleSubscr,
  getiter: tupleGetiter,
  locals: {
    count: fun2(countItems),
    index: funVar(2, 4, (vm, nArgs, _nKw, args) => indexOfItem(vm, nArgs, args)),
  },
});

/** Iterator: type, tuple, index. */
export const tupleIterType = defineType({
  name: 'iterator',
  core: 'TupleIter',
  flags: TypeFlag.LeafIter,
  iternext(vm, it) {
    const i32 = vm.i32;
    const i = it >> 2;
    const t = (i32[i + 1] as number) >> 2;
    const cur = i32[i + 2] as number;
    if (cur >= (i32[t + 1] as number)) return Word.Null;
    i32[i + 2] = cur + 1;
    return i32[t + 2 + cur] as number;
  },
});
