/**
 * Weak references: which objects have them, and what happens when such an object is collected. Counterpart: the first half of
 * py/modweakref.c.
 *
 *     ref        +0 type   +4 next   +8 hidden object   +12 callback or None
 *     finalize   as ref, then   +16 positional arguments   +20 keyword arguments   +24 address of both, or 0
 *
 * A hidden pointer has bit 0 set: a small int, which the collector does not follow. The map in the root words leads from a hidden
 * object to the chain of its references, `finalize` first (as pointers: they live as long as the object), `ref` behind them
 * (hidden: only the program keeps them).
 *
 * Invariant: a reference to an object that was freed has None in place of the object before anything else runs. Callbacks
 * run right after `gc.collect()`; after a collection that an allocation caused, the scheduler runs them. Until then
 * their references wait in a chain of pointers of its own.
 */
import type { WeakrefHooks } from '@tsmp/gc';
import { MapFlag, MapOff, Root, WeakrefOff } from './layout.js';
import { mapAdd } from './map.js';
import { printException } from './obj/exception.js';
import { PyRaise } from './raise.js';
import { fun1 } from './rom/define.js';
import { call1, callN } from './runtime.js';
import { isScheduled, schedule } from './schedule.js';
import { Ty } from './types.js';
import { type Addr, type Obj, Word } from './words.js';
import type { Vm } from './vm.js';

/** A pointer as a small int; the end of a chain is the hidden 0. */
export function hide(ptr: Addr): Obj {
  return ptr | 1;
}
/** The pointer in a link of a chain, hidden or not; 0 at the end. */
export function reveal(link: Obj): Addr {
  return link & ~1;
}
/** The end of a chain. */
export const CHAIN_END = 1;

/** Slot of a hidden object in the map, 0 when there is none. Compares identities only: it runs inside a collection. */
export function findReferenced(vm: Vm, hidden: Obj): Addr {
  const i32 = vm.i32;
  const m = (vm.roots >> 2) + Root.WeakrefMap;
  const alloc = i32[m + 1] as number;
  if (alloc === 0) return 0;
  const table = (i32[m + 2] as number) >> 2;
  let pos = (hidden >> 1) % alloc;
  for (let n = alloc; n > 0; n--) {
    const key = i32[table + 2 * pos];
    if (key === hidden) return (table + 2 * pos) << 2;
    if (key === 0) return 0;
    if (++pos === alloc) pos = 0;
  }
  return 0;
}

/** Slot of an object's chain, begun if need be. May allocate. */
export function addReferenced(vm: Vm, o: Obj): Addr {
  const slot = mapAdd(vm, vm.roots + Root.WeakrefMap * 4, hide(o));
  const value = (slot + MapOff.Alloc) >> 2;
  if (vm.i32[value] === Word.Null) {
    vm.i32[value] = CHAIN_END;
    vm.heap.markWeakref(o);
  }
  return slot;
}

/** Takes `ref` out of the chain whose first link is at `link`; false when it is not in there. */
function unlinkFrom(vm: Vm, link: Addr, ref: Addr): boolean {
  for (let at = link >> 2; ; ) {
    const next = reveal(vm.i32[at] as number);
    if (next === 0) return false;
    if (next === ref) {
      vm.i32[at] = vm.i32[(ref + WeakrefOff.Next) >> 2] as number;
      vm.i32[(ref + WeakrefOff.Next) >> 2] = CHAIN_END;
      vm.i32[(ref + WeakrefOff.Obj) >> 2] = Word.None;
      return true;
    }
    at = (next + WeakrefOff.Next) >> 2;
  }
}

/** Ends a reference: its callback will not run. */
export function unlinkReference(vm: Vm, ref: Addr): void {
  const slot = findReferenced(vm, vm.i32[(ref + WeakrefOff.Obj) >> 2] as number);
  if (slot !== 0) {
    unlinkFrom(vm, slot + 4, ref);
    return;
  }
  // inside a collection that frees the object too
  const m = (vm.roots >> 2) + Root.WeakrefMap;
  const table = (vm.i32[m + 2] as number) >> 2;
  for (let i = 0; i < (vm.i32[m + 1] as number); i++) {
    if (vm.i32[table + 2 * i] === Word.None && unlinkFrom(vm, (table + 2 * i + 1) << 2, ref)) return;
  }
}

