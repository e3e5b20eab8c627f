/**
 * Maps: the hash tables behind dicts, globals, instances and classes. Open addressing with linear probing over pairs of
 * words; fixed and ordered maps are arrays searched from the front. Counterpart: py/map.c.
 *
 * Functions take the address of the map (12 bytes, see `MapOff`) and answer the address of a slot (key, value), 0 when there
 * is none. A key is Null in a free slot and Sentinel in a deleted one.
 */
import type { LinearMemory } from '@tsmp/gc';
import { UnaryOp } from '@tsmp-internal/bytecode';
import { DictOff, MapFlag, MapOff, StrOff } from './layout.js';
import { equal, unaryOp } from './runtime.js';
import { isStr, strEqual, strHash } from './obj/str-new.js';
import { raiseMsg, raiseTooLarge } from './raise.js';
import { LONG_CHAIN, type TableIndex } from './table-index.js';
import { Ty } from './types.js';
import { unsignedModulo } from './wide.js';
import { type Addr, type Obj, Word } from './words.js';
import type { Vm } from './vm.js';

const PRIMES = [
  0, 2, 4, 6, 8, 10, 12, 17, 23, 29, 37, 47, 59, 73, 97, 127, 167, 223, 293, 389, 521, 691, 919, 1223, 1627, 2161, 3229,
  4831, 7243, 10861, 16273, 24407, 36607, 54907,
];

/** The next table size: the first of a fixed list that is at least `n`, then half as much again, made odd. */
export function hashAllocAtLeast(n: number): number {
  for (let i = 0; i < PRIMES.length; i++) if ((PRIMES[i] as number) >= n) return PRIMES[i] as number;
  return (n + (n >> 1)) | 1;
}

export function mapUsed(vm: Vm, map: Addr): number {
  return (vm.i32[(map + MapOff.Flags) >> 2] as number) >>> MapFlag.UsedShift;
}
export function mapIsFixed(vm: Vm, map: Addr): boolean {
  return ((vm.i32[(map + MapOff.Flags) >> 2] as number) & MapFlag.Fixed) !== 0;
}

/** Makes an empty map with room for `n` entries at `map` (memory must be zero-filled). */
export function mapInit(vm: Vm, map: Addr, n: number): void {
  const i = map >> 2;
  vm.i32[i] = MapFlag.AllQstrs;
  vm.i32[i + 1] = n;
  vm.i32[i + 2] = 0;
  if (n >>> 0 > 0x0fffffff) raiseTooLarge(vm, n, 8);
  if (n !== 0) vm.i32[i + 2] = vm.alloc(n * 8);
}

/** 32 bits, to be taken as unsigned. */
function hashOf(vm: Vm, key: Obj): number {
  if ((key & 7) === 2) return vm.qstrs.hashes[key >>> 3] as number;
  if ((key & 1) !== 0) return key >> 1;
  return isStr(vm, key) ? strHash(vm, key) : unaryOp(vm, UnaryOp.Hash, key) >> 1;
}

/** Lookups in ROM tables, remembered: ROM never changes. Key: table address and qstr; value: slot address. */
const ROM_CACHE_SIZE = 2048;
export class RomLookupCache {
  readonly keys: Int32Array;
  readonly slots: Int32Array;

  constructor(memory: LinearMemory) {
    this.keys = memory.int32Array(ROM_CACHE_SIZE * 2);
    this.slots = memory.int32Array(ROM_CACHE_SIZE);
  }
}

/**
 * Where a name was found last, by its qstr's low byte: a position that is likely right in the next table too, since instances
 * of a class have their members in the same places. Only ever a hint. Counterpart: MICROPY_OPT_MAP_LOOKUP_CACHE.
 */
export const MAP_HINTS = 256;

/** hash modulo a table's size, which is often a power of two when it is small. */
function startOf(hash: number, alloc: number): number {
  return (alloc & (alloc - 1)) === 0 ? hash & (alloc - 1) : hash % alloc;
}

