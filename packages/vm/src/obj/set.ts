/**
 * Sets and frozensets: a hash table of single words. Counterpart: py/objset.c and mp_set_* in py/map.c.
 *
 *     +0 type   +4 alloc   +8 used   +12 address of the table
 *
 * A slot is Null when free, Sentinel when deleted. Hashing and comparing items may run Python code (nested), which may change the
 * set: alloc and table are read anew after each.
 */
import { clearWords, moveWords } from '../move.js';
import { BinaryOp, UnaryOp } from '@tsmp-internal/bytecode';
import { SetOff } from '../layout.js';
import { hashAllocAtLeast } from '../map.js';
import { type Printer, PrintKind } from '../print.js';
import { raiseKeyError, raiseMsg } from '../raise.js';
import { popRec } from '../records.js';
import { defineType, fun1, fun2, fun3, funVar, pyFun } from '../rom/define.js';
import { checkArgCount, equal, getIter, hash, isLeafIterable, iterate, printObj } from '../runtime.js';
import { LONG_CHAIN } from '../table-index.js';
import { tailCall2, tailCall3 } from '../tail.js';
import { Ty, TypeFlag } from '../types.js';
import { type Addr, newBool, newSmallInt, type Obj, Word } from '../words.js';
import { unsignedModulo } from '../wide.js';
import type { Vm } from '../vm.js';
import { Gather, gather, gatherLookups } from './gather.js';
import { opContains } from './op-methods.js';
import { stackIterBuf, tailCall4, wordBytes } from './seq.js';
import { newTupleFrom } from './tuple.js';

// ---- the table -------------------------------------------------------------------------------------------------------

/** What to do with an item. */
export const enum Lookup {
  Find = 0,
  Add = 1,
  Remove = 2,
  /** Adds what is not there, removes what is. */
  Toggle = 3,
}

/** 32 bits, to be taken as unsigned. */
function hashOf(vm: Vm, o: Obj): number {
  if ((o & 7) === 2) return vm.qstrs.hashes[o >>> 3] as number;
  return (o & 1) !== 0 ? o >> 1 : hash(vm, o) >> 1;
}

function rehash(vm: Vm, set: Obj): void {
  const i32 = vm.i32;
  const i = set >> 2;
  const oldAlloc = i32[i + 1] as number;
  const oldTable = i32[i + 3] as number;
  const alloc = hashAllocAtLeast(oldAlloc + 1);
  const table = vm.alloc(wordBytes(vm, alloc));
  vm.keep(oldTable);
  i32[i + 1] = alloc;
  i32[i + 2] = 0;
  i32[i + 3] = table;
  for (let n = 0; n < oldAlloc; n++) {
    const x = i32[(oldTable >> 2) + n] as number;
    if (x !== 0 && x !== Word.Sentinel) lookup(vm, set, x, Lookup.Add);
  }
  if (vm.tableIndexes.any) vm.tableIndexes.drop(oldTable);
  if (oldTable !== 0) vm.heap.free(oldTable);
}

/** Adds a small int or a qstr where that needs nothing but looking at such items. False: {@link lookup} has to do it. */
export function tryAdd(vm: Vm, set: Obj, o: Obj): boolean {
  const i32 = vm.i32;
  const i = set >> 2;
  if (!isPlain(o)) return false;
  for (;;) {
    const alloc = i32[i + 1] as number;
    const table = (i32[i + 3] as number) >> 2;
    let pos = alloc === 0 ? 0 : unsignedModulo(hashOf(vm, o), alloc);
    for (let n = alloc < SHORT_CHAIN ? alloc : SHORT_CHAIN; n > 0; n--) {
      const x = i32[table + pos] as number;
      if (x === o) return true;
      if (x === 0) {
        i32[table + pos] = o;
        if (vm.tableIndexes.any) vm.tableIndexes.added(table << 2, pos, o);
        i32[i + 2] = (i32[i + 2] as number) + 1;
        return true;
      }
      if (!isPlain(x)) return false;
      if (++pos === alloc) pos = 0;
    }
    // a small table is full; of a larger one not all has been seen
    if (alloc > SHORT_CHAIN || !tryGrow(vm, set)) return false;
  }
}
/** Equal to no other small int or qstr. */
function isPlain(o: Obj): boolean {
  return (o & 1) !== 0 || (o & 7) === 2;
}
const SHORT_CHAIN = 16;
/** {@link rehash} of a full table of small ints and qstrs; false for want of memory. */
function tryGrow(vm: Vm, set: Obj): boolean {
  const i32 = vm.i32;
  const i = set >> 2;
  const oldTable = i32[i + 3] as number;
  const oldAlloc = i32[i + 1] as number;
  const alloc = hashAllocAtLeast(oldAlloc + 1);
  const table = vm.heap.alloc(4 * alloc);
  // a collection may have run `__del__`, which may have changed the set
  if (table === 0 || i32[i + 3] !== oldTable || i32[i + 2] !== oldAlloc) return false;
  for (let n = 0; n < oldAlloc; n++) {
    const x = i32[(oldTable >> 2) + n] as number;
    let pos = unsignedModulo(hashOf(vm, x), alloc);
    while (i32[(table >> 2) + pos] !== 0) if (++pos === alloc) pos = 0;
    i32[(table >> 2) + pos] = x;
  }
  i32[i + 1] = alloc;
  i32[i + 3] = table;
  if (vm.tableIndexes.any) vm.tableIndexes.drop(oldTable);
  if (oldTable !== 0) vm.heap.free(oldTable);
  return true;
}

