/**
 * Iterators over objects that only have `__getitem__`. Counterpart: py/objgetitemiter.c. Body: type, method, self or
 * Null, next index (a small int).
 */
import { defineType, pyFun } from '../rom/define.js';
import { tailCall2, tailCall3 } from '../tail.js';
import { Ty } from '../types.js';
import { type Addr, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';

/** IndexError and StopIteration are the end, subclasses of them are not; the value of a StopIteration is dropped. */
export const getitemNextPy = pyFun('_getitem_next');
export const getitemNextSelfPy = pyFun('_getitem_next_self');

/** An iterator that calls `meth` (with `self`, unless that is Null) with 0, 1, 2, …; `iterBuf` as for a getiter slot. */
export function newGetitemIter(vm: Vm, meth: Obj, self: Obj, iterBuf: Addr): Obj {
  const it = iterBuf === 0 ? vm.alloc(16) : iterBuf;
  const i = it >> 2;
  vm.i32[i] = Ty.GetitemIter;
  vm.i32[i + 1] = meth;
  vm.i32[i + 2] = self;
  vm.i32[i + 3] = Word.Zero;
  return it;
}

export const getitemIterType = defineType({
  name: 'iterator',
  core: 'GetitemIter',
  iternext(vm, it) {
    const i = it >> 2;
    const index = vm.i32[i + 3] as number;
    vm.i32[i + 3] = index + 2;
    const meth = vm.i32[i + 1] as number;
    const self = vm.i32[i + 2] as number;
    if (self === Word.Null) return tailCall2(vm, vm.addrOf(getitemNextPy), meth, index);
    return tailCall3(vm, vm.addrOf(getitemNextSelfPy), meth, self, index);
  },
});