/** What a heap with weak references tells the VM. */
export function weakrefHooks(vm: Vm): WeakrefHooks {
  return {
    aboutToBeFreed(_heap, ptr) {
      const slot = findReferenced(vm, hide(ptr));
      if (slot !== 0) vm.i32[slot >> 2] = Word.None;
    },
    swept() {
      if (!gatherFreed(vm)) return;
      if (vm.root(Root.WeakrefsNow) === 0 && !isScheduled(vm, vm.image.runWeakrefs))
        schedule(vm, vm.image.runWeakrefs, Word.None);
    },
  };
}

/** Moves the references of freed objects to the waiting chain; whether there are any. */
function gatherFreed(vm: Vm): boolean {
  const i32 = vm.i32;
  const m = (vm.roots >> 2) + Root.WeakrefMap;
  const table = (i32[m + 2] as number) >> 2;
  let last = (vm.roots >> 2) + Root.WeakrefsWaiting;
  while (i32[last] !== 0) last = ((i32[last] as number) + WeakrefOff.Next) >> 2;
  for (let i = 0; i < (i32[m + 1] as number); i++) {
    const slot = table + 2 * i;
    if (i32[slot] !== Word.None) continue;
    i32[m] = (i32[m] as number) - (1 << MapFlag.UsedShift);
    i32[slot] = Word.Sentinel;
    let ref = reveal(i32[slot + 1] as number);
    i32[slot + 1] = 0;
    while (ref !== 0) {
      const next = reveal(i32[(ref + WeakrefOff.Next) >> 2] as number);
      i32[(ref + WeakrefOff.Obj) >> 2] = Word.None;
      i32[last] = ref;
      last = (ref + WeakrefOff.Next) >> 2;
      i32[last] = 0;
      ref = next;
    }
  }
  return vm.root(Root.WeakrefsWaiting) !== 0;
}

/** Runs the callbacks that wait. What one raises is reported. */
export function runWeakrefs(vm: Vm): void {
  // whatever is collected meanwhile joins the chain, so nothing has to be scheduled for it
  const before = vm.root(Root.WeakrefsNow);
  vm.setRoot(Root.WeakrefsNow, 1);
  try {
    for (let ref = vm.root(Root.WeakrefsWaiting); ref !== 0; ref = vm.root(Root.WeakrefsWaiting)) runWeakref(vm, ref);
  } finally {
    vm.setRoot(Root.WeakrefsNow, before);
  }
}

function runWeakref(vm: Vm, ref: Addr): void {
  vm.keep(ref);
  const i = ref >> 2;
  vm.setRoot(Root.WeakrefsWaiting, vm.i32[i + 1] as number);
  vm.i32[i + 1] = CHAIN_END;
  const callback = vm.i32[i + 3] as number;
  if (callback === Word.None) return;
  try {
    if (vm.i32[i] === Ty.WeakrefRef) call1(vm, callback, ref);
    else callN(vm, callback, vm.i32[i + 4] as number, vm.i32[i + 5] as number, vm.i32[i + 6] as number);
  } catch (e) {
    if (!(e instanceof PyRaise)) throw e;
    vm.stderr.write('Unhandled exception in weakref callback:\n');
    printException(vm, vm.stderr, e.exc);
  }
}

/** The scheduler's way to {@link runWeakrefs}; it comes too late when a callback is running already. */
export const runWeakrefsFunction = fun1((vm) => {
  if (vm.root(Root.WeakrefsNow) === 0) runWeakrefs(vm);
  return Word.None;
});

/** A full collection as `gc.collect()` does it: callbacks have run when it returns, unless one of them called it. */
export function collectNow(vm: Vm): void {
  const before = vm.root(Root.WeakrefsNow);
  vm.setRoot(Root.WeakrefsNow, 1);
  try {
    vm.heap.collect();
  } finally {
    vm.setRoot(Root.WeakrefsNow, before);
  }
  const collected = vm.heap.collected;
  if (before === 0) runWeakrefs(vm);
  vm.heap.collected = collected;
}
