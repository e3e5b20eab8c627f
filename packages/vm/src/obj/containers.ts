/** The container types and the ROM functions behind them, for an image's definitions. */
import type { PyFunDef, TypeDef } from '../rom/define.js';
import { attrtupleType } from './attrtuple.js';
import { dequeIterType, dequeType } from './deque.js';
import { dictType, dictUpdatePy, fromkeysPy, orderedDictType } from './dict.js';
import { dictIterType, dictViewType } from './dict-view.js';
import { enumerateNextPy, enumerateType } from './enumerate.js';
import { getitemIterType, getitemNextPy, getitemNextSelfPy } from './getitem-iter.js';
import { listIterType, listType } from './list.js';
import { applyPy, filterNextPy, filterType, map1Py, map2Py, mapAllPy, mapType } from './map-filter.js';
import { namedtupleBaseType } from './namedtuple.js';
import { polymorphIterType } from './polymorph-iter.js';
import { rangeIterType, rangeType } from './range.js';
import { reversedType } from './reversed.js';
import { extendPy } from './seq.js';
import { frozensetPy, frozensetType, isDisjointPy, setAddPy, setIterType, setListedPy, setType } from './set.js';
import { sliceType } from './slice.js';
import { quicksortPy, sortedPy } from './sort.js';
import { toTuplePy, tupleIterType, tupleType } from './tuple.js';
import { zip1Py, zip2Py, zip3Py, zipAllPy, zipType } from './zip.js';

/** Every type of this group, with or without a name in a module. */
export const CONTAINER_TYPES: readonly TypeDef[] = [
  tupleType,
  tupleIterType,
  listType,
  listIterType,
  dictType,
  orderedDictType,
  dictIterType,
  dictViewType,
  setType,
  frozensetType,
  setIterType,
  rangeType,
  rangeIterType,
  sliceType,
  enumerateType,
  zipType,
  mapType,
  filterType,
  reversedType,
  dequeType,
  dequeIterType,
  namedtupleBaseType,
  attrtupleType,
  getitemIterType,
  polymorphIterType,
];

const PY_FUNS: readonly PyFunDef[] = [
  extendPy,
  toTuplePy,
  quicksortPy,
  sortedPy,
  dictUpdatePy,
  fromkeysPy,
  setAddPy,
  frozensetPy,
  setListedPy,
  isDisjointPy,
  enumerateNextPy,
  zip1Py,
  zip2Py,
  zip3Py,
  zipAllPy,
  map1Py,
  map2Py,
  mapAllPy,
  applyPy,
  filterNextPy,
  getitemNextPy,
  getitemNextSelfPy,
];
/** The ROM functions of this group, under the names by which they call each other. */
export const CONTAINER_HELPERS: Readonly<Record<string, PyFunDef>> = Object.fromEntries(
  PY_FUNS.map((f) => [f.name, f]),
);
