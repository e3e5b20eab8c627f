/** `type` and `object`, and the template whose slots every Python class gets. Counterpart: py/objtype.c, py/objobject.c. */
import { DictOff, InstanceOff, MapFlag } from '../layout.js';
import { mapAdd, mapRemove, newDict } from '../map.js';
import { Q } from '../q.js';
import { raiseFormat, raiseMsg, raiseTypeError } from '../raise.js';
import { defineType, fun1, fun2, fun3, type MakeNewFn, staticMethod } from '../rom/define.js';
import { checkArgCount, typeFlags, typeName } from '../runtime.js';
import { Ty, TypeFlag, TypeOff } from '../types.js';
import { newQstrObj, type Obj, type Qstr, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { newClass, hasSpecialAccessor } from './class-build.js';
import { classLookup, isInstanceType } from './class-lookup.js';
import { dictCopy } from './dict.js';
import { instanceAttr } from './instance-attr.js';
import {
  instanceBinaryOp,
  instanceBuffer,
  instanceCall,
  instanceGetiter,
  instancePrint,
  instanceSubscr,
  instanceUnaryOp,
} from './instance.js';
import { instanceMakeNew, newInstance } from './instance-new.js';
import { isStr, strQstr } from './str-new.js';
import { newTupleFrom } from './tuple.js';

/** Never an object's type: a class made in Python copies its slots. */
export const instanceTemplate = defineType({
  name: 'instance',
  makeNew: instanceMakeNew,
  print: instancePrint,
  call: instanceCall,
  unaryOp: instanceUnaryOp,
  binaryOp: instanceBinaryOp,
  attr: instanceAttr,
  subscr: instanceSubscr,
  getiter: instanceGetiter,
  buffer: instanceBuffer,
});

function typeAttr(vm: Vm, self: Obj, attr: Qstr): number {
  const locals = vm.i32[(self + TypeOff.Locals) >> 2] as number;
  if (vm.dest0 !== Word.Null) {
    if (locals === 0) return 0;
    vm.classCache.changed();
    const map = locals + DictOff.Map;
    if (((vm.i32[map >> 2] as number) & MapFlag.Fixed) !== 0) return 0;
    const value = vm.dest1;
    if (value === Word.Null) {
      if (mapRemove(vm, map, newQstrObj(attr)) !== 0) vm.dest0 = Word.Null;
      return 0;
    }
    if ((typeFlags(vm, self) & TypeFlag.HasSpecialAccessors) === 0 && hasSpecialAccessor(vm, newQstrObj(attr), value)) {
      if ((typeFlags(vm, self) & TypeFlag.IsSubclassed) !== 0) {
        raiseMsg(vm, Ty.AttributeError, "can't add special method to already-subclassed class");
      }
      vm.u16[(self + TypeOff.Flags) >> 1] = typeFlags(vm, self) | TypeFlag.HasSpecialAccessors;
    }
    const slot = mapAdd(vm, map, newQstrObj(attr));
    vm.i32[(slot >> 2) + 1] = value;
    vm.dest0 = Word.Null;
    return 0;
  }
  if (attr === Q.__name__) {
    vm.dest0 = newQstrObj(vm.u16[(self + TypeOff.Name) >> 1] as number);
    return 0;
  }
  if (attr === Q.__dict__) {
    let d = locals === 0 ? newDict(vm, 0) : locals;
    if (((vm.i32[(d + DictOff.Map) >> 2] as number) & MapFlag.Fixed) === 0) {
      d = dictCopy(vm, d);
      vm.i32[(d + DictOff.Map) >> 2] = (vm.i32[(d + DictOff.Map) >> 2] as number) | MapFlag.Fixed;
    }
    vm.dest0 = d;
    return 0;
  }
  if (attr === Q.__bases__) {
    if (self === Ty.Object) {
      vm.dest0 = vm.image.emptyTuple;
      return 0;
    }
    const parent = (vm.i32[(self + TypeOff.Parent) >> 2] as number) || Ty.Object;
    if (vm.i32[parent >> 2] === Ty.Tuple) vm.dest0 = parent;
    else {
      const t = newTupleFrom(vm, 1, 0);
      vm.i32[(t >> 2) + 2] = parent;
      vm.dest0 = t;
    }
    return 0;
  }
  return classLookup(vm, self, attr, 0, true, self);
}

export const typeType = defineType({
  name: 'type',
  core: 'Type',
  makeNew(vm, _type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 1, 3, false);
    const a = args >> 2;
    if (nArgs === 1) return vm.typeOf(vm.i32[a] as number);
    if (nArgs !== 3) raiseTypeError(vm, 'type takes 1 or 3 arguments');
    return newClass(vm, strQstr(vm, vm.i32[a] as number), vm.i32[a + 1] as number, vm.i32[a + 2] as number);
  },
  print(vm, out, o) {
    out.write(`<class '${typeName(vm, o)}'>`);
  },
  call(vm, self, nArgs, nKw, args) {
    const slot = vm.i32[(self + TypeOff.MakeNew) >> 2] as number;
    if (slot === 0) raiseFormat(vm, Ty.TypeError, "can't create '%q' instances", typeName(vm, self));
    return (vm.fns[slot - 1] as MakeNewFn)(vm, self, nArgs, nKw, args);
  },
  attr: typeAttr,
});

export const objectType = defineType({
  name: 'object',
  core: 'Object',
  makeNew(vm, _type, nArgs, nKw) {
    checkArgCount(vm, nArgs, nKw, 0, 0, false);
    return newInstance(vm, Ty.Object);
  },
  locals: {
    __init__: fun1(() => Word.None),
    __new__: staticMethod(
      fun1((vm, cls) => {
        if (vm.typeOf(cls) !== Ty.Type || !isInstanceType(vm, cls)) raiseTypeError(vm, 'arg must be user-type');
        return newInstance(vm, cls);
      }),
    ),
    __setattr__: fun3((vm, self, name, value) => {
      if (!isInstanceType(vm, vm.typeOf(self))) raiseTypeError(vm, 'arg must be user-type');
      if (!isStr(vm, name)) raiseTypeError(vm, '');
      const slot = mapAdd(vm, self + InstanceOff.Members, newQstrObj(strQstr(vm, name)));
      vm.i32[(slot >> 2) + 1] = value;
      return Word.None;
    }),
    __delattr__: fun2((vm, self, name) => {
      if (!isInstanceType(vm, vm.typeOf(self))) raiseTypeError(vm, 'arg must be user-type');
      if (!isStr(vm, name)) raiseTypeError(vm, '');
      if (mapRemove(vm, self + InstanceOff.Members, newQstrObj(strQstr(vm, name))) === 0) {
        raiseMsg(vm, Ty.AttributeError, 'no such attribute');
      }
      return Word.None;
    }),
  },
});
