/** bytes. Counterpart: mp_type_bytes in py/objstr.c. */
import { raiseMsg } from '../raise.js';
import { defineType } from '../rom/define.js';
import { getIndex } from '../runtime.js';
import { Ty, TypeFlag } from '../types.js';
import { newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { fastSlice } from './seq.js';
import { bound } from './slice.js';
import { bytesMakeNew } from './str-codec.js';
import { bytesGetiter } from './str-iter.js';
import { bytesMethods } from './str-methods.js';
import { newStrOfType, spanOf, strSpan } from './str-new.js';
import { bytesUnary, strBinary, strBuffer } from './str-op.js';
import { bytesPrint } from './str-print.js';

/** The subscr slot of bytes: an item as int, a slice as bytes. */
function bytesSubscr(vm: Vm, o: Obj, index: Obj, value: Obj): Obj {
  if (value !== Word.Sentinel) return Word.Null;
  spanOf(vm, o);
  const { addr, len } = strSpan;
  if (vm.typeOf(index) !== Ty.Slice) return newSmallInt(vm.u8[addr + getIndex(vm, Ty.Bytes, len, index, false)]);
  if (!fastSlice(vm, len, index)) {
    raiseMsg(vm, Ty.NotImplementedError, 'only slices with step=1 (aka None) are supported');
  }
  return newStrOfType(vm, Ty.Bytes, addr + bound.start, bound.stop - bound.start);
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
