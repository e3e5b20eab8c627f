/**
 * IOBase: its subclasses are streams by their methods `readinto`, `write` and `ioctl`, which run nested. Counterpart: the first
 * part of py/modio.c.
 *
 * A method gets the memory to fill or to write as a bytearray object that is on the Python stack: as in MicroPython, it must not be
 * kept beyond the call.
 */
import { ArrayOff } from '../layout.js';
import { BYTEARRAY_TYPECODE } from '../binary.js';
import { Q } from '../q.js';
import { popRec } from '../records.js';
import { defineType } from '../rom/define.js';
import { callMethod, getInt } from '../runtime.js';
import { ioctlArgForPython, stackBytes, streamError, type StreamProtocol } from '../stream.js';
import { Ty } from '../types.js';
import { type Addr, newSmallInt, type Obj, type Qstr, Word } from '../words.js';
import type { Vm } from '../vm.js';

const EIO = 5;
const EAGAIN = 11;

function transfer(vm: Vm, o: Obj, method: Qstr, addr: Addr, size: number): number {
  const array = stackBytes(vm, ArrayOff.Size);
  const w = array >> 2;
  vm.i32[w] = Ty.Bytearray;
  vm.i32[w + 1] = BYTEARRAY_TYPECODE;
  vm.i32[w + 2] = size;
  vm.i32[w + 3] = addr;
  // the method may keep the bytearray, whose memory will be something else
  vm.tainted = true;
  const r = callMethod(vm, o, method, array);
  popRec(vm);
  if (r === Word.None) return streamError(EAGAIN);
  const n = getInt(vm, r);
  if (n < 0) return streamError(-n);
  return n > size ? streamError(EIO) : n;
}

const protocol: StreamProtocol = {
  protocol: 'stream',
  isPython: true,
  read: (vm, o, addr, size) => transfer(vm, o, Q.readinto, addr, size),
  write: (vm, o, addr, size) => transfer(vm, o, Q.write, addr, size),
  ioctl(vm, o, request, arg) {
    const value = ioctlArgForPython(vm, request, arg);
    const n = getInt(vm, callMethod(vm, o, Q.ioctl, newSmallInt(request), value));
    return n < 0 ? streamError(-n) : n;
  },
};

export const iobaseType = defineType({
  name: 'IOBase',
  core: 'Iobase',
  makeNew: (vm) => vm.image.iobase,
  protocol,
});
