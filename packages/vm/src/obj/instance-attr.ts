/**
 * Attributes of instances: members, class attributes, properties, descriptors, `__getattr__` and its kin.
 * Counterpart: py/objtype.c.
 */
import { tailCall1, tailCall2, tailCall3, tailCallMethod } from '../call.js';
import { DictOff, InstanceOff, MapFlag, PropertyOff } from '../layout.js';
import { mapAdd, mapAddQstr, mapFindQstr, mapRemove } from '../map.js';
import { Q } from '../q.js';
import { raiseMsg } from '../raise.js';
import { loadMethodMaybe, typeFlags } from '../runtime.js';
import { tailLoadMethodMaybe } from '../tail.js';
import { Ty, TypeFlag, TypeOff } from '../types.js';
import { type Addr, newQstrObj, type Obj, type Qstr, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { cachedMember } from './class-cache.js';
import { classLookup } from './class-lookup.js';
import { dictCopy } from './dict.js';

/** LOAD_ATTR's fast path: a member of an instance, or Null. */
export function loadInstanceAttr(vm: Vm, o: Obj, attr: Qstr): Obj {
  if ((o & 3) !== 0) return Word.Null;
  const type = vm.i32[o >> 2] as number;
  if (((vm.u16[(type + 4) >> 1] as number) & TypeFlag.InstanceType) === 0) return Word.Null;
  const slot = mapFindQstr(vm, o + InstanceOff.Members, newQstrObj(attr));
  return slot === 0 ? Word.Null : (vm.i32[(slot >> 2) + 1] as number);
}

/** STORE_ATTR's fast path: a member of an instance without special accessors. False: the general store must do it. */
export function storeInstanceAttr(vm: Vm, o: Obj, attr: Qstr, value: Obj): boolean {
  if ((o & 3) !== 0 || value === Word.Null) return false;
  const flags = vm.u16[((vm.i32[o >> 2] as number) + 4) >> 1] as number;
  if ((flags & (TypeFlag.InstanceType | TypeFlag.HasSpecialAccessors)) !== TypeFlag.InstanceType) return false;
  const key = newQstrObj(attr);
  const slot = mapAddQstr(vm, o + InstanceOff.Members, key);
  vm.i32[(slot >> 2) + 1] = value;
  return true;
}

/** A built-in method of a native type that does no lookups of its own. */
function loadNativeMethod(vm: Vm, o: Obj, type: Addr, attr: Qstr): boolean {
  if (vm.i32[(type + TypeOff.Attr) >> 2] !== 0 || attr === Q.__class__ || attr === Q.__next__) return false;
  const locals = vm.i32[(type + TypeOff.Locals) >> 2] as number;
  if (locals === 0) return false;
  const slot = mapFindQstr(vm, locals + DictOff.Map, newQstrObj(attr));
  if (slot === 0) return false;
  const member = vm.i32[(slot >> 2) + 1] as number;
  if ((member & 3) !== 0) return false;
  const mt = vm.i32[member >> 2] as number;
  if (mt < Ty.Fun0 || mt > Ty.Funvar) return false;
  vm.dest0 = member;
  vm.dest1 = o;
  return true;
}

/**
 * LOAD_METHOD's fast path: a method of a native type, or of the class of an instance without special accessors; true when `dest0` and `dest1` are
 * set.
 */
export function loadInstanceMethod(vm: Vm, o: Obj, attr: Qstr): boolean {
  if ((o & 3) !== 0) return (o & 7) === 2 && loadNativeMethod(vm, o, Ty.Str, attr);
  const type = vm.i32[o >> 2] as number;
  const flags = (vm.u16[(type + 4) >> 1] as number) & (TypeFlag.InstanceType | TypeFlag.HasSpecialAccessors);
  if (flags === 0) return loadNativeMethod(vm, o, type, attr);
  if (flags !== TypeFlag.InstanceType) return false;
  const member = cachedMember(vm, type, attr);
  if ((member & 3) !== 0 || member < 16) return false;
  const mt = vm.i32[member >> 2];
  if (mt !== Ty.Function && mt !== Ty.Closure && mt !== Ty.GeneratorWrap) return false;
  if (mapFindQstr(vm, o + InstanceOff.Members, newQstrObj(attr)) !== 0) return false;
  vm.dest0 = member;
  vm.dest1 = o;
  return true;
}

/** The attr slot of classes. */
export function instanceAttr(vm: Vm, o: Obj, attr: Qstr): number {
  if (vm.dest0 === Word.Null) return load(vm, o, attr);
  const value = vm.dest1;
  return store(vm, o, attr, value);
}

function load(vm: Vm, o: Obj, attr: Qstr): number {
  const i32 = vm.i32;
  const slot = mapFindQstr(vm, o + InstanceOff.Members, newQstrObj(attr));
  if (slot !== 0) {
    vm.dest0 = i32[(slot >> 2) + 1] as number;
    return 0;
  }
  if (attr === Q.__dict__) {
    vm.dest0 = membersDict(vm, o);
    return 0;
  }
  const type = i32[o >> 2] as number;
  if (classLookup(vm, o, attr, 0, false, type) === Word.Call) return Word.Call;
  const member = vm.dest0;
  if (member !== Word.Null) {
    if ((typeFlags(vm, type) & TypeFlag.HasSpecialAccessors) === 0) return 0;
    if (vm.typeOf(member) === Ty.Property) {
      const getter = i32[(member + PropertyOff.Getter) >> 2] as number;
      if (getter === Word.None) raiseMsg(vm, Ty.AttributeError, 'unreadable attribute');
      return valueOrCall(vm, tailCall1(vm, getter, o));
    }
    const self = vm.dest1;
    tailLoadMethodMaybe(vm, member, Q.__get__);
    if (vm.dest0 !== Word.Null) return valueOrCall(vm, callWith2(vm, vm.dest0, vm.dest1, o, type));
    vm.dest0 = member;
    vm.dest1 = self;
    return 0;
  }
  if (
    attr === Q.__getattr__ ||
    attr === Q.__get__ ||
    attr === Q.__set__ ||
    attr === Q.__delete__ ||
    attr === Q.__set_name__ ||
    attr === Q.__setattr__ ||
    attr === Q.__delattr__
  ) {
    return 0;
  }
  tailLoadMethodMaybe(vm, o, Q.__getattr__);
  if (vm.dest0 === Word.Null) return 0;
  return valueOrCall(vm, tailCallMethod(vm, vm.dest0, vm.dest1, newQstrObj(attr), Word.Null));
}

/**
 * The property or descriptor that computes attribute `name` of an instance, else Null. It is what getattr with a default and hasattr are left with
 * when the computation raises AttributeError.
 */
export function accessorOf(vm: Vm, o: Obj, name: Obj): Obj {
  const type = vm.typeOf(o);
  if (
    (typeFlags(vm, type) & (TypeFlag.InstanceType | TypeFlag.HasSpecialAccessors)) !==
    (TypeFlag.InstanceType | TypeFlag.HasSpecialAccessors)
  ) {
    return Word.Null;
  }
  const member = cachedMember(vm, type, name >>> 3);
  if ((member & 3) !== 0 || member < 16) return Word.Null;
  if (vm.typeOf(member) === Ty.Property) return member;
  loadMethodMaybe(vm, member, Q.__get__);
  return vm.dest0 === Word.Null ? Word.Null : member;
}

/** An attribute computed by a call: its value, or Call. */
function valueOrCall(vm: Vm, r: Obj): number {
  if (r === Word.Call) return r;
  vm.dest0 = r;
  vm.dest1 = Word.Null;
  return 0;
}

function callWith2(vm: Vm, fun: Obj, self: Obj, a: Obj, b: Obj): Obj {
  return self === Word.Null ? tailCall2(vm, fun, a, b) : tailCall3(vm, fun, self, a, b);
}

function membersDict(vm: Vm, o: Obj): Obj {
  const d = vm.allocObj(DictOff.Size, Ty.Dict);
  vm.i32.copyWithin((d + DictOff.Map) >> 2, (o + InstanceOff.Members) >> 2, (o + InstanceOff.Members + 12) >> 2);
  const copy = dictCopy(vm, d);
  vm.heap.free(d);
  const at = (copy + DictOff.Map) >> 2;
  vm.i32[at] = (vm.i32[at] as number) | MapFlag.Fixed;
  return copy;
}

function store(vm: Vm, o: Obj, attr: Qstr, value: Obj): number {
  const i32 = vm.i32;
  const type = i32[o >> 2] as number;
  if ((typeFlags(vm, type) & TypeFlag.HasSpecialAccessors) !== 0) {
    const r = storeSpecial(vm, o, type, attr, value);
    if (r !== NOT_SPECIAL) return r;
  }
  if (value === Word.Null) {
    vm.dest0 = mapRemove(vm, o + InstanceOff.Members, newQstrObj(attr)) !== 0 ? Word.Null : Word.Sentinel;
    return 0;
  }
  const slot = mapAdd(vm, o + InstanceOff.Members, newQstrObj(attr));
  i32[(slot >> 2) + 1] = value;
  vm.dest0 = Word.Null;
  return 0;
}

const NOT_SPECIAL = -1;

/** Stores through properties, descriptors, `__setattr__` and `__delattr__`. */
function storeSpecial(vm: Vm, o: Obj, type: Obj, attr: Qstr, value: Obj): number {
  vm.dest0 = Word.Null;
  vm.dest1 = Word.Null;
  classLookup(vm, o, attr, 0, false, type);
  const member = vm.dest0;
  if (member !== Word.Null) {
    if (vm.typeOf(member) === Ty.Property) {
      const f = vm.i32[(member + (value === Word.Null ? PropertyOff.Deleter : PropertyOff.Setter)) >> 2] as number;
      if (f === Word.None) {
        vm.dest0 = Word.Sentinel;
        return 0;
      }
      return stored(vm, value === Word.Null ? tailCall1(vm, f, o) : tailCall2(vm, f, o, value));
    }
    loadMethodMaybe(vm, member, value === Word.Null ? Q.__delete__ : Q.__set__);
    if (vm.dest0 !== Word.Null) {
      const { dest0: f, dest1: self } = vm;
      return stored(
        vm,
        value === Word.Null ? tailCallMethod(vm, f, self, o, Word.Null) : callWith2(vm, f, self, o, value),
      );
    }
  }
  loadMethodMaybe(vm, o, value === Word.Null ? Q.__delattr__ : Q.__setattr__);
  if (vm.dest0 !== Word.Null) {
    const { dest0: f, dest1: self } = vm;
    const name = newQstrObj(attr);
    return stored(
      vm,
      value === Word.Null ? tailCallMethod(vm, f, self, name, Word.Null) : callWith2(vm, f, self, name, value),
    );
  }
  return NOT_SPECIAL;
}

function stored(vm: Vm, r: Obj): number {
  if (r === Word.Call) return r;
  vm.dest0 = Word.Null;
  return 0;
}
