/**
 * dict and OrderedDict, on the maps of `map.ts`. Counterpart: py/objdict.c.
 *
 *     +0 type   +4 map (12 bytes)
 *
 * An OrderedDict's map is an array in order of insertion.
 */
import { moveWords } from '../move.js';
import { enterDepth, leaveDepth } from '../records.js';
import { BinaryOp } from '@tsmp-internal/bytecode';
import { DictOff, MapFlag, MapOff } from '../layout.js';
import { dictStore, ensureNotFixed, mapAdd, mapFind, mapNextFilled, mapRemove, mapUsed, newDict } from '../map.js';
import { type Printer, PrintKind } from '../print.js';
import { raiseKeyError, raiseMsg, raiseValueError } from '../raise.js';
import { classMethod, defineType, fun1, funKw, funVar, pyFun } from '../rom/define.js';
import {
  checkArgCount,
  equal,
  getIter,
  isLeafIterable,
  iterate,
  iterNext,
  lenMaybe,
  printObj,
  typeName,
} from '../runtime.js';
import { tailCall3 } from '../tail.js';
import { Ty, TypeFlag, TypeOff } from '../types.js';
import { type Addr, isPtr, newBool, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { dictGetiter, dictLen, dictSlot, dictUnaryOp, newView, ViewKind } from './dict-view.js';
import { opDelitem, opGetitem, opSetitem } from './op-methods.js';
import { itemSeparator, keySeparator, tailCall4 } from './seq.js';
import { isStrOrBytes } from './str-new.js';
import { newTuple2 } from './tuple2.js';

/** Whether `o` is a dict or OrderedDict (no instance of a class written in Python). */
export function isDict(vm: Vm, o: Obj): boolean {
  return (
    isPtr(o) && vm.i32[((vm.i32[o >> 2] as number) + TypeOff.MakeNew) >> 2] === vm.i32[(Ty.Dict + TypeOff.MakeNew) >> 2]
  );
}
/** A copy of the dict, with a table of the same size. */
export function dictCopy(vm: Vm, dict: Obj): Obj {
  const i32 = vm.i32;
  const alloc = i32[(dict + DictOff.Map + MapOff.Alloc) >> 2] as number;
  const out = newDict(vm, alloc);
  i32[out >> 2] = vm.typeOf(dict);
  i32[(out + DictOff.Map) >> 2] = (i32[(dict + DictOff.Map) >> 2] as number) & ~MapFlag.Fixed;
  const from = (i32[(dict + DictOff.Map + MapOff.Table) >> 2] as number) >> 2;
  moveWords(i32, (i32[(out + DictOff.Map + MapOff.Table) >> 2] as number) >> 2, from, from + 2 * alloc);
  return out;
}

/** An empty OrderedDict with room for `n` entries. */
export function newOrderedDict(vm: Vm, n: number): Obj {
  const d = newDict(vm, n);
  vm.i32[d >> 2] = Ty.OrderedDict;
  vm.i32[(d + DictOff.Map) >> 2] = MapFlag.AllQstrs | MapFlag.Ordered;
  return d;
}

/** Updates `d` from an iterable of pairs, then from the dict `kw` unless it is None; answers `r`. */
export const dictUpdatePy = pyFun('_dict_update');
/** Stores `v` under every key in an iterable. */
export const fromkeysPy = pyFun('_fromkeys');

function updateFromDict(vm: Vm, self: Obj, other: Obj): void {
  const map = other + DictOff.Map;
  const mark = vm.heap.logTop;
  for (let n = mapNextFilled(vm, map, 0); n >= 0; n = mapNextFilled(vm, map, n + 1)) {
    vm.heap.logTop = mark;
    if ((n & 0xfff) === 0xfff) vm.charge(0x1000);
    const s = dictSlot(vm, other, n) >> 2;
    const value = vm.i32[s + 1] as number;
    vm.i32[(mapAdd(vm, self + DictOff.Map, vm.i32[s] as number) >> 2) + 1] = value;
  }
}

function updateFromPairs(vm: Vm, self: Obj, it: Obj): void {
  const iter = getIter(vm, it, 0);
  const mark = vm.heap.logTop;
  for (;;) {
    const pair = iterate(vm, iter, mark);
    if (pair === Word.Null) return;
    const inner = getIter(vm, pair, 0);
    const key = iterNext(vm, inner);
    const value = iterNext(vm, inner);
    const stop = iterNext(vm, inner);
    if (key === Word.Null || value === Word.Null || stop !== Word.Null) {
      raiseValueError(vm, 'dict update sequence has wrong length');
    }
    vm.i32[(mapAdd(vm, self + DictOff.Map, key) >> 2) + 1] = value;
  }
}

/**
 * Updates from `other` (Null: nothing) and from `nKw` pairs at `kw`; answers `result`, or Call when Python code has to run.
 */
function update(vm: Vm, self: Obj, other: Obj, nKw: number, kw: Addr, result: Obj): Obj {
  if (other !== Word.Null) {
    if (isDict(vm, other)) {
      if (other !== self) updateFromDict(vm, self, other);
    } else if (isLeafIterable(vm, other)) updateFromPairs(vm, self, other);
    else {
      let named: Obj = Word.None;
      if (nKw > 0) {
        named = newDict(vm, nKw);
        storePairs(vm, named, nKw, kw);
      }
      return tailCall4(vm, vm.addrOf(dictUpdatePy), self, other, named, result);
    }
  }
  storePairs(vm, self, nKw, kw);
  return result;
}
export function storePairs(vm: Vm, self: Obj, n: number, pairs: Addr): void {
  for (let k = 0, p = pairs >> 2; k < n; k++, p += 2) {
    const value = vm.i32[p + 1] as number;
    vm.i32[(mapAdd(vm, self + DictOff.Map, vm.i32[p] as number) >> 2) + 1] = value;
  }
}

function makeNew(vm: Vm, type: Addr, nArgs: number, nKw: number, args: Addr): Obj {
  const d = newDict(vm, 0);
  vm.i32[d >> 2] = type;
  if (type === Ty.OrderedDict) vm.i32[(d + DictOff.Map) >> 2] = MapFlag.AllQstrs | MapFlag.Ordered;
  checkArgCount(vm, nArgs + 1, nKw, 1, 2, true);
  return update(vm, d, nArgs === 0 ? Word.Null : (vm.i32[args >> 2] as number), nKw, args + 4 * nArgs, d);
}

function print(vm: Vm, out: Printer, self: Obj, kind: PrintKind): void {
  const json = kind === PrintKind.Json;
  const k = json ? kind : PrintKind.Repr;
  const between = itemSeparator(out, k);
  const colon = keySeparator(out, k);
  const type = vm.typeOf(self);
  const named = type !== Ty.Dict && !json;
  if (named) out.write(`${typeName(vm, type)}(`);
  out.write('{');
  const map = self + DictOff.Map;
  let first = true;
  for (let n = mapNextFilled(vm, map, 0); n >= 0; n = mapNextFilled(vm, map, n + 1)) {
    if (!first) out.write(between);
    first = false;
    const slot = dictSlot(vm, self, n) >> 2;
    const key = vm.i32[slot] as number;
    const value = vm.i32[slot + 1] as number;
    const quoted = json && !isStrOrBytes(vm, key);
    if (quoted) out.write('"');
    printObj(vm, out, key, k);
    if (quoted) out.write('"');
    out.write(colon);
    printObj(vm, out, value, k);
  }
  out.write(named ? '})' : '}');
}

function equalOrdered(vm: Vm, a: Obj, b: Obj): boolean {
  const x = a + DictOff.Map;
  const y = b + DictOff.Map;
  let i = mapNextFilled(vm, x, 0);
  let j = mapNextFilled(vm, y, 0);
  const mark = vm.heap.logTop;
  while (i >= 0 && j >= 0) {
    vm.heap.logTop = mark;
    if (!equal(vm, vm.i32[dictSlot(vm, a, i) >> 2] as number, vm.i32[dictSlot(vm, b, j) >> 2] as number)) return false;
    if (!equal(vm, vm.i32[(dictSlot(vm, a, i) >> 2) + 1] as number, vm.i32[(dictSlot(vm, b, j) >> 2) + 1] as number))
      return false;
    i = mapNextFilled(vm, x, i + 1);
    j = mapNextFilled(vm, y, j + 1);
  }
  return i < 0 && j < 0;
}
function equalDicts(vm: Vm, a: Obj, b: Obj): boolean {
  if (vm.typeOf(a) === Ty.OrderedDict && vm.typeOf(b) === Ty.OrderedDict) return equalOrdered(vm, a, b);
  if (vm.typeOf(b) !== Ty.Dict || dictLen(vm, a) !== dictLen(vm, b)) return false;
  const bytes = vm.profile.stack.native >> 2;
  enterDepth(vm, bytes);
  vm.worked(2);
  const result = equalValues(vm, a, b);
  leaveDepth(vm, bytes);
  return result;
}
function equalValues(vm: Vm, a: Obj, b: Obj): boolean {
  const map = a + DictOff.Map;
  const mark = vm.heap.logTop;
  for (let n = mapNextFilled(vm, map, 0); n >= 0; n = mapNextFilled(vm, map, n + 1)) {
    vm.heap.logTop = mark;
    if ((n & 0xfff) === 0xfff) vm.charge(0x1000);
    const slot = dictSlot(vm, a, n) >> 2;
    const value = vm.i32[slot + 1] as number;
    const other = mapFind(vm, b + DictOff.Map, vm.i32[slot] as number);
    if (other === 0 || !equal(vm, value, vm.i32[(other >> 2) + 1] as number)) return false;
  }
  return true;
}

function binaryOp(vm: Vm, op: number, a: Obj, b: Obj): Obj {
  switch (op) {
    case BinaryOp.Contains:
      return newBool(mapFind(vm, a + DictOff.Map, b) !== 0);
    case BinaryOp.Equal:
      return newBool(equalDicts(vm, a, b));
    case BinaryOp.Or:
    case BinaryOp.InplaceOr: {
      const d = op === BinaryOp.Or ? dictCopy(vm, a) : a;
      ensureNotFixed(vm, d);
      return update(vm, d, b, 0, 0, d);
    }
    default:
      return Word.Null;
  }
}

/** Takes `key` out and answers its value; Null when it is not there. */
function take(vm: Vm, self: Obj, key: Obj): Obj {
  ensureNotFixed(vm, self);
  const slot = mapRemove(vm, self + DictOff.Map, key);
  if (slot === 0) return Word.Null;
  const value = vm.i32[(slot >> 2) + 1] as number;
  vm.i32[(slot >> 2) + 1] = Word.Null;
  return value;
}

function subscr(vm: Vm, self: Obj, key: Obj, value: Obj): Obj {
  if (value === Word.Sentinel) {
    const slot = mapFind(vm, self + DictOff.Map, key);
    if (slot === 0) raiseKeyError(vm, key);
    return vm.i32[(slot >> 2) + 1] as number;
  }
  if (value !== Word.Null) dictStore(vm, self, key, value);
  else if (take(vm, self, key) === Word.Null) raiseKeyError(vm, key);
  return Word.None;
}

function popitem(vm: Vm, self: Obj): Obj {
  ensureNotFixed(vm, self);
  const i32 = vm.i32;
  const map = self + DictOff.Map;
  const used = mapUsed(vm, map);
  if (used === 0) raiseMsg(vm, Ty.KeyError, 'popitem(): dictionary is empty');
  const ordered = ((i32[map >> 2] as number) & MapFlag.Ordered) !== 0;
  const slot = dictSlot(vm, self, ordered ? used - 1 : mapNextFilled(vm, map, 0)) >> 2;
  const key = i32[slot] as number;
  const value = i32[slot + 1] as number;
  i32[map >> 2] = (i32[map >> 2] as number) - (1 << MapFlag.UsedShift);
  const table = i32[(map + MapOff.Table) >> 2] as number;
  if (!ordered) vm.tableIndexes.removed(table, (slot - (table >> 2)) >> 1, key);
  i32[slot] = Word.Sentinel;
  i32[slot + 1] = Word.Null;
  vm.keep(key);
  vm.keep(value);
  return newTuple2(vm, key, value);
}

function fromkeys(vm: Vm, nArgs: number, _nKw: number, args: Addr): Obj {
  const a = args >> 2;
  const it = vm.i32[a + 1] as number;
  const value = nArgs > 2 ? (vm.i32[a + 2] as number) : Word.None;
  const leaf = isLeafIterable(vm, it);
  const iter = leaf ? getIter(vm, it, 0) : 0;
  const len = lenMaybe(vm, it);
  const d = newDict(vm, len < 0 ? 0 : len);
  if (!leaf) return tailCall3(vm, vm.addrOf(fromkeysPy), d, it, value);
  const mark = vm.heap.logTop;
  for (;;) {
    const key = iterate(vm, iter, mark);
    if (key === Word.Null) return d;
    vm.i32[(mapAdd(vm, d + DictOff.Map, key) >> 2) + 1] = value;
  }
}

const METHODS = {
  clear: fun1((vm, self) => {
    ensureNotFixed(vm, self);
    const map = (self + DictOff.Map) >> 2;
    const table = vm.i32[map + 2] as number;
    // as upstream, the map of a cleared OrderedDict is still ordered
    vm.i32[map] = ((vm.i32[map] as number) & MapFlag.Ordered) | MapFlag.AllQstrs;
    vm.i32[map + 1] = 0;
    vm.i32[map + 2] = 0;
    if (vm.tableIndexes.any) vm.tableIndexes.drop(table);
    if (table !== 0) vm.heap.free(table);
    return Word.None;
  }),
  copy: fun1(dictCopy),
  fromkeys: classMethod(funVar(2, 3, fromkeys)),
  get: funVar(2, 3, (vm, nArgs, _nKw, args) => {
    const a = args >> 2;
    const slot = mapFind(vm, (vm.i32[a] as number) + DictOff.Map, vm.i32[a + 1] as number);
    const value = slot === 0 ? Word.Null : (vm.i32[(slot >> 2) + 1] as number);
    if (value !== Word.Null) return value;
    return nArgs === 2 ? Word.None : (vm.i32[a + 2] as number);
  }),
  items: fun1((vm, self) => newView(vm, self, ViewKind.Items)),
  keys: fun1((vm, self) => newView(vm, self, ViewKind.Keys)),
  pop: funVar(2, 3, (vm, nArgs, _nKw, args) => {
    const a = args >> 2;
    const value = take(vm, vm.i32[a] as number, vm.i32[a + 1] as number);
    if (value !== Word.Null) return value;
    if (nArgs === 2) raiseKeyError(vm, vm.i32[a + 1] as number);
    return vm.i32[a + 2] as number;
  }),
  popitem: fun1(popitem),
  setdefault: funVar(2, 3, (vm, nArgs, _nKw, args) => {
    const a = args >> 2;
    const self = vm.i32[a] as number;
    ensureNotFixed(vm, self);
    const slot = mapAdd(vm, self + DictOff.Map, vm.i32[a + 1] as number) >> 2;
    if (vm.i32[slot + 1] === Word.Null) vm.i32[slot + 1] = nArgs === 2 ? Word.None : (vm.i32[a + 2] as number);
    return vm.i32[slot + 1] as number;
  }),
  update: funKw(1, (vm, nArgs, nKw, args) => {
    const a = args >> 2;
    const self = vm.i32[a] as number;
    ensureNotFixed(vm, self);
    checkArgCount(vm, nArgs, nKw, 1, 2, true);
    return update(vm, self, nArgs === 2 ? (vm.i32[a + 1] as number) : Word.Null, nKw, args + 4 * nArgs, Word.None);
  }),
  values: fun1((vm, self) => newView(vm, self, ViewKind.Values)),
};
/** Asked for when all modules are loaded: some import each other. */
const locals = () => ({ ...METHODS, __getitem__: opGetitem, __setitem__: opSetitem, __delitem__: opDelitem });

const SLOTS = {
  flags: TypeFlag.LeafIter,
  makeNew,
  print,
  unaryOp: dictUnaryOp,
  binaryOp,
  subscr,
  getiter: dictGetiter,
  locals,
} as const;

export const dictType = defineType({ name: 'dict', core: 'Dict', ...SLOTS });
export const orderedDictType = defineType({ name: 'OrderedDict', core: 'OrderedDict', ...SLOTS, parent: dictType });
