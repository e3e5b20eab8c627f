/** `machine.WDT`: one object in ROM. Counterpart: extmod/machine_wdt.c, ports/rp2/machine_wdt.c. */
import {
  argTable,
  defineType,
  fun1,
  getInt,
  NONE,
  newSmallInt,
  type Obj,
  raiseValueError,
  readArgs,
  requestReset,
  type TypeDef,
} from '@tsmp/vm';
import { machineOf } from '../machine.js';
import { RomObjects } from './rom-objects.js';

/** What 24 bits hold at two counts a microsecond. */
const MAX_MS = 8388;

const ARGS = argTable([
  { name: 'id', kind: 'obj', value: newSmallInt(0) },
  { name: 'timeout', kind: 'int', value: 5000 },
]);

export const wdtType: TypeDef = defineType({
  name: 'WDT',
  makeNew(vm, _type, nArgs, nKw, args) {
    const [idArg, timeout] = readArgs(vm, ARGS, nArgs, nKw, args) as [Obj, number];
    const id = getInt(vm, idArg);
    if (id !== 0) raiseValueError(vm, `WDT(${id}) doesn't exist`);
    if (timeout >>> 0 > MAX_MS) raiseValueError(vm, `timeout exceeds ${MAX_MS}`);
    if (timeout === 0) requestReset('watchdog');
    vm.now();
    machineOf(vm).core.watchdog.start(timeout);
    return wdtObjects.get(vm, 0);
  },
  locals: {
    feed: fun1((vm) => {
      vm.now();
      machineOf(vm).core.watchdog.feed();
      return NONE;
    }),
  },
});

/** The one object. */
export const wdtObjects = new RomObjects('WDT', 1, () => wdtType);
