/**
 * What lists, tuples and their like share: slices, comparison, search, repetition, printing of items, and loops over iterables
 * that may run Python code. Counterpart: py/sequence.c and parts of py/obj.c.
 *
 * Comparing and printing may run Python code nested, which may change a list: addresses of items are read anew for each.
 */
import { BinaryOp, UnaryOp } from '@tsmp-internal/bytecode';
import { ListOff, TupleOff } from '../layout.js';
import { enterNested, leaveNested } from '../nested.js';
import { type Printer, PrintKind } from '../print.js';
import { raiseFormat, raiseTooLarge, raiseValueError } from '../raise.js';
import { enterDepth, growBody, leaveDepth, pushRec, Rec } from '../records.js';
import { funVar, pyFun, type UnaryOpFn } from '../rom/define.js';
import { binaryOp, equal, getIndex, getInt, getIntMaybe, typeNameOf } from '../runtime.js';
import { tailCall } from '../tail.js';
import { Ty, TypeOff } from '../types.js';
import { type Addr, newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { isInstanceType } from './class-lookup.js';
import { bound, sliceIndices } from './slice.js';

// ---- printing --------------------------------------------------------------------------------------------------------

/** A printer for JSON may bring its own separators. */
export interface SeparatingPrinter extends Printer {
  readonly itemSeparator: string;
  readonly keySeparator: string;
}

/** What goes between items. */
export function itemSeparator(out: Printer, kind: PrintKind): string {
  return kind === PrintKind.Json ? ((out as Partial<SeparatingPrinter>).itemSeparator ?? ', ') : ', ';
}
/** What goes between a key and its value. */
export function keySeparator(out: Printer, kind: PrintKind): string {
  return kind === PrintKind.Json ? ((out as Partial<SeparatingPrinter>).keySeparator ?? ': ') : ': ';
}

// ---- memory ----------------------------------------------------------------------------------------------------------

/** Bytes of `n` words; raises MemoryError for what no memory holds. */
export function wordBytes(vm: Vm, n: number): number {
  if (n >>> 0 > 0x1fffffff) raiseTooLarge(vm, n, 4);
  return n * 4;
}

/** Items of the tuple or list that {@link getArray} was last asked for. */
export const array = { len: 0, items: 0 };

/** Fills {@link array} from a tuple or list; raises TypeError for anything else. */
export function getArray(vm: Vm, o: Obj): void {
  const type = vm.typeOf(o);
  if (type === Ty.Tuple) {
    array.len = vm.i32[(o + TupleOff.Len) >> 2] as number;
    array.items = o + TupleOff.Items;
  } else if (type === Ty.List) {
    array.len = vm.i32[(o + ListOff.Len) >> 2] as number;
    array.items = vm.i32[(o + ListOff.Items) >> 2] as number;
  } else raiseFormat(vm, Ty.TypeError, "object '%s' isn't a tuple or list", typeNameOf(vm, o));
}
/** As {@link getArray}; raises ValueError unless there are `n` items. */
export function getArrayOf(vm: Vm, o: Obj, n: number): void {
  getArray(vm, o);
  if (array.len !== n) raiseFormat(vm, Ty.ValueError, 'requested length %d but object has length %d', n, array.len);
}

/** Copies `len` words from `from` to `to`, `times` times. */
export function repeatWords(vm: Vm, from: Addr, len: number, times: number, to: Addr): void {
  if (len === 0) return;
  const i32 = vm.i32;
  if (len === 1) {
    i32.fill(i32[from >> 2] as number, to >> 2, (to >> 2) + times);
    return;
  }
  for (let i = 0, at = to >> 2; i < times; i++, at += len) i32.copyWithin(at, from >> 2, (from >> 2) + len);
}

/** The right operand of `sequence * n`: a number, or undefined when it is none. */
export function repeatCount(vm: Vm, o: Obj): number | undefined {
  const n = getIntMaybe(vm, o);
  if (n !== undefined) return n;
  const type = vm.typeOf(o);
  if (!isInstanceType(vm, type)) return undefined;
  const slot = vm.i32[(type + TypeOff.UnaryOp) >> 2] as number;
  const base = enterNested(vm);
  const r = leaveNested(vm, base, (vm.fns[slot - 1] as UnaryOpFn)(vm, UnaryOp.IntMaybe, o));
  return r === Word.Null ? undefined : getInt(vm, r);
}

// ---- slices ----------------------------------------------------------------------------------------------------------

/**
 * Fills `bound` (see `slice.ts`) for a sequence of `len` items, an empty slice having `stop` at `start`; with a negative
 * step, `stop` is the last item. True when the step is 1.
 */
export function fastSlice(vm: Vm, len: number, slice: Obj): boolean {
  sliceIndices(vm, slice, len);
  if (bound.step < 0) {
    bound.stop++;
    if (bound.start < bound.stop) bound.stop = bound.start + 1;
  } else if (bound.start > bound.stop) bound.stop = bound.start;
  return bound.step === 1;
}

// ---- comparison and search -------------------------------------------------------------------------------------------

function lenOf(vm: Vm, o: Obj): number {
  return vm.i32[(o >> 2) + (vm.i32[o >> 2] === Ty.List ? 2 : 1)] as number;
}
function itemOf(vm: Vm, o: Obj, i: number): Obj {
  const at = vm.i32[o >> 2] === Ty.List ? (vm.i32[(o + ListOff.Items) >> 2] as number) >> 2 : (o >> 2) + 2;
  return vm.i32[at + i] as number;
}

/** Compares two lists or two tuples (namedtuples …) with any comparison but `!=`. */
export function compareItems(vm: Vm, op: number, a: Obj, b: Obj): boolean {
  if (op === BinaryOp.Equal && lenOf(vm, a) !== lenOf(vm, b)) return false;
  let left = a;
  let right = b;
  let rel = op;
  if (op === BinaryOp.Less || op === BinaryOp.LessEqual) {
    left = b;
    right = a;
    rel = op === BinaryOp.Less ? BinaryOp.More : BinaryOp.MoreEqual;
  }
  const mark = vm.heap.logTop;
  // MicroPython has no limit here and crashes
  const bytes = vm.profile.stack.native >> 2;
  enterDepth(vm, bytes);
  vm.worked(2);
  const result = compareFrom(vm, rel, left, right, mark);
  leaveDepth(vm, bytes);
  return result;
}
function compareFrom(vm: Vm, rel: number, left: Obj, right: Obj, mark: number): boolean {
  for (let i = 0; i < lenOf(vm, left) && i < lenOf(vm, right); i++) {
    vm.heap.logTop = mark;
    if ((i & 0xfff) === 0xfff) vm.charge(0x1000);
    const x = itemOf(vm, left, i);
    const y = itemOf(vm, right, i);
    if (equal(vm, x, y)) continue;
    if (rel === BinaryOp.Equal) return false;
    return binaryOp(vm, rel, x, y) === Word.True;
  }
  const nl = lenOf(vm, left);
  const nr = lenOf(vm, right);
  return nl !== nr ? nl > nr : rel !== BinaryOp.More;
}

/** `index(value[, start[, stop]])` of a list or tuple; `args` as the method got them. */
export function indexOfItem(vm: Vm, nArgs: number, args: Addr): Obj {
  const i32 = vm.i32;
  const self = i32[args >> 2] as number;
  const value = i32[(args >> 2) + 1] as number;
  const type = vm.typeOf(self);
  const len = lenOf(vm, self);
  const start = nArgs >= 3 ? getIndex(vm, type, len, i32[(args >> 2) + 2] as number, true) : 0;
  const stop = nArgs >= 4 ? getIndex(vm, type, len, i32[(args >> 2) + 3] as number, true) : len;
  return newSmallInt(findItem(vm, self, value, start, stop));
}
/** Position of the first item equal to `value`; raises ValueError. */
export function findItem(vm: Vm, self: Obj, value: Obj, start: number, stop: number): number {
  const mark = vm.heap.logTop;
  for (let i = start; i < stop && i < lenOf(vm, self); i++) {
    vm.heap.logTop = mark;
    if ((i & 0xfff) === 0xfff) vm.charge(0x1000);
    if (equal(vm, itemOf(vm, self, i), value)) return i;
  }
  raiseValueError(vm, 'object not in sequence');
}
/** `count(value)` of a list or tuple. */
export function countItems(vm: Vm, self: Obj, value: Obj): Obj {
  const mark = vm.heap.logTop;
  let n = 0;
  for (let i = 0; i < lenOf(vm, self); i++) {
    vm.heap.logTop = mark;
    if ((i & 0xfff) === 0xfff) vm.charge(0x1000);
    if (equal(vm, itemOf(vm, self, i), value)) n++;
  }
  return newSmallInt(n);
}

// ---- calls -----------------------------------------------------------------------------------------------------------

/** Calls `fun` with any number of arguments, copied onto the Python stack. */
export function tailCallWords(vm: Vm, fun: Obj, ...words: readonly Obj[]): Obj {
  pushRec(vm, Rec.Args, 0, 0, 0);
  const at = growBody(vm, words.length * 4);
  for (let i = 0; i < words.length; i++) vm.i32[(at >> 2) + i] = words[i] as number;
  return tailCall(vm, fun, words.length, 0, at);
}

/** {@link tailCallWords} with four words. */
export function tailCall4(vm: Vm, fun: Obj, a: Obj, b: Obj, c: Obj, d: Obj): Obj {
  pushRec(vm, Rec.Args, 0, 0, 0);
  const at = growBody(vm, 16);
  const w = at >> 2;
  vm.i32[w] = a;
  vm.i32[w + 1] = b;
  vm.i32[w + 2] = c;
  vm.i32[w + 3] = d;
  return tailCall(vm, fun, 4, 0, at);
}

/**
 * Four words on the Python stack for an iterator that a native needs only while it runs; `popRec` gives them back.
 */
export function stackIterBuf(vm: Vm): Addr {
  pushRec(vm, Rec.Args, 0, 0, 0);
  return growBody(vm, 16);
}

/**
 * `_end`: what the ROM functions behind `__next__` answer at the end, which saves raising StopIteration; also their default
 * for next(), since no program can get hold of it. An argument is a heap block to free.
 */
export const endIteration = funVar(0, 1, (vm, nArgs, _nKw, args) => {
  if (nArgs === 1) vm.heap.free(vm.i32[args >> 2] as number);
  return Word.Null;
});

/** Appends everything in an iterable to a list or deque `l`, then answers `r`. */
export const extendPy = pyFun('_extend');