/** Finds a qstr key in a map whose keys are all qstrs; the common case of names. */
export function mapFindQstr(vm: Vm, map: Addr, key: Obj): Addr {
  const i32 = vm.i32;
  const m = map >> 2;
  const flags = i32[m] as number;
  if ((flags & (MapFlag.AllQstrs | MapFlag.Ordered)) !== MapFlag.AllQstrs) return findElsewhere(vm, map, key);
  const alloc = i32[m + 1] as number;
  if (alloc === 0) return 0;
  const table = (i32[m + 2] as number) >> 2;
  const hint = table + (vm.mapHints[(key >>> 3) & (MAP_HINTS - 1)] as number) * 2;
  if (hint < table + alloc * 2 && i32[hint] === key) return hint << 2;
  return probe(vm, table, alloc, key, flags);
}

/** Finds a qstr key in a hash table (a word index) by its hash. */
function probe(vm: Vm, table: number, alloc: number, key: Obj, flags: number): Addr {
  const i32 = vm.i32;
  let pos = startOf(vm.qstrs.hashes[key >>> 3] as number, alloc);
  for (let n = alloc; n > 0; n--) {
    const s = table + pos * 2;
    const k = i32[s] as number;
    if (k === key) {
      vm.mapHints[(key >>> 3) & (MAP_HINTS - 1)] = pos;
      return s << 2;
    }
    if (k === 0) return 0;
    if (n === alloc - LONG_CHAIN) {
      const at = indexed(vm, table << 2, alloc, flags, key);
      if (at !== UNKNOWN) return at;
    }
    if (++pos === alloc) pos = 0;
  }
  return 0;
}

/** What {@link indexed} answers when the table must be searched. */
const UNKNOWN = -1;

/** Slot of a key by the index of a large table, 0 when it is not there, {@link UNKNOWN}. */
function indexed(vm: Vm, table: Addr, alloc: number, flags: number, key: Obj): Addr {
  const slot = vm.tableIndexes.of(table, alloc, 2, flags >>> MapFlag.UsedShift)?.find(key) ?? -2;
  return slot >= 0 ? table + slot * 8 : slot + 1;
}

/** {@link mapFindQstr} in maps with other keys, and in arrays. */
function findElsewhere(vm: Vm, map: Addr, key: Obj): Addr {
  const i32 = vm.i32;
  const m = map >> 2;
  const flags = i32[m] as number;
  if ((flags & MapFlag.AllQstrs) === 0) return mapFind(vm, map, key);
  const table = i32[m + 2] as number;
  if (map < vm.ramStart) {
    const cache = vm.romCache;
    const h = ((map >> 2) ^ ((key >> 3) * 61)) & (ROM_CACHE_SIZE - 1);
    if (cache.keys[h * 2] === map && cache.keys[h * 2 + 1] === key) return cache.slots[h] as number;
    let found = 0;
    for (let s = table >> 2, e = s + (flags >>> MapFlag.UsedShift) * 2; s < e; s += 2) {
      if (i32[s] === key) {
        found = s << 2;
        break;
      }
    }
    cache.keys[h * 2] = map;
    cache.keys[h * 2 + 1] = key;
    cache.slots[h] = found;
    return found;
  }
  for (let s = table >> 2, e = s + (flags >>> MapFlag.UsedShift) * 2; s < e; s += 2) if (i32[s] === key) return s << 2;
  return 0;
}

