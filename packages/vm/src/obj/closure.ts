/** Cells and closures. Counterpart: py/objcell.c, py/objclosure.c. */
import { moveWords } from '../move.js';
import { tailCall } from '../call.js';
import { CellOff, ClosureOff } from '../layout.js';
import { PrintKind } from '../print.js';
import { Q } from '../q.js';
import { defineType } from '../rom/define.js';
import { printObj } from '../runtime.js';
import { tailLoadMethodMaybe } from '../tail.js';
import { Ty, TypeFlag } from '../types.js';
import { type Addr, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { addressText } from './address.js';

export function newCell(vm: Vm, value: Obj): Obj {
  const o = vm.allocObj(CellOff.Size, Ty.Cell);
  vm.i32[(o + CellOff.Value) >> 2] = value;
  return o;
}

/** A closure of `fun` over the `n` cells at `cells`. */
export function newClosure(vm: Vm, fun: Obj, n: number, cells: Addr): Obj {
  const o = vm.allocObj(ClosureOff.Closed + 4 * n, Ty.Closure);
  const i = o >> 2;
  vm.i32[i + 1] = fun;
  vm.i32[i + 2] = n;
  moveWords(vm.i32, i + 3, cells >> 2, (cells >> 2) + n);
  return o;
}

export const cellType = defineType({
  name: '',
  core: 'Cell',
  print(vm, out, o) {
    const v = vm.i32[(o + CellOff.Value) >> 2] as number;
    out.write(`<cell ${addressText(vm, o)} `);
    if (v === Word.Null) out.write('(nil)');
    else printObj(vm, out, v, PrintKind.Repr);
    out.write('>');
  },
});

export const closureType = defineType({
  name: 'closure',
  core: 'Closure',
  flags: TypeFlag.BindsSelf,
  call: tailCall,
  print(vm, out, o) {
    out.write('<closure ');
    printObj(vm, out, vm.i32[(o + ClosureOff.Fun) >> 2] as number, PrintKind.Repr);
    const n = vm.i32[(o + ClosureOff.NClosed) >> 2] as number;
    out.write(` at ${addressText(vm, o)}, n_closed=${n} `);
    for (let i = 0; i < n; i++) {
      const cell = vm.i32[((o + ClosureOff.Closed) >> 2) + i] as number;
      if (cell === Word.Null) out.write('(nil)');
      else printObj(vm, out, cell, PrintKind.Repr);
      out.write(' ');
    }
    out.write('>');
  },
  attr(vm, o, attr) {
    if (vm.dest0 !== Word.Null) return 0;
    if (attr === Q.__name__ || attr === Q.__globals__ || attr === Q.__code__)
      return tailLoadMethodMaybe(vm, vm.i32[(o + ClosureOff.Fun) >> 2] as number, attr);
    vm.dest1 = Word.Sentinel;
    return 0;
  },
});
