/**
 * The `websocket` module: frames of RFC 6455 over a stream, as far as WebREPL needs them. Counterpart: extmod/modwebsocket.c.
 *
 *     +0 type   +4 stream   +8 payload left   +12 mask (4)   +16 state, bytes missing, place in the mask, bytes buffered
 *     +20 header bytes (6)   +26 options, flags of the last data frame, flags of this frame
 *
 * A frame's header comes into the object and its payload goes where it is wanted, so a read that has to wait can be entered
 * again anywhere.
 */
import { Q } from '../q.js';
import { defineModule, defineType } from '../rom/define.js';
import { callMethod, checkArgCount } from '../runtime.js';
import {
  closeNow,
  getStream,
  OP_IOCTL,
  OP_READ,
  OP_WRITE,
  stackBytes,
  STREAM_CLOSE,
  STREAM_GET_DATA_OPTS,
  STREAM_SET_DATA_OPTS,
  STREAM_WAIT,
  streamClose,
  streamError,
  streamIoctl,
  type StreamProtocol,
  streamRead,
  streamReadinto,
  streamReadline,
  streamResult,
  streamStatus,
  streamTarget,
  streamWrite,
  writeNow,
} from '../stream.js';
import { popRec } from '../records.js';
import { type Addr, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';

const EIO = 5;
const EAGAIN = 11;
const EINVAL = 22;
const ENOBUFS = 105;

// fields
const STREAM = 4;
const LEFT = 8;
const MASK = 12;
const STATE = 16;
const MISSING = 17;
const MASK_AT = 18;
const BUFFERED = 19;
const HEADER = 20;
const HEADER_MAX = 6;
const OPTIONS = 26;
const DATA_FLAGS = 27;
const FLAGS = 28;
const SIZE = 29;

/** What comes next from the stream. */
const enum State {
  Header = 0,
  /** Length and mask. */
  Rest = 1,
  Payload = 2,
  Control = 3,
}

/** The part of a frame's flags that says what it is, and some of its values. */
const OPCODE = 0x0f;
const CONTINUATION = 0;
const TEXT = 1;
const CLOSE = 8;
/** The last frame of a message. */
const FINAL = 0x80;
/** Option: the stream blocks while a frame is written. */
const BLOCKING_WRITE = 0x80;
/** Behind these lengths there are two bytes or eight with the real one. */
const LENGTH_16 = 126;
const LENGTH_64 = 127;

const streamOf = (vm: Vm, o: Obj): Obj => vm.i32[(o + STREAM) >> 2] as number;

/** The first two bytes of a frame are there. False: a length that is not supported. */
function beginFrame(vm: Vm, o: Obj): boolean {
  const { u8 } = vm;
  const flags = u8[o + HEADER] as number;
  const second = u8[o + HEADER + 1] as number;
  u8[o + FLAGS] = flags;
  // a continuation is of the kind of the frame before it
  u8[o + DATA_FLAGS] =
    (flags & OPCODE) === CONTINUATION ? ((u8[o + DATA_FLAGS] as number) & OPCODE) | (flags & ~OPCODE) : flags;
  u8.fill(0, o + MASK, o + MASK + 4);
  const length = second & 0x7f;
  if (length === LENGTH_64) return false;
  const missing = (length === LENGTH_16 ? 2 : 0) + ((second & 0x80) !== 0 ? 4 : 0);
  u8[o + BUFFERED] = 0;
  u8[o + MISSING] = missing;
  vm.i32[(o + LEFT) >> 2] = length;
  u8[o + STATE] = missing > 0 ? State.Rest : payloadState(flags);
  return true;
}

function payloadState(flags: number): State {
  return (flags & OPCODE) >= CLOSE ? State.Control : State.Payload;
}

/** Length and mask are there. */
function endHeader(vm: Vm, o: Obj): void {
  const { u8 } = vm;
  const n = u8[o + BUFFERED] as number;
  if ((n & 2) !== 0) vm.i32[(o + LEFT) >> 2] = ((u8[o + HEADER] as number) << 8) | (u8[o + HEADER + 1] as number);
  if ((n & 4) !== 0) u8.copyWithin(o + MASK, o + HEADER + n - 4, o + HEADER + n);
  u8[o + BUFFERED] = 0;
  u8[o + STATE] = payloadState(u8[o + FLAGS] as number);
}

/** A frame is over; answers whether it closes the connection. */
function endFrame(vm: Vm, o: Obj): boolean {
  const { u8 } = vm;
  const wasControl = u8[o + STATE] === State.Control;
  u8[o + STATE] = State.Header;
  u8[o + MISSING] = 2;
  u8[o + MASK_AT] = 0;
  u8[o + BUFFERED] = 0;
  if (!wasControl || ((u8[o + FLAGS] as number) & OPCODE) !== CLOSE) return false;
  // what comes of the answer does not matter any more
  const at = stackBytes(vm, 2);
  u8[at] = FINAL | CLOSE;
  u8[at + 1] = 0;
  writeFrame(vm, o, at, 2, at, 0);
  popRec(vm);
  return true;
}

function read(vm: Vm, o: Obj, addr: Addr, size: number): number {
  const { u8, i32 } = vm;
  const p = getStream(vm, streamOf(vm, o), OP_READ);
  const { self } = streamTarget;
  const take = (to: Addr, n: number): number => {
    const got = (p.read as NonNullable<StreamProtocol['read']>)(vm, self, to, n);
    if (got !== STREAM_WAIT) streamStatus.deadlineUs = Number.POSITIVE_INFINITY;
    return got;
  };
  for (;;) {
    const missing = u8[o + MISSING] as number;
    if (missing !== 0) {
      const had = u8[o + BUFFERED] as number;
      // a stream in Python may have read from this object, too
      if (had + missing > HEADER_MAX) return streamError(EIO);
      const n = take(o + HEADER + had, missing);
      if (n <= 0) return n;
      u8[o + BUFFERED] = had + n;
      u8[o + MISSING] = missing - n;
      if (n < missing) return streamError(EAGAIN);
    }
    switch (u8[o + STATE] as State) {
      case State.Header:
        if (!beginFrame(vm, o)) {
          closeNow(vm, streamOf(vm, o));
          return streamError(EIO);
        }
        continue;
      case State.Rest:
        endHeader(vm, o);
        continue;
      default:
        break;
    }
    const left = i32[(o + LEFT) >> 2] as number;
    let n = 0;
    if (left !== 0) {
      n = take(addr, Math.min(size, left));
      if (n <= 0) return n;
      let at = u8[o + MASK_AT] as number;
      for (let i = 0; i < n; i++) u8[addr + i] = (u8[addr + i] as number) ^ (u8[o + MASK + (at++ & 3)] as number);
      u8[o + MASK_AT] = at;
      i32[(o + LEFT) >> 2] = Math.max(left - n, 0);
      vm.charge(1 + (n >> 2));
    }
    if (i32[(o + LEFT) >> 2] === 0) {
      const wasControl = u8[o + STATE] === State.Control;
      if (endFrame(vm, o)) return 0;
      // the payload of a control frame is nobody's, and an empty frame is no end
      if (wasControl) continue;
    }
    if (n !== 0) return n;
  }
}

/** Writes a header and a payload; answers as a stream's `write`. */
function writeFrame(vm: Vm, o: Obj, header: Addr, headerSize: number, addr: Addr, size: number): number {
  const stream = streamOf(vm, o);
  const blocking = ((vm.u8[o + OPTIONS] as number) & BLOCKING_WRITE) !== 0;
  if (blocking) callMethod(vm, stream, Q.setblocking, Word.True);
  const p = getStream(vm, stream, OP_WRITE);
  const { self } = streamTarget;
  let n = writeNow(vm, p, self, header, headerSize);
  let { errno } = streamResult;
  if (errno === 0) {
    n = writeNow(vm, p, self, addr, size);
    ({ errno } = streamResult);
  }
  if (blocking) callMethod(vm, stream, Q.setblocking, Word.False);
  return errno === 0 ? n : streamError(errno);
}

function write(vm: Vm, o: Obj, addr: Addr, size: number): number {
  if (size > 0xffff) return streamError(ENOBUFS);
  const at = stackBytes(vm, 4);
  const { u8 } = vm;
  u8[at] = FINAL | ((u8[o + OPTIONS] as number) & OPCODE);
  const isShort = size < LENGTH_16;
  u8[at + 1] = isShort ? size : LENGTH_16;
  u8[at + 2] = size >> 8;
  u8[at + 3] = size;
  vm.charge(1 + (size >> 4));
  const n = writeFrame(vm, o, at, isShort ? 2 : 4, addr, size);
  popRec(vm);
  return n;
}

const protocol: StreamProtocol = {
  protocol: 'stream',
  read,
  write,
  ioctl(vm, o, request, arg) {
    switch (request) {
      case STREAM_CLOSE:
        closeNow(vm, streamOf(vm, o));
        return 0;
      case STREAM_GET_DATA_OPTS:
        return (vm.u8[o + DATA_FLAGS] as number) & OPCODE;
      case STREAM_SET_DATA_OPTS: {
        const options = vm.u8[o + OPTIONS] as number;
        vm.u8[o + OPTIONS] = (options & ~OPCODE) | (arg & OPCODE);
        return options & OPCODE;
      }
      default:
        return streamError(EINVAL);
    }
  },
};

const websocketType = defineType({
  name: 'websocket',
  makeNew(vm, type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 1, 2, false);
    const stream = vm.i32[args >> 2] as number;
    getStream(vm, stream, OP_READ | OP_WRITE | OP_IOCTL);
    const o = vm.allocObj(SIZE, type);
    vm.u8.fill(0, o + STREAM, o + SIZE);
    vm.i32[(o + STREAM) >> 2] = stream;
    vm.u8[o + MISSING] = 2;
    vm.u8[o + OPTIONS] = nArgs > 1 && vm.i32[(args >> 2) + 1] === Word.True ? TEXT | BLOCKING_WRITE : TEXT;
    return o;
  },
  protocol,
  locals: {
    read: streamRead,
    readinto: streamReadinto,
    readline: streamReadline,
    write: streamWrite,
    ioctl: streamIoctl,
    close: streamClose,
  },
});

export const websocketModule = defineModule({
  name: 'websocket',
  extensible: true,
  globals: { websocket: websocketType },
});
