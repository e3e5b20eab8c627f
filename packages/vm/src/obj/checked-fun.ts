/** A built-in method looked up on its type (`str.lower`): checks the type of its first argument. Counterpart: py/runtime.c. */
import { tailCall } from '../call.js';
import { raiseFormat } from '../raise.js';
import { defineType } from '../rom/define.js';
import { typeName } from '../runtime.js';
import { Ty, TypeFlag } from '../types.js';
import type { Addr, Obj } from '../words.js';
import type { Vm } from '../vm.js';

export function newCheckedFun(vm: Vm, type: Addr, fun: Obj): Obj {
  const o = vm.allocObj(12, Ty.CheckedFun);
  vm.i32[(o >> 2) + 1] = type;
  vm.i32[(o >> 2) + 2] = fun;
  return o;
}

export const checkedFunType = defineType({
  name: 'function',
  core: 'CheckedFun',
  flags: TypeFlag.BindsSelf,
  call(vm, self, nArgs, nKw, args) {
    const type = vm.i32[(self >> 2) + 1] as number;
    if (nArgs > 0) {
      const given = vm.typeOf(vm.i32[args >> 2] as number);
      if (given !== type)
        raiseFormat(vm, Ty.TypeError, "argument should be a '%q' not a '%q'", typeName(vm, type), typeName(vm, given));
    }
    return tailCall(vm, vm.i32[(self >> 2) + 2] as number, nArgs, nKw, args);
  },
});