/** Finds, adds or removes `o`: answers the item in the set (added: `o` itself), Null when it was not there. */
export function lookup(vm: Vm, set: Obj, o: Obj, how: Lookup): Obj {
  const i32 = vm.i32;
  const i = set >> 2;
  const adds = (how & Lookup.Add) !== 0;
  // @quick-begin
  if (how === Lookup.Add && tryAdd(vm, set, o)) return o;
  // @quick-end
  if (i32[i + 1] === 0) {
    if (!adds) return Word.Null;
    rehash(vm, set);
  }
  const h = hashOf(vm, o);
  for (;;) {
    const alloc = i32[i + 1] as number;
    if (alloc === 0) return Word.Null;
    let pos = unsignedModulo(h, alloc);
    let free = -1;
    for (let n = alloc; n > 0; n--) {
      const x = i32[((i32[i + 3] as number) >> 2) + pos] as number;
      if (x === 0) {
        if (!adds) return Word.Null;
        if (free < 0) free = pos;
        break;
      }
      if (x === Word.Sentinel) {
        if (free < 0) free = pos;
      } else if (x === o || ((x & o & 1) === 0 && equal(vm, x, o))) {
        if ((how & Lookup.Remove) !== 0) removeAt(vm, set, pos);
        return x;
      }
      if (n === alloc - LONG_CHAIN) {
        const index = vm.tableIndexes.of(i32[i + 3] as number, i32[i + 1] as number, 1, i32[i + 2] as number);
        const slot = index === undefined ? -2 : index.find(o);
        if (slot >= 0) {
          const found = i32[((i32[i + 3] as number) >> 2) + slot] as number;
          if ((how & Lookup.Remove) !== 0) removeAt(vm, set, slot);
          return found;
        }
        if (slot === -1) {
          if (!adds) return Word.Null;
          if (free < 0 && index !== undefined) free = index.nextFree(pos);
          break;
        }
      }
      if (++pos >= (i32[i + 1] as number)) pos = 0;
      if ((n & 0xff) === 0) vm.worked(64);
    }
    if (!adds) return Word.Null;
    if (free >= 0 && free < (i32[i + 1] as number)) {
      i32[((i32[i + 3] as number) >> 2) + free] = o;
      if (vm.tableIndexes.any) vm.tableIndexes.added(i32[i + 3] as number, free, o);
      i32[i + 2] = (i32[i + 2] as number) + 1;
      return o;
    }
    rehash(vm, set);
  }
}

function removeAt(vm: Vm, set: Obj, pos: number): void {
  const i32 = vm.i32;
  const i = set >> 2;
  const table = (i32[i + 3] as number) >> 2;
  const next = pos + 1 === i32[i + 1] ? 0 : pos + 1;
  i32[i + 2] = (i32[i + 2] as number) - 1;
  if (vm.tableIndexes.any) vm.tableIndexes.removed(table << 2, pos, i32[table + pos] as number);
  // the end of a chain needs no mark
  i32[table + pos] = i32[table + next] === 0 ? 0 : Word.Sentinel;
}

