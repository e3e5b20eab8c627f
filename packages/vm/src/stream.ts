/**
 * Streams: what native stream types implement, and the methods that work on all of them. Counterpart: py/stream.c.
 *
 * A stream type's `protocol` is a `StreamProtocol`: raw reads and writes of memory, which may have to wait. A method that waits
 * keeps what it has done so far in a heap block that the waiting record refers to, and goes on with it when it is entered again.
 * Natives that cannot suspend (print to a stream, json) use `readNow` and `writeNow`, which let time pass in place.
 */
import { InstanceOff, TsOff } from './layout.js';
import { busAddress } from './obj/address.js';
import { isInstanceType } from './obj/class-lookup.js';
import { newInt, newIntFromUint32 } from './obj/int.js';
import { getIntTruncated } from './obj/number.js';
import { raiseMsg, raiseOSError } from './raise.js';
import { growBody, popRec, pushRec, Rec } from './records.js';
import { type Fun1, fun1, type FunVar, funVar, pyFun } from './rom/define.js';
import { BUFFER_READ, BUFFER_WRITE, getBuffer, getBufferMaybe, getInt } from './runtime.js';
import { NEVER_HIGH, startWait, takeWait, waitForEvent, WaitFor } from './schedule.js';
import { Ty } from './types.js';
import { type Addr, newSmallInt, type Obj, Word } from './words.js';
import type { Vm } from './vm.js';
import { Vstr } from './vstr.js';

/** A protocol function failed: `streamStatus.errno` says how. */
export const STREAM_ERROR = -1;
/** A protocol function cannot go on yet; `streamStatus.deadlineUs` may limit the wait. It has done nothing. */
export const STREAM_WAIT = -2;

/** Request of `ioctl`: write out what is buffered. */
export const STREAM_FLUSH = 1;
/** The argument is the address of two words, offset and whence; the new position goes into the first. */
export const STREAM_SEEK = 2;
/** The argument is a set of `POLL_…` bits, the answer those that hold. */
export const STREAM_POLL = 3;
/** Close the stream. */
export const STREAM_CLOSE = 4;
/** Get or set the timeout of an operation. */
export const STREAM_TIMEOUT = 5;
/** Get the stream's options. */
export const STREAM_GET_OPTS = 6;
/** Set the stream's options. */
export const STREAM_SET_OPTS = 7;
/** Get options of the data. */
export const STREAM_GET_DATA_OPTS = 8;
/** Set options of the data. */
export const STREAM_SET_DATA_OPTS = 9;
/** Get the file number. */
export const STREAM_GET_FILENO = 10;
/** Get the size of buffer that suits the stream. */
export const STREAM_GET_BUFFER_SIZE = 11;
/** The stream may raise a better exception than OSError(argument). */
export const STREAM_RAISE_ERROR = 12;

/** Reading would not wait. */
export const POLL_RD = 1;
/** Writing would not wait. */
export const POLL_WR = 4;
/** The stream has failed. */
export const POLL_ERR = 8;
/** The other side has closed. */
export const POLL_HUP = 16;
/** The stream is closed. */
export const POLL_NVAL = 32;

/** From the start. */
export const SEEK_SET = 0;
/** From the current position. */
export const SEEK_CUR = 1;
/** From the end. */
export const SEEK_END = 2;

const EAGAIN = 11;
const EINVAL = 22;
/** Bytes that reading everything asks for at once. */
const CHUNK = 256;

