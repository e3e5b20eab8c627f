/**
 * str. Counterpart: mp_type_str in py/objstrunicode.c. Length and indices count characters, found by walking the UTF-8
 * text. The parts are in the `str-*.ts` files; making strings is in `str-new.ts`.
 */
import { SliceOff } from '../layout.js';
import { raiseMsg } from '../raise.js';
import { defineType } from '../rom/define.js';
import { Ty, TypeFlag } from '../types.js';
import { charLength } from '../unicode.js';
import { newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { strMakeNew } from './str-codec.js';
import { strGetiter } from './str-iter.js';
import { strMethods } from './str-methods.js';
import { newStrOfType, newStrViaQstr, spanOf, strSpan } from './str-new.js';
import { strBinary, strBuffer, strUnary } from './str-op.js';
import { strPrint } from './str-print.js';
import { indexToAddr } from './str-search.js';

/** The subscr slot of str: a character (interned), or a slice with step 1. */
function strSubscr(vm: Vm, o: Obj, index: Obj, value: Obj): Obj {
  if (value !== Word.Sentinel) return Word.Null;
  spanOf(vm, o);
  const { addr, len } = strSpan;
  if (vm.typeOf(index) !== Ty.Slice) {
    const at = indexToAddr(vm, Ty.Str, addr, len, index, false);
    return newStrViaQstr(vm, at, charLength(vm.u8[at]));
  }
  const w = index >> 2;
  const step = vm.i32[w + (SliceOff.Step >> 2)];
  if (step !== Word.None && step !== newSmallInt(1)) {
    raiseMsg(vm, Ty.NotImplementedError, 'only slices with step=1 (aka None) are supported');
  }
  const start = vm.i32[w + (SliceOff.Start >> 2)];
  const stop = vm.i32[w + (SliceOff.Stop >> 2)];
  const from = start === Word.None ? addr : indexToAddr(vm, Ty.Str, addr, len, start, true);
  const to = stop === Word.None ? addr + len : indexToAddr(vm, Ty.Str, addr, len, stop, true);
  return to < from ? Word.EmptyStr : newStrOfType(vm, Ty.Str, from, to - from);
}

export const strType = defineType({
  name: 'str',
  core: 'Str',
  flags: TypeFlag.LeafIter,
  makeNew: strMakeNew,
  print: strPrint,
  unaryOp: strUnary,
  binaryOp: strBinary,
  subscr: strSubscr,
  getiter: strGetiter,
  buffer: strBuffer,
  locals: strMethods,
});
