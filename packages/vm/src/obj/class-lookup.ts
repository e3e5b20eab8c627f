/**
 * Attribute search through a class and its bases: depth first, left to right, as MicroPython does (not C3).
 * Counterpart: mp_obj_class_lookup in py/objtype.c.
 */
import { enterDepth, leaveDepth } from '../records.js';
import { DictOff, InstanceOff } from '../layout.js';
import { mapFindQstr } from '../map.js';
import { raiseMsg } from '../raise.js';
import { typeFlags } from '../runtime.js';
import { convertMember, tailLoadMethodMaybe } from '../tail.js';
import { Ty, TypeFlag, TypeOff } from '../types.js';
import { type Addr, newQstrObj, type Obj, type Qstr, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { cachedMember } from './class-cache.js';

/** Modelled C stack of one search that goes on in a base which is not the last: what limits it. */
const BASE_DEPTH = 64;

export function isInstanceType(vm: Vm, type: Addr): boolean {
  return (typeFlags(vm, type) & TypeFlag.InstanceType) !== 0;
}
/** Whether a type was made by native code. */
export function isNativeType(vm: Vm, type: Addr): boolean {
  return vm.i32[(type + TypeOff.MakeNew) >> 2] !== vm.instanceSlots.makeNew;
}

/** The native base classes of a class, counted; the last one found is kept in {@link lastNativeBase}. */
export function countNativeBases(vm: Vm, type: Addr): number {
  lastNativeBase = 0;
  return count(vm, type);
}
export let lastNativeBase: Addr = 0;
function count(vm: Vm, start: Addr): number {
  let n = 0;
  let type = start;
  for (;;) {
    if (type === Ty.Object) return n;
    if (isNativeType(vm, type)) {
      lastNativeBase = type;
      return n + 1;
    }
    const parent = vm.i32[(type + TypeOff.Parent) >> 2] as number;
    if (parent === 0) return n;
    if (vm.i32[parent >> 2] === Ty.Tuple) {
      const len = vm.i32[(parent >> 2) + 1] as number;
      enterDepth(vm, BASE_DEPTH);
      vm.worked(2);
      for (let i = 0; i < len; i++) n += count(vm, vm.i32[(parent >> 2) + 2 + i] as number);
      leaveDepth(vm, BASE_DEPTH);
      return n;
    }
    type = parent;
  }
}

/**
 * Looks `attr` up for instance `obj` (0: none) starting at `type`. Found: `dest0`/`dest1` as a method lookup leaves them.
 * `slot`: offset of a native slot that stands for the attribute, 0 for none; when a native base has it, `dest0` is Sentinel. `isType`: `obj` is
 * the class itself. `dest0` and `dest1` must be Null. Answers Call when a native base's attribute pushed a frame.
 */
export function classLookup(vm: Vm, obj: Obj, attr: Qstr, slot: number, isType: boolean, start: Addr): number {
  const i32 = vm.i32;
  if (!isType && obj !== 0 && isInstanceType(vm, start)) {
    const m = cachedMember(vm, start, attr);
    if (m !== Word.Sentinel) {
      if (m !== Word.Null) convertMember(vm, obj, start, m);
      return 0;
    }
  }
  let type = start;
  for (;;) {
    if (slot !== 0 && isNativeType(vm, type)) {
      if (i32[(type + slot) >> 2] !== 0 || (slot === TypeOff.Getiter && i32[(type + TypeOff.Iternext) >> 2] !== 0)) {
        vm.dest0 = Word.Sentinel;
        return 0;
      }
    }
    const locals = i32[(type + TypeOff.Locals) >> 2] as number;
    if (locals !== 0) {
      const found = mapFindQstr(vm, locals + DictOff.Map, newQstrObj(attr));
      if (found !== 0) {
        const member = i32[(found >> 2) + 1] as number;
        if (isType) convertMember(vm, Word.Null, obj, member);
        else if (obj !== 0 && isNativeType(vm, type) && type !== Ty.Object) {
          const sub = i32[(obj + InstanceOff.Subobj) >> 2] as number;
          if (sub === vm.image.initWrapper) raiseMsg(vm, Ty.AttributeError, 'call super().__init__() first');
          convertMember(vm, sub, type, member);
        } else convertMember(vm, obj, type, member);
        return 0;
      }
    }
    if (obj !== 0 && !isType && isNativeType(vm, type) && type !== Ty.Object) {
      const r = tailLoadMethodMaybe(vm, i32[(obj + InstanceOff.Subobj) >> 2] as number, attr);
      if (r === Word.Call || vm.dest0 !== Word.Null) return r;
    }
    const parent = i32[(type + TypeOff.Parent) >> 2] as number;
    if (parent === 0) return 0;
    if (i32[parent >> 2] === Ty.Tuple) {
      const last = (i32[(parent >> 2) + 1] as number) - 1;
      for (let i = 0; i < last; i++) {
        const base = i32[(parent >> 2) + 2 + i] as number;
        if (base === Ty.Object) continue;
        enterDepth(vm, BASE_DEPTH);
        vm.worked(2);
        const r = classLookup(vm, obj, attr, slot, isType, base);
        leaveDepth(vm, BASE_DEPTH);
        if (r === Word.Call || vm.dest0 !== Word.Null) return r;
      }
      type = i32[(parent >> 2) + 2 + last] as number;
    } else type = parent;
    if (type === Ty.Object) return 0;
  }
}

/** Clears the destination and looks a special method up for an instance. */
export function lookupSpecial(vm: Vm, o: Obj, attr: Qstr, slot: number): void {
  vm.dest0 = Word.Null;
  vm.dest1 = Word.Null;
  classLookup(vm, o, attr, slot, false, vm.i32[o >> 2] as number);
}

/** Whether class `sub` is `base` or derives from it. Both are words; what is no class has no bases. */
export function isSubclass(vm: Vm, sub: Obj, base: Obj): boolean {
  let type = sub;
  for (;;) {
    if (type === base) return true;
    if (vm.typeOf(type) !== Ty.Type) return false;
    const parent = vm.i32[(type + TypeOff.Parent) >> 2] as number;
    if (parent === 0) return false;
    if (vm.i32[parent >> 2] === Ty.Tuple) {
      const last = (vm.i32[(parent >> 2) + 1] as number) - 1;
      enterDepth(vm, BASE_DEPTH);
      vm.worked(2);
      for (let i = 0; i < last; i++) {
        if (!isSubclass(vm, vm.i32[(parent >> 2) + 2 + i] as number, base)) continue;
        leaveDepth(vm, BASE_DEPTH);
        return true;
      }
      leaveDepth(vm, BASE_DEPTH);
      type = vm.i32[(parent >> 2) + 2 + last] as number;
    } else type = parent;
  }
}

/** The object as its native base `native` sees it: itself, the sub-object, or Null when it is no such object. */
export function castToNativeBase(vm: Vm, o: Obj, native: Addr): Obj {
  const type = vm.typeOf(o);
  if (type === native) return o;
  if (!isSubclass(vm, type, native)) return Word.Null;
  return isInstanceType(vm, type) ? (vm.i32[(o + InstanceOff.Subobj) >> 2] as number) : o;
}
