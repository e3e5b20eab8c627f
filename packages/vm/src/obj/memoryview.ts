/**
 * memoryview: a window on another object's buffer. Counterpart: the memoryview part of py/objarray.c.
 *
 *     +0 type   +4 typecode (u8, bit 7: writable), first item (u24)   +8 len (items)   +12 start of the whole buffer
 *
 * The last word is the start of the block, not of the window: that is what keeps the buffer alive.
 */
import { Code, itemSize } from '../binary.js';
import { ArrayOff, Root, StrOff } from '../layout.js';
import { Q } from '../q.js';
import { defineType } from '../rom/define.js';
import { BUFFER_READ, BUFFER_RW, checkArgCount, getBuffer, getBufferMaybe } from '../runtime.js';
import { Ty, TypeFlag } from '../types.js';
import { type Addr, newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { arrayBinary, arrayBuffer, arrayGetiter, arraySubscr, arrayUnary, VIEW_WRITABLE } from './array.js';
import { bytesHex } from './str-codec.js';

/** A memoryview of `n` items of `typecode` (bit 7: writable) at `items`. */
export function newMemoryview(vm: Vm, typecode: number, n: number, items: Addr): Obj {
  const o = vm.allocObj(ArrayOff.Size, Ty.Memoryview);
  const w = o >> 2;
  vm.i32[w + 1] = typecode;
  vm.i32[w + 2] = n;
  vm.i32[w + 3] = items;
  return o;
}

/** A memoryview of any object with a buffer. */
export function viewOf(vm: Vm, of: Obj): Obj {
  getBuffer(vm, of, BUFFER_READ);
  const { addr, len, typecode } = vm.buf;
  const o = newMemoryview(vm, typecode, Math.floor(len / itemSize(vm, typecode)), addr);
  const w = o >> 2;
  if (vm.typeOf(of) === Ty.Memoryview) {
    vm.i32[w + 1] = typecode | ((vm.i32[(of >> 2) + 1] as number) & ~0xff);
    vm.i32[w + 3] = vm.i32[(of >> 2) + 3] as number;
  }
  if (getBufferMaybe(vm, of, BUFFER_RW)) {
    vm.i32[w + 1] = (vm.i32[w + 1] as number) | VIEW_WRITABLE;
    vm.setRoot(Root.HasViews, 1);
  }
  return o;
}
/** The same of a bytearray. */
function viewOfBytearray(vm: Vm, of: Obj): Obj {
  const w = of >> 2;
  const o = newMemoryview(vm, (vm.i32[w + 1] as number) & 0xff, vm.i32[w + 2] as number, vm.i32[w + 3] as number);
  vm.i32[(o >> 2) + 1] = (vm.i32[(o >> 2) + 1] as number) | VIEW_WRITABLE;
  vm.setRoot(Root.HasViews, 1);
  return o;
}

export const memoryviewType = defineType({
  name: 'memoryview',
  core: 'Memoryview',
  flags: TypeFlag.EqChecksOtherType | TypeFlag.StackSlice | TypeFlag.LeafIter,
  makeNew(vm, _type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 1, 1, false);
    const of = vm.i32[args >> 2] as number;
    // @quick-begin
    const type = vm.typeOf(of);
    if (type === Ty.Bytes) {
      return newMemoryview(
        vm,
        Code.B,
        vm.i32[(of + StrOff.Len) >> 2] as number,
        vm.i32[(of + StrOff.Data) >> 2] as number,
      );
    }
    if (type === Ty.Bytearray) return viewOfBytearray(vm, of);
    // @quick-end
    return viewOf(vm, of);
  },
  unaryOp: arrayUnary,
  binaryOp: arrayBinary,
  attr(vm, o, attr) {
    if (vm.dest0 !== Word.Null) return 0;
    if (attr === Q.itemsize) {
      vm.dest0 = newSmallInt(itemSize(vm, (vm.i32[(o + ArrayOff.TypecodeFree) >> 2] as number) & 0x7f));
    } else vm.dest1 = Word.Sentinel;
    return 0;
  },
  subscr: arraySubscr,
  getiter: arrayGetiter,
  buffer: arrayBuffer,
  locals: () => ({ hex: bytesHex }),
});
