/** Making classes: `class` statements and `type(name, bases, dict)`. Counterpart: py/objtype.c, __build_class__ in py/modbuiltins.c. */
import { tailCall, tailCall3 } from '../call.js';
import { DictOff, MapOff, StaticMethodOff, TsOff } from '../layout.js';
import { mapFindQstr, mapNextFilled, newDict } from '../map.js';
import { Q } from '../q.js';
import { raiseFormat, raiseTypeError } from '../raise.js';
import { growBody, pushRec, Rec } from '../records.js';
import { typeFlags, typeName } from '../runtime.js';
import { tailLoadMethodMaybe } from '../tail.js';
import { Ty, TypeFlag, TypeOff } from '../types.js';
import { type Addr, newQstrObj, type Obj, type Qstr, Word } from '../words.js';
import { PyRaise } from '../raise.js';
import type { Vm } from '../vm.js';
import { countNativeBases } from './class-lookup.js';
import { strQstr } from './str-new.js';
import { newTupleFrom } from './tuple.js';

/** `__build_class__(body, name, *bases)`. */
export function buildClass(vm: Vm, nArgs: number, _nKw: number, args: Addr): Obj {
  const a = args >> 2;
  const body = vm.i32[a] as number;
  const name = vm.i32[a + 1] as number;
  const nBases = nArgs - 2;
  const bases = nBases === 0 ? vm.image.emptyTuple : newTupleFrom(vm, nBases, args + 8);
  const locals = newDict(vm, 0);
  const at = (vm.ts + TsOff.Locals) >> 2;
  const before = vm.i32[at] as number;
  // the body's dict is the locals while it runs; the record keeps what finishing needs
  pushRec(vm, Rec.ClassBody, name, bases, before);
  const keep = growBody(vm, 4);
  vm.i32[keep >> 2] = locals;
  vm.i32[at] = locals;
  return tailCall(vm, body, 0, 0, 0);
}

/** The class body returned (its `__class__` cell, or None). */
export function finishClassBody(vm: Vm, cell: Obj, name: Obj, bases: Obj, localsBefore: Obj): Obj {
  const at = (vm.ts + TsOff.Locals) >> 2;
  const locals = vm.i32[at] as number;
  vm.i32[at] = localsBefore;
  let meta: Obj = Ty.Type;
  if (vm.i32[(bases >> 2) + 1] !== 0) meta = vm.typeOf(vm.i32[(bases >> 2) + 2] as number);
  vm.keep(locals);
  if (cell !== Word.None) pushRec(vm, Rec.ClassCell, cell, 0, 0);
  if (meta === Ty.Type) return newClass(vm, strQstr(vm, name), bases, locals);
  return tailCall3(vm, meta, name, bases, locals);
}

/** The new class arrives for the `__class__` cell of its methods. */
export function storeClassCell(vm: Vm, cls: Obj, cell: Obj): Obj {
  vm.i32[(cell >> 2) + 1] = cls;
  return cls;
}

/** A class from its name, tuple of bases and dict. May answer Call: `__set_name__` methods run, then the class arrives. */
export function newClass(vm: Vm, name: Qstr, bases: Obj, locals: Obj): Obj {
  const i32 = vm.i32;
  if (vm.typeOf(bases) !== Ty.Tuple) raiseTypeError(vm, '');
  const lt = vm.typeOf(locals);
  if (lt !== Ty.Dict && lt !== Ty.OrderedDict) raiseTypeError(vm, '');
  let flags = FLAGS;
  const nBases = i32[(bases >> 2) + 1] as number;
  for (let i = 0; i < nBases; i++) {
    const b = i32[(bases >> 2) + 2 + i] as number;
    if (vm.typeOf(b) !== Ty.Type) raiseTypeError(vm, '');
    if (i32[(b + TypeOff.MakeNew) >> 2] === 0)
      raiseFormat(vm, Ty.TypeError, "type '%q' isn't an acceptable base type", typeName(vm, b));
    const bf = typeFlags(vm, b);
    if ((bf & TypeFlag.InstanceType) !== 0) {
      vm.u16[(b + TypeOff.Flags) >> 1] = bf | TypeFlag.IsSubclassed;
      flags |= bf & TypeFlag.HasSpecialAccessors;
    }
  }
  const protocol = nBases > 0 ? (i32[((i32[(bases >> 2) + 2] as number) + TypeOff.Protocol) >> 2] as number) : 0;
  vm.classCache.changed();
  const o = vm.allocObj(SIZE + (nBases > 0 ? 4 : 0) + (protocol !== 0 ? 4 : 0), Ty.Type);
  fillType(vm, o, name, flags, locals);
  if (nBases > 0) i32[(o + TypeOff.Parent) >> 2] = nBases >= 2 ? bases : (i32[(bases >> 2) + 2] as number);
  if (protocol !== 0) i32[(o + TypeOff.Protocol) >> 2] = protocol;
  const map = locals + DictOff.Map;
  let hasSetName = false;
  for (let i = mapNextFilled(vm, map, 0); i >= 0; i = mapNextFilled(vm, map, i + 1)) {
    const slot = ((i32[(map + MapOff.Table) >> 2] as number) >> 2) + 2 * i;
    if (hasSpecialAccessor(vm, i32[slot] as number, i32[slot + 1] as number)) flags |= TypeFlag.HasSpecialAccessors;
    const value = i32[slot + 1] as number;
    if ((value & 3) === 0 && (typeFlags(vm, vm.typeOf(value)) & TypeFlag.InstanceType) !== 0) hasSetName = true;
  }
  vm.u16[(o + TypeOff.Flags) >> 1] = flags;
  if (countNativeBases(vm, o) > 1) raiseTypeError(vm, 'multiple bases have instance lay-out conflict');
  const newSlot = mapFindQstr(vm, map, newQstrObj(Q.__new__));
  if (newSlot !== 0) {
    const f = i32[(newSlot >> 2) + 1] as number;
    const ft = vm.typeOf(f);
    // not a closure (a `__new__` that names `super`): upstream's test leaves it as it is
    if (ft === Ty.Function || (ft >= Ty.Fun0 && ft <= Ty.Funvar)) {
      const s = vm.allocObj(StaticMethodOff.Size, Ty.Staticmethod);
      i32[(s + StaticMethodOff.Fun) >> 2] = f;
      i32[(newSlot >> 2) + 1] = s;
      vm.classCache.changed();
    }
  }
  return hasSetName ? callSetNames(vm, o, locals) : o;
}

