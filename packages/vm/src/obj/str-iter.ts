/**
 * Iterators over str (one-character strs, interned) and bytes (small ints). Counterpart: the iterator parts of
 * py/objstrunicode.c and py/objstr.c.
 *
 *     +0 type   +4 str   +8 position in bytes (untagged)   +12 unused
 */
import { defineType } from '../rom/define.js';
import { Ty, TypeFlag } from '../types.js';
import { nextChar } from '../unicode.js';
import { type Addr, newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { newStrViaQstr, spanOf, strSpan } from './str-new.js';

function newIter(vm: Vm, type: Addr, o: Obj, iterBuf: Addr): Obj {
  const it = iterBuf === 0 ? vm.alloc(16) : iterBuf;
  const w = it >> 2;
  vm.i32[w] = type;
  vm.i32[w + 1] = o;
  vm.i32[w + 2] = 0;
  return it;
}
/** The getiter slot of str. */
export function strGetiter(vm: Vm, o: Obj, iterBuf: Addr): Obj {
  return newIter(vm, Ty.StrIter, o, iterBuf);
}
/** The getiter slot of bytes. */
export function bytesGetiter(vm: Vm, o: Obj, iterBuf: Addr): Obj {
  return newIter(vm, Ty.BytesIter, o, iterBuf);
}

export const strIterType = defineType({
  name: 'iterator',
  core: 'StrIter',
  flags: TypeFlag.LeafIter,
  getiter: 'self',
  iternext(vm, it) {
    const w = it >> 2;
    spanOf(vm, vm.i32[w + 1]);
    const cur = vm.i32[w + 2];
    if (cur >= strSpan.len) return Word.Null;
    const at = strSpan.addr + cur;
    const end = nextChar(vm.u8, at);
    const o = newStrViaQstr(vm, at, end - at);
    vm.i32[w + 2] = cur + end - at;
    return o;
  },
});

export const bytesIterType = defineType({
  name: 'iterator',
  core: 'BytesIter',
  flags: TypeFlag.LeafIter,
  getiter: 'self',
  iternext(vm, it) {
    const w = it >> 2;
    spanOf(vm, vm.i32[w + 1]);
    const cur = vm.i32[w + 2];
    if (cur >= strSpan.len) return Word.Null;
    vm.i32[w + 2] = cur + 1;
    return newSmallInt(vm.u8[strSpan.addr + cur]);
  },
});
