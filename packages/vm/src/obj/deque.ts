/**
 * Deques: ring buffers of a fixed size. Counterpart: py/objdeque.c.
 *
 *     +0 type   +4 alloc   +8 get   +12 put   +16 address of items   +20 flags
 *
 * One slot of `alloc` always stays free, so that full and empty differ.
 */
import { UnaryOp } from '@tsmp-internal/bytecode';
import { raiseMsg, raiseType } from '../raise.js';
import { popRec } from '../records.js';
import { defineType, fun1, fun2 } from '../rom/define.js';
import { checkArgCount, getIndex, getInt, getIter, isLeafIterable, iterate } from '../runtime.js';
import { tailCall3 } from '../tail.js';
import { Ty, TypeFlag } from '../types.js';
import { newBool, newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { extendPy, stackIterBuf, wordBytes } from './seq.js';

const enum DequeOff {
  Alloc = 4,
  Get = 8,
  Put = 12,
  Items = 16,
  Flags = 20,
  Size = 24,
}
/** Appending to a full deque raises IndexError instead of overwriting. */
const CHECK_OVERFLOW = 1;

function dequeLen(vm: Vm, o: Obj): number {
  const n = (vm.i32[(o + DequeOff.Put) >> 2] as number) - (vm.i32[(o + DequeOff.Get) >> 2] as number);
  return n < 0 ? n + (vm.i32[(o + DequeOff.Alloc) >> 2] as number) : n;
}
function checkRoom(vm: Vm, o: Obj, full: boolean): void {
  if (full && ((vm.i32[(o + DequeOff.Flags) >> 2] as number) & CHECK_OVERFLOW) !== 0)
    raiseMsg(vm, Ty.IndexError, 'full');
}
function itemAt(vm: Vm, o: Obj, i: number): number {
  return ((vm.i32[(o + DequeOff.Items) >> 2] as number) >> 2) + i;
}

function append(vm: Vm, self: Obj, item: Obj): Obj {
  const i = self >> 2;
  const alloc = vm.i32[i + 1] as number;
  const get = vm.i32[i + 2] as number;
  const put = vm.i32[i + 3] as number;
  const next = put + 1 === alloc ? 0 : put + 1;
  checkRoom(vm, self, next === get);
  vm.i32[itemAt(vm, self, put)] = item;
  vm.i32[i + 3] = next;
  if (next === get) vm.i32[i + 2] = get + 1 === alloc ? 0 : get + 1;
  return Word.None;
}
function appendleft(vm: Vm, self: Obj, item: Obj): Obj {
  const i = self >> 2;
  const alloc = vm.i32[i + 1] as number;
  const get = vm.i32[i + 2] as number;
  const put = vm.i32[i + 3] as number;
  const next = get === 0 ? alloc - 1 : get - 1;
  checkRoom(vm, self, next === put);
  vm.i32[i + 2] = next;
  vm.i32[itemAt(vm, self, next)] = item;
  if (next === put) vm.i32[i + 3] = put === 0 ? alloc - 1 : put - 1;
  return Word.None;
}

/** Appends what an iterable has; answers `result`, or Call when Python code has to run. */
function extend(vm: Vm, self: Obj, it: Obj, result: Obj): Obj {
  if (!isLeafIterable(vm, it)) return tailCall3(vm, vm.addrOf(extendPy), self, it, result);
  const iter = getIter(vm, it, stackIterBuf(vm));
  const mark = vm.heap.logTop;
  for (;;) {
    const x = iterate(vm, iter, mark);
    if (x === Word.Null) break;
    append(vm, self, x);
  }
  popRec(vm);
  return result;
}

function takeAt(vm: Vm, self: Obj, i: number): Obj {
  const at = itemAt(vm, self, i);
  const x = vm.i32[at] as number;
  vm.i32[at] = Word.Null;
  return x;
}
function pop(vm: Vm, self: Obj, left: boolean): Obj {
  const i = self >> 2;
  const alloc = vm.i32[i + 1] as number;
  const get = vm.i32[i + 2] as number;
  const put = vm.i32[i + 3] as number;
  if (get === put) raiseMsg(vm, Ty.IndexError, 'empty');
  if (left) {
    vm.i32[i + 2] = get + 1 === alloc ? 0 : get + 1;
    return takeAt(vm, self, get);
  }
  const last = put === 0 ? alloc - 1 : put - 1;
  vm.i32[i + 3] = last;
  return takeAt(vm, self, last);
}

export const dequeType = defineType({
  name: 'deque',
  core: 'Deque',
  flags: TypeFlag.LeafIter,
  makeNew(vm, type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 2, 3, false);
    const a = args >> 2;
    const maxlen = getInt(vm, vm.i32[a + 1] as number);
    if (maxlen < 0) raiseType(vm, Ty.ValueError);
    const o = vm.allocObj(DequeOff.Size, type);
    const items = vm.alloc(wordBytes(vm, maxlen + 1));
    vm.i32[(o + DequeOff.Alloc) >> 2] = maxlen + 1;
    vm.i32[(o + DequeOff.Items) >> 2] = items;
    if (nArgs > 2) vm.i32[(o + DequeOff.Flags) >> 2] = getInt(vm, vm.i32[a + 2] as number);
    return extend(vm, o, vm.i32[a] as number, o);
  },
  unaryOp(vm, op, o) {
    if (op === UnaryOp.Bool) return newBool(dequeLen(vm, o) !== 0);
    if (op === UnaryOp.Len) return newSmallInt(dequeLen(vm, o));
    if (op === UnaryOp.Sizeof) return newSmallInt(DequeOff.Size + 4 * (vm.i32[(o + DequeOff.Alloc) >> 2] as number));
    return Word.Null;
  },
  subscr(vm, o, index, value) {
    if (value === Word.Null) return Word.Null;
    const alloc = vm.i32[(o + DequeOff.Alloc) >> 2] as number;
    const at = (vm.i32[(o + DequeOff.Get) >> 2] as number) + getIndex(vm, vm.typeOf(o), dequeLen(vm, o), index, false);
    const w = itemAt(vm, o, at >= alloc ? at - alloc : at);
    if (value === Word.Sentinel) return vm.i32[w] as number;
    vm.i32[w] = value;
    return Word.None;
  },
  getiter(vm, o, iterBuf) {
    const it = iterBuf === 0 ? vm.alloc(16) : iterBuf;
    const i = it >> 2;
    vm.i32[i] = vm.addrOf(dequeIterType);
    vm.i32[i + 1] = o;
    vm.i32[i + 2] = vm.i32[(o + DequeOff.Get) >> 2] as number;
    vm.i32[i + 3] = 0;
    return it;
  },
  locals: {
    append: fun2(append),
    appendleft: fun2(appendleft),
    extend: fun2((vm, self, it) => extend(vm, self, it, Word.None)),
    pop: fun1((vm, self) => pop(vm, self, false)),
    popleft: fun1((vm, self) => pop(vm, self, true)),
  },
});

/** Iterator: type, deque, position. */
export const dequeIterType = defineType({
  name: 'iterator',
  flags: TypeFlag.LeafIter,
  iternext(vm, it) {
    const i = it >> 2;
    const o = vm.i32[i + 1] as number;
    const cur = vm.i32[i + 2] as number;
    if (cur === vm.i32[(o + DequeOff.Put) >> 2]) return Word.Null;
    vm.i32[i + 2] = cur + 1 === vm.i32[(o + DequeOff.Alloc) >> 2] ? 0 : cur + 1;
    return vm.i32[itemAt(vm, o, cur)] as number;
  },
});
