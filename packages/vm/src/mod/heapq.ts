/**
 * The `heapq` module: a list as a binary heap. Counterpart: extmod/modheapq.c; comparison for comparison, since programs see
 * the order of equal items.
 *
 * A comparison may run Python code that changes the list: each item is looked up anew, and nothing behind the list's end is
 * read or written.
 */
import { BinaryOp } from '@tsmp-internal/bytecode';
import { ListOff } from '../layout.js';
import { listAppend } from '../obj/list.js';
import { raiseMsg, raiseTypeError } from '../raise.js';
import { defineModule, fun1, fun2 } from '../rom/define.js';
import { binaryOp } from '../runtime.js';
import { Ty } from '../types.js';
import { type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';

function lenOf(vm: Vm, heap: Obj): number {
  return vm.i32[(heap + ListOff.Len) >> 2];
}
function item(vm: Vm, heap: Obj, i: number): Obj {
  return i < lenOf(vm, heap) ? vm.i32[(vm.i32[(heap + ListOff.Items) >> 2] >> 2) + i] : Word.None;
}
function store(vm: Vm, heap: Obj, i: number, o: Obj): void {
  if (i < lenOf(vm, heap)) vm.i32[(vm.i32[(heap + ListOff.Items) >> 2] >> 2) + i] = o;
}
function lessThan(vm: Vm, a: Obj, b: Obj): boolean {
  if ((a & b & 1) !== 0) return a < b;
  return binaryOp(vm, BinaryOp.Less, a, b) === Word.True;
}
function checkHeap(vm: Vm, heap: Obj): void {
  if (vm.typeOf(heap) !== Ty.List) raiseTypeError(vm, 'heap must be a list');
}

/** Moves the item at `pos` towards `start` until its parent is not above it. */
function siftDown(vm: Vm, heap: Obj, start: number, pos: number): void {
  const moved = vm.keep(item(vm, heap, pos));
  const mark = vm.heap.logTop;
  let at = pos;
  while (at > start) {
    vm.heap.logTop = mark;
    vm.checkpoint(1);
    const up = (at - 1) >> 1;
    const parent = vm.keep(item(vm, heap, up));
    if (!lessThan(vm, moved, parent)) break;
    store(vm, heap, at, parent);
    at = up;
  }
  store(vm, heap, at, moved);
}
/** Brings the smaller child up until the gap left by the item at `pos` is at the bottom, then puts the item in its place. */
function siftUp(vm: Vm, heap: Obj, pos: number): void {
  const end = lenOf(vm, heap);
  const moved = vm.keep(item(vm, heap, pos));
  const mark = vm.heap.logTop;
  let at = pos;
  for (let child = 2 * at + 1; child < end; child = 2 * at + 1) {
    vm.heap.logTop = mark;
    vm.checkpoint(1);
    if (child + 1 < end && !lessThan(vm, item(vm, heap, child), item(vm, heap, child + 1))) child++;
    store(vm, heap, at, item(vm, heap, child));
    at = child;
  }
  store(vm, heap, at, moved);
  siftDown(vm, heap, pos, at);
}

export const heapqModule = defineModule({
  name: 'heapq',
  extensible: true,
  globals: {
    heappush: fun2((vm, heap, o) => {
      checkHeap(vm, heap);
      listAppend(vm, heap, o);
      siftDown(vm, heap, 0, lenOf(vm, heap) - 1);
      return Word.None;
    }),
    heappop: fun1((vm, heap) => {
      checkHeap(vm, heap);
      const last = lenOf(vm, heap) - 1;
      if (last < 0) raiseMsg(vm, Ty.IndexError, 'empty heap');
      const items = vm.i32[(heap + ListOff.Items) >> 2] >> 2;
      const popped = vm.keep(vm.i32[items]);
      vm.i32[items] = vm.i32[items + last];
      vm.i32[items + last] = Word.Null;
      vm.i32[(heap + ListOff.Len) >> 2] = last;
      if (last > 0) siftUp(vm, heap, 0);
      return popped;
    }),
    heapify: fun1((vm, heap) => {
      checkHeap(vm, heap);
      const mark = vm.heap.logTop;
      for (let i = lenOf(vm, heap) >> 1; i > 0; ) {
        vm.heap.logTop = mark;
        siftUp(vm, heap, --i);
      }
      return Word.None;
    }),
  },
});
