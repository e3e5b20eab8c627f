/** Bound methods. Counterpart: py/objboundmeth.c. */
import { BinaryOp, UnaryOp } from '@tsmp-internal/bytecode';
import { callWithSelf } from '../call.js';
import { BoundMethOff } from '../layout.js';
import { PrintKind } from '../print.js';
import { Q } from '../q.js';
import { defineType } from '../rom/define.js';
import { printObj } from '../runtime.js';
import { tailLoadMethodMaybe } from '../tail.js';
import { Ty } from '../types.js';
import { newBool, newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { addressText } from './address.js';

/** A bound method of `meth` and `self`. */
export function newBoundMeth(vm: Vm, meth: Obj, self: Obj): Obj {
  const o = vm.allocObj(BoundMethOff.Size, Ty.BoundMethod);
  vm.i32[(o + BoundMethOff.Meth) >> 2] = meth;
  vm.i32[(o + BoundMethOff.Self) >> 2] = self;
  return o;
}

export const boundMethType = defineType({
  name: 'bound_method',
  core: 'BoundMethod',
  print(vm, out, o) {
    out.write(`<bound_method ${addressText(vm, o)} `);
    printObj(vm, out, vm.i32[(o + BoundMethOff.Self) >> 2] as number, PrintKind.Repr);
    out.write('.');
    printObj(vm, out, vm.i32[(o + BoundMethOff.Meth) >> 2] as number, PrintKind.Repr);
    out.write('>');
  },
  call(vm, fun, nArgs, nKw, args) {
    const i = fun >> 2;
    return callWithSelf(vm, vm.i32[i + 1] as number, vm.i32[i + 2] as number, nArgs, nKw, args);
  },
  unaryOp(vm, op, o) {
    if (op !== UnaryOp.Hash) return Word.Null;
    return newSmallInt(
      (vm.i32[(o + BoundMethOff.Self) >> 2] as number) ^ (vm.i32[(o + BoundMethOff.Meth) >> 2] as number),
    );
  },
  binaryOp(vm, op, a, b) {
    if (op !== BinaryOp.Equal) return Word.Null;
    const x = a >> 2;
    const y = b >> 2;
    return newBool(vm.i32[x + 1] === vm.i32[y + 1] && vm.i32[x + 2] === vm.i32[y + 2]);
  },
  attr(vm, o, attr) {
    if (vm.dest0 !== Word.Null) return 0;
    if (attr === Q.__name__ || attr === Q.__globals__)
      return tailLoadMethodMaybe(vm, vm.i32[(o + BoundMethOff.Meth) >> 2] as number, attr);
    vm.dest1 = Word.Sentinel;
    return 0;
  },
});
