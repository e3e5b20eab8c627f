/** How addresses look in `repr`: the bus address of an object, as hexadecimal without a prefix. */
import type { Obj } from '../words.js';
import type { Vm } from '../vm.js';

/** Bus address of a buffer offset. */
export function busAddress(vm: Vm, at: number): number {
  if ((at & 3) !== 0) return at >>> 0;
  return (at >= vm.ramStart ? vm.profile.ramBase + at - vm.ramStart : vm.profile.flashBase + at) >>> 0;
}
/** A bus address as `repr` prints it. */
export function addressText(vm: Vm, o: Obj): string {
  return busAddress(vm, o).toString(16);
}
