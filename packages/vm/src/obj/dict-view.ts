/**
 * What `keys()`, `values()` and `items()` answer, and the iterator of dicts and views. Counterpart: py/objdict.c.
 *
 *     view        +0 type   +4 dict   +8 kind
 *     iterator    +0 type   +4 kind   +8 dict   +12 position
 */
import { BinaryOp, UnaryOp } from '@tsmp-internal/bytecode';
import { DictOff, MapOff } from '../layout.js';
import { mapFind, mapNextFilled, mapUsed } from '../map.js';
import { PrintKind } from '../print.js';
import { defineType } from '../rom/define.js';
import { Ty, TypeFlag } from '../types.js';
import { type Addr, newBool, newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { newTuple2 } from './tuple2.js';
import { printObj } from '../runtime.js';

export const enum ViewKind {
  Items = 0,
  Keys = 1,
  Values = 2,
}
const NAMES = ['dict_items', 'dict_keys', 'dict_values'] as const;

/** Number of entries. */
export function dictLen(vm: Vm, dict: Obj): number {
  return mapUsed(vm, dict + DictOff.Map);
}
/** Address of slot `n` of the dict's table: key, value. */
export function dictSlot(vm: Vm, dict: Obj, n: number): Addr {
  return (vm.i32[(dict + DictOff.Map + MapOff.Table) >> 2] as number) + 8 * n;
}
/** Truth, length and size of a dict. */
export function dictUnaryOp(vm: Vm, op: number, self: Obj): Obj {
  if (op === UnaryOp.Bool) return newBool(dictLen(vm, self) !== 0);
  if (op === UnaryOp.Len) return newSmallInt(dictLen(vm, self));
  if (op === UnaryOp.Sizeof)
    return newSmallInt(DictOff.Size + 8 * (vm.i32[(self + DictOff.Map + MapOff.Alloc) >> 2] as number));
  return Word.Null;
}

/** A view of a dict. */
export function newView(vm: Vm, dict: Obj, kind: ViewKind): Obj {
  const o = vm.allocObj(12, Ty.DictView);
  vm.i32[(o >> 2) + 1] = dict;
  vm.i32[(o >> 2) + 2] = kind;
  return o;
}

function newIterator(vm: Vm, dict: Obj, kind: ViewKind, iterBuf: Addr): Obj {
  const it = iterBuf === 0 ? vm.alloc(16) : iterBuf;
  const i = it >> 2;
  vm.i32[i] = Ty.DictIter;
  vm.i32[i + 1] = kind;
  vm.i32[i + 2] = dict;
  vm.i32[i + 3] = 0;
  return it;
}
export function dictGetiter(vm: Vm, dict: Obj, iterBuf: Addr): Obj {
  return newIterator(vm, dict, ViewKind.Keys, iterBuf);
}

/** Key, value or pair of table slot `n`. */
function entry(vm: Vm, dict: Obj, kind: ViewKind, n: number): Obj {
  const slot = dictSlot(vm, dict, n) >> 2;
  if (kind === ViewKind.Keys) return vm.i32[slot] as number;
  if (kind === ViewKind.Values) return vm.i32[slot + 1] as number;
  return newTuple2(vm, vm.i32[slot] as number, vm.i32[slot + 1] as number);
}

export const dictIterType = defineType({
  name: 'iterator',
  core: 'DictIter',
  flags: TypeFlag.LeafIter,
  iternext(vm, it) {
    const i = it >> 2;
    const dict = vm.i32[i + 2] as number;
    const n = mapNextFilled(vm, dict + DictOff.Map, vm.i32[i + 3] as number);
    if (n < 0) return Word.Null;
    vm.i32[i + 3] = n + 1;
    return entry(vm, dict, vm.i32[i + 1] as ViewKind, n);
  },
});

export const dictViewType = defineType({
  name: 'dict_view',
  core: 'DictView',
  flags: TypeFlag.LeafIter,
  print(vm, out, o) {
    const dict = vm.i32[(o >> 2) + 1] as number;
    const kind = vm.i32[(o >> 2) + 2] as ViewKind;
    const map = dict + DictOff.Map;
    out.write(`${NAMES[kind]}([`);
    let first = true;
    for (let n = mapNextFilled(vm, map, 0); n >= 0; n = mapNextFilled(vm, map, n + 1)) {
      if (!first) out.write(', ');
      first = false;
      printObj(vm, out, entry(vm, dict, kind, n), PrintKind.Repr);
    }
    out.write('])');
  },
  unaryOp(vm, op, o) {
    if (op === UnaryOp.Hash && vm.i32[(o >> 2) + 2] === ViewKind.Values) return newSmallInt(o);
    return dictUnaryOp(vm, op, vm.i32[(o >> 2) + 1] as number);
  },
  binaryOp(vm, op, a, b) {
    if (op !== BinaryOp.Contains || vm.i32[(a >> 2) + 2] !== ViewKind.Keys) return Word.Null;
    return newBool(mapFind(vm, (vm.i32[(a >> 2) + 1] as number) + DictOff.Map, b) !== 0);
  },
  getiter(vm, o, iterBuf) {
    return newIterator(vm, vm.i32[(o >> 2) + 1] as number, vm.i32[(o >> 2) + 2] as ViewKind, iterBuf);
  },
});
