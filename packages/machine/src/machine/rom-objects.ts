/**
 * Objects in ROM that stand for the units of a peripheral (the slices of PWM, the two I2C blocks, …): asking twice gives the same
 * object, and making one allocates nothing. Their state is the machine's. Counterpart: the static tables of ports/rp2/machine_*.c.
 */
import { defineType, type Obj, type RomValue, smallIntValue, type TypeDef, type Vm } from '@tsmp/vm';

/** Where a type object has its locals dict. */
const LOCALS_OFFSET = 56;

/** A row of constant objects of one type: type word, then its number as a small int. */
export class RomObjects {
  /** Holds the objects in the image; belongs to an extension's `types`. */
  readonly holder: TypeDef;

  constructor(name: string, count: number, type: () => TypeDef) {
    this.holder = defineType({
      name,
      locals: () =>
        Object.fromEntries(
          Array.from({ length: count }, (_, i): [string, RomValue] => [
            `${name}${i}`,
            { def: 'object', type: type(), words: [(i << 1) | 1] },
          ]),
        ),
    });
  }

  /** The object of a number. */
  get(vm: Vm, index: number): Obj {
    const dict = vm.i32[(vm.addrOf(this.holder) + LOCALS_OFFSET) >> 2] as number;
    const table = vm.i32[(dict >> 2) + 3] as number;
    return vm.i32[(table >> 2) + 2 * index + 1] as number;
  }
}

/** The number of an object that {@link RomObjects} made. */
export function romObjectIndex(vm: Vm, o: Obj): number {
  return smallIntValue(vm.i32[(o >> 2) + 1] as number);
}
