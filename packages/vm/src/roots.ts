/** The roots of a collection: static words, the Python stack, a static emergency buffer, the handle log, what compiling uses. */
import { Root, TsOff } from './layout.js';
import type { Vm } from './vm.js';

export function markVmRoots(vm: Vm): void {
  const heap = vm.heap;
  heap.markRange(vm.ts, vm.roots + Root.Count * 4);
  // other threads' stacks are in the heap
  heap.markRange(
    vm.stackStart,
    vm.threads === null ? (vm.i32[(vm.ts + TsOff.Top) >> 2] as number) : vm.threads.mainTop,
  );
  heap.markRange(vm.mainStackEnd, vm.heapStart);
  vm.compiling?.markRoots();
  for (const extra of vm.extraRoots) extra(vm);
}
