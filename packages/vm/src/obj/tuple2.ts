/** A tuple of two, as divmod(), math.frexp() and their like answer. */
import { TupleOff } from '../layout.js';
import { newTupleFrom } from './tuple.js';
import type { Obj } from '../words.js';
import type { Vm } from '../vm.js';

export function newTuple2(vm: Vm, a: Obj, b: Obj): Obj {
  const t = newTupleFrom(vm, 2, 0);
  const items = (t + TupleOff.Items) >> 2;
  vm.i32[items] = a;
  vm.i32[items + 1] = b;
  return t;
}