/** What a native stream type implements. Each function answers a count, `STREAM_ERROR` or `STREAM_WAIT`. */
export interface StreamProtocol {
  /** Tells it from other protocols. */
  readonly protocol: 'stream';
  /** Text streams give str, the others bytes. */
  readonly isText?: boolean | undefined;
  /** The functions run Python code, which announces nothing: `select` asks such streams again and again. */
  readonly isPython?: boolean | undefined;
  /** Reads up to `size` bytes to `addr`; 0 at the end. */
  readonly read?: ((vm: Vm, self: Obj, addr: Addr, size: number) => number) | undefined;
  /** Writes up to `size` bytes from `addr`. */
  readonly write?: ((vm: Vm, self: Obj, addr: Addr, size: number) => number) | undefined;
  /** Answers a request (`STREAM_…`); what it does not know is `STREAM_ERROR` with EINVAL. */
  readonly ioctl?: ((vm: Vm, self: Obj, request: number, arg: number) => number) | undefined;
}

/** Between a protocol function and its caller. */
export const streamStatus = {
  /** Why the last function answered `STREAM_ERROR`. */
  errno: 0,
  /**
   * Set by a function that answers `STREAM_WAIT`: microseconds of the board's clock when it wants to be called again at the
   * latest. It finds the same value when it is called again, and Infinity when it is called anew.
   */
  deadlineUs: Number.POSITIVE_INFINITY,
};

/** Answers `STREAM_ERROR` with a reason. */
export function streamError(errno: number): number {
  streamStatus.errno = errno;
  return STREAM_ERROR;
}
/** Whether an error means "nothing now, try again". */
export function isNonblockingError(errno: number): boolean {
  return errno === EAGAIN;
}

/** What {@link getStream} needs the stream to have: reading. */
export const OP_READ = 1;
/** Writing. */
export const OP_WRITE = 2;
/** Requests. */
export const OP_IOCTL = 4;

/** The object that the protocol of the last {@link getStream} works on: the native part of a subclass's instance. */
export const streamTarget = { self: 0 };

/** The protocol of a stream; raises OSError for what is none, or lacks an operation. */
export function getStream(vm: Vm, o: Obj, need: number): StreamProtocol {
  const type = vm.typeOf(o);
  const p = vm.protocolOf(type) as StreamProtocol | null;
  if (
    p === null ||
    p.protocol !== 'stream' ||
    ((need & OP_READ) !== 0 && p.read === undefined) ||
    ((need & OP_WRITE) !== 0 && p.write === undefined) ||
    ((need & OP_IOCTL) !== 0 && p.ioctl === undefined)
  ) {
    raiseMsg(vm, Ty.OSError, 'stream operation not supported');
  }
  streamTarget.self = o;
  // methods of IOBase's subclasses belong to the instance; a native base works on its own object
  if (isInstanceType(vm, type)) {
    const sub = vm.i32[(o + InstanceOff.Subobj) >> 2] as number;
    if (vm.typeOf(sub) !== Ty.Iobase) streamTarget.self = sub;
  }
  return p;
}

/** Raises what a failed operation on a stream raises. */
export function raiseStreamError(vm: Vm, p: StreamProtocol, self: Obj, errno: number): never {
  p.ioctl?.(vm, self, STREAM_RAISE_ERROR, errno);
  raiseOSError(vm, errno);
}

// ---- transfers -------------------------------------------------------------------------------------------------------

/** Words of the block that keeps a waiting method's state. */
const enum Kept {
  DeadlineLow = 0,
  DeadlineHigh = 1,
  Buf = 2,
  Len = 3,
  Alloc = 4,
  Done = 5,
  A = 6,
  B = 7,
  C = 8,
  Size = 36,
}