/** The next item at or behind `from`, whose position is then in {@link nextAt}; Null at the end. */
function nextItem(vm: Vm, set: Obj, from: number): Obj {
  const i = set >> 2;
  const alloc = vm.i32[i + 1] as number;
  const table = (vm.i32[i + 3] as number) >> 2;
  for (let n = from; n < alloc; n++) {
    const x = vm.i32[table + n] as number;
    if (x !== 0 && x !== Word.Sentinel) {
      nextAt = n;
      return x;
    }
    if (n === from + LONG_CHAIN) {
      const index = vm.tableIndexes.of(table << 2, alloc, 1, vm.i32[i + 2] as number);
      if (index === undefined) continue;
      const slot = index.nextFilled(n);
      if (slot < 0) return Word.Null;
      n = slot - 1;
    }
  }
  return Word.Null;
}
let nextAt = 0;

function newEmpty(vm: Vm, type: Addr, alloc: number): Obj {
  const o = vm.allocObj(SetOff.Size, type);
  const table = alloc === 0 ? 0 : vm.alloc(wordBytes(vm, alloc));
  const i = o >> 2;
  vm.i32[i + 1] = alloc;
  vm.i32[i + 3] = table;
  return o;
}

/** A set of the `n` words at `items`. */
export function newSetFrom(vm: Vm, n: number, items: Addr): Obj {
  const o = newEmpty(vm, Ty.Set, n);
  for (let k = 0; k < n; k++) lookup(vm, o, vm.i32[(items >> 2) + k] as number, Lookup.Add);
  return o;
}
/** `set.add(item)` */
export function setStore(vm: Vm, set: Obj, item: Obj): void {
  lookup(vm, set, item, Lookup.Add);
}
/** Whether `item` is in the set. */
export function setHas(vm: Vm, set: Obj, item: Obj): boolean {
  return lookup(vm, set, item, Lookup.Find) !== Word.Null;
}

// ---- operations ------------------------------------------------------------------------------------------------------

function isAnySet(vm: Vm, o: Obj): boolean {
  const type = vm.typeOf(o);
  return type === Ty.Set || type === Ty.Frozenset;
}

function copySet(vm: Vm, self: Obj): Obj {
  const i32 = vm.i32;
  const alloc = i32[(self + SetOff.Alloc) >> 2] as number;
  const o = newEmpty(vm, vm.typeOf(self), alloc);
  i32[(o + SetOff.Used) >> 2] = i32[(self + SetOff.Used) >> 2] as number;
  const from = (i32[(self + SetOff.Table) >> 2] as number) >> 2;
  moveWords(i32, (i32[(o + SetOff.Table) >> 2] as number) >> 2, from, from + alloc);
  return o;
}
function clearSet(vm: Vm, self: Obj): void {
  const i = self >> 2;
  const table = vm.i32[i + 3] as number;
  clearWords(vm.i32, i + 1, i + 4);
  if (vm.tableIndexes.any) vm.tableIndexes.drop(table);
  if (table !== 0) vm.heap.free(table);
}

/** Looks every item of a leaf iterable up in `self`. */
function lookupAll(vm: Vm, self: Obj, it: Obj, how: Lookup): void {
  const iter = getIter(vm, it, 0);
  const mark = vm.heap.logTop;
  for (;;) {
    const x = iterate(vm, iter, mark);
    if (x === Word.Null) return;
    lookup(vm, self, x, how);
  }
}

function subtract(vm: Vm, self: Obj, other: Obj): void {
  if (self === other) clearSet(vm, self);
  else lookupAll(vm, self, other, Lookup.Remove);
}

function intersection(vm: Vm, self: Obj, other: Obj): Obj {
  if (self === other) return copySet(vm, self);
  const out = newEmpty(vm, Ty.Set, 0);
  const iter = getIter(vm, other, 0);
  const mark = vm.heap.logTop;
  for (;;) {
    const x = iterate(vm, iter, mark);
    if (x === Word.Null) return out;
    if (lookup(vm, self, x, Lookup.Find) !== Word.Null) lookup(vm, out, x, Lookup.Add);
  }
}
function intersectInPlace(vm: Vm, self: Obj, other: Obj): void {
  if (self === other) return;
  const out = intersection(vm, self, other);
  const i32 = vm.i32;
  const old = i32[(self + SetOff.Table) >> 2] as number;
  moveWords(i32, (self >> 2) + 1, (out >> 2) + 1, (out >> 2) + 4);
  if (vm.tableIndexes.any) vm.tableIndexes.drop(old);
  if (old !== 0) vm.heap.free(old);
}

