/**
 * Gathering what a generator yields: `list(g)`, `tuple(g)`, `set(g)`, `l.extend(g)` and the like, without a loop of bytecode in between.
 * Mostly the generator does not even leave its frame to give a value; it does where that may raise or run Python code. Other iterables
 * are gone through by ROM functions in Python.
 */
import { TsOff } from '../layout.js';
import { popRec, pushRec, Rec } from '../records.js';
import { type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { resumeGenerator } from './generator.js';
import { listAppend, tryAppend } from './list.js';
import { Lookup, lookup, tryAdd } from './set.js';
import { tryTupleOfList, tupleOfList } from './tuple.js';

/** What becomes of the values; W0 of a Gather record. */
export const enum Gather {
  /** They are appended to a list. */
  List = 0,
  /** As List; a tuple of them is the answer. */
  Tuple = 1,
  /** They are looked up in a set: in bits 2 and 3, how. */
  Set = 2,
  /** The answer is None instead of the list or set. */
  Silent = 0x10,
}
const TARGET = 3;
const LOOKUP_SHIFT = 2;

/** The {@link Gather} of a set's lookups. */
export function gatherLookups(how: Lookup): number {
  return Gather.Set | (how << LOOKUP_SHIFT);
}

/** Answers Call, or the result of a generator that has ended before. */
export function gather(vm: Vm, gen: Obj, how: number, into: Obj): Obj {
  pushRec(vm, Rec.Gather, how, into, gen);
  const r = resumeGenerator(vm, gen, Word.None, 0);
  if (r !== Word.Sentinel) return r;
  popRec(vm);
  return gathered(vm, how, into);
}

/** The generator has ended. */
export function gathered(vm: Vm, how: number, into: Obj): Obj {
  if ((how & TARGET) === Gather.Tuple) return tupleOfList(vm, into);
  return (how & Gather.Silent) !== 0 ? Word.None : into;
}

/** {@link gathered}, but 0 instead of MemoryError. */
export function tryGathered(vm: Vm, how: number, into: Obj): Obj {
  return (how & TARGET) === Gather.Tuple ? tryTupleOfList(vm, into) : gathered(vm, how, into);
}

/** The general form: the generator has left its frame. */
export function gatherNext(vm: Vm, how: number, into: Obj, gen: Obj, value: Obj): Obj {
  if ((how & TARGET) === Gather.Set) lookup(vm, into, value, (how >> LOOKUP_SHIFT) & 3);
  else listAppend(vm, into, value);
  return gather(vm, gen, how, into);
}

/** YIELD_VALUE: takes the value, and the generator goes on in its frame. False when it must leave that, also if nothing gathers. */
export function yieldToGather(vm: Vm, value: Obj): boolean {
  const i32 = vm.i32;
  const rec = (i32[(vm.ts + TsOff.Rec) >> 2] as number) >> 2;
  const link = rec - ((i32[rec] as number) >>> 8);
  if (((i32[link] as number) & 0xff) !== Rec.Gather) return false;
  const how = i32[link + 1] as number;
  const into = i32[link + 2] as number;
  if ((how & TARGET) !== Gather.Set) return tryAppend(vm, into, value);
  return ((how >> LOOKUP_SHIFT) & 3) === Lookup.Add && tryAdd(vm, into, value);
}
