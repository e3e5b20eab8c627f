/** enumerate(). Counterpart: py/objenumerate.c. Object: type, iterator, next number (untagged). */
import { parseArgs } from '../args.js';
import { Q } from '../q.js';
import { defineType, pyFun } from '../rom/define.js';
import { getIter, isLeafIterable } from '../runtime.js';
import { tailCall2, tailIterNext } from '../tail.js';
import { Ty } from '../types.js';
import { type Addr, newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { newTuple2 } from './tuple2.js';

/** The next pair, of an iterator that may run Python code. */
export const enumerateNextPy = pyFun('_enumerate_next');

const ARGS = [
  { name: Q.iterable, kind: 'obj' },
  { name: Q.start, kind: 'int', default: Word.Zero },
] as const;

export function enumerateFrom(vm: Vm, nArgs: number, nKw: number, args: Addr): Obj {
  const values = parseArgs(vm, nArgs, nKw, args, ARGS);
  return newEnumerate(vm, values[0] as Obj, values[1] as number);
}
function newEnumerate(vm: Vm, iterable: Obj, start: number): Obj {
  const o = vm.allocObj(12, Ty.Enumerate);
  vm.i32[(o >> 2) + 1] = getIter(vm, iterable, 0);
  vm.i32[(o >> 2) + 2] = start;
  return o;
}

export const enumerateType = defineType({
  name: 'enumerate',
  core: 'Enumerate',
  makeNew(vm, _type, nArgs, nKw, args) {
    // @quick-begin
    if (nArgs === 1 && nKw === 0) return newEnumerate(vm, vm.i32[args >> 2] as number, 0);
    // @quick-end
    return enumerateFrom(vm, nArgs, nKw, args);
  },
  iternext(vm, self) {
    const i = self >> 2;
    const iter = vm.i32[i + 1] as number;
    const n = vm.i32[i + 2] as number;
    if (!isLeafIterable(vm, iter)) {
      vm.i32[i + 2] = n + 1;
      return tailCall2(vm, vm.addrOf(enumerateNextPy), iter, newSmallInt(n));
    }
    const x = tailIterNext(vm, iter);
    if (x === Word.Null) return Word.Null;
    vm.i32[i + 2] = n + 1;
    return newTuple2(vm, newSmallInt(n), x);
  },
});