/** The block that a method left when it waited, 0 when it is entered for the first time. */
function resume(vm: Vm): Addr {
  streamStatus.deadlineUs = Number.POSITIVE_INFINITY;
  if (!takeWait(vm)) return 0;
  const block = vm.i32[(vm.ts + TsOff.Wait1) >> 2] as number;
  if (block === 0) return 0;
  vm.keep(block);
  const b = block >> 2;
  const high = vm.i32[b + Kept.DeadlineHigh] as number;
  if (high !== NEVER_HIGH)
    streamStatus.deadlineUs = ((vm.i32[b + Kept.DeadlineLow] as number) >>> 0) + high * 0x100000000;
  return block;
}
/** Leaves a method's state behind and answers Wait. */
function suspend(vm: Vm, old: Addr, v: Vstr | null, done: number, a = 0, b = 0, c = 0): Obj {
  const deadline = streamStatus.deadlineUs;
  const never = deadline === Number.POSITIVE_INFINITY;
  if (old === 0 && v === null && done === 0 && never) return startWait(vm, WaitFor.Event, 0, 0);
  const block = old === 0 ? vm.alloc(Kept.Size) : old;
  const w = block >> 2;
  vm.i32[w + Kept.DeadlineLow] = never ? 0 : deadline | 0;
  vm.i32[w + Kept.DeadlineHigh] = never ? NEVER_HIGH : Math.floor(deadline / 0x100000000);
  vm.i32[w + Kept.Buf] = v === null ? 0 : v.buf;
  vm.i32[w + Kept.Len] = v === null ? 0 : v.len;
  vm.i32[w + Kept.Alloc] = v === null ? 0 : v.alloc;
  vm.i32[w + Kept.Done] = done;
  vm.i32[w + Kept.A] = a;
  vm.i32[w + Kept.B] = b;
  vm.i32[w + Kept.C] = c;
  return startWait(vm, WaitFor.Block, block, 0);
}
/** The string that was being read when the method waited. */
function resumeVstr(vm: Vm, block: Addr): Vstr {
  const w = block >> 2;
  const v = new Vstr(vm, vm.i32[w + Kept.Alloc] as number, vm.i32[w + Kept.Buf] as number);
  v.len = vm.i32[w + Kept.Len] as number;
  return v;
}
function drop(vm: Vm, block: Addr): void {
  if (block !== 0) vm.heap.free(block);
}

/** One call of `read` or `write`. */
function step(vm: Vm, p: StreamProtocol, self: Obj, addr: Addr, size: number, write: boolean): number {
  const fn = write ? p.write : p.read;
  if (fn === undefined) raiseMsg(vm, Ty.OSError, 'stream operation not supported');
  const n = fn(vm, self, addr, size);
  if (n !== STREAM_WAIT) streamStatus.deadlineUs = Number.POSITIVE_INFINITY;
  return n;
}

/** Results of {@link transfer}. */
const moved = { done: 0, errno: 0 };

/**
 * Reads or writes until `size` bytes are done, `start` of them before; `once`: a single call. False: it has to wait. Otherwise
 * `moved` has how many bytes are done and an error (0: none).
 */
function transfer(
  vm: Vm,
  p: StreamProtocol,
  self: Obj,
  addr: Addr,
  size: number,
  start: number,
  write: boolean,
  once: boolean,
): boolean {
  let done = start;
  let errno = 0;
  while (done < size) {
    const n = step(vm, p, self, addr + done, size - done, write);
    if (n === STREAM_WAIT) {
      moved.done = done;
      return false;
    }
    if (n === STREAM_ERROR) {
      // what was read before must not be lost
      if (done === 0 || !isNonblockingError(streamStatus.errno)) errno = streamStatus.errno;
      break;
    }
    if (n <= 0) break;
    done += n;
    if (once) break;
  }
  if (size > 1024) vm.charge(size >> 6);
  moved.done = done;
  moved.errno = errno;
  return true;
}

/** A wait for a native that cannot suspend: the world goes on in place. */
function waitHere(vm: Vm): void {
  const ts = vm.ts >> 2;
  const us = streamStatus.deadlineUs;
  if (us === Number.POSITIVE_INFINITY) vm.i32[ts + (TsOff.Wait0 >> 2)] = WaitFor.Event;
  else startWait(vm, WaitFor.Time, us | 0, Math.floor(us / 0x100000000));
  waitForEvent(vm);
  takeWait(vm);
  streamStatus.deadlineUs = us;
}

/** Result of {@link readNow} and {@link writeNow} besides the count: an error, or 0. */
export const streamResult = { errno: 0 };

