/** `sys.stdin`, `sys.stdout`, `sys.stderr`: the board's console. Input waits until the host has brought some. */
import { Q } from '../q.js';
import { defineType, fun1, type TypeDef } from '../rom/define.js';
import {
  POLL_RD,
  POLL_WR,
  STREAM_CLOSE,
  STREAM_FLUSH,
  STREAM_GET_FILENO,
  STREAM_POLL,
  STREAM_SEEK,
  STREAM_WAIT,
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
  streamReadlines,
  streamSeek,
  streamTell,
  streamWrite,
} from '../stream.js';
import { type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';

const EBADF = 9;
const EINVAL = 22;
const ESPIPE = 29;

/** 0, 1 or 2. */
function fd(vm: Vm, self: Obj): number {
  return (vm.i32[(self >> 2) + 1] as number) >> 1;
}

function consoleProtocol(text: boolean): StreamProtocol {
  return {
    protocol: 'stream',
    isText: text,
    read(vm, self, addr, size) {
      if (fd(vm, self) !== 0) return streamError(EBADF);
      const q = vm.input;
      if (q.length === 0) return q.closed ? 0 : STREAM_WAIT;
      const b = q.read(Math.min(size, q.length));
      // what a terminal sends at the end of a line
      if (text && vm.terminal) for (let i = 0; i < b.length; i++) if (b[i] === 13) b[i] = 10;
      vm.u8.set(b, addr);
      return b.length;
    },
    write(vm, self, addr, size) {
      const n = fd(vm, self);
      if (n === 0) return streamError(EBADF);
      const out = n === 2 ? vm.stderr : vm.stdout;
      if (text) out.writeBytes(vm.u8, addr, addr + size);
      else out.writeRaw(vm.u8, addr, addr + size);
      return size;
    },
    ioctl(vm, self, request, arg) {
      switch (request) {
        case STREAM_FLUSH:
        case STREAM_CLOSE:
          return 0;
        case STREAM_SEEK:
          return streamError(ESPIPE);
        case STREAM_GET_FILENO:
          return fd(vm, self);
        case STREAM_POLL: {
          if (fd(vm, self) !== 0) return arg & POLL_WR;
          return vm.input.length > 0 || vm.input.closed ? arg & POLL_RD : 0;
        }
        default:
          return streamError(EINVAL);
      }
    },
  };
}

const textConsole = consoleProtocol(true);
const bytesConsole = consoleProtocol(false);

function stdio(name: string, text: boolean): TypeDef {
  return defineType({
    name,
    print(vm, out, o) {
      out.write(`<io.${name} ${fd(vm, o)}>`);
    },
    attr(vm, o, attr) {
      if (vm.dest0 === Word.Null && attr === Q.buffer && text) {
        const b = vm.allocObj(8, vm.addrOf(binaryStdioType));
        vm.i32[(b >> 2) + 1] = vm.i32[(o >> 2) + 1] as number;
        vm.dest0 = b;
      } else if (vm.dest0 === Word.Null) vm.dest1 = Word.Sentinel;
      return 0;
    },
    getiter: 'self',
    iternext: streamIternext,
    protocol: text ? textConsole : bytesConsole,
    locals: {
      fileno: fun1((vm, self) => vm.i32[(self >> 2) + 1] as number),
      read: streamRead,
      readinto: streamReadinto,
      readline: streamReadline,
      readlines: streamReadlines,
      write: streamWrite,
      seek: streamSeek,
      tell: streamTell,
      flush: streamFlush,
      close: streamClose,
      __enter__: streamEnter,
      __exit__: streamExit,
    },
  });
}

export const stdioType = stdio('TextIOWrapper', true);
export const binaryStdioType: TypeDef = stdio('FileIO', false);
