/**
 * Snapshots: the board's memory and the plain-data state beside it. Taken between two slices, when no native is running, a
 * snapshot restored into a fresh VM of the same profile and image goes on exactly as the original does.
 */
import type { HeapState } from '@tsmp/gc';
import type { ClockState } from './clock.js';
import type { ImportSourcesState } from './import-source.js';
import type { InterruptState } from './interrupts.js';
import type { JournalEntry } from './journal.js';
import { VmUsageError } from './raise.js';
import type { Vm } from './vm.js';

/** A VM as plain data. */
export interface VmState {
  /** Format of this value. */
  readonly version: 1;
  /** Profile that it was taken of. */
  readonly profile: string;
  /** Names the ROM image, which the words in RAM point into. */
  readonly image: string;
  /** All of RAM. */
  readonly ram: Uint8Array;
  readonly heap: HeapState;
  readonly clock: ClockState;
  readonly interrupts: InterruptState;
  /** Bytes of bytecode executed since the clock's time. */
  readonly unsynced: number;
  readonly input: readonly number[];
  readonly inputClosed: boolean;
  readonly journal: readonly JournalEntry[];
  readonly importing: ImportSourcesState;
  readonly bootNs: number;
  readonly wallStart: number;
  readonly attention: boolean;
  readonly early: number;
  readonly tainted: boolean;
}

const imageNames = new WeakMap<object, string>();

/** Length and FNV-1a hash of the board's image. */
function imageName(vm: Vm): string {
  const known = imageNames.get(vm.image);
  if (known !== undefined) return known;
  const { bytes } = vm.image.data;
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  const name = `${bytes.length}-${(hash >>> 0).toString(16)}`;
  imageNames.set(vm.image, name);
  return name;
}

/** Takes a snapshot. */
export function saveVm(vm: Vm): VmState {
  if (vm.nested !== 0) throw new VmUsageError('nested', 'a snapshot is possible between slices only');
  return {
    version: 1,
    profile: vm.profile.name,
    image: imageName(vm),
    ram: vm.u8.slice(vm.ramStart, vm.heapEnd),
    heap: vm.heap.save(),
    clock: vm.clock.save(vm.budget),
    interrupts: vm.interrupts.save(),
    unsynced: vm.unsynced,
    input: vm.input.save(),
    inputClosed: vm.input.closed,
    journal: vm.journal.save(),
    importing: vm.importing.save(),
    bootNs: vm.bootNs,
    wallStart: vm.wallStart,
    attention: vm.attention,
    early: vm.early,
    tainted: vm.tainted,
  };
}

/** Puts a VM into the state of a snapshot of the same profile. */
export function loadVm(vm: Vm, state: VmState): void {
  vm.jit?.clear();
  if (state.version !== 1)
    throw new VmUsageError('snapshot-version', `snapshot of version ${String(state.version)}, expected 1`);
  if (state.profile !== vm.profile.name || state.ram.length !== vm.heapEnd - vm.ramStart) {
    throw new VmUsageError(
      'snapshot-profile',
      `snapshot of board '${state.profile}' with ${state.ram.length} bytes of RAM, expected '${vm.profile.name}' with ${vm.heapEnd - vm.ramStart}`,
    );
  }
  if (state.image !== imageName(vm))
    throw new VmUsageError('snapshot-image', `snapshot with ROM image ${state.image}, expected ${imageName(vm)}`);
  vm.u8.set(state.ram, vm.ramStart);
  vm.heap.load(state.heap);
  vm.clock.load(state.clock);
  vm.interrupts.load(state.interrupts);
  vm.unsynced = state.unsynced;
  vm.budget = 0;
  vm.grantedBytes = 0;
  vm.input.load(state.input, state.inputClosed);
  vm.journal.load(state.journal);
  vm.importing.load(state.importing);
  vm.bootNs = state.bootNs;
  vm.wallStart = state.wallStart;
  vm.attention = state.attention;
  vm.early = state.early;
  vm.tainted = state.tainted;
  vm.nested = 0;
  vm.qstrs.rebuild();
  vm.tableIndexes.clear();
  vm.classCache.changed();
}
