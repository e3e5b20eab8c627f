/** A printer that writes to a stream object. Counterpart: mp_stream_write_adaptor in py/stream.c. */
import type { Printer } from './print.js';
import { utf8 } from './qstr.js';
import { popRec } from './records.js';
import {
  getStream,
  isNonblockingError,
  OP_WRITE,
  raiseStreamError,
  stackBytes,
  type StreamProtocol,
  streamResult,
  streamTarget,
  writeNow,
} from './stream.js';
import type { Addr, Obj } from './words.js';
import type { Vm } from './vm.js';

/** Longest text that is put on the Python stack for a write; longer ones take a block of the heap. */
const ON_STACK = 256;

export class StreamPrinter implements Printer {
  private readonly protocol: StreamProtocol;
  private readonly self: Obj;

  /** Raises OSError when `stream` cannot be written to. */
  constructor(
    private readonly vm: Vm,
    stream: Obj,
  ) {
    this.protocol = getStream(vm, stream, OP_WRITE);
    this.self = streamTarget.self;
  }
  private send(addr: Addr, n: number): void {
    writeNow(this.vm, this.protocol, this.self, addr, n);
    const { errno } = streamResult;
    if (errno !== 0 && !isNonblockingError(errno)) raiseStreamError(this.vm, this.protocol, this.self, errno);
  }
  write(text: string): void {
    const n = text.length;
    if (n <= ON_STACK) {
      const { u8 } = this.vm;
      const at = stackBytes(this.vm, n);
      let i = 0;
      for (let c = 0; i < n && (c = text.charCodeAt(i)) < 0x80; i++) u8[at + i] = c;
      const ascii = i === n;
      if (ascii && n !== 0) this.send(at, n);
      popRec(this.vm);
      if (ascii) return;
    }
    const b = utf8(text);
    this.writeBytes(b, 0, b.length);
  }
  writeByte(b: number): void {
    const at = stackBytes(this.vm, 1);
    this.vm.u8[at] = b;
    this.send(at, 1);
    popRec(this.vm);
  }
  writeBytes(u8: Uint8Array, from: number, to: number): void {
    const n = to - from;
    if (n === 0) return;
    const vm = this.vm;
    if (u8 === vm.u8) this.send(from, n);
    else if (n <= ON_STACK) {
      const at = stackBytes(vm, n);
      for (let i = 0; i < n; i++) vm.u8[at + i] = u8[from + i] as number;
      this.send(at, n);
      popRec(vm);
    } else {
      const at = vm.alloc(n);
      vm.u8.set(u8.subarray(from, to), at);
      this.send(at, n);
      vm.heap.free(at);
    }
  }
}
