/**
 * Sorting: MicroPython's quicksort, comparison for comparison, since it is not stable and programs see its order.
 * Counterpart: mp_quicksort and mp_obj_list_sort in py/objlist.c.
 *
 * Items of built-in types are sorted here; a key function or instances of classes run Python code, so then a ROM function does
 * the same in Python. A range to sort runs from the item behind `head` to `tail`, the pivot.
 */
import { parseArgs } from '../args.js';
import { ListOff } from '../layout.js';
import { Q } from '../q.js';
import { raiseTypeError } from '../raise.js';
import { pushRec, Rec } from '../records.js';
import { funKw, pyFun } from '../rom/define.js';
import { isLeafIterable, less } from '../runtime.js';
import { tailCall3 } from '../tail.js';
import { newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { isInstanceType } from './class-lookup.js';
import { listOfLeaf } from './list.js';
import { tailCallWords } from './seq.js';

/** `key`: a function or None; a comparison must answer `res` for an item to stay on its side. */
export const quicksortPy = pyFun('_quicksort');

/** sorted() of an iterable that runs Python code. */
export const sortedPy = pyFun('_sorted');

// Comparing tuples or lists may run Python code that shortens the list: nothing behind its end is read or written.
function item(vm: Vm, list: Obj, i: number): Obj {
  if (i >= (vm.i32[(list + ListOff.Len) >> 2] as number)) return Word.None;
  return vm.i32[((vm.i32[(list + ListOff.Items) >> 2] as number) >> 2) + i] as number;
}
/** `i` is not above `j`. */
function swap(vm: Vm, list: Obj, i: number, j: number): void {
  if (j >= (vm.i32[(list + ListOff.Len) >> 2] as number)) return;
  const items = (vm.i32[(list + ListOff.Items) >> 2] as number) >> 2;
  const x = vm.i32[items + i] as number;
  vm.i32[items + i] = vm.i32[items + j] as number;
  vm.i32[items + j] = x;
}

function quicksort(vm: Vm, list: Obj, first: number, last: number, res: boolean): void {
  let head = first;
  let tail = last;
  const mark = vm.heap.logTop;
  while (tail - head > 1) {
    vm.heap.logTop = mark;
    vm.checkpoint(tail - head);
    let h = head;
    let t = tail;
    const v = vm.keep(item(vm, list, tail));
    for (;;) {
      do h++;
      while (h < t && less(vm, item(vm, list, h), v) === res);
      do t--;
      while (h < t && less(vm, v, item(vm, list, t)) === res);
      if (h >= t) break;
      swap(vm, list, h, t);
    }
    swap(vm, list, h, tail);
    // the smaller part first: at most log2(n) levels
    if (t - head < tail - h) {
      quicksort(vm, list, head, t, res);
      head = h;
    } else {
      quicksort(vm, list, h, tail, res);
      tail = t;
    }
  }
}

/** {@link quicksort} of small ints, the words from index `first` + 1 to `last`: nothing else can run meanwhile. */
function quicksortInts(vm: Vm, first: number, last: number, res: boolean): void {
  const i32 = vm.i32;
  let head = first;
  let tail = last;
  while (tail - head > 1) {
    vm.charge(tail - head);
    let h = head;
    let t = tail;
    const v = i32[tail] as number;
    for (;;) {
      do h++;
      while (h < t && (i32[h] as number) < v === res);
      do t--;
      while (h < t && v < (i32[t] as number) === res);
      if (h >= t) break;
      const x = i32[h] as number;
      i32[h] = i32[t] as number;
      i32[t] = x;
    }
    const x = i32[h] as number;
    i32[h] = i32[tail] as number;
    i32[tail] = x;
    if (t - head < tail - h) {
      quicksortInts(vm, head, t, res);
      head = h;
    } else {
      quicksortInts(vm, h, tail, res);
      tail = t;
    }
  }
}

/** Whether all items are small ints. */
function onlySmallInts(vm: Vm, list: Obj): boolean {
  const items = (vm.i32[(list + ListOff.Items) >> 2] as number) >> 2;
  const end = items + (vm.i32[(list + ListOff.Len) >> 2] as number);
  for (let i = items; i < end; i++) if (((vm.i32[i] as number) & 1) === 0) return false;
  return true;
}

/** Whether comparing any of the list's items calls a method of a class written in Python. */
function hasInstances(vm: Vm, list: Obj): boolean {
  const len = vm.i32[(list + ListOff.Len) >> 2] as number;
  for (let i = 0; i < len; i++) {
    const x = item(vm, list, i);
    if ((x & 3) === 0 && isInstanceType(vm, vm.i32[x >> 2] as number)) return true;
  }
  return false;
}

/** Sorts `list` and answers `result`, or Call. `key`: a function or None; `reverse`: True or False. */
export function sortList(vm: Vm, list: Obj, key: Obj, reverse: Obj, result: Obj): Obj {
  const len = vm.i32[(list + ListOff.Len) >> 2] as number;
  if (len <= 1) return result;
  const res = reverse !== Word.True;
  if (key === Word.None && onlySmallInts(vm, list)) {
    const items = (vm.i32[(list + ListOff.Items) >> 2] as number) >> 2;
    quicksortInts(vm, items - 1, items + len - 1, res);
    return result;
  }
  if (key === Word.None && !hasInstances(vm, list)) {
    quicksort(vm, list, -1, len - 1, res);
    return result;
  }
  pushRec(vm, Rec.Replace, result, 0, 0);
  return tailCallWords(
    vm,
    vm.addrOf(quicksortPy),
    list,
    newSmallInt(-1),
    newSmallInt(len - 1),
    key,
    res ? Word.True : Word.False,
  );
}

const SORT_ARGS = [
  { name: Q.key, kind: 'obj', default: Word.None, kwOnly: true },
  { name: Q.reverse, kind: 'bool', default: Word.False, kwOnly: true },
] as const;

/** `list.sort(*, key=None, reverse=False)` */
export const listSort = funKw(1, (vm, nArgs, nKw, args) => {
  const values = parseArgs(vm, nArgs - 1, nKw, args + 4, SORT_ARGS);
  return sortList(vm, vm.i32[args >> 2] as number, values[0] as Obj, values[1] as Obj, Word.None);
});

/** `sorted(iterable, *, key=None, reverse=False)` */
export const sortedFunction = funKw(1, (vm, nArgs, nKw, args) => {
  if (nArgs > 1) raiseTypeError(vm, 'must use keyword argument for key function');
  const it = vm.i32[args >> 2] as number;
  const values = parseArgs(vm, 0, nKw, args + 4, SORT_ARGS);
  const key = values[0] as Obj;
  const reverse = values[1] as Obj;
  if (!isLeafIterable(vm, it)) return tailCall3(vm, vm.addrOf(sortedPy), it, key, reverse);
  const list = listOfLeaf(vm, it);
  return sortList(vm, list, key, reverse, list);
});
