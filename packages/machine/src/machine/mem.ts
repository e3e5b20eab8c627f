/** `machine.mem8`, `mem16`, `mem32`: the bus, by subscript. Counterpart: extmod/machine_mem.c. */
import {
  type Addr,
  defineType,
  getIntTruncated,
  newIntFromUint32,
  NONE,
  NULL,
  type Obj,
  pollInterrupts,
  raiseMsg,
  raiseValueError,
  type RomValue,
  SENTINEL,
  smallIntValue,
  TYPES,
  type Vm,
} from '@tsmp/vm';
import type { Width } from '../bus.js';
import { BusFault } from '../errors.js';
import { liveMachine } from '../machine.js';

function addressOf(vm: Vm, index: Obj, width: Width): number {
  const address = getIntTruncated(vm, index) >>> 0;
  if ((address & (width - 1)) !== 0) {
    raiseValueError(vm, `address ${address.toString(16).padStart(8, '0')} is not aligned to ${width} bytes`);
  }
  return address;
}

/** Runs an access; a bus fault becomes an OSError. */
export function onBus<T>(vm: Vm, access: () => T): T {
  try {
    return access();
  } catch (e) {
    if (e instanceof BusFault) return raiseMsg(vm, TYPES.OSError, e.message);
    throw e;
  }
}

function widthOf(vm: Vm, self: Addr): Width {
  return smallIntValue(vm.i32[(self >> 2) + 1] as number) as Width;
}

export const memType = defineType({
  name: 'mem',
  print(vm, out, o) {
    out.write(`<${8 * widthOf(vm, o)}-bit memory>`);
  },
  subscr(vm, o, index, value) {
    if (value === NULL) return NULL;
    const width = widthOf(vm, o);
    const address = addressOf(vm, index, width);
    const { bus } = liveMachine(vm);
    if (value === SENTINEL)
      return newIntFromUint32(
        vm,
        onBus(vm, () => bus.read(address, width)),
      );
    const bits = getIntTruncated(vm, value) >>> 0;
    onBus(vm, () => bus.write(address, width, bits));
    pollInterrupts(vm);
    return NONE;
  },
});

function mem(width: Width): RomValue {
  return { def: 'object', type: memType, words: [(width << 1) | 1] };
}

export const memObjects = { mem8: mem(1), mem16: mem(2), mem32: mem(4) };