function transferNow(
  vm: Vm,
  p: StreamProtocol,
  self: Obj,
  addr: Addr,
  size: number,
  write: boolean,
  once: boolean,
): number {
  streamStatus.deadlineUs = Number.POSITIVE_INFINITY;
  let done = 0;
  while (!transfer(vm, p, self, addr, size, done, write, once)) {
    done = moved.done;
    waitHere(vm);
  }
  streamResult.errno = moved.errno;
  return moved.done;
}
/** Reads `size` bytes (`once`: what there is) within a native that cannot suspend; answers how many, with `streamResult.errno`. */
export function readNow(vm: Vm, p: StreamProtocol, self: Obj, addr: Addr, size: number, once: boolean): number {
  return transferNow(vm, p, self, addr, size, false, once);
}
/** Writes `size` bytes within a native that cannot suspend; answers how many, with `streamResult.errno`. */
export function writeNow(vm: Vm, p: StreamProtocol, self: Obj, addr: Addr, size: number): number {
  return transferNow(vm, p, self, addr, size, true, false);
}
/** Calls `write` once within a native that cannot suspend; answers how many bytes went, with `streamResult.errno`. */
export function writeOnce(vm: Vm, p: StreamProtocol, self: Obj, addr: Addr, size: number): number {
  return transferNow(vm, p, self, addr, size, true, true);
}
/** One `ioctl` within a native that cannot suspend. */
export function ioctlNow(vm: Vm, p: StreamProtocol, self: Obj, request: number, arg: number): number {
  for (;;) {
    const r = (p.ioctl as NonNullable<typeof p.ioctl>)(vm, self, request, arg);
    if (r !== STREAM_WAIT) return r;
    waitHere(vm);
  }
}
/** Closes a stream at once; raises what it says. */
export function closeNow(vm: Vm, stream: Obj): void {
  const p = getStream(vm, stream, OP_IOCTL);
  const { self } = streamTarget;
  if (ioctlNow(vm, p, self, STREAM_CLOSE, 0) === STREAM_ERROR) raiseStreamError(vm, p, self, streamStatus.errno);
}

/** `n` bytes on the Python stack, for the duration of a call; {@link popRec} gives them back. */
export function stackBytes(vm: Vm, n: number): Addr {
  pushRec(vm, Rec.Args, 0, 0, 0);
  return growBody(vm, (n + 3) & ~3);
}

// ---- reading ---------------------------------------------------------------------------------------------------------

function result(p: StreamProtocol, v: Vstr): Obj {
  return p.isText === true ? v.toStr() : v.toBytes();
}

/** `read(n)` in bytes; `once`: what one call gives. */
function readBytes(vm: Vm, p: StreamProtocol, self: Obj, n: number, once: boolean): Obj {
  const block = resume(vm);
  if (n < 0) vm.raiseMemoryError((n + 1) >>> 0);
  const v = block === 0 ? Vstr.ofLength(vm, n) : resumeVstr(vm, block);
  const start = block === 0 ? 0 : (vm.i32[(block >> 2) + Kept.Done] as number);
  if (!transfer(vm, p, self, v.buf, n, start, false, once)) return suspend(vm, block, v, moved.done);
  drop(vm, block);
  if (moved.errno !== 0) {
    const { errno } = moved;
    v.free();
    if (isNonblockingError(errno)) return Word.None;
    raiseStreamError(vm, p, self, errno);
  }
  v.len = moved.done;
  return result(p, v);
}

/** Bytes of the character that begins with `b`. */
function charBytes(b: number): number {
  if (b < 0xc0) return b < 0x80 ? 1 : 5;
  return b < 0xe0 ? 2 : b < 0xf0 ? 3 : b < 0xf8 ? 4 : 5;
}

/**
 * `read(n)` in characters. A stream cannot give bytes back, so it is asked for as many bytes as characters are missing, again
 * and again, which never reads too much.
 */
