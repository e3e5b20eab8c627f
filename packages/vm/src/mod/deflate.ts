/**
 * The `deflate` module: a stream that inflates what another gives, and on ports of the highest level deflates what another gets.
 * Counterpart: extmod/moddeflate.c.
 *
 *     +0 type   +4 stream, 0 when closed   +8 format, window bits, whether to close the stream   +12 decoder   [+16 compressor]
 */
import { isTrue, checkArgCount, getInt } from '../runtime.js';
import { raiseOSError, raiseValueError } from '../raise.js';
import { popRec } from '../records.js';
import { defineModule, defineType, type RomValue, type TypeDef } from '../rom/define.js';
import type { RomPart } from '../rom/image.js';
import {
  closeNow,
  getStream,
  OP_READ,
  OP_WRITE,
  stackBytes,
  STREAM_CLOSE,
  STREAM_ERROR,
  STREAM_WAIT,
  streamClose,
  streamEnter,
  streamError,
  streamExit,
  type StreamProtocol,
  streamRead,
  streamReadinto,
  streamReadline,
  streamResult,
  streamTarget,
  streamWrite,
  writeOnce,
} from '../stream.js';
import { adler32, crc32 } from '../checksum.js';
import type { Profile } from '../profile.js';
import { type Addr, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { Compressor, Writer } from './deflate/compress.js';
import { Header, Inflater, Phase, State } from './deflate/inflate.js';

const EINVAL = 22;
const FORMAT_AUTO = 0;
const FORMAT_RAW = 1;
const FORMAT_ZLIB = 2;
const FORMAT_GZIP = 3;
/** The smallest window of zlib's format, when none is asked for. */
const DEFAULT_WBITS = 8;

const STREAM = 4;
const OPTIONS = 8;
const READ = 12;
const WRITE = 16;

function wordOf(vm: Vm, o: Addr, off: number): number {
  return vm.i32[(o + off) >> 2] as number;
}
function setWord(vm: Vm, o: Addr, off: number, value: number): void {
  vm.i32[(o + off) >> 2] = value;
}
const formatOf = (vm: Vm, o: Obj): number => vm.u8[o + OPTIONS] as number;
const wbitsOf = (vm: Vm, o: Obj): number => vm.u8[o + OPTIONS + 1] as number;

// ---- reading ---------------------------------------------------------------------------------------------------------

/** Parses the header if there is one, and makes the window. False: the header is not what was asked for. Undefined: wait. */
function prepare(vm: Vm, o: Obj, state: Addr, p: StreamProtocol, stream: Obj, scratch: Addr): boolean | undefined {
  const format = formatOf(vm, o);
  let wbits = wbitsOf(vm, o);
  if (format === FORMAT_RAW) {
    if (wbits === 0) wbits = DEFAULT_WBITS;
  } else {
    const inflater = new Inflater(vm, state, p, stream, scratch);
    const found = inflater.header();
    if (found === undefined) return undefined;
    if (found === Header.Bad) return false;
    if ((format === FORMAT_ZLIB && found !== Header.Zlib) || (format === FORMAT_GZIP && found !== Header.Gzip))
      return false;
    // no need for more than what was used to make the data
    if (wbits === 0 || inflater.headerBits < wbits) wbits = inflater.headerBits;
  }
  const window = vm.alloc(1 << wbits);
  setWord(vm, state, State.Window, window);
  setWord(vm, state, State.WindowSize, 1 << wbits);
  setWord(vm, state, State.BlockType, -1);
  return true;
}

function read(vm: Vm, o: Obj, addr: Addr, size: number): number {
  const stream = wordOf(vm, o, STREAM);
  if (stream === Word.Null) return streamError(EINVAL);
  let state = wordOf(vm, o, READ);
  const isNew = state === 0;
  const p = getStream(vm, stream, OP_READ);
  const { self } = streamTarget;
  if (isNew) {
    state = vm.alloc(State.Size);
    vm.i32.fill(0, state >> 2, (state + State.Size) >> 2);
    setWord(vm, o, READ, state);
    setWord(vm, state, State.Phase, Phase.Header);
  }
  if (wordOf(vm, state, State.Done) !== 0 || size <= 0) return 0;
  const scratch = stackBytes(vm, 4);
  let n: number;
  let isReady: boolean | undefined = true;
  if (wordOf(vm, state, State.Phase) === Phase.Header) {
    if (formatOf(vm, o) === FORMAT_RAW) setWord(vm, state, State.Phase, Phase.Data);
    isReady = prepare(vm, o, state, p, self, scratch);
  }
  if (isReady === true) n = new Inflater(vm, state, p, self, scratch).read(addr, size);
  else n = isReady === false ? -1 : STREAM_WAIT;
  popRec(vm);
  return n === STREAM_ERROR ? streamError(EINVAL) : n;
}

// ---- writing ---------------------------------------------------------------------------------------------------------

/** Calls `write` of a stream once with bytes that lie on the Python stack; answers an error, or 0. */
function put(vm: Vm, p: StreamProtocol, stream: Obj, bytes: readonly number[]): number {
  const at = stackBytes(vm, bytes.length);
  vm.u8.set(bytes, at);
  writeOnce(vm, p, stream, at, bytes.length);
  popRec(vm);
  return streamResult.errno;
}

function compressorOf(vm: Vm, state: Addr, p: StreamProtocol, stream: Obj): Compressor {
  const one = [0];
  return new Compressor(vm, state, (b) => {
    one[0] = b;
    const errno = put(vm, p, stream, one);
    if (errno !== 0) raiseOSError(vm, errno);
  });
}

/** Makes the compressor and writes the header. False: that failed. */
function begin(vm: Vm, o: Obj, p: StreamProtocol, stream: Obj): boolean {
  const wbits = wbitsOf(vm, o) === 0 ? DEFAULT_WBITS : wbitsOf(vm, o);
  // the window first: without it there is no compressor, and closing writes nothing
  const window = vm.alloc(1 << wbits);
  const state = vm.alloc(Writer.Size);
  vm.i32.fill(0, state >> 2, (state + Writer.Size) >> 2);
  setWord(vm, o, WRITE, state);
  setWord(vm, state, Writer.Window, window);
  setWord(vm, state, Writer.WindowSize, 1 << wbits);
  let errno = 0;
  switch (formatOf(vm, o)) {
    case FORMAT_ZLIB: {
      const method = 0x08 | (Math.max(wbits - 8, 1) << 4);
      const flags = 0x80;
      errno = put(vm, p, stream, [method, flags + 31 - (((method << 8) | flags) % 31)]);
      setWord(vm, state, Writer.Checksum, 1);
      break;
    }
    case FORMAT_GZIP:
      // no time, the fastest compression, made on Unix
      errno = put(vm, p, stream, [0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0x04, 0x03]);
      break;
    default:
      break;
  }
  if (errno !== 0) return false;
  compressorOf(vm, state, p, stream).begin();
  return true;
}

function write(vm: Vm, o: Obj, addr: Addr, size: number): number {
  const stream = wordOf(vm, o, STREAM);
  if (stream === Word.Null) return streamError(EINVAL);
  const p = getStream(vm, stream, OP_WRITE);
  const { self } = streamTarget;
  if (wordOf(vm, o, WRITE) === 0 && !begin(vm, o, p, self)) return streamError(EINVAL);
  const state = wordOf(vm, o, WRITE);
  setWord(vm, state, Writer.InputLength, (wordOf(vm, state, Writer.InputLength) + size) | 0);
  const sum = wordOf(vm, state, Writer.Checksum);
  const format = formatOf(vm, o);
  if (format === FORMAT_ZLIB) setWord(vm, state, Writer.Checksum, adler32(vm.u8, addr, addr + size, sum));
  else if (format === FORMAT_GZIP) setWord(vm, state, Writer.Checksum, crc32(vm.u8, addr, addr + size, sum));
  compressorOf(vm, state, p, self).add(addr, size);
  return size;
}

/** The last bits, and the checksum; answers an error, or 0. */
function finish(vm: Vm, o: Obj, state: Addr, stream: Obj): number {
  const p = getStream(vm, stream, OP_WRITE);
  const { self } = streamTarget;
  compressorOf(vm, state, p, self).end();
  const sum = wordOf(vm, state, Writer.Checksum);
  const n = wordOf(vm, state, Writer.InputLength);
  switch (formatOf(vm, o)) {
    case FORMAT_ZLIB:
      return put(vm, p, self, [sum >>> 24, sum >>> 16, sum >>> 8, sum]);
    case FORMAT_GZIP:
      return put(vm, p, self, [sum, sum >>> 8, sum >>> 16, sum >>> 24, n, n >>> 8, n >>> 16, n >>> 24]);
    default:
      return 0;
  }
}

// ---- the type --------------------------------------------------------------------------------------------------------

function close(vm: Vm, o: Obj, compresses: boolean): number {
  const stream = wordOf(vm, o, STREAM);
  if (stream === Word.Null) return 0;
  const state = compresses ? wordOf(vm, o, WRITE) : 0;
  const errno = state === 0 ? 0 : finish(vm, o, state, stream);
  if (vm.u8[o + OPTIONS + 2] !== 0) closeNow(vm, stream);
  setWord(vm, o, STREAM, Word.Null);
  return errno === 0 ? 0 : streamError(errno);
}

function deflateIO(compresses: boolean): TypeDef {
  const protocol: StreamProtocol = {
    protocol: 'stream',
    read,
    write: compresses ? write : undefined,
    ioctl: (vm, o, request) => (request === STREAM_CLOSE ? close(vm, o, compresses) : streamError(EINVAL)),
  };
  const writing: Readonly<Record<string, RomValue>> = compresses ? { write: streamWrite } : {};
  return defineType({
    name: 'DeflateIO',
    makeNew(vm, type, nArgs, nKw, args) {
      checkArgCount(vm, nArgs, nKw, 1, 4, false);
      const arg = (i: number): Obj => wordOf(vm, args, 4 * i);
      const format = nArgs > 1 ? getInt(vm, arg(1)) : FORMAT_AUTO;
      const wbits = nArgs > 2 ? getInt(vm, arg(2)) : 0;
      if (format < FORMAT_AUTO || format > FORMAT_GZIP) raiseValueError(vm, 'format');
      if (wbits !== 0 && (wbits < 5 || wbits > 15)) raiseValueError(vm, 'wbits');
      const o = vm.allocObj(compresses ? 20 : 16, type);
      setWord(vm, o, STREAM, arg(0));
      setWord(vm, o, OPTIONS, format | (wbits << 8));
      setWord(vm, o, READ, 0);
      if (compresses) setWord(vm, o, WRITE, 0);
      if (nArgs > 3 && isTrue(vm, arg(3))) vm.u8[o + OPTIONS + 2] = 1;
      return o;
    },
    protocol,
    locals: {
      read: streamRead,
      readinto: streamReadinto,
      readline: streamReadline,
      ...writing,
      close: streamClose,
      __enter__: streamEnter,
      __exit__: streamExit,
    },
  });
}

/** The part of an image: ports below the highest level only inflate. */
export function deflatePart(profile: Profile): RomPart {
  return {
    name: 'deflate',
    modules: [
      defineModule({
        name: 'deflate',
        globals: {
          DeflateIO: deflateIO(profile.level === 'everything'),
          AUTO: FORMAT_AUTO,
          RAW: FORMAT_RAW,
          ZLIB: FORMAT_ZLIB,
          GZIP: FORMAT_GZIP,
        },
      }),
    ],
  };
}
