/**
 * StringIO and BytesIO share everything but what their reads give. Counterpart: py/objstringio.c.
 *
 *     +0 type   +4 buffer header   +8 position   +12 object whose bytes are shared, or 0
 *
 * What is made from a str or bytes object shares its bytes until the first write. A closed stream has no buffer header.
 */
import { moveBytes } from '../move.js';
import { StringioOff, VstrOff } from '../layout.js';
import { raiseValueError } from '../raise.js';
import type { Printer } from '../print.js';
import { defineType, fun1, type MakeNewFn, type RomValue } from '../rom/define.js';
import { BUFFER_READ, getBuffer, getInt, isInt } from '../runtime.js';
import {
  SEEK_CUR,
  SEEK_END,
  SEEK_SET,
  STREAM_CLOSE,
  STREAM_FLUSH,
  STREAM_SEEK,
  streamClose,
  streamEnter,
  streamError,
  streamExit,
  streamFlush,
  streamIternext,
  type StreamProtocol,
  streamRead,
  streamReadinto,
  streamReadline,
  streamSeek,
  streamTell,
  streamWrite,
} from '../stream.js';
import { Ty, TypeFlag } from '../types.js';
import type { Addr, Obj } from '../words.js';
import type { Vm } from '../vm.js';
import { addressText } from './address.js';
import { isStrOrBytes, newStrOfType } from './str-new.js';

const EINVAL = 22;
const EFBIG = 27;
/** Bytes that a stream made from nothing has room for. */
const FIRST_ALLOC = 16;

/** The buffer header as a word index; raises ValueError when the stream is closed. */
function headerOf(vm: Vm, o: Obj): number {
  const h = vm.i32[(o + StringioOff.Buffer) >> 2] as number;
  if (h === 0) raiseValueError(vm, 'I/O operation on closed file');
  return h >> 2;
}
function posOf(vm: Vm, o: Obj): number {
  return (vm.i32[(o + StringioOff.Pos) >> 2] as number) >>> 0;
}
function setPos(vm: Vm, o: Obj, pos: number): void {
  vm.i32[(o + StringioOff.Pos) >> 2] = pos | 0;
}

function read(vm: Vm, o: Obj, addr: Addr, size: number): number {
  const h = headerOf(vm, o);
  const pos = posOf(vm, o);
  const rest = (vm.i32[h + (VstrOff.Len >> 2)] as number) - pos;
  if (rest <= 0) return 0;
  const n = size > rest ? rest : size;
  const from = (vm.i32[h + (VstrOff.Buf >> 2)] as number) + pos;
  if (n === 1) vm.u8[addr] = vm.u8[from] as number;
  else moveBytes(vm.u8, addr, from, from + n);
  setPos(vm, o, pos + n);
  return n;
}

/** Gives a stream its own copy of the bytes that it shares. */
function copyOnWrite(vm: Vm, o: Obj, h: number): void {
  const len = vm.i32[h + (VstrOff.Len >> 2)] as number;
  const from = vm.i32[h + (VstrOff.Buf >> 2)] as number;
  const buf = vm.alloc(len);
  moveBytes(vm.u8, buf, from, from + len);
  vm.i32[h + (VstrOff.Buf >> 2)] = buf;
  vm.i32[h + (VstrOff.Fixed >> 2)] = 0;
  vm.i32[(o + StringioOff.Shared) >> 2] = 0;
}

/** Makes room for `n` bytes behind the allocated ones, and some more. */
function grow(vm: Vm, h: number, n: number): void {
  const want = (vm.i32[h + (VstrOff.Alloc >> 2)] as number) + n + 16;
  const alloc = want - (want % 8) + 8;
  vm.i32[h + (VstrOff.Buf >> 2)] = vm.realloc(vm.i32[h + (VstrOff.Buf >> 2)] as number, alloc);
  vm.i32[h + (VstrOff.Alloc >> 2)] = alloc;
}

function write(vm: Vm, o: Obj, addr: Addr, size: number): number {
  const h = headerOf(vm, o);
  if (vm.i32[h + (VstrOff.Fixed >> 2)] !== 0) copyOnWrite(vm, o, h);
  const pos = posOf(vm, o);
  const end = pos + size;
  if (end > 0xffffffff) return streamError(EFBIG);
  const len = vm.i32[h + (VstrOff.Len >> 2)] as number;
  const alloc = vm.i32[h + (VstrOff.Alloc >> 2)] as number;
  if (end > alloc) {
    grow(vm, h, end - alloc);
    vm.i32[h + (VstrOff.Len >> 2)] = end;
  }
  const buf = vm.i32[h + (VstrOff.Buf >> 2)] as number;
  if (pos > len) vm.u8.fill(0, buf + len, buf + pos);
  moveBytes(vm.u8, buf + pos, addr, addr + size);
  setPos(vm, o, end);
  if (end > (vm.i32[h + (VstrOff.Len >> 2)] as number)) vm.i32[h + (VstrOff.Len >> 2)] = end;
  return size;
}