function union(vm: Vm, self: Obj, other: Obj): Obj {
  const out = copySet(vm, self);
  lookupAll(vm, out, other, Lookup.Add);
  return out;
}
function symmetricDifference(vm: Vm, self: Obj, other: Obj): Obj {
  const out = copySet(vm, self);
  lookupAll(vm, out, other, Lookup.Toggle);
  return out;
}
function difference(vm: Vm, self: Obj, other: Obj): Obj {
  const out = copySet(vm, self);
  subtract(vm, out, other);
  return out;
}

/** Whether everything in set `a` is in set `b`; `proper`: and there is more in `b`. */
function isSubset(vm: Vm, a: Obj, b: Obj, proper: boolean): boolean {
  if (proper && vm.i32[(a + SetOff.Used) >> 2] === vm.i32[(b + SetOff.Used) >> 2]) return false;
  const mark = vm.heap.logTop;
  for (let x = nextItem(vm, a, 0); x !== Word.Null; ) {
    const at = nextAt;
    vm.heap.logTop = mark;
    if ((at & 0xfff) === 0xfff) vm.charge(0x1000);
    if (lookup(vm, b, x, Lookup.Find) === Word.Null) return false;
    x = nextItem(vm, a, at + 1);
  }
  return true;
}

function binaryOp(vm: Vm, op: number, a: Obj, b: Obj): Obj {
  if (op === BinaryOp.Contains) return newBool(lookup(vm, a, b, Lookup.Find) !== Word.Null);
  if (!isAnySet(vm, b)) return Word.Null;
  const inPlace = vm.typeOf(a) === Ty.Set;
  switch (op) {
    case BinaryOp.Or:
      return union(vm, a, b);
    case BinaryOp.Xor:
      return symmetricDifference(vm, a, b);
    case BinaryOp.And:
      return intersection(vm, a, b);
    case BinaryOp.Subtract:
      return difference(vm, a, b);
    case BinaryOp.InplaceOr:
      if (!inPlace) return union(vm, a, b);
      lookupAll(vm, a, b, Lookup.Add);
      return a;
    case BinaryOp.InplaceXor:
      if (!inPlace) return symmetricDifference(vm, a, b);
      lookupAll(vm, a, b, Lookup.Toggle);
      return a;
    case BinaryOp.InplaceAnd:
      if (!inPlace) return intersection(vm, a, b);
      intersectInPlace(vm, a, b);
      return a;
    case BinaryOp.InplaceSubtract:
      if (!inPlace) return difference(vm, a, b);
      subtract(vm, a, b);
      return a;
    case BinaryOp.Less:
      return newBool(isSubset(vm, a, b, true));
    case BinaryOp.More:
      return newBool(isSubset(vm, b, a, true));
    case BinaryOp.Equal:
      return newBool(vm.i32[(a + SetOff.Used) >> 2] === vm.i32[(b + SetOff.Used) >> 2] && isSubset(vm, a, b, false));
    case BinaryOp.LessEqual:
      return newBool(isSubset(vm, a, b, false));
    case BinaryOp.MoreEqual:
      return newBool(isSubset(vm, b, a, false));
    default:
      return Word.Null;
  }
}

// ---- methods ---------------------------------------------------------------------------------------------------------

/** `_set_lookup(set, item, how)`: adds, removes or toggles, in frozensets under construction too. */
export const setLookupFn = fun3((vm, set, item, how) => {
  lookup(vm, set, item, how >> 1);
  return Word.None;
});
/** Looks everything in an iterable up in `s`, then answers `r`. */
export const setEachPy = pyFun('_set_each');
/** As {@link setEachPy}, with several iterables; a set without itself is empty. */
export const setEachOfPy = pyFun('_set_each_of');
/** Adds to `out` what of an iterable is in `s`. */
export const setBothPy = pyFun('_set_both');
/** Calls a method of `s` with a set of what is in an iterable. */
export const setMethodPy = pyFun('_set_method');
export const isDisjointPy = pyFun('_isdisjoint');

