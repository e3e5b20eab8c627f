/**
 * RingIO: a ring buffer with stream methods. Counterpart: py/objringio.c, py/ringbuf.c.
 *
 *     +0 type   +4 buffer   +8 size (u16)   +10 next to read (u16)   +12 next to write (u16)
 *
 * One byte of the buffer stays free, so that a full ring differs from an empty one.
 */
import { RingioOff } from '../layout.js';
import { raiseType } from '../raise.js';
import { defineType, fun1 } from '../rom/define.js';
import { BUFFER_RW, checkArgCount, getBufferMaybe, getInt } from '../runtime.js';
import {
  POLL_RD,
  POLL_WR,
  STREAM_CLOSE,
  STREAM_POLL,
  streamClose,
  streamError,
  type StreamProtocol,
  streamRead,
  streamReadinto,
  streamReadline,
  streamWrite,
} from '../stream.js';
import { Ty } from '../types.js';
import { type Addr, newSmallInt, type Obj } from '../words.js';
import type { Vm } from '../vm.js';

const EINVAL = 22;

function field(vm: Vm, o: Obj, off: RingioOff): number {
  return vm.u16[(o + off) >> 1] as number;
}
/** Bytes that can be read. */
function available(vm: Vm, o: Obj): number {
  const size = field(vm, o, RingioOff.Size);
  return (size + field(vm, o, RingioOff.Put) - field(vm, o, RingioOff.Get)) % size;
}
/** Bytes that can be written. */
function free(vm: Vm, o: Obj): number {
  return field(vm, o, RingioOff.Size) - 1 - available(vm, o);
}

/** Copies `n` bytes between the ring (from the index at `off` on) and `addr`, and moves the index. */
function copy(vm: Vm, o: Obj, off: RingioOff, addr: Addr, n: number): void {
  const size = field(vm, o, RingioOff.Size);
  const at = field(vm, o, off);
  const buf = vm.i32[(o + RingioOff.Buf) >> 2] as number;
  const first = Math.min(n, size - at);
  if (off === RingioOff.Get) {
    vm.u8.copyWithin(addr, buf + at, buf + at + first);
    vm.u8.copyWithin(addr + first, buf, buf + n - first);
  } else {
    vm.u8.copyWithin(buf + at, addr, addr + first);
    vm.u8.copyWithin(buf, addr + first, addr + n);
  }
  vm.u16[(o + off) >> 1] = (at + n) % size;
}

const protocol: StreamProtocol = {
  protocol: 'stream',
  read(vm, o, addr, size) {
    const n = Math.min(size, available(vm, o));
    copy(vm, o, RingioOff.Get, addr, n);
    return n;
  },
  write(vm, o, addr, size) {
    const n = Math.min(size, free(vm, o));
    copy(vm, o, RingioOff.Put, addr, n);
    return n;
  },
  ioctl(vm, o, request, arg) {
    if (request === STREAM_CLOSE) return 0;
    if (request !== STREAM_POLL) return streamError(EINVAL);
    let ready = 0;
    if ((arg & POLL_RD) !== 0 && available(vm, o) > 0) ready |= POLL_RD;
    if ((arg & POLL_WR) !== 0 && free(vm, o) > 0) ready |= POLL_WR;
    return ready;
  },
};

export const ringioType = defineType({
  name: 'RingIO',
  core: 'Ringio',
  makeNew(vm, type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 1, 1, false);
    const from = vm.i32[args >> 2] as number;
    let buf: Addr;
    let size: number;
    if (getBufferMaybe(vm, from, BUFFER_RW)) {
      buf = vm.buf.addr;
      size = vm.buf.len;
    } else {
      size = getInt(vm, from) + 1;
      if (size < 0) vm.raiseMemoryError(size >>> 0);
      buf = vm.alloc(size);
    }
    if (size < 2 || size > 0xffff) raiseType(vm, Ty.ValueError);
    const o = vm.allocObj(RingioOff.ObjSize, type);
    vm.i32[(o + RingioOff.Buf) >> 2] = buf;
    vm.u16[(o + RingioOff.Size) >> 1] = size;
    return o;
  },
  protocol,
  locals: {
    any: fun1((vm, o) => newSmallInt(available(vm, o))),
    read: streamRead,
    readline: streamReadline,
    readinto: streamReadinto,
    write: streamWrite,
    close: streamClose,
  },
});
