/** property, staticmethod, classmethod. Counterpart: py/objproperty.c, py/objtype.c. */
import { moveWords } from '../move.js';
import { PropertyOff, StaticMethodOff } from '../layout.js';
import { parseArgs } from '../args.js';
import { Q } from '../q.js';
import { defineType, fun2, type TypeDef } from '../rom/define.js';
import { checkArgCount } from '../runtime.js';
import { Ty } from '../types.js';
import { type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';

const ARGS = [
  { name: Q.Empty, kind: 'obj', default: Word.None },
  { name: Q.Empty, kind: 'obj', default: Word.None },
  { name: Q.Empty, kind: 'obj', default: Word.None },
  { name: Q.doc, kind: 'obj', default: Word.None },
] as const;

/** A property like `self`, with the function at `offset` replaced. */
function withFunction(vm: Vm, self: Obj, offset: number, fun: Obj): Obj {
  const o = vm.allocObj(PropertyOff.Size, Ty.Property);
  moveWords(vm.i32, (o >> 2) + 1, (self >> 2) + 1, (self >> 2) + 4);
  vm.i32[(o + offset) >> 2] = fun;
  return o;
}

export const propertyType = defineType({
  name: 'property',
  core: 'Property',
  makeNew(vm, _type, nArgs, nKw, args) {
    const [getter, setter, deleter] = parseArgs(vm, nArgs, nKw, args, ARGS) as [Obj, Obj, Obj, Obj];
    const o = vm.allocObj(PropertyOff.Size, Ty.Property);
    vm.i32[(o >> 2) + 1] = getter;
    vm.i32[(o >> 2) + 2] = setter;
    vm.i32[(o >> 2) + 3] = deleter;
    return o;
  },
  locals: {
    getter: fun2((vm, self, f) => withFunction(vm, self, PropertyOff.Getter, f)),
    setter: fun2((vm, self, f) => withFunction(vm, self, PropertyOff.Setter, f)),
    deleter: fun2((vm, self, f) => withFunction(vm, self, PropertyOff.Deleter, f)),
  },
});

function wrapper(name: string, core: string): TypeDef {
  return defineType({
    name,
    core,
    makeNew(vm, type, nArgs, nKw, args) {
      checkArgCount(vm, nArgs, nKw, 1, 1, false);
      const o = vm.allocObj(StaticMethodOff.Size, type);
      vm.i32[(o >> 2) + 1] = vm.i32[args >> 2] as number;
      return o;
    },
  });
}
export const staticmethodType = wrapper('staticmethod', 'Staticmethod');
export const classmethodType = wrapper('classmethod', 'Classmethod');
