/** reversed(). Counterpart: py/objreversed.c. Object: type, sequence, items left (untagged). */
import { UnaryOp } from '@tsmp-internal/bytecode';
import { enterNested, leaveNested } from '../nested.js';
import { Q } from '../q.js';
import { raiseFormat } from '../raise.js';
import { defineType, type UnaryOpFn } from '../rom/define.js';
import { checkArgCount, getInt, loadMethodMaybe, typeNameOf } from '../runtime.js';
import { tailCallMethod, tailSubscr } from '../tail.js';
import { Ty, TypeOff } from '../types.js';
import { newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';

/** `len(seq)`, which must be an int. */
function lengthOf(vm: Vm, seq: Obj): number {
  const slot = vm.i32[(vm.typeOf(seq) + TypeOff.UnaryOp) >> 2] as number;
  let len: Obj = Word.Null;
  if (slot !== 0) {
    const base = enterNested(vm);
    len = leaveNested(vm, base, (vm.fns[slot - 1] as UnaryOpFn)(vm, UnaryOp.Len, seq));
  }
  if (len === Word.Null) raiseFormat(vm, Ty.TypeError, "object of type '%s' has no len()", typeNameOf(vm, seq));
  return getInt(vm, len);
}

export const reversedType = defineType({
  name: 'reversed',
  core: 'Reversed',
  makeNew(vm, type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 1, 1, false);
    const seq = vm.i32[args >> 2] as number;
    loadMethodMaybe(vm, seq, Q.__reversed__);
    if (vm.dest0 !== Word.Null) return tailCallMethod(vm, vm.dest0, vm.dest1, Word.Null, Word.Null);
    const o = vm.allocObj(12, type);
    vm.i32[(o >> 2) + 1] = seq;
    vm.i32[(o >> 2) + 2] = lengthOf(vm, seq);
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
