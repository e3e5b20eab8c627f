/**
 * Remembers where attributes were found in classes: (class, attribute) → member and the class it was in. Valid while no class
 * has been made or changed, which a version number tells. Only classes made in Python up to their first native base are
 * covered, so the answers depend on nothing but class dicts.
 */
import type { LinearMemory } from '@tsmp/gc';
import { DictOff } from '../layout.js';
import { mapFindQstr } from '../map.js';
import { Q } from '../q.js';
import { Ty, TypeOff } from '../types.js';
import { type Addr, newQstrObj, type Obj, type Qstr, Word } from '../words.js';
import type { Vm } from '../vm.js';

const SIZE = 1024;

export class ClassCache {
  readonly types: Int32Array;
  readonly attrs: Int32Array;
  readonly versions: Int32Array;
  /** The member; Null: not there; Sentinel: the search would reach a native base or several bases. */
  readonly members: Int32Array;

  /** `version`: one word, which says what entries are good. */
  constructor(
    memory: LinearMemory,
    private readonly versionWord: Int32Array,
  ) {
    this.types = memory.int32Array(SIZE);
    this.attrs = memory.int32Array(SIZE);
    this.versions = memory.int32Array(SIZE);
    this.members = memory.int32Array(SIZE);
    versionWord[0] = 1;
  }
  get version(): number {
    return this.versionWord[0] as number;
  }
  /** A class was made or changed. */
  changed(): void {
    this.versionWord[0] = this.version + 1;
  }
}

/**
 * The member `attr` of class `type` or its single bases, as it is in the class dict: Null when there is none, Sentinel when the
 * general lookup must decide.
 */
export function cachedMember(vm: Vm, type: Addr, attr: Qstr): Obj {
  const c = vm.classCache;
  const h = ((type >> 4) ^ (attr * 31)) & (SIZE - 1);
  if (c.types[h] === type && c.attrs[h] === attr && c.versions[h] === c.version) return c.members[h] as number;
  const m = attr === EXCEPTION_BASE ? exceptionBase(vm, type) : search(vm, type, attr);
  c.types[h] = type;
  c.attrs[h] = attr;
  c.versions[h] = c.version;
  c.members[h] = m;
  return m;
}

/** Stands for an attribute in the cache: no name has this number. */
const EXCEPTION_BASE: Qstr = -1;

/** The built-in exception that `type` derives from by single bases, none of which has `__new__` or `__init__`; else Null. */
export function cachedExceptionBase(vm: Vm, type: Addr): Addr {
  return cachedMember(vm, type, EXCEPTION_BASE);
}

function exceptionBase(vm: Vm, type: Addr): Addr {
  if (search(vm, type, Q.__new__) !== Word.Sentinel || search(vm, type, Q.__init__) !== Word.Sentinel) return Word.Null;
  let base = type;
  while (vm.i32[(base + TypeOff.MakeNew) >> 2] === vm.instanceSlots.makeNew) {
    base = vm.i32[(base + TypeOff.Parent) >> 2] as number;
    if (vm.i32[base >> 2] === Ty.Tuple) return Word.Null;
  }
  return base >= Ty.BaseException && base <= Ty.UnicodeError ? base : Word.Null;
}

function search(vm: Vm, start: Addr, attr: Qstr): Obj {
  const i32 = vm.i32;
  const makeNew = vm.instanceSlots.makeNew;
  for (let type = start; type !== Ty.Object; ) {
    if (i32[(type + TypeOff.MakeNew) >> 2] !== makeNew) return Word.Sentinel;
    const locals = i32[(type + TypeOff.Locals) >> 2] as number;
    if (locals !== 0) {
      const slot = mapFindQstr(vm, locals + DictOff.Map, newQstrObj(attr));
      if (slot !== 0) return i32[(slot >> 2) + 1] as number;
    }
    const parent = i32[(type + TypeOff.Parent) >> 2] as number;
    if (parent === 0 || parent === Ty.Object) return Word.Null;
    if (i32[parent >> 2] === Ty.Tuple) return Word.Sentinel;
    type = parent;
  }
  // lookups through classes stop before `object`
  return Word.Null;
}
