/** Making instances: `__new__`, `__init__`, and native base classes. Counterpart: mp_obj_instance_make_new in py/objtype.c. */
import { callBytecode, callWithSelf, tailCall } from '../call.js';
import { InstanceOff, MapFlag, RecOff } from '../layout.js';
import { mapInit } from '../map.js';
import { runNested } from '../nested.js';
import { Q } from '../q.js';
import { raiseFormat } from '../raise.js';
import { pushRec, Rec } from '../records.js';
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
      const copy = copyArgs(vm, o, fun, o, nArgs, nKw, args);
      const rec = pushRec(vm, Rec.Init, o, nArgs | (nKw << 16), copy);
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
  const copy = copyArgs(vm, o, fun, self, nArgs, nKw, args);
  pushRec(vm, Rec.Init, o, nArgs | (nKw << 16), copy);
  if (self !== Word.Null) return callWithSelf(vm, fun, self, nArgs, nKw, copy + COPY_ARGS);
  return tailCall(vm, fun, nArgs, nKw, copy + COPY_ARGS);
}

/** In the copy of the arguments: where they begin, behind the function and its self. */
const COPY_ARGS = 8;

/**
 * The heap block that holds function, self and arguments while `__init__` runs, as mp_obj_instance_make_new has it; 0 without
 * arguments. It goes when `__init__` returns, and is left to the collector when that raises.
 */
function copyArgs(vm: Vm, o: Obj, fun: Obj, self: Obj, nArgs: number, nKw: number, args: Addr): Addr {
  const n = nArgs + 2 * nKw;
  if (n === 0) return 0;
  vm.keep(o);
  const copy = vm.alloc(COPY_ARGS + 4 * n);
  const i32 = vm.i32;
  const at = copy >> 2;
  i32[at] = fun;
  i32[at + 1] = self;
  for (let i = 0; i < n; i++) i32[at + (COPY_ARGS >> 2) + i] = i32[(args >> 2) + i] as number;
  return copy;
}

/** `__init__` returned `v`; `copy` is what `copyArgs` gave. */
export function finishInit(vm: Vm, v: Obj, o: Obj, counts: number, copy: Addr): Obj {
  if (v !== Word.None) raiseFormat(vm, Ty.TypeError, "__init__() should return None, not '%s'", typeNameOf(vm, v));
  const made = finishBase(vm, o, counts & 0xffff, counts >>> 16, copy + COPY_ARGS);
  if (copy !== 0) vm.heap.free(copy);
  return made;
}

// @quick-begin
/** {@link finishInit} where nothing can go wrong; false, and nothing is done, elsewhere. */
export function tryFinishInit(vm: Vm, v: Obj, o: Obj, copy: Addr): boolean {
  if (v !== Word.None) return false;
  let type = vm.i32[o >> 2] as number;
  if (cachedMember(vm, type, Q.__new__) !== Word.Null) {
    while (vm.i32[(type + TypeOff.MakeNew) >> 2] === vm.instanceSlots.makeNew) {
      type = vm.i32[(type + TypeOff.Parent) >> 2] as number;
      if (type === 0 || vm.i32[type >> 2] === Ty.Tuple) return false;
    }
    const at = (o + InstanceOff.Subobj) >> 2;
    if (type === Ty.Iobase) vm.i32[at] = vm.image.iobase;
    else if (type !== Ty.Object && vm.i32[at] === vm.image.initWrapper) return false;
  }
  if (copy !== 0) vm.heap.free(copy);
  return true;
}
// @quick-end

/** Constructs a native base that `__init__` did not construct. */
export function finishBase(vm: Vm, o: Obj, nArgs: number, nKw: number, args: Addr): Obj {
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