/** {@link mapAdd} for a qstr key, in one pass over a hash table of qstrs. */
export function mapAddQstr(vm: Vm, map: Addr, key: Obj): Addr {
  const i32 = vm.i32;
  const m = map >> 2;
  if (((i32[m] as number) & (MapFlag.AllQstrs | MapFlag.Ordered)) !== MapFlag.AllQstrs) return mapAdd(vm, map, key);
  const hash = vm.qstrs.hashes[key >>> 3] as number;
  const h = (key >>> 3) & (MAP_HINTS - 1);
  for (;;) {
    const alloc = i32[m + 1] as number;
    if (alloc !== 0) {
      const table = (i32[m + 2] as number) >> 2;
      const hint = table + (vm.mapHints[h] as number) * 2;
      if (hint < table + alloc * 2 && i32[hint] === key) return hint << 2;
      let pos = startOf(hash, alloc);
      let avail = 0;
      for (let n = alloc; n > 0; n--) {
        const s = table + pos * 2;
        const k = i32[s] as number;
        if (k === key) {
          vm.mapHints[h] = pos;
          return s << 2;
        }
        if (k === 0) {
          if (avail === 0) avail = s;
          break;
        }
        if (k === Word.Sentinel && avail === 0) avail = s;
        if (n === alloc - LONG_CHAIN) {
          const index = vm.tableIndexes.of(table << 2, alloc, 2, (i32[m] as number) >>> MapFlag.UsedShift);
          const slot = index === undefined ? -2 : index.find(key);
          if (slot >= 0) return (table << 2) + slot * 8;
          if (slot === -1) {
            if (avail === 0) avail = table + (index as TableIndex).nextFree(pos) * 2;
            if (avail < table) avail = 0;
            break;
          }
        }
        if (++pos === alloc) pos = 0;
      }
      if (avail !== 0) {
        i32[avail] = key;
        i32[avail + 1] = 0;
        i32[m] = (i32[m] as number) + (1 << MapFlag.UsedShift);
        if (vm.tableIndexes.any) vm.tableIndexes.added(table << 2, (avail - table) >> 1, key);
        return avail << 2;
      }
    }
    mapRehash(vm, map);
  }
}

/** `equal(vm, k, key)`, quicker for strs on the heap, which have their hash with them mostly; `hash` is that of `key`. */
function sameKey(vm: Vm, k: Obj, key: Obj, hash: number): boolean {
  if (((k | key) & 3) === 0 && vm.i32[k >> 2] === Ty.Str && vm.i32[key >> 2] === Ty.Str) {
    const h = vm.i32[(k + StrOff.Hash) >> 2];
    return (h === hash || h === 0) && strEqual(vm, k, key);
  }
  return equal(vm, k, key);
}

/**
 * Finds a str where that needs nothing but looking at strs and small ints, and the index of a large table; 0 when absent, {@link UNKNOWN}
 * when more is to be done. The table is not empty.
 */
function findStr(vm: Vm, map: Addr, key: Obj, hash: number): Addr {
  const i32 = vm.i32;
  const m = map >> 2;
  const alloc = i32[m + 1] as number;
  const table = (i32[m + 2] as number) >> 2;
  const h = hash & (MAP_HINTS - 1);
  const hint = table + (vm.mapHints[h] as number) * 2;
  if (hint < table + alloc * 2 && i32[hint] === key) return hint << 2;
  let pos = startOf(hash, alloc);
  const end = alloc < LONG_CHAIN ? alloc : LONG_CHAIN;
  for (let n = 0; n < end; n++) {
    const s = table + pos * 2;
    const k = i32[s] as number;
    if (k === 0) return 0;
    if (k === key || (k !== Word.Sentinel && (k & 1) === 0 && hasHash(vm, k, hash) && strEqual(vm, k, key))) {
      vm.mapHints[h] = pos;
      return s << 2;
    }
    if ((k & 3) === 0 && k !== Word.Sentinel && i32[k >> 2] !== Ty.Str) return UNKNOWN;
    if (++pos === alloc) pos = 0;
  }
  return end === alloc ? 0 : indexed(vm, table << 2, alloc, i32[m] as number, key);
}

/** Whether it is a str that may have this hash. */
function hasHash(vm: Vm, o: Obj, hash: number): boolean {
  if ((o & 7) === 2) return vm.qstrs.hashes[o >>> 3] === hash;
  if ((o & 3) !== 0 || vm.i32[o >> 2] !== Ty.Str) return false;
  const h = vm.i32[(o + StrOff.Hash) >> 2];
  return h === hash || h === 0;
}

