/** Natives that a bundle has in a file of its own: in their place stand these, which wait for it. */
import { startWait, WaitFor } from '../schedule.js';
import type { Obj } from '../words.js';
import type { Vm } from '../vm.js';

/** A native that stands for the `index`th of a part. It has had no effect when it answers Wait: it is called again. */
export interface Later {
  (vm: Vm, ...args: readonly unknown[]): unknown;
  readonly part: string;
  readonly index: number;
}

/** The native of a part that the host is to link first, see `linkPart`. */
export function later(part: string, index: number): Later {
  const stub = (vm: Vm, ...args: readonly unknown[]): unknown => {
    const native = vm.image.late.get(part)?.[index];
    return native === undefined ? awaitLate(vm, part) : native(vm, ...args);
  };
  return Object.assign(stub, { part, index });
}

function awaitLate(vm: Vm, part: string): Obj {
  vm.wantedModule = part;
  return startWait(vm, WaitFor.Part, 0, 0);
}

/** What an object of the core is, if it stands for one of a part that has been linked. */
export function arrived(vm: Vm, o: object): object {
  const { part, index } = o as Partial<Later>;
  return part === undefined || index === undefined ? o : (vm.image.late.get(part)?.[index] ?? o);
}

/** Whether a native is one that has to be waited for. */
export function isAwaited(vm: Vm, native: object): boolean {
  const { part } = native as Partial<Later>;
  return part !== undefined && !vm.image.late.has(part);
}
