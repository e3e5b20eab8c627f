/** How addresses look in `repr`: the bus address of an object, as hexadecimal without a prefix. */
import type { Obj } from '../words.js';
import type { Vm } from '../vm.js';

/** Bus address of a buffer offset. */
export function busAddress(vm: Vm, at: number): number {
  if ((at & 3) !== 0) return at >>> 0;
  return (at >= vm.ramStart ? vm.profile.ramBase + at - vm.ramStart : vm.profile.flashBase + at) >>> 0;
}
/** Buffer offset of a byte by its bus address, or by its offset, as object words have; -1 where there is no memory. */
export function offsetAt(vm: Vm, address: number): number {
  const { flashBase, ramBase } = vm.profile;
  if (address >= ramBase && address - ramBase < vm.u8.length - vm.ramStart) return vm.ramStart + address - ramBase;
  if (address >= flashBase && address - flashBase < vm.ramStart) return address - flashBase;
  return address < vm.u8.length ? address : -1;
}
/** A bus address as `repr` prints it. */
export function addressText(vm: Vm, o: Obj): string {
  return busAddress(vm, o).toString(16);
}