/** Flags of classes made in Python. */
const FLAGS = TypeFlag.EqNotReflexive | TypeFlag.EqChecksOtherType | TypeFlag.EqHasNeqTest | TypeFlag.InstanceType;

/** Bytes of such a class that derives from nothing. */
const SIZE = 60;

/** Fills a new class but for its bases. */
function fillType(vm: Vm, o: Addr, name: Qstr, flags: number, locals: Obj): void {
  const i32 = vm.i32;
  vm.u16[(o + TypeOff.Flags) >> 1] = flags;
  vm.u16[(o + TypeOff.Name) >> 1] = name;
  const template = vm.instanceSlots.template;
  for (let slot = TypeOff.MakeNew; slot <= TypeOff.Buffer; slot += 4)
    i32[(o + slot) >> 2] = i32[(template + slot) >> 2] as number;
  i32[(o + TypeOff.Locals) >> 2] = locals;
}

// @quick-begin
/**
 * {@link finishClassBody} of most classes, which derive from nothing and whose members are functions and plain values; 0 for others, and
 * instead of MemoryError: then nothing is done.
 */
export function tryFinishClass(vm: Vm, cell: Obj, name: Obj, bases: Obj, localsBefore: Obj): Obj {
  const at = (vm.ts + TsOff.Locals) >> 2;
  const locals = vm.i32[at] as number;
  if (cell !== Word.None || bases !== vm.image.emptyTuple || (name & 7) !== 2 || !arePlain(vm, locals)) return 0;
  const o = vm.heap.alloc(SIZE);
  if (o === 0) return 0;
  vm.i32[o >> 2] = Ty.Type;
  vm.classCache.changed();
  fillType(vm, o, name >> 3, FLAGS, locals);
  vm.i32[at] = localsBefore;
  return o;
}
/** Whether no member of a class makes anything special. */
function arePlain(vm: Vm, locals: Obj): boolean {
  const map = locals + DictOff.Map;
  for (let i = mapNextFilled(vm, map, 0); i >= 0; i = mapNextFilled(vm, map, i + 1)) {
    const slot = ((vm.i32[(map + MapOff.Table) >> 2] as number) >> 2) + 2 * i;
    const key = vm.i32[slot] as number;
    if (key === newQstrObj(Q.__new__) || key === newQstrObj(Q.__setattr__) || key === newQstrObj(Q.__delattr__))
      return false;
    const value = vm.i32[slot + 1] as number;
    // words that are no pointers, and the small numbers of constants
    if ((value & 3) !== 0 || value < 16) continue;
    const type = vm.i32[value >> 2] as number;
    const isPlain =
      type === Ty.Function ||
      type === Ty.GeneratorWrap ||
      type === Ty.Str ||
      type === Ty.Bytes ||
      type === Ty.Tuple ||
      type === Ty.List ||
      type === Ty.Dict ||
      type === Ty.Float;
    if (!isPlain) return false;
  }
  return true;
}
// @quick-end

/** Whether storing `value` under `key` in a class makes attribute access special. */
export function hasSpecialAccessor(vm: Vm, key: Obj, value: Obj): boolean {
  if (key === newQstrObj(Q.__setattr__) || key === newQstrObj(Q.__delattr__)) return true;
  if (vm.typeOf(value) === Ty.Property) return true;
  for (const q of [Q.__get__, Q.__set__, Q.__delete__]) if (hasMethod(vm, value, q)) return true;
  return false;
}
function hasMethod(vm: Vm, o: Obj, q: Qstr): boolean {
  if ((o & 3) !== 0) return false;
  try {
    tailLoadMethodMaybe(vm, o, q);
    return vm.dest0 !== Word.Null;
  } catch (e) {
    if (e instanceof PyRaise) return false;
    throw e;
  }
}

/** Collects the members that have `__set_name__`, then calls them one after the other; the class arrives at the end. */
function callSetNames(vm: Vm, cls: Obj, locals: Obj): Obj {
  const map = locals + DictOff.Map;
  let n = 0;
  const list = newTupleFrom(vm, 2 * countFilled(vm, map), 0);
  for (let i = mapNextFilled(vm, map, 0); i >= 0; i = mapNextFilled(vm, map, i + 1)) {
    const slot = ((vm.i32[(map + MapOff.Table) >> 2] as number) >> 2) + 2 * i;
    const key = vm.i32[slot] as number;
    const value = vm.i32[slot + 1] as number;
    if (!hasMethod(vm, value, Q.__set_name__) || vm.dest1 === Word.Null) continue;
    vm.i32[(list >> 2) + 2 + 2 * n] = value;
    vm.i32[(list >> 2) + 3 + 2 * n] = key;
    n++;
  }
  if (n === 0) return cls;
  return tailCall3(vm, vm.addrOf(vm.image.helpers.setNames), cls, list, (n << 1) | 1);
}
function countFilled(vm: Vm, map: Addr): number {
  return (vm.i32[map >> 2] as number) >>> 3;
}
