/**
 * `machine.Signal`: a pin that may be inverted. Counterpart: extmod/machine_signal.c.
 *
 *     +0 type   +4 pin   +8 invert (small int)
 */
import {
  type Addr,
  checkArgCount,
  defineType,
  fun1,
  funVar,
  isTrue,
  NONE,
  newSmallInt,
  type Obj,
  raiseTypeError,
  type TypeDef,
  type Vm,
} from '@tsmp/vm';
import { findPin, pinId, pinType, readPin, writePin } from './pin.js';

function isSignal(vm: Vm, o: Obj): boolean {
  return (o & 3) === 0 && vm.typeOf(o) === vm.addrOf(signalType);
}

/** Level of a pin or signal. */
function readLevel(vm: Vm, o: Obj): number {
  if (isSignal(vm, o)) return readLevel(vm, vm.i32[(o >> 2) + 1] as number) ^ ((vm.i32[(o >> 2) + 2] as number) >> 1);
  return readPin(vm, pinId(vm, o));
}
function writeLevel(vm: Vm, o: Obj, level: number): void {
  if (isSignal(vm, o)) writeLevel(vm, vm.i32[(o >> 2) + 1] as number, level ^ ((vm.i32[(o >> 2) + 2] as number) >> 1));
  else writePin(vm, pinId(vm, o), level !== 0);
}

function callSignal(vm: Vm, self: Obj, nArgs: number, args: Addr): Obj {
  if (nArgs === 0) return newSmallInt(readLevel(vm, self));
  writeLevel(vm, self, isTrue(vm, vm.i32[args >> 2] as number) ? 1 : 0);
  return NONE;
}

function checkSignal(vm: Vm, o: Obj): Obj {
  if (!isSignal(vm, o)) raiseTypeError(vm, 'expecting a Signal');
  return o;
}

function set(level: number) {
  return fun1((vm, self) => {
    writeLevel(vm, checkSignal(vm, self), level);
    return NONE;
  });
}

/** Index (in words) of a keyword's value, or −1. */
function keyword(vm: Vm, name: string, nArgs: number, nKw: number, args: Addr): number {
  for (let i = 0; i < nKw; i++) {
    const at = (args >> 2) + nArgs + 2 * i;
    if (vm.i32[at] === vm.internObj(name)) return at + 1;
  }
  return -1;
}

export const signalType: TypeDef = defineType({
  name: 'Signal',
  makeNew(vm, type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 1, 0xffff, true);
    const first = vm.i32[args >> 2] as number;
    const at = keyword(vm, 'invert', nArgs, nKw, args);
    const invert = at >= 0 && isTrue(vm, vm.i32[at] as number);
    const isPin = (first & 3) === 0 && vm.typeOf(first) === vm.addrOf(pinType);
    let pin = first;
    if (isPin || isSignal(vm, first)) {
      if (nArgs !== 1 || nKw > 1 || (nKw === 1 && at < 0)) raiseTypeError(vm, '');
    } else pin = makePin(vm, nArgs, nKw, args, invert, at);
    const o = vm.allocObj(12, type) >> 2;
    vm.i32[o + 1] = pin;
    vm.i32[o + 2] = newSmallInt(invert ? 1 : 0);
    return o << 2;
  },
  call(vm, self, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 0, 1, false);
    return callSignal(vm, self, nArgs, args);
  },
  locals: {
    value: funVar(1, 2, (vm, n, _kw, args) =>
      callSignal(vm, checkSignal(vm, vm.i32[args >> 2] as number), n - 1, args + 4),
    ),
    on: set(1),
    off: set(0),
  },
});

/** The pin for `Signal(id, …, invert=…)`: the arguments without `invert`, and `value` inverted where the signal is. */
function makePin(vm: Vm, nArgs: number, nKw: number, args: Addr, invert: boolean, invertAt: number): Obj {
  const make = pinType.makeNew;
  if (make === undefined) return findPin(vm, vm.i32[args >> 2] as number);
  const copy: number[] = [];
  for (let i = 0; i < nArgs; i++) copy.push(vm.i32[(args >> 2) + i] as number);
  const valueAt = keyword(vm, 'value', nArgs, nKw, args);
  for (let i = 0; i < nKw; i++) {
    const at = (args >> 2) + nArgs + 2 * i;
    if (at + 1 === invertAt) continue;
    let v = vm.i32[at + 1] as number;
    if (invert && at + 1 === valueAt) v = newSmallInt(isTrue(vm, v) ? 0 : 1);
    copy.push(vm.i32[at] as number, v);
  }
  const tuple = vm.newTuple(copy.length, 0);
  copy.forEach((v, i) => {
    vm.i32[(tuple >> 2) + 2 + i] = v;
  });
  return make(vm, vm.addrOf(pinType), nArgs, (copy.length - nArgs) / 2, tuple + 8);
}
