/**
 * Resets: what the VM's part of a board is after one. The clock goes on, and what is in its queue stays, since the world around
 * the board goes on too: peripherals take back what is theirs. Counterpart: the soft reset in ports/rp2/main.c.
 */
import { TsOff } from './layout.js';
import { Abort, type ResetKind, ResetRequest, VmUsageError } from './raise.js';
import { boot } from './run.js';
import type { Obj } from './words.js';
import type { Vm } from './vm.js';

/** Resets the board from inside a native or an event of the clock: `run` answers `reset`. */
export function requestReset(kind: ResetKind): never {
  throw new ResetRequest(kind);
}

/** Runs the finalisers of all objects, as a soft reset begins. Only when no program runs. */
export function finaliseAll(vm: Vm): void {
  if ((vm.i32[(vm.ts + TsOff.Rec) >> 2] as number) !== 0)
    throw new VmUsageError('running', 'finalisers of a program that runs cannot be called');
  try {
    vm.heap.sweepAll();
  } catch (e) {
    if (!(e instanceof Abort || e instanceof ResetRequest)) throw e;
  }
}

/** Empties RAM and boots again. Uptime goes on after a `soft` reset, and starts anew after others. */
export function resetVm(
  vm: Vm,
  kind: 'soft' | 'hard',
  argv: readonly string[] = [],
  path: readonly string[] = [],
): void {
  const now = vm.clock.now(vm.budget);
  vm.u8.fill(0, vm.ramStart, vm.heapEnd);
  vm.resetThread();
  vm.jit?.clear();
  vm.heap.reset();
  vm.clock.set(now, 0);
  vm.qstrs.rebuild();
  vm.classCache.changed();
  vm.interrupts.reset();
  vm.importing.load([]);
  vm.budget = 0;
  vm.grantedBytes = 0;
  vm.unsynced = 0;
  vm.nested = 0;
  vm.handlers.depth = 0;
  vm.early = 0;
  vm.attention = false;
  vm.tainted = false;
  if (kind === 'hard') vm.bootNs = vm.clock.now(0);
  boot(vm, argv, path);
}

/**
 * The VM's part of a soft reset, whatever runs: frees all objects (files are closed), forgets all names and starts as after
 * power-on.
 */
export function softReset(vm: Vm, argv: readonly string[] = [], path: readonly string[] = []): void {
  vm.i32[(vm.ts + TsOff.Rec) >> 2] = 0;
  vm.heap.lockDepth = 0;
  finaliseAll(vm);
  resetVm(vm, 'soft', argv, path);
}

/** Takes the exception that is to be raised at the next safe point; 0 when there is none. */
export function takePending(vm: Vm): Obj {
  const at = (vm.ts + TsOff.Pending) >> 2;
  const exc = vm.i32[at] as number;
  vm.i32[at] = 0;
  return exc;
}
