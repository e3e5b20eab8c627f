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
  contains: pyFun(
    '_contains',
    `def _contains(it, x):
    for i in it:
        if i == x:
            return True
    return False
`,
  ),
  /** A list of everything in an iterable. */
  toList: pyFun(
    '_to_list',
    `def _to_list(it):
    r = []
    for x in it:
        r.append(x)
    return r
`,
  ),
  /** A dict of any mapping, for `**kwargs`. */
  toDict: pyFun(
    '_to_dict',
    `def _to_dict(m):
    d = {}
    for k in m.keys():
        d[k] = m[k]
    return d
`,
  ),
  /** A list of at most n items. */
  take: pyFun(
    '_take',
    `def _take(it, n):
    it = iter(it)
    r = []
    while n:
        try:
            r.append(next(it))
        except StopIteration:
            break
        n -= 1
    return r
`,
  ),
  /** Calls `__set_name__` of the first n pairs (value, name) in t. */
  setNames: pyFun(
    '_set_names',
    `def _set_names(cls, t, n):
    i = 0
    while i < n:
        t[2 * i].__set_name__(cls, t[2 * i + 1])
        i += 1
    return cls
`,
  ),
  _init_wrapper: funKw(1, nativeBaseInit),
  _run_weakrefs: runWeakrefsFunction,
  _raise_interrupt: raiseInterrupt,
};
