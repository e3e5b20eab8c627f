/**
 * map() and filter(). Counterpart: py/objmap.c, py/objfilter.c.
 *
 *     map      +0 type   +4 number of iterators   +8 function   +12 iterators …
 *     filter   +0 type   +4 function or None   +8 iterator
 */
import { moveWords } from '../move.js';
import { TsOff } from '../layout.js';
import { growBody, pushRec, Rec, unwindTo } from '../records.js';
import { defineType, pyFun } from '../rom/define.js';
import { checkArgCount, getIter, isLeafIterable, isTrue, iterate } from '../runtime.js';
import { tailCall, tailCall2, tailCall3, tailIterNext } from '../tail.js';
import { type Addr, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { wordBytes } from './seq.js';
import { newTupleFrom } from './tuple.js';
import { allLeaf } from './zip.js';

/** The next value of a map over an iterator that may run Python code. `block`: what the end frees. */
export const map1Py = pyFun('_map1');
/** As {@link map1Py}, for any number of iterators. */
export const mapAllPy = pyFun('_map_all');
/** Calls a function that may block: a frame can wait where an iterator cannot. */
export const applyPy = pyFun('_apply');
export const filterNextPy = pyFun('_filter_next');

export const mapType = defineType({
  name: 'map',
  core: 'Map',
  makeNew(vm, type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 2, 0xffff, false);
    const o = vm.allocObj(8 + wordBytes(vm, nArgs), type);
    const i = o >> 2;
    vm.i32[i + 1] = nArgs - 1;
    vm.i32[i + 2] = vm.i32[args >> 2] as number;
    for (let k = 1; k < nArgs; k++) vm.i32[i + 2 + k] = getIter(vm, vm.i32[(args >> 2) + k] as number, 0);
    return o;
  },
  iternext(vm, self) {
    const i = self >> 2;
    const n = vm.i32[i + 1] as number;
    const fun = vm.i32[i + 2] as number;
    // the items of each turn are gathered in a block that nobody frees, as on MicroPython
    const items = vm.alloc(4 * n);
    if (!allLeaf(vm, n, self + 12)) {
      if (n === 1) return tailCall3(vm, vm.addrOf(map1Py), fun, vm.i32[i + 3] as number, items);
      return tailCall3(vm, vm.addrOf(mapAllPy), fun, newTupleFrom(vm, n, self + 12), items);
    }
    for (let k = 0; k < n; k++) {
      const x = tailIterNext(vm, vm.i32[i + 3 + k] as number);
      if (x === Word.Null) {
        vm.heap.free(items);
        return Word.Null;
      }
      vm.i32[(items >> 2) + k] = x;
    }
    return callWith(vm, fun, n, items);
  },
});

/** Calls `fun` with the `n` words of a block. */
function callWith(vm: Vm, fun: Obj, n: number, items: Addr): Obj {
  const rec = vm.i32[(vm.ts + TsOff.Rec) >> 2] as number;
  pushRec(vm, Rec.Args, 0, 0, 0);
  const at = growBody(vm, 4 * n);
  moveWords(vm.i32, at >> 2, items >> 2, (items >> 2) + n);
  const r = tailCall(vm, fun, n, 0, at);
  if (r !== Word.Wait) return r;
  // being entered again would take the next items: a frame enters the function, which has done nothing yet, again
  unwindTo(vm, rec);
  return tailCall2(vm, vm.addrOf(applyPy), fun, newTupleFrom(vm, n, items));
}

export const filterType = defineType({
  name: 'filter',
  core: 'Filter',
  makeNew(vm, type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 2, 2, false);
    const o = vm.allocObj(12, type);
    vm.i32[(o >> 2) + 1] = vm.i32[args >> 2] as number;
    vm.i32[(o >> 2) + 2] = getIter(vm, vm.i32[(args >> 2) + 1] as number, 0);
    return o;
  },
  iternext(vm, self) {
    const fun = vm.i32[(self >> 2) + 1] as number;
    const iter = vm.i32[(self >> 2) + 2] as number;
    if (fun !== Word.None || !isLeafIterable(vm, iter)) return tailCall2(vm, vm.addrOf(filterNextPy), fun, iter);
    const mark = vm.heap.logTop;
    for (;;) {
      const x = iterate(vm, iter, mark);
      if (x === Word.Null || isTrue(vm, x)) return x;
    }
  },
});
