/** `super().__init__(…)` reaching a native base class: constructs the instance's sub-object. */
import { InstanceOff } from '../layout.js';
import { isAwaited } from '../rom/later.js';
import { runNested } from '../nested.js';
import type { MakeNewFn } from '../rom/define.js';
import { raiseMsg } from '../raise.js';
import { typeFlags } from '../runtime.js';
import { Ty, TypeFlag, TypeOff } from '../types.js';
import { type Addr, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { countNativeBases, lastNativeBase } from './class-lookup.js';

export function nativeBaseInit(vm: Vm, nArgs: number, nKw: number, args: Addr): Obj {
  const self = vm.i32[args >> 2] as number;
  const type = vm.typeOf(self);
  const isInstance = (typeFlags(vm, type) & TypeFlag.InstanceType) !== 0;
  const base = isInstance && countNativeBases(vm, type) > 0 ? lastNativeBase : 0;
  // `super(C, x)` takes any x
  const slot = base === 0 ? 0 : (vm.i32[(base + TypeOff.MakeNew) >> 2] as number);
  if (slot === 0) raiseMsg(vm, Ty.TypeError, '');
  const make = vm.fns[slot - 1] as MakeNewFn;
  if (isAwaited(vm, make)) return make(vm, base, nArgs - 1, nKw, args + 4);
  const sub = runNested(vm, () => make(vm, base, nArgs - 1, nKw, args + 4));
  vm.i32[(self + InstanceOff.Subobj) >> 2] = sub;
  return Word.None;
}
