/**
 * Iterators that carry their native instead of having a type each. Counterpart: py/objpolyiter.c. Object: type, native
 * number, then what that native wants.
 */
import { defineType, type IternextFn, type TypeDef } from '../rom/define.js';
import { Ty, TypeOff } from '../types.js';
import type { Obj } from '../words.js';
import type { Vm } from '../vm.js';

/** A new iterator of `nBytes` bytes (at least 8) that iterates as objects of the type `like` do. */
export function newPolymorphIter(vm: Vm, nBytes: number, like: TypeDef): Obj {
  const o = vm.allocObj(nBytes, Ty.PolymorphIter);
  vm.i32[(o >> 2) + 1] = (vm.i32[(vm.addrOf(like) + TypeOff.Iternext) >> 2] as number) - 1;
  return o;
}

export const polymorphIterType = defineType({
  name: 'iterator',
  core: 'PolymorphIter',
  iternext: (vm, o) => (vm.fns[vm.i32[(o >> 2) + 1] as number] as IternextFn)(vm, o),
});