/** Looks everything in `it` up in `self`; answers `result`, or Call when Python code has to run. */
function each(vm: Vm, self: Obj, it: Obj, how: Lookup, result: Obj): Obj {
  if (!isLeafIterable(vm, it)) {
    // @quick-begin
    if (vm.typeOf(it) === Ty.Generator)
      return gather(vm, it, gatherLookups(how) | (result === self ? 0 : Gather.Silent), self);
    // @quick-end
    return tailCall4(vm, vm.addrOf(setEachPy), self, it, newSmallInt(how), result);
  }
  lookupAll(vm, self, it, how);
  return result;
}
/** The same for the `n` iterables at `its`. */
function eachOf(vm: Vm, self: Obj, n: number, its: Addr, how: Lookup, result: Obj): Obj {
  for (let k = 0; k < n; k++) {
    const it = vm.i32[(its >> 2) + k] as number;
    if (it === self && how === Lookup.Remove) clearSet(vm, self);
    else if (isLeafIterable(vm, it)) lookupAll(vm, self, it, how);
    else if (k === n - 1) return each(vm, self, it, how, result);
    else
      return tailCall4(
        vm,
        vm.addrOf(setEachOfPy),
        self,
        newTupleFrom(vm, n - k, its + 4 * k),
        newSmallInt(how),
        result,
      );
  }
  return result;
}
/** A method with one iterable: `fn` gets a leaf iterable. Any other is made a set first. */
function withIterable(name: string, fn: (vm: Vm, self: Obj, other: Obj) => Obj) {
  return fun2((vm, self, other) => {
    if (isLeafIterable(vm, other)) return fn(vm, self, other);
    return tailCall3(vm, vm.addrOf(setMethodPy), self, vm.internObj(name), other);
  });
}

/** A set of what is in a leaf iterable: itself when it is a set. */
function asSet(vm: Vm, o: Obj): Obj {
  if (isAnySet(vm, o)) return o;
  const s = newEmpty(vm, Ty.Set, 0);
  lookupAll(vm, s, o, Lookup.Add);
  return s;
}
function subsetOf(vm: Vm, a: Obj, b: Obj): Obj {
  const x = asSet(vm, a);
  const y = asSet(vm, b);
  const r = newBool(isSubset(vm, x, y, false));
  if (x !== a) clearSet(vm, x);
  if (y !== b) clearSet(vm, y);
  return r;
}

const copy = fun1(copySet);
const differenceMethod = funVar(1, undefined, (vm, nArgs, _nKw, args) => {
  const out = copySet(vm, vm.i32[args >> 2] as number);
  return eachOf(vm, out, nArgs - 1, args + 4, Lookup.Remove, out);
});
const intersectionMethod = fun2((vm, self, other) => {
  if (isLeafIterable(vm, other)) return intersection(vm, self, other);
  return tailCall3(vm, vm.addrOf(setBothPy), self, other, newEmpty(vm, Ty.Set, 0));
});
const isdisjoint = fun2((vm, self, other) => {
  if (!isLeafIterable(vm, other)) return tailCall2(vm, vm.addrOf(isDisjointPy), self, other);
  const iter = getIter(vm, other, stackIterBuf(vm));
  const mark = vm.heap.logTop;
  let r: Obj = Word.True;
  while (r === Word.True) {
    const x = iterate(vm, iter, mark);
    if (x === Word.Null) break;
    if (lookup(vm, self, x, Lookup.Find) !== Word.Null) r = Word.False;
  }
  popRec(vm);
  return r;
});
const issubset = withIterable('issubset', subsetOf);
const issuperset = withIterable('issuperset', (vm, self, other) => subsetOf(vm, other, self));
const symmetricDifferenceMethod = fun2((vm, self, other) => {
  const out = copySet(vm, self);
  return each(vm, out, other, Lookup.Toggle, out);
});
const unionMethod = fun2((vm, self, other) => {
  const out = copySet(vm, self);
  return each(vm, out, other, Lookup.Add, out);
});

function makeNew(vm: Vm, type: Addr, nArgs: number, nKw: number, args: Addr): Obj {
  checkArgCount(vm, nArgs, nKw, 0, 1, false);
  if (nArgs === 0) return newEmpty(vm, type, 0);
  const set = newEmpty(vm, type, 0);
  return each(vm, set, vm.i32[args >> 2] as number, Lookup.Add, set);
}

function print(vm: Vm, out: Printer, self: Obj): void {
  const frozen = vm.typeOf(self) === Ty.Frozenset;
  if (vm.i32[(self + SetOff.Used) >> 2] === 0) {
    out.write(frozen ? 'frozenset()' : 'set()');
    return;
  }
  out.write(frozen ? 'frozenset({' : '{');
  let first = true;
  for (let x = nextItem(vm, self, 0); x !== Word.Null; ) {
    const at = nextAt;
    if (!first) out.write(', ');
    first = false;
    printObj(vm, out, x, PrintKind.Repr);
    x = nextItem(vm, self, at + 1);
  }
  out.write(frozen ? '})' : '}');
}

