/** The io module. Counterpart: py/modio.c. `open` is that of `builtins`, if the board has one. */
import { BufwriterOff } from '../layout.js';
import { dictGetQstr } from '../map.js';
import { iobaseType } from '../obj/iobase.js';
import { bytesioType, stringioType } from '../obj/stringio.js';
import { Q } from '../q.js';
import { raiseOSError } from '../raise.js';
import { defineModule, defineType, fun1 } from '../rom/define.js';
import { checkArgCount, getInt } from '../runtime.js';
import { getStream, OP_WRITE, streamError, streamResult, streamTarget, streamWrite, writeNow } from '../stream.js';
import { newQstrObj, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';

/** Writes the first `n` bytes of the buffer to the stream; answers an error, or 0. */
function drain(vm: Vm, o: Obj, n: number): number {
  const p = getStream(vm, vm.i32[(o + BufwriterOff.Stream) >> 2] as number, OP_WRITE);
  writeNow(vm, p, streamTarget.self, o + BufwriterOff.Buf, n);
  if (streamResult.errno === 0) vm.i32[(o + BufwriterOff.Len) >> 2] = 0;
  return streamResult.errno;
}

const bufwriterType = defineType({
  name: 'BufferedWriter',
  makeNew(vm, type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 2, 2, false);
    const alloc = getInt(vm, vm.i32[(args >> 2) + 1] as number);
    if (alloc < 0) vm.raiseMemoryError((alloc + BufwriterOff.Buf) >>> 0);
    const o = vm.allocObj(BufwriterOff.Buf + alloc, type);
    vm.i32[(o + BufwriterOff.Stream) >> 2] = vm.i32[args >> 2] as number;
    vm.i32[(o + BufwriterOff.Alloc) >> 2] = alloc;
    return o;
  },
  protocol: {
    protocol: 'stream',
    write(vm: Vm, o: Obj, addr: number, size: number): number {
      const alloc = vm.i32[(o + BufwriterOff.Alloc) >> 2] as number;
      let done = 0;
      while (done < size) {
        const used = vm.i32[(o + BufwriterOff.Len) >> 2] as number;
        const rest = size - done;
        const room = alloc - used;
        const n = rest < room ? rest : room;
        const at = o + BufwriterOff.Buf + used;
        vm.u8.copyWithin(at, addr + done, addr + done + n);
        done += n;
        if (rest < room) {
          vm.i32[(o + BufwriterOff.Len) >> 2] = used + n;
          break;
        }
        const errno = drain(vm, o, alloc);
        if (errno !== 0) return streamError(errno);
        // with no room at all there is no progress: each turn only checks for the end of the host's patience
        vm.charge(1);
      }
      return done;
    },
  },
  locals: {
    write: streamWrite,
    flush: fun1((vm, o) => {
      const used = vm.i32[(o + BufwriterOff.Len) >> 2] as number;
      const errno = used === 0 ? 0 : drain(vm, o, used);
      if (errno !== 0) raiseOSError(vm, errno);
      return Word.None;
    }),
  },
});

export const ioModule = defineModule({
  name: 'io',
  extensible: true,
  attr(vm, _o, attr) {
    if (vm.dest0 === Word.Null && attr === Q.open)
      vm.dest0 = dictGetQstr(vm, vm.image.builtinsDict, newQstrObj(Q.open));
    return 0;
  },
  globals: {
    IOBase: iobaseType,
    StringIO: stringioType,
    BytesIO: bytesioType,
    BufferedWriter: bufwriterType,
  },
});
