/** Which network a VM has. */
import type { Vm } from '@tsmp/vm';
import { BoardNet } from './board-net.js';
import { vmClocks } from './clock-port.js';
import { Surroundings } from './surroundings.js';

const makers = new WeakMap<Vm, () => BoardNet>();

/** Says where a VM's network comes from: `make` is asked when the program first needs it, and later. */
export function attachNetwork(vm: Vm, make: () => BoardNet): void {
  makers.set(vm, make);
}

/** The network of a VM. A VM that was given none gets an empty air of its own. */
export function networkOf(vm: Vm): BoardNet {
  let make = makers.get(vm);
  if (make === undefined) {
    const net = new BoardNet(vm, new Surroundings(vmClocks(vm)));
    make = () => net;
    makers.set(vm, make);
  }
  return make();
}