function seek(vm: Vm, o: Obj, where: Addr): number {
  const offset = vm.i32[where >> 2] as number;
  const whence = vm.i32[(where >> 2) + 1] as number;
  let pos = 0;
  if (whence === SEEK_CUR) pos = posOf(vm, o);
  else if (whence === SEEK_END) pos = vm.i32[headerOf(vm, o) + (VstrOff.Len >> 2)] as number;
  pos += whence === SEEK_SET ? offset >>> 0 : offset;
  if (pos > 0xffffffff) return streamError(EINVAL);
  if (pos < 0) pos = 0;
  setPos(vm, o, pos);
  vm.i32[where >> 2] = pos | 0;
  return 0;
}

function ioctl(vm: Vm, o: Obj, request: number, arg: number): number {
  switch (request) {
    case STREAM_SEEK:
      return seek(vm, o, arg);
    case STREAM_FLUSH:
      return 0;
    case STREAM_CLOSE: {
      const header = vm.i32[(o + StringioOff.Buffer) >> 2] as number;
      if (header === 0) return 0;
      const h = header >> 2;
      if (vm.i32[h + (VstrOff.Fixed >> 2)] === 0) vm.heap.free(vm.i32[h + (VstrOff.Buf >> 2)] as number);
      vm.heap.free(header);
      vm.i32[(o + StringioOff.Buffer) >> 2] = 0;
      return 0;
    }
    default:
      return streamError(EINVAL);
  }
}

function newHeader(vm: Vm, alloc: number, len: number, buf: Addr, fixed: number): Addr {
  const h = vm.alloc(VstrOff.Size);
  const w = h >> 2;
  vm.i32[w] = alloc;
  vm.i32[w + 1] = len;
  vm.i32[w + 2] = buf;
  vm.i32[w + 3] = fixed;
  return h;
}

const makeNew: MakeNewFn = (vm, type, nArgs, _nKw, args) => {
  let alloc = FIRST_ALLOC;
  let addr = 0;
  let len = 0;
  const o = vm.allocObj(StringioOff.Size, type);
  if (nArgs > 0) {
    const from = vm.i32[args >> 2] as number;
    if (isInt(vm, from)) alloc = getInt(vm, from);
    else {
      getBuffer(vm, from, BUFFER_READ);
      addr = vm.buf.addr;
      len = vm.buf.len;
      if (isStrOrBytes(vm, from)) {
        vm.i32[(o + StringioOff.Buffer) >> 2] = newHeader(vm, len, len, addr, 1);
        vm.i32[(o + StringioOff.Shared) >> 2] = from;
        return o;
      }
      alloc = len;
    }
  }
  if (alloc < 0) vm.raiseMemoryError(alloc >>> 0);
  if (alloc === 0) alloc = 1;
  const h = newHeader(vm, alloc, 0, 0, 0);
  vm.i32[(o + StringioOff.Buffer) >> 2] = h;
  vm.i32[(h + VstrOff.Buf) >> 2] = vm.alloc(alloc);
  if (len !== 0) {
    write(vm, o, addr, len);
    setPos(vm, o, 0);
  }
  return o;
};

function print(vm: Vm, out: Printer, o: Obj): void {
  out.write(`<io.${vm.typeOf(o) === Ty.Stringio ? 'StringIO' : 'BytesIO'} 0x${addressText(vm, o)}>`);
}

const getvalue = fun1((vm, o) => {
  const h = headerOf(vm, o);
  const type = vm.typeOf(o) === Ty.Stringio ? Ty.Str : Ty.Bytes;
  return newStrOfType(vm, type, vm.i32[h + (VstrOff.Buf >> 2)] as number, vm.i32[h + (VstrOff.Len >> 2)] as number);
});

const locals = (): Readonly<Record<string, RomValue>> => ({
  read: streamRead,
  readinto: streamReadinto,
  readline: streamReadline,
  write: streamWrite,
  seek: streamSeek,
  tell: streamTell,
  flush: streamFlush,
  close: streamClose,
  getvalue,
  __enter__: streamEnter,
  __exit__: streamExit,
});

const textProtocol: StreamProtocol = { protocol: 'stream', isText: true, read, write, ioctl };
const bytesProtocol: StreamProtocol = { protocol: 'stream', read, write, ioctl };

export const stringioType = defineType({
  name: 'StringIO',
  core: 'Stringio',
  flags: TypeFlag.LeafIter,
  makeNew,
  print,
  getiter: 'self',
  iternext: streamIternext,
  protocol: textProtocol,
  locals,
});

export const bytesioType = defineType({
  name: 'BytesIO',
  core: 'Bytesio',
  flags: TypeFlag.LeafIter,
  makeNew,
  print,
  getiter: 'self',
  iternext: streamIternext,
  protocol: bytesProtocol,
  locals,
});