/** Finds a key of any type; 0 when absent. */
export function mapFind(vm: Vm, map: Addr, key: Obj): Addr {
  const flags = vm.i32[map >> 2] as number;
  if ((flags & MapFlag.AllQstrs) !== 0) {
    if ((key & 7) === 2) return mapFindQstr(vm, map, key);
    // nothing but a str can equal one of its keys; as on MicroPython no other key is even asked
    if (vm.typeOf(key) !== Ty.Str) return 0;
  }
  if ((flags & MapFlag.Ordered) !== 0) return findOrdered(vm, map, key);
  if (vm.i32[(map >> 2) + 1] === 0) return 0;
  const hash = hashOf(vm, key);
  // @quick-begin
  if (isStr(vm, key)) {
    const slot = findStr(vm, map, key, hash);
    if (slot !== UNKNOWN) return slot;
  }
  // @quick-end
  const m = map >> 2;
  let alloc = vm.i32[m + 1] as number;
  if (alloc === 0) return 0;
  let pos = unsignedModulo(hash, alloc);
  for (let n = alloc; n > 0; n--) {
    const s = ((vm.i32[m + 2] as number) >> 2) + pos * 2;
    const k = vm.i32[s] as number;
    if (k === 0) return 0;
    if (k !== Word.Sentinel && (k === key || ((k & key & 1) === 0 && sameKey(vm, k, key, hash)))) return s << 2;
    if (n === alloc - LONG_CHAIN) {
      const at = indexed(vm, vm.i32[m + 2] as number, vm.i32[m + 1] as number, vm.i32[m] as number, key);
      if (at !== UNKNOWN) return at;
    }
    alloc = vm.i32[m + 1] as number;
    if (++pos >= alloc) pos = 0;
    if ((n & 0xff) === 0) vm.worked(64);
  }
  return 0;
}

function findOrdered(vm: Vm, map: Addr, key: Obj): Addr {
  const m = map >> 2;
  for (let i = 0; i < (vm.i32[m] as number) >>> MapFlag.UsedShift; i++) {
    const s = ((vm.i32[m + 2] as number) >> 2) + i * 2;
    const k = vm.i32[s] as number;
    if (k === key || ((k & key & 1) === 0 && equal(vm, k, key))) return s << 2;
    if ((i & 0xff) === 0xff) vm.worked(64);
  }
  return 0;
}

/** Slot of `key`, added with value Null when absent. The map must not be fixed. May allocate. */
export function mapAdd(vm: Vm, map: Addr, key: Obj): Addr {
  const i32 = vm.i32;
  const m = map >> 2;
  if (((i32[m] as number) & MapFlag.Ordered) !== 0) return addOrdered(vm, map, key);
  if (i32[m + 1] === 0) mapRehash(vm, map);
  const isQstr = (key & 7) === 2;
  const onlyPointers = ((i32[m] as number) & MapFlag.AllQstrs) !== 0 && (isQstr || vm.typeOf(key) !== Ty.Str);
  const hash = hashOf(vm, key);
  // @quick-begin
  if (!onlyPointers && isStr(vm, key)) {
    const slot = findStr(vm, map, key, hash);
    if (slot > 0) return slot;
  }
  // @quick-end
  for (;;) {
    const alloc = i32[m + 1] as number;
    let pos = unsignedModulo(hash, alloc);
    let avail = 0;
    for (let n = alloc; n > 0; n--) {
      const s = ((i32[m + 2] as number) >> 2) + pos * 2;
      const k = i32[s] as number;
      if (k === 0) {
        if (avail === 0) avail = s;
        break;
      }
      if (k === Word.Sentinel) {
        if (avail === 0) avail = s;
      } else if (k === key || (!onlyPointers && (k & key & 1) === 0 && sameKey(vm, k, key, hash))) return s << 2;
      if (n === alloc - LONG_CHAIN) {
        const table = i32[m + 2] as number;
        const index = vm.tableIndexes.of(table, i32[m + 1] as number, 2, (i32[m] as number) >>> MapFlag.UsedShift);
        const slot = index === undefined ? -2 : index.find(key);
        if (slot >= 0) return table + slot * 8;
        if (slot === -1) {
          if (avail === 0) avail = (table >> 2) + (index as TableIndex).nextFree(pos) * 2;
          if (avail < table >> 2) avail = 0;
          break;
        }
      }
      if (++pos >= (i32[m + 1] as number)) pos = 0;
      if ((n & 0xff) === 0) vm.worked(64);
    }
    if (avail !== 0) {
      i32[avail] = key;
      i32[avail + 1] = 0;
      const table = i32[m + 2] as number;
      if (vm.tableIndexes.any) vm.tableIndexes.added(table, (avail - (table >> 2)) >> 1, key);
      i32[m] = ((i32[m] as number) + (1 << MapFlag.UsedShift)) & (isQstr ? -1 : ~MapFlag.AllQstrs);
      return avail << 2;
    }
    mapRehash(vm, map);
  }
}

