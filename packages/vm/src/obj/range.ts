/**
 * Ranges. Counterpart: py/objrange.c. Start, stop and step are untagged 32-bit integers, and arithmetic on them wraps as C's
 * does; the interpreter's `for` steps a range iterator (type, current, stop, step) without calling it.
 */
import { BinaryOp, UnaryOp } from '@tsmp-internal/bytecode';
import { RangeOff } from '../layout.js';
import { Q } from '../q.js';
import { raiseValueError } from '../raise.js';
import { defineType } from '../rom/define.js';
import { checkArgCount, getIndex, getInt } from '../runtime.js';
import { Ty, TypeFlag } from '../types.js';
import { newBool, newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { newInt } from './int.js';
import { bound, sliceIndices } from './slice.js';

function newRange(vm: Vm, start: number, stop: number, step: number): Obj {
  const o = vm.allocObj(RangeOff.Size, Ty.Range);
  const i = o >> 2;
  vm.i32[i + 1] = start;
  vm.i32[i + 2] = stop;
  vm.i32[i + 3] = step;
  return o;
}

/** Number of items. */
function rangeLen(vm: Vm, o: Obj): number {
  const i = o >> 2;
  const step = vm.i32[i + 3] as number;
  let n = ((vm.i32[i + 2] as number) - (vm.i32[i + 1] as number) + step) | 0;
  n = (step > 0 ? n - 1 : n + 1) | 0;
  n = Math.trunc(n / step) | 0;
  return n < 0 ? 0 : n;
}

export const rangeType = defineType({
  name: 'range',
  core: 'Range',
  flags: TypeFlag.LeafIter,
  makeNew(vm, type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 1, 3, false);
    const a = args >> 2;
    const o = newRange(vm, 0, 0, 1);
    vm.i32[o >> 2] = type;
    const i = o >> 2;
    if (nArgs === 1) vm.i32[i + 2] = getInt(vm, vm.i32[a] as number);
    else {
      vm.i32[i + 1] = getInt(vm, vm.i32[a] as number);
      vm.i32[i + 2] = getInt(vm, vm.i32[a + 1] as number);
      if (nArgs === 3) {
        const step = getInt(vm, vm.i32[a + 2] as number);
        if (step === 0) raiseValueError(vm, 'zero step');
        vm.i32[i + 3] = step;
      }
    }
    return o;
  },
  print(vm, out, o) {
    const i = o >> 2;
    const step = vm.i32[i + 3] as number;
    out.write(`range(${vm.i32[i + 1]}, ${vm.i32[i + 2]}${step === 1 ? '' : `, ${step}`})`);
  },
  unaryOp(vm, op, o) {
    if (op === UnaryOp.Bool) return newBool(rangeLen(vm, o) > 0);
    if (op === UnaryOp.Len) return newInt(vm, rangeLen(vm, o));
    return Word.Null;
  },
  binaryOp(vm, op, a, b) {
    // below the highest feature level a range equals itself only
    if (op !== BinaryOp.Equal || vm.typeOf(b) !== Ty.Range || vm.profile.level !== 'everything') return Word.Null;
    const n = rangeLen(vm, a);
    if (n !== rangeLen(vm, b)) return Word.False;
    const x = a >> 2;
    const y = b >> 2;
    return newBool(n === 0 || (vm.i32[x + 1] === vm.i32[y + 1] && (n === 1 || vm.i32[x + 3] === vm.i32[y + 3])));
  },
  attr(vm, o, attr) {
    if (vm.dest0 !== Word.Null) return 0;
    if (attr === Q.start) vm.dest0 = newInt(vm, vm.i32[(o + RangeOff.Start) >> 2] as number);
    else if (attr === Q.stop) vm.dest0 = newInt(vm, vm.i32[(o + RangeOff.Stop) >> 2] as number);
    else if (attr === Q.step) vm.dest0 = newInt(vm, vm.i32[(o + RangeOff.Step) >> 2] as number);
    return 0;
  },
  subscr(vm, o, index, value) {
    if (value !== Word.Sentinel) return Word.Null;
    const i = o >> 2;
    const start = vm.i32[i + 1] as number;
    const step = vm.i32[i + 3] as number;
    const len = rangeLen(vm, o);
    if (vm.typeOf(index) === Ty.Slice) {
      sliceIndices(vm, index, len);
      return newRange(
        vm,
        (start + Math.imul(bound.start, step)) | 0,
        (start + Math.imul(bound.stop, step)) | 0,
        Math.imul(bound.step, step),
      );
    }
    return newInt(vm, (start + Math.imul(getIndex(vm, vm.typeOf(o), len, index, false), step)) | 0);
  },
  getiter(vm, o, iterBuf) {
    const from = o >> 2;
    const start = vm.i32[from + 1] as number;
    const stop = vm.i32[from + 2] as number;
    const step = vm.i32[from + 3] as number;
    const it = iterBuf === 0 ? vm.alloc(16) : iterBuf;
    const i = it >> 2;
    vm.i32[i] = Ty.RangeIter;
    vm.i32[i + 1] = start;
    vm.i32[i + 2] = stop;
    vm.i32[i + 3] = step;
    return it;
  },
});

export const rangeIterType = defineType({
  name: 'iterator',
  core: 'RangeIter',
  flags: TypeFlag.LeafIter,
  iternext(vm, it) {
    const i = it >> 2;
    const cur = vm.i32[i + 1] as number;
    const stop = vm.i32[i + 2] as number;
    const step = vm.i32[i + 3] as number;
    if (step > 0 ? cur >= stop : step === 0 || cur <= stop) return Word.Null;
    vm.i32[i + 1] = (cur + step) | 0;
    return (cur << 1) >> 1 === cur ? newSmallInt(cur) : newInt(vm, cur);
  },
});
