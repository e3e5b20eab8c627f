/**
 * `heapview`: a look at the heap from a program, which no MicroPython has: `gc` stays as it is.
 *
 *     largest_free()     bytes of the longest free run: the largest allocation that fits without a collection
 *     fragmentation()    1 − longest run / free, 0.0 when free memory is one piece
 *     snapshot()         dict: bytes by type, and under 'free' and 'largest free' those
 *     diff(before)       dict: what has changed since a snapshot; diff(before, after): between two
 */
import {
  defineModule,
  fun0,
  funVar,
  heapTypeName,
  mapNextFilled,
  dictStore,
  newDict,
  newFloat,
  newInt,
  type Obj,
  getInt,
  raiseTypeError,
  type RomExtension,
  strText,
  TYPES,
  type Vm,
} from '@tsmp/vm';

const BLOCK = 16;
/** Offset of a dict's map in it, and of the table's address in a map. */
const MAP = 4;
const TABLE = 8;

/** Bytes by type now, without the blocks at `ignored`. */
function byType(vm: Vm, ignored: readonly number[] = []): Map<string, number> {
  const sums = new Map<string, number>();
  let free = 0;
  let largest = 0;
  for (const { addr, blocks, kind } of vm.heap.layout()) {
    const bytes = blocks * BLOCK;
    if (kind === 'free') {
      free += bytes;
      largest = Math.max(largest, bytes);
    } else if (!ignored.includes(addr)) {
      const type = heapTypeName(vm, addr) ?? 'data';
      sums.set(type, (sums.get(type) ?? 0) + bytes);
    }
  }
  return new Map([...sums].sort((a, b) => (a[0] < b[0] ? -1 : 1))).set('free', free).set('largest free', largest);
}

function dictOf(vm: Vm, sums: ReadonlyMap<string, number>): Obj {
  const dict = newDict(vm, sums.size);
  for (const [name, bytes] of sums) dictStore(vm, dict, vm.internObj(name), newInt(vm, bytes));
  return dict;
}

/** The bytes that a snapshot's dict has; raises TypeError for anything else. */
function readSnapshot(vm: Vm, o: Obj): Map<string, number> {
  if (vm.typeOf(o) !== TYPES.dict) raiseTypeError(vm, 'not a snapshot');
  const sums = new Map<string, number>();
  for (let i = mapNextFilled(vm, o + MAP, 0); i >= 0; i = mapNextFilled(vm, o + MAP, i + 1)) {
    const slot = ((vm.i32[(o + MAP + TABLE) >> 2] as number) >> 2) + 2 * i;
    sums.set(strText(vm, vm.i32[slot] as number), getInt(vm, vm.i32[slot + 1] as number));
  }
  return sums;
}

/** What changed since the snapshot `before`, which does not count itself, or from it to `after`. */
function difference(vm: Vm, nArgs: number, args: number): Obj {
  const before = vm.i32[args >> 2] as number;
  const old = readSnapshot(vm, before);
  const now =
    nArgs > 1
      ? readSnapshot(vm, vm.i32[(args >> 2) + 1] as number)
      : byType(vm, [before, vm.i32[(before + MAP + TABLE) >> 2] as number]);
  const changed = new Map<string, number>();
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const more = (now.get(name) ?? 0) - (old.get(name) ?? 0);
    if (more !== 0) changed.set(name, more);
  }
  return dictOf(vm, changed);
}

/** The module. */
export const heapviewModule = defineModule({
  name: 'heapview',
  globals: {
    largest_free: fun0((vm) => newInt(vm, vm.heap.stats().maxFreeBytes)),
    fragmentation: fun0((vm) => newFloat(vm, vm.heap.stats().fragmentation)),
    snapshot: fun0((vm) => dictOf(vm, byType(vm))),
    diff: funVar(1, 2, (vm, nArgs, _nKw, args) => difference(vm, nArgs, args)),
  },
});

/** For boards that are to have it without the rest of this package. */
export const heapviewExtension: RomExtension = { modules: [heapviewModule] };
