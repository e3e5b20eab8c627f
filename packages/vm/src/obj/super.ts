/** super(). Counterpart: py/objtype.c. */
import { SuperOff } from '../layout.js';
import { PrintKind } from '../print.js';
import { Q } from '../q.js';
import { raiseTypeError } from '../raise.js';
import { defineType } from '../rom/define.js';
import { checkArgCount, printObj } from '../runtime.js';
import { Ty, TypeOff } from '../types.js';
import { type Obj, type Qstr, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { classLookup, isSubclass } from './class-lookup.js';

/** Looks `attr` up behind `type` for `self`; `dest0`/`dest1` must be Null. Answers Call when a frame was pushed. */
export function superLookup(vm: Vm, type: Obj, self: Obj, attr: Qstr): number {
  const parent = vm.i32[(type + TypeOff.Parent) >> 2] as number;
  const slot = attr === Q.__init__ ? TypeOff.MakeNew : 0;
  const isType = false;
  if (parent !== 0 && vm.i32[parent >> 2] === Ty.Tuple) {
    const n = vm.i32[(parent >> 2) + 1] as number;
    for (let i = 0; i < n && vm.dest0 === Word.Null; i++) {
      const base = vm.i32[(parent >> 2) + 2 + i] as number;
      if (base !== Ty.Object && classLookup(vm, self, attr, slot, isType, base) === Word.Call) return Word.Call;
    }
  } else if (parent !== 0 && parent !== Ty.Object) {
    if (classLookup(vm, self, attr, slot, isType, parent) === Word.Call) return Word.Call;
  }
  if (vm.dest0 === Word.Sentinel) {
    vm.dest0 = vm.image.initWrapper;
    vm.dest1 = self;
    return 0;
  }
  return vm.dest0 !== Word.Null ? 0 : classLookup(vm, self, attr, 0, isType, Ty.Object);
}

export const superType = defineType({
  name: 'super',
  core: 'Super',
  makeNew(vm, type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 2, 2, false);
    const cls = vm.i32[args >> 2] as number;
    const self = vm.i32[(args >> 2) + 1] as number;
    const t = vm.typeOf(self) === Ty.Type ? self : vm.typeOf(self);
    if (vm.typeOf(cls) !== Ty.Type && vm.typeOf(cls) !== Ty.Tuple) {
      raiseTypeError(vm, 'issubclass() arg 2 must be a class or a tuple of classes');
    }
    if (cls !== Ty.Object && !isSubclass(vm, t, cls)) raiseTypeError(vm, '');
    const o = vm.allocObj(SuperOff.Size, type);
    vm.i32[(o >> 2) + 1] = cls;
    vm.i32[(o >> 2) + 2] = self;
    return o;
  },
  print(vm, out, o) {
    out.write('<super: ');
    printObj(vm, out, vm.i32[(o >> 2) + 1] as number, PrintKind.Str);
    out.write(', ');
    printObj(vm, out, vm.i32[(o >> 2) + 2] as number, PrintKind.Str);
    out.write('>');
  },
  attr(vm, o, attr) {
    if (vm.dest0 !== Word.Null) return 0;
    return superLookup(vm, vm.i32[(o >> 2) + 1] as number, vm.i32[(o >> 2) + 2] as number, attr);
  },
});
