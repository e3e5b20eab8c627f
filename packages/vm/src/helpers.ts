/**
 * ROM functions written in Python that the interpreter itself calls: loops over user iterators, which must be able to suspend.
 * Their frames are hidden from tracebacks.
 */
import { funKw, pyFun } from './rom/define.js';
import { nativeBaseInit } from './obj/native-base.js';
import { raiseInterrupt } from './schedule.js';
import { runWeakrefsFunction } from './weakrefs.js';

export const HELPERS = {
  /** `x in it` for an object that only can be iterated. */
  contains: pyFun('_contains'),
  /** A list of everything in an iterable. */
  toList: pyFun('_to_list'),
  /** A dict of any mapping, for `**kwargs`. */
  toDict: pyFun('_to_dict'),
  /** A list of at most n items. */
  take: pyFun('_take'),
  /** Calls `__set_name__` of the first n pairs (value, name) in t. */
  setNames: pyFun('_set_names'),
  _init_wrapper: funKw(1, nativeBaseInit),
  _run_weakrefs: runWeakrefsFunction,
  _raise_interrupt: raiseInterrupt,
};