function readChars(vm: Vm, p: StreamProtocol, self: Obj, n: number): Obj {
  let block = resume(vm);
  if (n < 0) vm.raiseMemoryError(n >>> 0);
  let chars = n;
  /** Where the characters that have been counted end. */
  let counted = 0;
  /** Where the bytes that are being asked for begin. */
  let from = 0;
  let filled = 0;
  let v: Vstr;
  let resumed = block !== 0;
  if (resumed) {
    v = resumeVstr(vm, block);
    const w = block >> 2;
    filled = vm.i32[w + Kept.Done] as number;
    chars = vm.i32[w + Kept.A] as number;
    counted = vm.i32[w + Kept.B] as number;
    from = vm.i32[w + Kept.C] as number;
  } else v = new Vstr(vm, n);
  let more = n;
  while (more > 0) {
    if (!resumed) {
      from = v.len;
      filled = 0;
      v.add(more);
    }
    resumed = false;
    more = v.len - from;
    if (!transfer(vm, p, self, v.buf + from, more, filled, false, false)) {
      return suspend(vm, block, v, moved.done, chars, counted, from);
    }
    drop(vm, block);
    block = 0;
    if (moved.errno !== 0) {
      const { errno } = moved;
      v.cutTail(more);
      if (!isNonblockingError(errno)) raiseStreamError(vm, p, self, errno);
      if (v.len !== 0) break;
      v.free();
      return Word.None;
    }
    if (moved.done < more) {
      v.cutTail(more - moved.done);
      if (moved.done === 0) break;
    }
    for (;;) {
      const size = charBytes(vm.u8[v.buf + counted] as number);
      if (counted + size > v.len) {
        more = counted + size - v.len + (chars - 1);
        break;
      }
      counted += size;
      chars--;
      if (counted >= v.len) {
        more = chars;
        break;
      }
    }
  }
  return v.toStr();
}

/** `read()`: everything up to the end. */
function readAll(vm: Vm, p: StreamProtocol, self: Obj): Obj {
  const block = resume(vm);
  const v = block === 0 ? new Vstr(vm, CHUNK) : resumeVstr(vm, block);
  let total = block === 0 ? 0 : (vm.i32[(block >> 2) + Kept.Done] as number);
  for (;;) {
    const n = step(vm, p, self, v.buf + total, v.alloc - total, false);
    if (n === STREAM_WAIT) return suspend(vm, block, v, total);
    if (n === STREAM_ERROR) {
      const { errno } = streamStatus;
      if (!isNonblockingError(errno)) raiseStreamError(vm, p, self, errno);
      if (total !== 0) break;
      drop(vm, block);
      return Word.None;
    }
    if (n <= 0) break;
    total += n;
    vm.charge(1 + (n >> 6));
    if (total === v.alloc) v.extend(CHUNK);
  }
  drop(vm, block);
  v.len = total;
  return result(p, v);
}

function read(vm: Vm, nArgs: number, args: Addr, once: boolean): Obj {
  const p = getStream(vm, vm.i32[args >> 2] as number, OP_READ);
  const { self } = streamTarget;
  const n = nArgs === 1 ? -1 : getInt(vm, vm.i32[(args >> 2) + 1] as number);
  if (n === -1) return readAll(vm, p, self);
  return p.isText === true ? readChars(vm, p, self, n) : readBytes(vm, p, self, n, once);
}

