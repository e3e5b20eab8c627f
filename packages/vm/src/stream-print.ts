/** A printer that writes to a Python stream object, by its `write` method. */
import { decodeString } from '@tsmp/mpy-format';
import { newStr } from './obj/str-new.js';
import type { Printer } from './print.js';
import { Q } from './q.js';
import { raiseMsg } from './raise.js';
import { callMethod, loadMethodMaybe } from './runtime.js';
import { Ty } from './types.js';
import { type Obj, Word } from './words.js';
import type { Vm } from './vm.js';

export class StreamPrinter implements Printer {
  constructor(
    private readonly vm: Vm,
    private readonly stream: Obj,
  ) {
    loadMethodMaybe(vm, stream, Q.write);
    if (vm.dest0 === Word.Null) raiseMsg(vm, Ty.OSError, 'stream operation not supported');
  }
  write(text: string): void {
    if (text !== '') callMethod(this.vm, this.stream, Q.write, newStr(this.vm, text));
  }
  writeByte(b: number): void {
    this.write(String.fromCharCode(b));
  }
  writeBytes(u8: Uint8Array, from: number, to: number): void {
    this.write(decodeString(u8.subarray(from, to)));
  }
}
