/**
 * Soft reset: the interpreter starts anew while the board goes on. Counterpart: what ports' main.c does behind
 * `soft_reset_exit`, with mp_deinit and mp_init.
 */
import { boot } from './run.js';
import { TsOff } from './layout.js';
import type { Obj } from './words.js';
import type { Vm } from './vm.js';

/**
 * Frees all objects (files are closed), forgets all names and starts as after power-on: as `boot` does. The clock goes on, and so
 * do console input and the journal. Whatever runs is over.
 */
export function softReset(vm: Vm, argv: readonly string[] = [], path: readonly string[] = []): void {
  vm.heap.lockDepth = 0;
  vm.heap.sweepAll();
  vm.resetThread();
  vm.early = 0;
  vm.nested = 0;
  vm.tainted = false;
  vm.attention = false;
  vm.qstrs.rebuild();
  vm.classCache.changed();
  vm.importing.load([]);
  vm.heap.enabled = true;
  boot(vm, argv, path);
}

/** Takes the exception that is to be raised at the next safe point; 0 when there is none. */
export function takePending(vm: Vm): Obj {
  const at = (vm.ts + TsOff.Pending) >> 2;
  const exc = vm.i32[at] as number;
  vm.i32[at] = 0;
  return exc;
}
