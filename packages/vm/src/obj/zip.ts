/** zip(). Counterpart: py/objzip.c. Object: type, number of iterators, iterators. */
import { defineType, pyFun } from '../rom/define.js';
import { checkArgCount, getIter, isLeafIterable } from '../runtime.js';
import { tailCall1, tailCall2, tailIterNext } from '../tail.js';
import { type Addr, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { wordBytes } from './seq.js';
import { newTupleFrom } from './tuple.js';

/** The next tuple of two iterators that may run Python code. */
export const zip2Py = pyFun('_zip2');
/** The next tuple of any number of them. */
export const zipAllPy = pyFun('_zip_all');

/** Whether a native may ask all of the `n` iterators at `at`. */
export function allLeaf(vm: Vm, n: number, at: Addr): boolean {
  for (let k = 0; k < n; k++) if (!isLeafIterable(vm, vm.i32[(at >> 2) + k] as number)) return false;
  return true;
}

export const zipType = defineType({
  name: 'zip',
  core: 'Zip',
  makeNew(vm, type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 0, 0xffff, false);
    const o = vm.allocObj(8 + wordBytes(vm, nArgs), type);
    vm.i32[(o >> 2) + 1] = nArgs;
    for (let k = 0; k < nArgs; k++) vm.i32[(o >> 2) + 2 + k] = getIter(vm, vm.i32[(args >> 2) + k] as number, 0);
    return o;
  },
  iternext(vm, self) {
    const i = self >> 2;
    const n = vm.i32[i + 1] as number;
    if (n === 0) return Word.Null;
    if (!allLeaf(vm, n, self + 8)) return zipPython(vm, n, self + 8);
    let tuple: Obj = 0;
    for (let k = 0; k < n; k++) {
      const x = tailIterNext(vm, vm.i32[i + 2 + k] as number);
      if (x === Word.Null) return Word.Null;
      if (tuple === 0) tuple = newTupleFrom(vm, n, 0);
      vm.i32[(tuple >> 2) + 2 + k] = x;
    }
    return tuple;
  },
});

function zipPython(vm: Vm, n: number, iters: Addr): Obj {
  const i = iters >> 2;
  if (n === 2) return tailCall2(vm, vm.addrOf(zip2Py), vm.i32[i] as number, vm.i32[i + 1] as number);
  return tailCall1(vm, vm.addrOf(zipAllPy), newTupleFrom(vm, n, iters));
}