/** The next line, of at most `max` bytes (−1: any), byte by byte. */
function readLine(vm: Vm, o: Obj, max: number): Obj {
  const p = getStream(vm, o, OP_READ);
  const { self } = streamTarget;
  const block = resume(vm);
  const v = block === 0 ? new Vstr(vm, max === -1 ? 16 : max >>> 0) : resumeVstr(vm, block);
  let adding = block === 0;
  while (max === -1 || v.len - (adding ? 0 : 1) !== max) {
    if (adding) v.add(1);
    adding = true;
    const n = step(vm, p, self, v.buf + v.len - 1, 1, false);
    if (n === STREAM_WAIT) return suspend(vm, block, v, 0);
    if (n === STREAM_ERROR) {
      const { errno } = streamStatus;
      if (!isNonblockingError(errno)) raiseStreamError(vm, p, self, errno);
      if (v.len === 1) {
        drop(vm, block);
        v.free();
        return Word.None;
      }
    }
    if (n <= 0) {
      v.cutTail(1);
      break;
    }
    if (vm.u8[v.buf + v.len - 1] === 0x0a) break;
  }
  drop(vm, block);
  vm.charge(1 + (v.len >> 2));
  return result(p, v);
}

/** The iternext slot of streams: lines. */
export function streamIternext(vm: Vm, o: Obj): Obj {
  const line = readLine(vm, o, -1);
  return line === Word.EmptyStr || line === Word.None || isEmpty(vm, line) ? Word.Null : line;
}
/** Whether a line that was read is empty. */
function isEmpty(vm: Vm, line: Obj): boolean {
  return line > 15 && (line & 3) === 0 && vm.i32[(line >> 2) + 2] === 0;
}

// ---- methods ---------------------------------------------------------------------------------------------------------

/** `readinto` and `write` with their optional length, or offset and length. */
function move(vm: Vm, nArgs: number, args: Addr, write: boolean, once: boolean): Obj {
  const a = args >> 2;
  const p = getStream(vm, vm.i32[a] as number, write ? OP_WRITE : OP_READ);
  const { self } = streamTarget;
  let max = 0xffffffff;
  let off = 0;
  if (nArgs === 3) max = getIntTruncated(vm, vm.i32[a + 2] as number) >>> 0;
  else if (nArgs === 4) {
    off = getIntTruncated(vm, vm.i32[a + 2] as number) >>> 0;
    max = getIntTruncated(vm, vm.i32[a + 3] as number) >>> 0;
  }
  getBuffer(vm, vm.i32[a + 1] as number, write ? BUFFER_READ : BUFFER_WRITE);
  if (off > vm.buf.len) off = vm.buf.len;
  const addr = vm.buf.addr + off;
  const size = Math.min(vm.buf.len - off, max);
  const block = resume(vm);
  const start = block === 0 ? 0 : (vm.i32[(block >> 2) + Kept.Done] as number);
  if (!transfer(vm, p, self, addr, size, start, write, once)) return suspend(vm, block, null, moved.done);
  drop(vm, block);
  if (moved.errno === 0) return newSmallInt(moved.done);
  if (isNonblockingError(moved.errno)) return Word.None;
  raiseStreamError(vm, p, self, moved.errno);
}

/** Calls `ioctl`; answers its result as an int, `none`: as None. */
function request(vm: Vm, o: Obj, code: number, arg: number, none: boolean): Obj {
  const p = getStream(vm, o, OP_IOCTL);
  const { self } = streamTarget;
  const block = resume(vm);
  const r = (p.ioctl as NonNullable<typeof p.ioctl>)(vm, self, code, arg);
  if (r === STREAM_WAIT) return suspend(vm, block, null, 0);
  drop(vm, block);
  if (r === STREAM_ERROR) raiseStreamError(vm, p, self, streamStatus.errno);
  return none ? Word.None : newInt(vm, r);
}

function seek(vm: Vm, o: Obj, offset: number, whence: number): Obj {
  const p = getStream(vm, o, OP_IOCTL);
  const { self } = streamTarget;
  if (whence === SEEK_SET && offset < 0) raiseOSError(vm, EINVAL);
  const at = seekTo(vm, p, self, offset, whence);
  if (at < 0) raiseStreamError(vm, p, self, streamStatus.errno);
  return newIntFromUint32(vm, at);
}
/** Moves a stream's position; answers the new one, or −1 with `streamStatus.errno`. */
export function seekTo(vm: Vm, p: StreamProtocol, self: Obj, offset: number, whence: number): number {
  const where = stackBytes(vm, 8);
  vm.i32[where >> 2] = offset;
  vm.i32[(where >> 2) + 1] = whence;
  const r = ioctlNow(vm, p, self, STREAM_SEEK, where);
  const at = vm.i32[where >> 2] as number;
  popRec(vm);
  return r === STREAM_ERROR || at === -1 ? -1 : at >>> 0;
}

