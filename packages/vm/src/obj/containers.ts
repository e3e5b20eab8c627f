/** The container types and the ROM functions behind them, for an image's definitions. */
import type { PyFunDef, RomValue, TypeDef } from '../rom/define.js';
import { attrtupleType } from './attrtuple.js';
import { dictType, dictUpdatePy, fromkeysPy, orderedDictType } from './dict.js';
import { dictIterType, dictViewType } from './dict-view.js';
import { enumerateNextPy, enumerateType } from './enumerate.js';
import { getitemIterType, getitemNextPy, getitemNextSelfPy } from './getitem-iter.js';
import { listIterType, listType } from './list.js';
import { applyPy, filterNextPy, filterType, map1Py, mapAllPy, mapType } from './map-filter.js';
import { polymorphIterType } from './polymorph-iter.js';
import { rangeIterType, rangeType } from './range.js';
import { reversedType } from './reversed.js';
import { endIteration, extendPy } from './seq.js';
import {
  frozensetType,
  isDisjointPy,
  setBothPy,
  setEachOfPy,
  setEachPy,
  setIterType,
  setLookupFn,
  setMethodPy,
  setType,
} from './set.js';
import { sliceIndicesMethod, sliceType } from './slice.js';
import { quicksortPy, sortedPy } from './sort.js';
import { toTuplePy, tupleFromList, tupleIterType, tupleType } from './tuple.js';
import { zip2Py, zipAllPy, zipType } from './zip.js';

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
  setEachPy,
  setEachOfPy,
  setBothPy,
  setMethodPy,
  isDisjointPy,
  enumerateNextPy,
  zip2Py,
  zipAllPy,
  map1Py,
  mapAllPy,
  applyPy,
  filterNextPy,
  getitemNextPy,
  getitemNextSelfPy,
];
/** The ROM functions of this group, under the names by which they call each other. */
export const CONTAINER_HELPERS: Readonly<Record<string, RomValue>> = {
  _end: endIteration,
  _set_lookup: setLookupFn,
  _slice_indices: sliceIndicesMethod,
  _tuple_from: tupleFromList,
  ...Object.fromEntries(PY_FUNS.map((f) => [f.name, f])),
};