function addOrdered(vm: Vm, map: Addr, key: Obj): Addr {
  const i32 = vm.i32;
  const m = map >> 2;
  const found = mapFind(vm, map, key);
  if (found !== 0) return found;
  const used = (i32[m] as number) >>> MapFlag.UsedShift;
  if (used === i32[m + 1]) {
    const table = vm.realloc(i32[m + 2] as number, (used + 4) * 8);
    i32.fill(0, (table >> 2) + used * 2, (table >> 2) + (used + 4) * 2);
    i32[m + 1] = used + 4;
    i32[m + 2] = table;
  }
  const s = ((i32[m + 2] as number) >> 2) + used * 2;
  i32[s] = key;
  i32[s + 1] = 0;
  i32[m] = ((i32[m] as number) + (1 << MapFlag.UsedShift)) & ((key & 7) === 2 ? -1 : ~MapFlag.AllQstrs);
  return s << 2;
}

function mapRehash(vm: Vm, map: Addr): void {
  const i32 = vm.i32;
  const m = map >> 2;
  const oldAlloc = i32[m + 1] as number;
  const oldTable = i32[m + 2] as number;
  const alloc = hashAllocAtLeast(oldAlloc + 1);
  const table = vm.alloc(alloc * 8);
  const flags = i32[m] as number;
  i32[m + 1] = alloc;
  i32[m + 2] = table;
  if (oldTable === 0) {
    i32[m] = (flags & 7) | MapFlag.AllQstrs;
    return;
  }
  vm.keep(oldTable);
  const end = (oldTable >> 2) + oldAlloc * 2;
  if ((flags & MapFlag.AllQstrs) !== 0) {
    const hashes = vm.qstrs.hashes;
    let used = 0;
    for (let s = oldTable >> 2; s < end; s += 2) {
      const k = i32[s] as number;
      if (k === 0 || k === Word.Sentinel) continue;
      let pos = startOf(hashes[k >>> 3] as number, alloc);
      while (i32[(table >> 2) + pos * 2] !== 0) if (++pos === alloc) pos = 0;
      i32[(table >> 2) + pos * 2] = k;
      i32[(table >> 2) + pos * 2 + 1] = i32[s + 1] as number;
      used++;
    }
    i32[m] = (flags & 7) | (used << MapFlag.UsedShift);
  } else {
    i32[m] = (flags & 7) | MapFlag.AllQstrs;
    for (let s = oldTable >> 2; s < end; s += 2) {
      const k = i32[s] as number;
      if (k !== 0 && k !== Word.Sentinel) i32[(mapAdd(vm, map, k) >> 2) + 1] = i32[s + 1] as number;
    }
  }
  if (vm.tableIndexes.any) vm.tableIndexes.drop(oldTable);
  vm.heap.free(oldTable);
}

