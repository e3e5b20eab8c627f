/** Making instances: `__new__`, `__init__`, and native base classes. Counterpart: mp_obj_instance_make_new in py/objtype.c. */
import { callBytecode, callWithSelf, tailCall } from '../call.js';
import { InstanceOff, MapFlag, RecOff } from '../layout.js';
import { mapInit } from '../map.js';
import { runNested } from '../nested.js';
import { Q } from '../q.js';
import { raiseTypeError } from '../raise.js';
import { growBody, pushRec, Rec } from '../records.js';
import type { MakeNewFn } from '../rom/define.js';
import { typeNameOf } from '../runtime.js';
import { Ty, TypeOff } from '../types.js';
import { type Addr, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { cachedExceptionBase, cachedMember } from './class-cache.js';
import { classLookup, countNativeBases, lastNativeBase } from './class-lookup.js';

/** A blank instance; the slot of a native base holds the init wrapper until the base is constructed. */
export function newInstance(vm: Vm, type: Addr): Obj {
  const natives = countNativeBases(vm, type);
  const o = vm.allocObj(InstanceOff.Subobj + 4 * natives, type);
  mapInit(vm, o + InstanceOff.Members, 0);
  if (natives !== 0) vm.i32[(o + InstanceOff.Subobj) >> 2] = vm.image.initWrapper;
  return o;
}

/** The make_new slot of classes. */
export function instanceMakeNew(vm: Vm, type: Addr, nArgs: number, nKw: number, args: Addr): Obj {
  if (cachedMember(vm, type, Q.__new__) === Word.Null) {
    // no native base and no `__new__`; `self` is passed from the record's first word
    const fun = cachedMember(vm, type, Q.__init__);
    if (fun === Word.Null) {
      const o = vm.allocObj(InstanceOff.Subobj, type);
      vm.i32[(o + InstanceOff.Members) >> 2] = MapFlag.AllQstrs;
      return o;
    }
    if ((fun & 3) === 0 && fun > 15 && vm.i32[fun >> 2] === Ty.Function) {
      const o = vm.allocObj(InstanceOff.Subobj, type);
      vm.i32[(o + InstanceOff.Members) >> 2] = MapFlag.AllQstrs;
      const rec = pushRec(vm, Rec.Init, o, nArgs | (nKw << 16), args);
      return callBytecode(vm, fun, nArgs, nKw, args, rec + RecOff.W0, 1);
    }
  }
  const exception = cachedExceptionBase(vm, type);
  if (exception !== Word.Null) {
    // making one runs no Python code
    const o = vm.allocObj(InstanceOff.Subobj + 4, type);
    vm.i32[(o + InstanceOff.Members) >> 2] = MapFlag.AllQstrs;
    const make = vm.fns[(vm.i32[(exception + TypeOff.MakeNew) >> 2] as number) - 1] as MakeNewFn;
    vm.i32[(o + InstanceOff.Subobj) >> 2] = make(vm, exception, nArgs, nKw, args);
    return o;
  }
  vm.dest0 = Word.Null;
  vm.dest1 = Word.Null;
  classLookup(vm, 0, Q.__new__, TypeOff.MakeNew, false, type);
  if (vm.dest0 === Word.Null || vm.dest0 === Word.Sentinel)
    return init(vm, newInstance(vm, type), type, nArgs, nKw, args);
  pushRec(vm, Rec.New, type, nArgs | (nKw << 16), args);
  return callWithSelf(vm, vm.dest0, type, nArgs, nKw, args);
}

/** `__new__` returned `o`. */
export function finishNew(vm: Vm, o: Obj, type: Addr, counts: number, args: Addr): Obj {
  if (vm.typeOf(o) !== type) return o;
  return init(vm, o, type, counts & 0xffff, counts >>> 16, args);
}

function init(vm: Vm, o: Obj, type: Addr, nArgs: number, nKw: number, args: Addr): Obj {
  vm.dest0 = Word.Null;
  vm.dest1 = Word.Null;
  classLookup(vm, o, Q.__init__, 0, false, type);
  if (vm.dest0 === Word.Null) return finishBase(vm, o, nArgs, nKw, args);
  const { dest0: fun, dest1: self } = vm;
  pushRec(vm, Rec.Init, o, nArgs | (nKw << 16), args);
  if (self !== Word.Null) return callWithSelf(vm, fun, self, nArgs, nKw, args);
  pushRec(vm, Rec.Args, 0, 0, 0);
  const n = nArgs + 2 * nKw;
  const copy = n === 0 ? 0 : growBody(vm, 4 * n);
  if (n !== 0) vm.i32.copyWithin(copy >> 2, args >> 2, (args >> 2) + n);
  return tailCall(vm, fun, nArgs, nKw, copy);
}

/** `__init__` returned `v`. */
export function finishInit(vm: Vm, v: Obj, o: Obj, counts: number, args: Addr): Obj {
  if (v !== Word.None) raiseTypeError(vm, `__init__() should return None, not '${typeNameOf(vm, v)}'`);
  return finishBase(vm, o, counts & 0xffff, counts >>> 16, args);
}

/** Constructs a native base that `__init__` did not construct. */
function finishBase(vm: Vm, o: Obj, nArgs: number, nKw: number, args: Addr): Obj {
  const type = vm.i32[o >> 2] as number;
  if (cachedMember(vm, type, Q.__new__) === Word.Null || countNativeBases(vm, type) === 0) return o;
  const at = (o + InstanceOff.Subobj) >> 2;
  if (vm.i32[at] !== vm.image.initWrapper) return o;
  const base = lastNativeBase;
  const make = vm.fns[(vm.i32[(base + TypeOff.MakeNew) >> 2] as number) - 1] as MakeNewFn;
  vm.keep(o);
  const sub = runNested(vm, () => make(vm, base, nArgs, nKw, args));
  vm.i32[at] = sub;
  return o;
}
