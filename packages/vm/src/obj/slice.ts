/** Slices. Counterpart: py/objslice.c. */
import { SliceOff } from '../layout.js';
import { PrintKind } from '../print.js';
import { Q } from '../q.js';
import { raiseValueError } from '../raise.js';
import { defineType, fun2 } from '../rom/define.js';
import { getInt, printObj } from '../runtime.js';
import { Ty } from '../types.js';
import { newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { newTupleFrom } from './tuple.js';

/** A new slice object; Word.None for what was left out. */
export function newSlice(vm: Vm, start: Obj, stop: Obj, step: Obj): Obj {
  const o = vm.allocObj(SliceOff.Size, Ty.Slice);
  vm.i32[(o + SliceOff.Start) >> 2] = start;
  vm.i32[(o + SliceOff.Stop) >> 2] = stop;
  vm.i32[(o + SliceOff.Step) >> 2] = step;
  return o;
}

/** What {@link sliceIndices} found. */
export const bound = { start: 0, stop: 0, step: 0 };

function clamp(v: number, low: number, high: number): number {
  return v < low ? (low < high ? low : high) : v < high ? v : high;
}

/** Resolves a slice for `length` items into {@link bound}: missing parts, negative indices, indices past the ends. */
export function sliceIndices(vm: Vm, slice: Obj, length: number): void {
  const i = slice >> 2;
  // converting may run Python code, which may use the static slice object again
  const start = vm.i32[i + 1] as number;
  const stop = vm.i32[i + 2] as number;
  const stepObj = vm.i32[i + 3] as number;
  const step = stepObj === Word.None ? 1 : getInt(vm, stepObj);
  if (step === 0) raiseValueError(vm, "slice step can't be zero");
  const low = step > 0 ? 0 : -1;
  const high = step > 0 ? length : length - 1;
  const from = start === Word.None ? (step > 0 ? 0 : length - 1) : resolve(vm, start, length, low, high);
  const to = stop === Word.None ? (step > 0 ? length : -1) : resolve(vm, stop, length, low, high);
  bound.start = from;
  bound.stop = to;
  bound.step = step;
}
function resolve(vm: Vm, o: Obj, length: number, low: number, high: number): number {
  const v = getInt(vm, o);
  return clamp(v < 0 ? v + length : v, low, high);
}

/** `indices` belongs to slices, not to their type: the attribute below finds it under this name. */
export const sliceIndicesMethod = fun2((vm, self, length) => {
  sliceIndices(vm, self, getInt(vm, length));
  const t = newTupleFrom(vm, 3, 0) >> 2;
  vm.i32[t + 2] = newSmallInt(bound.start);
  vm.i32[t + 3] = newSmallInt(bound.stop);
  vm.i32[t + 4] = newSmallInt(bound.step);
  return t << 2;
});

export const sliceType = defineType({
  name: 'slice',
  core: 'Slice',
  print(vm, out, o) {
    for (let i = 1; i <= 3; i++) {
      out.write(i === 1 ? 'slice(' : ', ');
      printObj(vm, out, vm.i32[(o >> 2) + i] as number, PrintKind.Repr);
    }
    out.write(')');
  },
  // a slot that supports nothing: slices have no hash
  unaryOp: () => Word.Null,
  attr(vm, o, attr) {
    if (vm.dest0 !== Word.Null) return 0;
    if (attr === Q.start) vm.dest0 = vm.i32[(o + SliceOff.Start) >> 2] as number;
    else if (attr === Q.stop) vm.dest0 = vm.i32[(o + SliceOff.Stop) >> 2] as number;
    else if (attr === Q.step) vm.dest0 = vm.i32[(o + SliceOff.Step) >> 2] as number;
    else if (attr === Q.indices) {
      vm.dest0 = vm.image.data.symbols['fun helpers._slice_indices'] as number;
      vm.dest1 = o;
    }
    return 0;
  },
});
