/**
 * Tuples with named fields that are no types of their own (`sys.implementation`). Counterpart: py/objattrtuple.c.
 *
 *     +0 type   +4 len   +8 items …   then the address of the field names (qstr objects)
 */
import { TupleOff } from '../layout.js';
import { type Printer, PrintKind } from '../print.js';
import { defineType } from '../rom/define.js';
import { Ty, TypeFlag } from '../types.js';
import { type Addr, newQstrObj, type Obj, type Qstr, qstrOfObj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { wordBytes } from './seq.js';
import { tupleBinaryOp, tupleGetiter, tupleSubscr, tupleUnaryOp } from './tuple.js';
import { printObj } from '../runtime.js';

/** Prints `(name=value, …)`. */
export function printFields(vm: Vm, out: Printer, o: Obj, nameOf: (i: number) => Qstr): void {
  const n = vm.i32[(o + TupleOff.Len) >> 2] as number;
  for (let i = 0; i < n; i++) {
    out.write(`${i === 0 ? '(' : ', '}${vm.qstrText(nameOf(i))}=`);
    printObj(vm, out, vm.i32[((o + TupleOff.Items) >> 2) + i] as number, PrintKind.Repr);
  }
  out.write(n === 0 ? '()' : ')');
}

function fieldTable(vm: Vm, o: Obj): Addr {
  const n = vm.i32[(o + TupleOff.Len) >> 2] as number;
  return vm.i32[((o + TupleOff.Items) >> 2) + n] as number;
}

/** An attrtuple of the `n` words at `items`; `fields` is the address of their names, `n` qstr objects. */
export function newAttrtuple(vm: Vm, fields: Addr, n: number, items: Addr): Obj {
  const o = vm.allocObj(TupleOff.Items + wordBytes(vm, n + 1), Ty.Attrtuple);
  const at = (o + TupleOff.Items) >> 2;
  vm.i32[(o + TupleOff.Len) >> 2] = n;
  vm.i32.copyWithin(at, items >> 2, (items >> 2) + n);
  vm.i32[at + n] = fields;
  return o;
}

export const attrtupleType = defineType({
  name: 'tuple',
  core: 'Attrtuple',
  flags: TypeFlag.LeafIter,
  print(vm, out, o) {
    const fields = fieldTable(vm, o) >> 2;
    printFields(vm, out, o, (i) => qstrOfObj(vm.i32[fields + i] as number));
  },
  unaryOp: tupleUnaryOp,
  binaryOp: tupleBinaryOp,
  attr(vm, o, attr) {
    if (vm.dest0 !== Word.Null) return 0;
    const n = vm.i32[(o + TupleOff.Len) >> 2] as number;
    const fields = fieldTable(vm, o) >> 2;
    for (let i = 0; i < n; i++) {
      if (vm.i32[fields + i] === newQstrObj(attr)) {
        vm.dest0 = vm.i32[((o + TupleOff.Items) >> 2) + i] as number;
        return 0;
      }
    }
    return 0;
  },
  subscr: tupleSubscr,
  getiter: tupleGetiter,
});
