/**
 * What a board tells its host about interrupt handlers beside the device's own output: where one tried to allocate and what, and
 * where an uncaught exception came from, also when the device has no memory to say so.
 */
import type { LinearMemory } from '@tsmp/gc';
import { decodeString } from '@tsmp/mpy-format';
import { HostPrinter } from './console.js';
import { typeName } from './runtime.js';
import { printException } from './obj/exception.js';
import type { Addr, Obj } from './words.js';
import type { Vm } from './vm.js';

/** A place in a program. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  /** Name of the function. */
  readonly block: string;
}

/** Something that the host should know of. `ns`: virtual time. */
export type Diagnostic =
  /** A hard interrupt handler tried to allocate `bytes`, which raises MemoryError; `type`: of the object, when that is known. */
  | ({
      readonly kind: 'handler-allocation';
      readonly bytes: number;
      readonly type: string | undefined;
      readonly ns: number;
    } & SourcePlace)
  /** A hard interrupt handler ended with an exception; `error`: its type and text. */
  | ({ readonly kind: 'handler-error'; readonly error: string; readonly ns: number } & SourcePlace);

const NOWHERE: SourcePlace = { file: '', line: 0, block: '' };

/** What is known of the exception under way in a handler. Lives within one handler's run. */
export class HandlerTrace {
  /** State shared with WebAssembly. */
  private readonly regs: Int32Array;
  private place: SourcePlace | undefined;
  private bytes = -1;
  private type: string | undefined;

  constructor(memory: LinearMemory) {
    this.regs = memory.int32Array(1);
  }

  /** Handlers that run now, one inside the other. */
  get depth(): number {
    return this.regs[0] as number;
  }
  set depth(v: number) {
    this.regs[0] = v;
  }

  /** A new exception: nothing is known of it. */
  begin(): void {
    this.place = undefined;
    this.bytes = -1;
  }
  /** It is raised for want of memory. */
  allocation(bytes: number, type: string | undefined): void {
    this.begin();
    this.bytes = bytes;
    this.type = type;
  }
  /** It was raised, or passes, here. */
  at(vm: Vm, file: number, line: number, block: number): void {
    if (this.place !== undefined) return;
    const place = { file: vm.qstrText(file), line, block: vm.qstrText(block) };
    this.place = place;
    if (this.bytes < 0) return;
    const { bytes, type } = this;
    this.bytes = -1;
    vm.host.diagnostic?.({ kind: 'handler-allocation', bytes, type, ns: vm.clock.now(vm.budget), ...place });
  }
  /** It leaves the handler. */
  uncaught(vm: Vm, exc: Obj): void {
    if (vm.host.diagnostic === undefined) return;
    let text = '';
    const out = new HostPrinter((bytes) => {
      text += decodeString(bytes);
    });
    printException(vm, out, exc);
    out.flush();
    const error = text.trimEnd().split('\n').pop() ?? '';
    vm.host.diagnostic({ kind: 'handler-error', error, ns: vm.clock.now(vm.budget), ...(this.place ?? NOWHERE) });
  }
}

/** An allocation fails because the heap is locked: kept for the host if a handler did it. `type`: address of the object's type, or 0. */
export function noteLockedAllocation(vm: Vm, bytes: number, type: Addr): void {
  const { handlers } = vm;
  if (handlers.depth > 0) handlers.allocation(bytes, type === 0 ? undefined : typeName(vm, type));
}