/**
 * Removes `key`; answers the address of its former slot, whose value is still there until the map changes, or 0.
 */
export function mapRemove(vm: Vm, map: Addr, key: Obj): Addr {
  const i32 = vm.i32;
  const m = map >> 2;
  const slot = mapFind(vm, map, key);
  if (slot === 0) return 0;
  const flags = i32[m] as number;
  const s = slot >> 2;
  const table = (i32[m + 2] as number) >> 2;
  i32[m] = flags - (1 << MapFlag.UsedShift);
  if ((flags & MapFlag.Ordered) !== 0) {
    const end = table + ((flags >>> MapFlag.UsedShift) - 1) * 2;
    const value = i32[s + 1] as number;
    i32.copyWithin(s, s + 2, end + 2);
    i32[end] = 0;
    i32[end + 1] = value;
    return end << 2;
  }
  const alloc = i32[m + 1] as number;
  const pos = (s - table) >> 1;
  let next = pos + 1;
  if (next === alloc) next = 0;
  if (vm.tableIndexes.any) vm.tableIndexes.removed(table << 2, pos, i32[s] as number);
  i32[s] = i32[table + next * 2] === 0 ? 0 : Word.Sentinel;
  return slot;
}

/** A new dict with room for `n` entries. */
export function newDict(vm: Vm, n: number): Obj {
  return initDict(vm, vm.allocObj(DictOff.Size, Ty.Dict), n);
}
/** The same in memory that is there already. */
export function initDict(vm: Vm, d: Addr, n: number): Obj {
  vm.i32[d >> 2] = Ty.Dict;
  mapInit(vm, d + DictOff.Map, n);
  return d;
}

/** Raises TypeError for a read-only dict. */
export function ensureNotFixed(vm: Vm, dict: Obj): void {
  if (mapIsFixed(vm, dict + DictOff.Map)) raiseMsg(vm, Ty.TypeError, '');
}

/** `dict[key] = value`. */
export function dictStore(vm: Vm, dict: Obj, key: Obj, value: Obj): void {
  ensureNotFixed(vm, dict);
  const slot = mapAdd(vm, dict + DictOff.Map, key);
  vm.i32[(slot >> 2) + 1] = value;
}
/** Stores under a key that must not be there yet; false when it is. */
export function dictStoreQstr(vm: Vm, dict: Obj, key: Obj, value: Obj): boolean {
  const slot = mapAdd(vm, dict + DictOff.Map, key);
  if (vm.i32[(slot >> 2) + 1] !== 0) return false;
  vm.i32[(slot >> 2) + 1] = value;
  return true;
}
/** Value under a qstr key, Null when absent. */
export function dictGetQstr(vm: Vm, dict: Obj, key: Obj): Obj {
  const slot = mapFindQstr(vm, dict + DictOff.Map, key);
  return slot === 0 ? Word.Null : (vm.i32[(slot >> 2) + 1] as number);
}

/** Index of the next filled slot at or after `i`, or −1. */
export function mapNextFilled(vm: Vm, map: Addr, i: number): number {
  const m = map >> 2;
  const ordered = ((vm.i32[m] as number) & MapFlag.Ordered) !== 0;
  const n = ordered ? (vm.i32[m] as number) >>> MapFlag.UsedShift : (vm.i32[m + 1] as number);
  const table = (vm.i32[m + 2] as number) >> 2;
  const used = mapUsed(vm, map);
  const long = i + LONG_CHAIN;
  for (; i < n; i++) {
    const k = vm.i32[table + i * 2] as number;
    if (k !== 0 && k !== Word.Sentinel) return i;
    if (i === long && !ordered) {
      const index = vm.tableIndexes.of(table << 2, n, 2, used);
      if (index !== undefined) return index.nextFilled(i);
    }
  }
  return -1;
}
