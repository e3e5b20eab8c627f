/**
 * Running the interpreter's loop, and what it uses most, as WebAssembly: the same functions, compiled from the same sources by
 * tools/gen-wasm.mjs. They are fast from the first instruction on, where JavaScript has to run for some tenths of a second first.
 */
import { CODE } from './generated/wasm-code.js';
import { importsOf, NATIVES } from './generated/wasm-glue.js';
import { recover, runEnd } from './loop-help.js';
import type { LoopExit } from './loop-exit.js';
import { VmUsageError } from './raise.js';
import type { Addr } from './words.js';
import type { Vm } from './vm.js';

interface Exports {
  readonly execute: () => number;
  readonly markRange: (from: Addr, to: Addr) => void;
  readonly sweepBlocks: () => void;
}
interface WasmMemory {
  readonly buffer: ArrayBuffer;
}
/** What is used of the host's WebAssembly, whose types are not JavaScript's own. */
declare const WebAssembly: {
  Memory: new (size: { initial: number; maximum: number }) => WasmMemory;
  Module: new (code: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: Exports };
};

const PAGE = 1 << 16;
/** Bytes behind a board's memory for the arrays that belong to it: the handle log, caches, hashes of strings. */
const SPARE = 5 << 20;

const memories = new WeakMap<ArrayBuffer, WasmMemory>();
let code: object | undefined;

/** A buffer that {@link accelerate} can work on: `allocate` of a `VmHost`. Undefined where the host has no more of them. */
export function sharedBuffer(bytes: number): ArrayBuffer | undefined {
  // a word for each block of a heap, for marking
  const pages = Math.ceil((bytes + SPARE + bytes / 4) / PAGE);
  try {
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    memories.set(memory.buffer, memory);
    return memory.buffer;
  } catch {
    return undefined;
  }
}

/**
 * Has the board's programs run by WebAssembly from now on, which changes nothing but speed. The board's buffer must be one of
 * {@link sharedBuffer}. False where the host has no WebAssembly, or refuses it as pages with a strict Content-Security-Policy do.
 */
export function accelerate(vm: Vm): boolean {
  const memory = memories.get(vm.memory.buffer);
  if (memory === undefined)
    throw new VmUsageError('not-shared', 'the board has a buffer of its own: see VmHost.allocate');
  try {
    vm.fastFns = fastFns(vm);
    code ??= new WebAssembly.Module(bytesOf(CODE));
    const { execute, markRange, sweepBlocks } = new WebAssembly.Instance(code, {
      vm: { memory },
      ...importsOf(vm),
    }).exports;
    vm.fastLoop = () => runFast(vm, execute);
    vm.heap.fast = { markRange, sweepBlocks };
    return true;
  } catch {
    return false;
  }
}

function fastFns(vm: Vm): Int32Array {
  const { natives } = vm.image.data;
  const words = vm.memory.int32Array(natives.length);
  for (const [i, name] of NATIVES.entries()) {
    const n = natives.indexOf(name);
    if (n >= 0) words[n] = i + 1;
  }
  return words;
}

function bytesOf(text: string): Uint8Array {
  const chars = atob(text);
  const bytes = new Uint8Array(chars.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = chars.charCodeAt(i);
  return bytes;
}
declare function atob(text: string): string;

/** The loop, with exceptions handled around it. */
function runFast(vm: Vm, fast: () => number): LoopExit {
  for (;;) {
    try {
      return fast();
    } catch (e) {
      const caught = vm.caught;
      if (caught === null) throw e;
      vm.caught = null;
      if (!recover(vm, e, caught[0] as number, caught[1] as Addr)) return runEnd(vm);
    }
  }
}