const readFn: FunVar = (vm, nArgs, _nKw, args) => read(vm, nArgs, args, false);
const readLineFn: FunVar = (vm, nArgs, _nKw, args) => {
  // the length is not converted: what is no small int counts as the number that its word would be
  return readLine(vm, vm.i32[args >> 2] as number, nArgs > 1 ? (vm.i32[(args >> 2) + 1] as number) >> 1 : -1);
};
const closeFn: Fun1 = (vm, self) => request(vm, self, STREAM_CLOSE, 0, true);

// ---- what stream types pick from

/** `read([n])`. */
export const streamRead = funVar(1, 2, readFn);
/** `read1([n])`: what one call gives. */
export const streamRead1 = funVar(1, 2, (vm, nArgs, _nKw, args) => read(vm, nArgs, args, true));
/** `readinto(buf[, n])`. */
export const streamReadinto = funVar(2, 3, (vm, nArgs, _nKw, args) => move(vm, nArgs, args, false, false));
/** `readinto1(buf[, n])`. */
export const streamReadinto1 = funVar(2, 3, (vm, nArgs, _nKw, args) => move(vm, nArgs, args, false, true));
/** `readline([n])`. */
export const streamReadline = funVar(1, 2, readLineFn);
/** `readlines()`. */
export const streamReadlines = pyFun('_readlines');
/** `write(buf[, n])`, `write(buf, offset, n)`. */
export const streamWrite = funVar(2, 4, (vm, nArgs, _nKw, args) => move(vm, nArgs, args, true, false));
/** `write1(buf)`: one call. */
export const streamWrite1 = funVar(2, 4, (vm, nArgs, _nKw, args) => move(vm, nArgs, args, true, true));
/** `seek(offset[, whence])`. */
export const streamSeek = funVar(2, 3, (vm, nArgs, _nKw, args) => {
  const a = args >> 2;
  const offset = getInt(vm, vm.i32[a + 1] as number);
  return seek(vm, vm.i32[a] as number, offset, nArgs === 3 ? getInt(vm, vm.i32[a + 2] as number) : SEEK_SET);
});
/** `tell()`. */
export const streamTell = fun1((vm, self) => seek(vm, self, 0, SEEK_CUR));
/** `flush()`. */
export const streamFlush = fun1((vm, self) => request(vm, self, STREAM_FLUSH, 0, true));
/** `close()`. */
export const streamClose = fun1(closeFn);
/** `ioctl(request[, arg])`. */
export const streamIoctl = funVar(2, 3, (vm, nArgs, _nKw, args) => {
  const a = args >> 2;
  let arg = 0;
  if (nArgs > 2) {
    const given = vm.i32[a + 2] as number;
    arg = getBufferMaybe(vm, given, BUFFER_WRITE) ? vm.buf.addr : getIntTruncated(vm, given);
  }
  return request(vm, vm.i32[a] as number, getInt(vm, vm.i32[a + 1] as number), arg, false);
});
/** `__enter__`. */
export const streamEnter = fun1((_vm, self) => self);
/** `__exit__`: closes. */
export const streamExit = funVar(4, 4, (vm, _nArgs, _nKw, args) => closeFn(vm, vm.i32[args >> 2] as number));

/** An `ioctl` argument as Python code sees it: addresses are the board's. */
export function ioctlArgForPython(vm: Vm, code: number, arg: number): Obj {
  return newIntFromUint32(vm, code === STREAM_SEEK ? busAddress(vm, arg) : arg);
}