function unaryOp(vm: Vm, op: number, self: Obj): Obj {
  const used = vm.i32[(self + SetOff.Used) >> 2] as number;
  if (op === UnaryOp.Bool) return newBool(used !== 0);
  if (op === UnaryOp.Len) return newSmallInt(used);
  if (op !== UnaryOp.Hash || vm.typeOf(self) !== Ty.Frozenset) return Word.Null;
  let h: number = Ty.Frozenset;
  for (let x = nextItem(vm, self, 0); x !== Word.Null; ) {
    const at = nextAt;
    h = (h + (hash(vm, x) >> 1)) | 0;
    x = nextItem(vm, self, at + 1);
  }
  return newSmallInt(h);
}

function getiter(vm: Vm, o: Obj, iterBuf: Addr): Obj {
  const it = iterBuf === 0 ? vm.alloc(16) : iterBuf;
  const i = it >> 2;
  vm.i32[i] = Ty.SetIter;
  vm.i32[i + 1] = o;
  vm.i32[i + 2] = 0;
  vm.i32[i + 3] = 0;
  return it;
}

const SET_METHODS = {
  add: fun2((vm, self, item) => {
    lookup(vm, self, item, Lookup.Add);
    return Word.None;
  }),
  clear: fun1((vm, self) => {
    clearSet(vm, self);
    return Word.None;
  }),
  copy,
  discard: fun2((vm, self, item) => {
    lookup(vm, self, item, Lookup.Remove);
    return Word.None;
  }),
  difference: differenceMethod,
  difference_update: funVar(1, undefined, (vm, nArgs, _nKw, args) => {
    return eachOf(vm, vm.i32[args >> 2] as number, nArgs - 1, args + 4, Lookup.Remove, Word.None);
  }),
  intersection: intersectionMethod,
  intersection_update: withIterable('intersection_update', (vm, self, other) => {
    intersectInPlace(vm, self, other);
    return Word.None;
  }),
  isdisjoint,
  issubset,
  issuperset,
  pop: fun1((vm, self) => {
    const x = nextItem(vm, self, 0);
    if (x === Word.Null) raiseMsg(vm, Ty.KeyError, 'pop from an empty set');
    removeAt(vm, self, nextAt);
    return x;
  }),
  remove: fun2((vm, self, item) => {
    if (lookup(vm, self, item, Lookup.Remove) === Word.Null) raiseKeyError(vm, item);
    return Word.None;
  }),
  symmetric_difference: symmetricDifferenceMethod,
  symmetric_difference_update: fun2((vm, self, other) => each(vm, self, other, Lookup.Toggle, Word.None)),
  union: unionMethod,
  update: funVar(1, undefined, (vm, nArgs, _nKw, args) => {
    return eachOf(vm, vm.i32[args >> 2] as number, nArgs - 1, args + 4, Lookup.Add, Word.None);
  }),
};

export const setType = defineType({
  name: 'set',
  core: 'Set',
  flags: TypeFlag.LeafIter,
  makeNew,
  print,
  unaryOp,
  binaryOp,
  getiter,
  locals: () => ({ ...SET_METHODS, __contains__: opContains }),
});

const FROZENSET_METHODS = {
  copy,
  difference: differenceMethod,
  intersection: intersectionMethod,
  isdisjoint,
  issubset,
  issuperset,
  symmetric_difference: symmetricDifferenceMethod,
  union: unionMethod,
};

export const frozensetType = defineType({
  name: 'frozenset',
  core: 'Frozenset',
  flags: TypeFlag.EqChecksOtherType | TypeFlag.LeafIter,
  makeNew,
  print,
  unaryOp,
  binaryOp,
  getiter,
  locals: () => ({ ...FROZENSET_METHODS, __contains__: opContains }),
});

/** Iterator: type, set, position. */
export const setIterType = defineType({
  name: 'iterator',
  core: 'SetIter',
  flags: TypeFlag.LeafIter,
  iternext(vm, it) {
    const i = it >> 2;
    const x = nextItem(vm, vm.i32[i + 1] as number, vm.i32[i + 2] as number);
    if (x !== Word.Null) vm.i32[i + 2] = nextAt + 1;
    return x;
  },
});
