/** reversed(). Counterpart: py/objreversed.c. Object: type, sequence, items left (untagged). */
import { Q } from '../q.js';
import { raiseTypeError } from '../raise.js';
import { defineType } from '../rom/define.js';
import { checkArgCount, lenMaybe, loadMethodMaybe, typeNameOf } from '../runtime.js';
import { tailCallMethod, tailSubscr } from '../tail.js';
import { newSmallInt, Word } from '../words.js';

export const reversedType = defineType({
  name: 'reversed',
  core: 'Reversed',
  makeNew(vm, type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 1, 1, false);
    const seq = vm.i32[args >> 2] as number;
    loadMethodMaybe(vm, seq, Q.__reversed__);
    if (vm.dest0 !== Word.Null) return tailCallMethod(vm, vm.dest0, vm.dest1, Word.Null, Word.Null);
    const o = vm.allocObj(12, type);
    const len = lenMaybe(vm, seq);
    if (len < 0) raiseTypeError(vm, `object of type '${typeNameOf(vm, seq)}' has no len()`);
    vm.i32[(o >> 2) + 1] = seq;
    vm.i32[(o >> 2) + 2] = len;
    return o;
  },
  iternext(vm, self) {
    const i = self >> 2;
    const left = vm.i32[i + 2] as number;
    if (left === 0) return Word.Null;
    vm.i32[i + 2] = left - 1;
    return tailSubscr(vm, vm.i32[i + 1] as number, newSmallInt(left - 1), Word.Sentinel);
  },
});
