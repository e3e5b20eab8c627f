/** bytes. Counterpart: mp_type_bytes in py/objstr.c. */
import { SliceOff } from '../layout.js';
import { raiseMsg, raiseValueError } from '../raise.js';
import { defineType } from '../rom/define.js';
import { getIndex, getInt } from '../runtime.js';
import { Ty, TypeFlag } from '../types.js';
import { newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { bytesMakeNew } from './str-codec.js';
import { bytesGetiter } from './str-iter.js';
import { bytesMethods } from './str-methods.js';
import { newStrOfType, spanOf, strSpan } from './str-new.js';
import { bytesUnary, strBinary, strBuffer } from './str-op.js';
import { bytesPrint } from './str-print.js';

/** An end of a slice with step 1, within 0 … `len`. */
function sliceEnd(vm: Vm, o: Obj, len: number, none: number): number {
  if (o === Word.None) return none;
  const i = getInt(vm, o);
  return i < 0 ? Math.max(i + len, 0) : Math.min(i, len);
}

/** The subscr slot of bytes: an item as int, a slice as bytes. */
function bytesSubscr(vm: Vm, o: Obj, index: Obj, value: Obj): Obj {
  if (value !== Word.Sentinel) return Word.Null;
  spanOf(vm, o);
  const { addr, len } = strSpan;
  if (vm.typeOf(index) !== Ty.Slice) return newSmallInt(vm.u8[addr + getIndex(vm, Ty.Bytes, len, index, false)]);
  const w = index >> 2;
  const stepArg = vm.i32[w + (SliceOff.Step >> 2)];
  const step = stepArg === Word.None ? 1 : getInt(vm, stepArg);
  if (step === 0) raiseValueError(vm, "slice step can't be zero");
  const from = sliceEnd(vm, vm.i32[w + (SliceOff.Start >> 2)], len, 0);
  const to = sliceEnd(vm, vm.i32[w + (SliceOff.Stop >> 2)], len, len);
  if (step !== 1) raiseMsg(vm, Ty.NotImplementedError, 'only slices with step=1 (aka None) are supported');
  return newStrOfType(vm, Ty.Bytes, addr + from, to < from ? 0 : to - from);
}

export const bytesType = defineType({
  name: 'bytes',
  core: 'Bytes',
  flags: TypeFlag.LeafIter,
  makeNew: bytesMakeNew,
  print: bytesPrint,
  unaryOp: bytesUnary,
  binaryOp: strBinary,
  subscr: bytesSubscr,
  getiter: bytesGetiter,
  buffer: strBuffer,
  locals: bytesMethods,
});
