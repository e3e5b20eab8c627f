/**
 * Running the interpreter's loop, and what it uses most, as WebAssembly: the same functions, compiled from the same sources by
 * tools/gen-wasm.mjs. They are fast from the first instruction on, where JavaScript has to run for some tenths of a second first.
 */
import { wasmModule } from './generated/wasm-code.js';
import { importsOf, NATIVES } from './generated/wasm-glue.js';
import { recover, runEnd } from './loop-help.js';
import type { LoopExit } from './loop-exit.js';
import type { Addr } from './words.js';
import type { Vm } from './vm.js';

interface Exports {
  readonly execute: () => number;
  readonly markRange: (from: Addr, to: Addr) => void;
  readonly sweepBlocks: () => void;
  readonly loadBody: NonNullable<Vm['fastLoad']>;
}
interface WasmMemory {
  readonly buffer: ArrayBuffer;
}
/** What is used of the host's WebAssembly, whose types are not JavaScript's own. */
declare const WebAssembly: {
  Memory: new (size: { initial: number; maximum: number }) => WasmMemory;
  Instance: new (module: object, imports: object) => { readonly exports: Exports };
};

const PAGE = 1 << 16;
/** Bytes behind a board's memory for the arrays that belong to it: the handle log, caches, the index of strings, room for a file. */
const SPARE = 10 << 18;

/**
 * Entries to the loop until it goes on by itself. Hosts compile WebAssembly quickly first and well later, and what runs does not
 * change over to the better code, but what is called does. That is some 0.3 s of bytecode, 16 KiB an entry.
 */
const WARMING = 2000;

const memories = new WeakMap<ArrayBuffer, WasmMemory>();
let code: object | undefined;
/** For the natives of each image, their entries in the module's table. */
const tables = new WeakMap<readonly string[], Int32Array>();

/** A buffer that {@link accelerate} can work on: `allocate` of a `VmHost`. Undefined where the host has no more of them. */
export function sharedBuffer(bytes: number): ArrayBuffer | undefined {
  // two words for each block of a heap, for marking and for the handle log
  const pages = Math.ceil((bytes + SPARE + bytes / 2) / PAGE);
  try {
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    memories.set(memory.buffer, memory);
    return memory.buffer;
  } catch {
    return undefined;
  }
}

/**
 * Has the board's programs run by WebAssembly from now on, which changes nothing but speed. False, and JavaScript goes on, if its buffer is not
 * one of {@link sharedBuffer}, and where the host has no WebAssembly, or refuses it as pages with a strict Content-Security-Policy do.
 */
export function accelerate(vm: Vm): boolean {
  const memory = memories.get(vm.memory.buffer);
  if (memory === undefined) return false;
  try {
    vm.fastFns = fastFns(vm);
    code ??= wasmModule();
    const { execute, markRange, sweepBlocks, loadBody } = new WebAssembly.Instance(code, {
      vm: { memory },
      ...importsOf(vm),
    }).exports;
    vm.fastLoop = () => runFast(vm, execute);
    vm.fastLoad = loadBody;
    vm.warming = WARMING;
    vm.heap.fast = { markRange, sweepBlocks };
    return true;
  } catch {
    return false;
  }
}

/** Words of the board that say where each native is in the module's table. */
function fastFns(vm: Vm): Int32Array {
  const { natives } = vm.image.data;
  let entries = tables.get(natives);
  if (entries === undefined) {
    const numbers = new Map(NATIVES.map((name, i) => [name, i + 1]));
    entries = Int32Array.from(natives, (name) => numbers.get(name) ?? 0);
    tables.set(natives, entries);
  }
  const words = vm.memory.int32Array(natives.length);
  words.set(entries);
  return words;
}

/** The loop, with exceptions handled around it. */
function runFast(vm: Vm, fast: () => number): LoopExit {
  for (;;) {
    try {
      const exit = fast();
      if (!vm.entersAnew) return exit;
      vm.entersAnew = false;
    } catch (e) {
      const caught = vm.caught;
      if (caught === null) throw e;
      vm.caught = null;
      if (!recover(vm, e, caught[0] as number, caught[1] as Addr)) return runEnd(vm);
    }
  }
}
