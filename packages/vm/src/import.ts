/**
 * `import`. Finding and running a module may wait (a filesystem written in Python, module code that sleeps), so the search is
 * a ROM function in Python on top of the natives here; a module that is loaded or built in is answered at once.
 * Counterpart: py/builtinimport.c.
 */
import { compileOnBoard, loadMpy } from './compile.js';
// @quick-begin
import { loadStaged } from './compile.js';
// @quick-end
import { frozenFunction, frozenName, frozenStat, isFrozenPath } from './frozen.js';
import { ContextOff, DictOff, ModuleOff, MountOff, Root, TsOff } from './layout.js';
import { dictGetQstr, dictStore, mapAdd, mapNextFilled, mapRemove, newDict } from './map.js';
import { findMount, Mounted, restOfPath } from './mounts.js';
import { newBoundMeth } from './obj/bound-meth.js';
import { newCodeOfModule } from './obj/code-object.js';
import { exceptionMatch } from './obj/exception.js';
import { array, getArray } from './obj/seq.js';
import { getStr, isStr, newStr, newStrFromBytes, strQstr, strSpan, strText } from './obj/str-new.js';
import { Q } from './q.js';
import { PyRaise, raiseFormat, raiseMsg, raiseType, raiseTypeError } from './raise.js';
import { growBody, pushRec, Rec } from './records.js';
import { fun0, fun1, fun2, fun3, funVar, type Fun0, pyFun, type RomValue } from './rom/define.js';
import { getBuffer, getInt, loadMethodMaybe, typeNameOf } from './runtime.js';
import { raiseNoAttribute, tailCall, tailCall2, tailCall3, tailLoadMethodMaybe } from './tail.js';
import { resumeWait, takeWait, waitUntil } from './schedule.js';
import { Ty } from './types.js';
import { type Addr, newQstrObj, newSmallInt, type Obj, type Qstr, smallIntValue, Word } from './words.js';
import type { Vm } from './vm.js';

/** The module object of a built-in, or 0. Runs its `init` on first use. Wait: its part must be linked first, see {@link awaitPart}. */
export function builtinModule(vm: Vm, name: string, extensible: boolean): Obj {
  if (name === '__main__' && !extensible) return vm.roots + Root.MainModule * 4;
  if (vm.image.deferred.get(name)?.extensible === extensible) return Word.Wait;
  const m = vm.image.modules.get(name);
  if (m === undefined || (m.def.extensible === true) !== extensible) return aliasedModule(vm, name, extensible);
  if (m.def.init !== undefined) {
    const loaded = vm.root(Root.LoadedModules);
    const key = newQstrObj(vm.intern(name));
    if (loaded !== 0 && dictGetQstr(vm, loaded, key) === Word.Null) {
      dictStore(vm, loaded, key, m.addr);
      (m.def.init as Fun0)(vm);
    }
  }
  return m.addr;
}

/** Waits for the host to link the part that has the module; see `linkPart`. */
function awaitPart(vm: Vm, name: string): Obj {
  vm.wantedModule = vm.image.deferred.has(name) ? name : name.slice(1);
  return waitUntil(vm, Number.POSITIVE_INFINITY);
}

/** A module under its old name, which also gets by files in the way: `usys`, and `uos`, `ujson`, … of extensible ones. */
function aliasedModule(vm: Vm, name: string, extensible: boolean): Obj {
  if (extensible || name[0] !== 'u') return 0;
  if (name === 'usys') return builtinModule(vm, 'sys', false);
  const plain = name.slice(1);
  const isExtensible = vm.image.modules.get(plain)?.def.extensible ?? vm.image.deferred.get(plain)?.extensible;
  return isExtensible === true ? builtinModule(vm, plain, true) : 0;
}

function loadedModule(vm: Vm, name: Obj): Obj {
  const path = vm.root(Root.SysPath);
  // an empty sys.path asks for the built-in module, whatever has been loaded under its name
  if (path === vm.image.emptyTuple) return Word.Null;
  if (path !== Word.Null && vm.typeOf(path) === Ty.List && vm.i32[(path >> 2) + 2] === 0) return Word.Null;
  return dictGetQstr(vm, vm.root(Root.LoadedModules), name);
}

/** IMPORT_NAME. */
export function tailImportName(vm: Vm, name: Qstr, fromList: Obj, level: Obj): Obj {
  // @quick-begin
  // of most imports the module is loaded
  if (level === Word.Zero && vm.root(Root.BuiltinsOverride) === 0 && (fromList !== Word.None || !isDotted(vm, name))) {
    const m = loadedModule(vm, newQstrObj(name));
    if (m !== Word.Null) return m;
  }
  // @quick-end
  return importAny(vm, name, fromList, level);
}
/** Whether a name has a dot in it. */
function isDotted(vm: Vm, name: Qstr): boolean {
  const from = vm.qstrs.addr(name);
  const to = from + vm.qstrs.len(name);
  for (let at = from; at < to; at++) if (vm.u8[at] === 0x2e) return true;
  return false;
}
export function importAny(vm: Vm, name: Qstr, fromList: Obj, level: Obj): Obj {
  const override = vm.root(Root.BuiltinsOverride);
  const custom = override === 0 ? 0 : dictGetQstr(vm, override, newQstrObj(Q.__import__));
  if (custom === 0 && level === Word.Zero) {
    // `import a.b` answers `a`
    const m = fromList === Word.None && isDotted(vm, name) ? Word.Null : loadedModule(vm, newQstrObj(name));
    if (m !== Word.Null) return m;
    const b = builtinModule(vm, vm.qstrText(name), false);
    if (b !== 0 && b !== Word.Wait) return b;
  }
  pushRec(vm, Rec.Args, 0, 0, 0);
  const at = growBody(vm, 20) >> 2;
  vm.i32[at] = newQstrObj(name);
  vm.i32[at + 1] = vm.i32[(vm.ts + TsOff.Globals) >> 2] as number;
  vm.i32[at + 2] = Word.None;
  vm.i32[at + 3] = fromList;
  vm.i32[at + 4] = level;
  return tailCall(vm, custom === 0 ? vm.addrOf(importPy) : custom, 5, 0, at << 2);
}

/** `__import__(name, globals, locals, fromlist, level)`, of which the name is enough. */
export function importBuiltin(vm: Vm, nArgs: number, _nKw: number, args: Addr): Obj {
  strQstr(vm, vm.i32[args >> 2] as number);
  const level = nArgs === 5 ? getInt(vm, vm.i32[(args >> 2) + 4] as number) : 0;
  if (level < 0) raiseType(vm, Ty.ValueError);
  pushRec(vm, Rec.Args, 0, 0, 0);
  const at = growBody(vm, 20) >> 2;
  for (let i = 0; i < 4; i++) vm.i32[at + i] = i < nArgs ? (vm.i32[(args >> 2) + i] as number) : Word.None;
  vm.i32[at + 4] = newSmallInt(level);
  return tailCall(vm, vm.addrOf(importPy), 5, 0, at << 2);
}

/** IMPORT_FROM: an attribute of a module, or a submodule that is not loaded yet. */
export function importFrom(vm: Vm, module: Obj, name: Qstr): Obj {
  loadMethodMaybe(vm, module, name);
  if (vm.dest1 !== Word.Null) return newBoundMeth(vm, vm.dest0, vm.dest1);
  return vm.dest0 === Word.Null ? importSubmodule(vm, module, name) : vm.dest0;
}
export function importSubmodule(vm: Vm, module: Obj, name: Qstr): Obj {
  // only packages have __path__
  tailLoadMethodMaybe(vm, module, Q.__path__);
  if (vm.dest0 === Word.Null) cannotImport(vm, name);
  tailLoadMethodMaybe(vm, module, Q.__name__);
  if (vm.dest0 === Word.Null || vm.typeOf(vm.dest0) !== Ty.Str) cannotImport(vm, name);
  const full = `${strText(vm, vm.dest0)}.${vm.qstrText(name)}`;
  return tailCall3(vm, vm.addrOf(importSubPy), newQstrObj(vm.intern(full)), newQstrObj(name), module);
}
function cannotImport(vm: Vm, name: Qstr): never {
  raiseFormat(vm, Ty.ImportError, "can't import name %q", vm.qstrText(name));
}

/** `from m import *`; `m` may be any object with attributes. */
export function importStar(vm: Vm, module: Obj): void {
  const locals = vm.i32[(vm.ts + TsOff.Locals) >> 2] as number;
  const all = attributeMaybe(vm, module, Q.__all__);
  if (all !== Word.Null) {
    const isTuple = vm.typeOf(all) === Ty.Tuple;
    if (!isTuple && vm.typeOf(all) !== Ty.List)
      raiseFormat(vm, Ty.TypeError, "object '%s' isn't a tuple or list", typeNameOf(vm, all));
    vm.keep(all);
    for (let i = 0; i < (vm.i32[(all >> 2) + (isTuple ? 1 : 2)] as number); i++) {
      const items = isTuple ? (all >> 2) + 2 : (vm.i32[(all >> 2) + 3] as number) >> 2;
      const q = strQstr(vm, vm.i32[items + i] as number);
      loadMethodMaybe(vm, module, q);
      if (vm.dest0 === Word.Null) raiseNoAttribute(vm, module, q);
      dictStore(vm, locals, newQstrObj(q), vm.dest0);
    }
    return;
  }
  loadMethodMaybe(vm, module, Q.__dict__);
  if (vm.dest0 === Word.Null) raiseNoAttribute(vm, module, Q.__dict__);
  const dict = vm.keep(vm.dest0);
  const map = dict + DictOff.Map;
  for (let i = mapNextFilled(vm, map, 0); i >= 0; i = mapNextFilled(vm, map, i + 1)) {
    const slot = ((vm.i32[(map >> 2) + 2] as number) >> 2) + 2 * i;
    const key = vm.i32[slot] as number;
    const value = vm.i32[slot + 1] as number;
    if (!isStr(vm, key)) continue;
    const q = strQstr(vm, key);
    if (vm.u8[vm.qstrs.addr(q)] !== 0x5f) dictStore(vm, locals, newQstrObj(q), value);
  }
}

/** An attribute, or Null when there is none, which `__getattr__` may say by raising AttributeError. */
function attributeMaybe(vm: Vm, o: Obj, attr: Qstr): Obj {
  try {
    loadMethodMaybe(vm, o, attr);
  } catch (e) {
    if (!(e instanceof PyRaise) || !exceptionMatch(vm, e.exc, Ty.AttributeError)) throw e;
    return Word.Null;
  }
  return vm.dest0;
}

/** A new module object, registered under its name. */
export function newModule(vm: Vm, name: Qstr): Obj {
  const slot = mapAdd(vm, vm.root(Root.LoadedModules) + DictOff.Map, newQstrObj(name)) >> 2;
  const m = vm.allocObj(ContextOff.Size, Ty.Module);
  const globals = newDict(vm, 1);
  vm.i32[(m + ModuleOff.Globals) >> 2] = globals;
  dictStore(vm, globals, newQstrObj(Q.__name__), newQstrObj(name));
  vm.i32[slot + 1] = m;
  return m;
}

/** Runs a function as module code: globals and locals are `globals` meanwhile. The result is `answer`. */
export function runAsModule(vm: Vm, fun: Obj, globals: Obj, answer: Obj): Obj {
  const g = (vm.ts + TsOff.Globals) >> 2;
  const l = (vm.ts + TsOff.Locals) >> 2;
  pushRec(vm, Rec.Module, vm.i32[g] as number, vm.i32[l] as number, answer);
  vm.i32[g] = globals;
  vm.i32[l] = globals;
  return tailCall(vm, fun, 0, 0, 0);
}

/** Runs the text or `.mpy` bytes of a file that `_imp_read` has read as the code of `module`. */
function executeFile(vm: Vm, module: Obj, path: Obj): Obj {
  // @quick-begin
  if (isStagedMpy(vm, path)) {
    const staged = loadStaged(vm, module, newQstrObj(strQstr(vm, path)));
    return runAsModule(vm, staged, vm.i32[(module + ModuleOff.Globals) >> 2] as number, module);
  }
  // @quick-end
  const fun = functionOfFile(vm, module, path);
  return runAsModule(vm, fun, vm.i32[(module + ModuleOff.Globals) >> 2] as number, module);
}
// @quick-begin
/** Whether the file at a path lies in the staging room, and is a `.mpy` file. */
function isStagedMpy(vm: Vm, path: Obj): boolean {
  getStr(vm, path);
  const end = strSpan.addr + strSpan.len;
  return (
    vm.staging !== null &&
    strSpan.len > 4 &&
    vm.u8[end - 4] === 0x2e &&
    vm.u8[end - 3] === 0x6d &&
    vm.u8[end - 2] === 0x70 &&
    vm.u8[end - 1] === 0x79 &&
    vm.staging.holds(path, vm.u8, strSpan.addr, end)
  );
}
// @quick-end
/** The function of the body of such a file. */
export function functionOfFile(vm: Vm, module: Obj, path: Obj): Obj {
  const globals = vm.i32[(module + ModuleOff.Globals) >> 2] as number;
  const file = strText(vm, path);
  const frozen = frozenName(file);
  if (frozen !== undefined) return frozenFunction(vm, frozen, module);
  const source = vm.importing.take(file);
  if (source === undefined) raiseType(vm, Ty.ImportError);
  const name = newQstrObj(strQstr(vm, path));
  if (file.endsWith('.mpy')) return loadMpy(vm, source.bytes, globals, module, source.reader, name, source.place);
  const opened = (): void => dictStore(vm, globals, newQstrObj(Q.__file__), name);
  return compileOnBoard(vm, source.bytes, file, 'file', globals, source.reader, opened);
}

function relativeName(vm: Vm, name: Obj, globals: Obj, level: Obj): Obj {
  let up = level >> 1;
  let at = dictGetQstr(vm, globals, newQstrObj(Q.__name__));
  if (at === newQstrObj(Q.__main__)) at = dictGetQstr(vm, globals, newQstrObj(Q.__main__));
  if (at === Word.Null) raiseMsg(vm, Ty.ImportError, "can't perform relative import");
  const current = strText(vm, at);
  if (dictGetQstr(vm, globals, newQstrObj(Q.__path__)) !== Word.Null) up--;
  let p = current.length;
  while (up > 0 && p > 0) if (current[--p] === '.') up--;
  if (p === 0) raiseMsg(vm, Ty.ImportError, "can't perform relative import");
  const tail = strText(vm, name);
  const base = current.slice(0, p);
  return newQstrObj(vm.intern(tail === '' ? base : `${base}.${tail}`));
}

/** What is at a path of the board: 0 nothing, 1 a folder, 2 a file; undefined: only Python code can tell. */
export type ImportStat = 0 | 1 | 2 | undefined;

/** Where import looks for files, but for filesystems in Python. */
export interface ImportFiles {
  /** What is at a path. */
  stat(vm: Vm, path: string): ImportStat;
  /** Leaves the file at a path, unless it is frozen, in `vm.importing`; or answers Call and a ROM function does. */
  read(vm: Vm, path: Obj): Obj;
}

/** Import from the host's files: where there are no filesystems. */
export const HOST_FILES: ImportFiles = {
  stat: (vm, path) => frozenStat(vm, path) ?? vm.host.files?.stat(path) ?? 0,
  read(vm, path) {
    const text = strText(vm, path);
    if (frozenName(text) !== undefined) return Word.None;
    const files = vm.host.files;
    if (files === undefined) return raiseType(vm, Ty.ImportError);
    vm.importing.put(text, files.read(text));
    return Word.None;
  },
};

/** A path that was found; `NOT_THERE`; `UNKNOWN`, when only Python code can tell what is at a path. */
type Found = string;
const NOT_THERE = '';
const UNKNOWN = '?';

/** A file `….py` or `….mpy`. */
function findFile(vm: Vm, path: string): Found {
  vm.charge(STAT_UNITS);
  const source = vm.importFiles.stat(vm, path);
  if (source === 2) return path;
  if (source === undefined) return UNKNOWN;
  const code = `${path.slice(0, -2)}mpy`;
  vm.charge(STAT_UNITS);
  const compiled = vm.importFiles.stat(vm, code);
  if (compiled === undefined) return UNKNOWN;
  return compiled === 2 ? code : NOT_THERE;
}
/** A folder, which gets a slash behind it, or a module's file. */
function findModule(vm: Vm, path: string): Found {
  vm.charge(STAT_UNITS);
  const found = vm.importFiles.stat(vm, path);
  if (found === undefined) return UNKNOWN;
  return found === 1 ? `${path}/` : findFile(vm, `${path}.py`);
}

/** What {@link findModule} finds of a module in the first place that has it. */
function findInPlaces(vm: Vm, name: string, outer: Obj): Found {
  if (outer !== Word.None) {
    const place = placeInPackage(vm, name, outer);
    return place === NOT_THERE || place === UNKNOWN ? place : findModule(vm, place);
  }
  const path = sysPath(vm);
  for (let i = 0; ; i++) {
    // Python that serves a filesystem's blocks may change it, and `array`
    getArray(vm, path);
    if (i >= array.len) return NOT_THERE;
    const place = strText(vm, vm.i32[(array.items >> 2) + i] as number);
    const found = findModule(vm, place === '' ? name : `${place}/${name}`);
    if (found !== NOT_THERE) return found;
  }
}

function placeInPackage(vm: Vm, name: string, outer: Obj): Found {
  if (vm.typeOf(outer) !== Ty.Module) return UNKNOWN;
  const globals = vm.i32[(outer + ModuleOff.Globals) >> 2] as number;
  const path = dictGetQstr(vm, globals, newQstrObj(Q.__path__));
  if (path !== Word.Null) return `${strText(vm, path)}/${name}`;
  return dictGetQstr(vm, globals, newQstrObj(Q.__getattr__)) === Word.Null ? NOT_THERE : UNKNOWN;
}

/** `sys.path`, a tuple or a list. */
function sysPath(vm: Vm): Obj {
  const path = vm.root(Root.SysPath);
  if (path === Word.Null) return vm.image.emptyTuple;
  getArray(vm, path);
  return path;
}

/** What a look at a path takes. */
const STAT_UNITS = 20;

/** `_imp_stat(path)`: 0, 1 folder, 2 file. */
function importStat(vm: Vm, path: Obj): Obj {
  const fs = pythonFs(vm, path);
  return fs === Word.Null ? statElsewhere(vm, path) : tailCall2(vm, vm.addrOf(importStatPy), fs, restObj(vm));
}
export function statElsewhere(vm: Vm, path: Obj): Obj {
  return newSmallInt(vm.importFiles.stat(vm, strText(vm, path)) ?? 0);
}

/** `_imp_read(path)`: leaves a file that is not frozen in `vm.importing`. */
function importRead(vm: Vm, path: Obj): Obj {
  const fs = pythonFs(vm, path);
  return fs === Word.Null ? readElsewhere(vm, path) : readByMethods(vm, fs, restObj(vm), path);
}
export function readElsewhere(vm: Vm, path: Obj): Obj {
  return vm.importFiles.read(vm, path);
}

/** Reads the file at a path, which is `rest` in a filesystem, by the methods that it has for Python. */
export function readByMethods(vm: Vm, fs: Obj, rest: Obj, path: Obj): Obj {
  return tailCall3(vm, vm.addrOf(importReadPy), fs, rest, path);
}

/** The filesystem in Python that a path is in, with {@link restOfPath}; Null: another, or none. */
function pythonFs(vm: Vm, path: Obj): Obj {
  getStr(vm, path);
  const { addr, len } = strSpan;
  if (isFrozenPath(vm.u8, addr, addr + len)) return Word.Null;
  const mount = findMount(vm, vm.u8, addr, addr + len);
  if (mount === Mounted.Nowhere || mount === Mounted.Root) return Word.Null;
  const fs = vm.i32[(mount + MountOff.Fs) >> 2] as number;
  return vm.typeOf(fs) >= vm.heapStart ? fs : Word.Null;
}

/** {@link restOfPath}, of a path in the board's memory, as a str. */
function restObj(vm: Vm): Obj {
  const { from, to } = restOfPath;
  return from < 0 ? newQstrObj(Q._slash_) : newStrFromBytes(vm, vm.u8, from, to);
}

/**
 * `_imp_quick(full, name, outer, main)`: the whole search, which takes nothing of the heap, and then the module with its `__path__`.
 * Answers the path of the file to load, True when there is none, False when there is no such module, and None when Python code has to
 * search.
 */
function importQuick(vm: Vm, _nArgs: number, _nKw: number, args: Addr): Obj {
  if (vm.i32[(args >> 2) + 2] !== Word.None || !beginsInPython(vm)) return searchQuick(vm, args);
  vm.charge(STAT_UNITS);
  return Word.None;
}
/** Whether the first place where modules are searched for is in a filesystem in Python. */
function beginsInPython(vm: Vm): boolean {
  getArray(vm, sysPath(vm));
  return array.len > 0 && pythonFs(vm, vm.i32[array.items >> 2] as number) !== Word.Null;
}
export function searchQuick(vm: Vm, args: Addr): Obj {
  const [full, name, outer, main] = vm.i32.subarray(args >> 2, (args >> 2) + 4) as unknown as [Obj, Obj, Obj, Obj];
  const path = findInPlaces(vm, strText(vm, name), outer);
  if (path === UNKNOWN) return Word.None;
  if (path === NOT_THERE) return Word.False;
  const file = path.endsWith('/') ? findFile(vm, `${path}__init__.py`) : path;
  if (file === UNKNOWN) return Word.None;
  const m = newImportedModule(vm, full, main !== Word.False);
  try {
    if (path.endsWith('/')) {
      const globals = vm.i32[(m + ModuleOff.Globals) >> 2] as number;
      dictStore(vm, globals, newQstrObj(Q.__path__), newStr(vm, path.slice(0, -1)));
    }
    if (file === NOT_THERE) return Word.True;
    return frozenName(file) === undefined ? vm.internObj(file) : newStr(vm, file);
  } catch (e) {
    forget(vm, full);
    throw e;
  }
}

// @quick-begin
/** Whether a name may be a built-in module's: those are qstrs in ROM, but for the old ones that begin with `u`. */
function mayBeBuiltin(vm: Vm, name: Qstr): boolean {
  return name < vm.image.data.qstrCount || vm.u8[vm.qstrs.addr(name)] === 0x75;
}
// @quick-end
/** A built-in module, or one in a built-in package, that is there without a search; None: there is none. */
export function readyBuiltin(vm: Vm, name: Obj, outer: Obj): Obj {
  if (outer === Word.None) {
    const b = builtinModule(vm, strText(vm, name), false);
    if (b === Word.Wait) return awaitPart(vm, strText(vm, name));
    return b === 0 ? Word.None : b;
  }
  if (vm.typeOf(outer) === Ty.Module && outer < vm.ramStart) {
    const sub = dictGetQstr(vm, vm.i32[(outer + ModuleOff.Globals) >> 2] as number, newQstrObj(strQstr(vm, name)));
    if (sub !== Word.Null && vm.typeOf(sub) === Ty.Module) return sub;
  }
  return Word.None;
}

/** A module under import; `main`: as `__main__`. */
function newImportedModule(vm: Vm, full: Obj, main: boolean): Obj {
  const q = strQstr(vm, full);
  const m = newModule(vm, q);
  if (main) {
    const globals = vm.i32[(m + ModuleOff.Globals) >> 2] as number;
    dictStore(vm, globals, newQstrObj(Q.__name__), newQstrObj(Q.__main__));
    dictStore(vm, vm.root(Root.LoadedModules), newQstrObj(Q.__main__), m);
    dictStore(vm, globals, newQstrObj(Q.__main__), newQstrObj(q));
  }
  return m;
}
function forget(vm: Vm, full: Obj): void {
  mapRemove(vm, vm.root(Root.LoadedModules) + DictOff.Map, newQstrObj(strQstr(vm, full)));
}
// @quick-begin
/** Whether a file that begins is put together in the staging room. */
function isStaged(vm: Vm, path: Obj, reader: number): boolean {
  if (vm.staging === null) return false;
  getStr(vm, path);
  return vm.staging.begin(path, vm.u8, strSpan.addr, strSpan.addr + strSpan.len, reader);
}
// @quick-end
export function beginFile(vm: Vm, path: Obj, reader: number): void {
  vm.importing.begin(strText(vm, path), { file: 0, reader });
}
export function addPiece(vm: Vm, path: Obj, addr: Addr, len: number): void {
  vm.importing.add(strText(vm, path), vm.u8.subarray(addr, addr + len));
}

// Each of these has at most 11 words of state while module code runs, so that an import takes nothing of the heap for itself.

export const importPy = pyFun('__import__');

const importDottedPy = pyFun('_imp_dotted');

const importPartPy = pyFun('_imp_part');

const importLevelPy = pyFun('_imp_level');

const importSearchPy = pyFun('_imp_search');

const importLoadPy = pyFun('_imp_load');

const importSubPy = pyFun('_imp_sub');

const importFindPy = pyFun('_imp_find');

const importFilePy = pyFun('_imp_file');

export const importStatPy = pyFun('_imp_python_stat');

export const importReadPy = pyFun('_imp_python_read');

const importPiecesPy = pyFun('_imp_pieces');

/**
 * What the ROM functions above use. Files of filesystems in Python come by `_imp_begin(path, reader's bytes)` and `_imp_add(path, buffer, n)`,
 * which takes the first `n` bytes, none for None, and answers how many.
 */
export const IMPORT_HELPERS: Readonly<Record<string, RomValue>> = {
  __import__: importPy,
  _imp_level: importLevelPy,
  _imp_sub: importSubPy,
  _imp_find: importFindPy,
  _imp_file: importFilePy,
  _imp_dotted: importDottedPy,
  _imp_part: importPartPy,
  _imp_search: importSearchPy,
  _imp_load: importLoadPy,
  _imp_init: pyFun('_imp_init'),
  _imp_pieces: importPiecesPy,
  _imp_stat: fun1(importStat),
  _imp_quick: funVar(4, 4, importQuick),
  _imp_read: fun1(importRead),
  _imp_globals: fun1((vm, g) => {
    if (g === Word.None) return vm.i32[(vm.ts + TsOff.Globals) >> 2] as number;
    if (vm.typeOf(g) !== Ty.Dict) raiseTypeError(vm, '');
    return g;
  }),
  _imp_relative: fun3(relativeName),
  _imp_path: fun0((vm) => sysPath(vm)),
  /** Part of a name, interned. */
  _imp_name: fun3((vm, name, from, to) =>
    vm.internObj(strText(vm, name).slice(smallIntValue(from), smallIntValue(to))),
  ),
  _imp_ready: fun3((vm, full, name, outer) => {
    takeWait(vm);
    const q = strQstr(vm, full);
    const m = loadedModule(vm, newQstrObj(q));
    if (m !== Word.Null) return m;
    // @quick-begin
    if (outer === Word.None && !mayBeBuiltin(vm, q)) return Word.None;
    // @quick-end
    return readyBuiltin(vm, name, outer);
  }),
  _imp_missing: fun3((vm, full, name, outer) => {
    resumeWait(vm);
    if (outer === Word.None) {
      const b = builtinModule(vm, strText(vm, name), true);
      if (b === Word.Wait) return awaitPart(vm, strText(vm, name));
      if (b !== 0) return b;
    }
    return raiseFormat(vm, Ty.ImportError, "no module named '%q'", strText(vm, full));
  }),
  _imp_new: fun2((vm, full, main) => newImportedModule(vm, full, main !== Word.False)),
  _imp_module: fun1((vm, full) => dictGetQstr(vm, vm.root(Root.LoadedModules), newQstrObj(strQstr(vm, full)))),
  _imp_exec: fun2(executeFile),
  _imp_compile: fun1((vm, path) => {
    const file = strText(vm, path);
    const source = vm.importing.take(file);
    if (source === undefined) return raiseType(vm, Ty.ImportError);
    const globals = vm.i32[(vm.ts + TsOff.Globals) >> 2] as number;
    return newCodeOfModule(vm, compileOnBoard(vm, source.bytes, file, 'file', globals, source.reader));
  }),
  _imp_begin: fun2((vm, path, reader) => {
    const bytes = getInt(vm, reader);
    // @quick-begin
    if (isStaged(vm, path, bytes)) return Word.None;
    // @quick-end
    beginFile(vm, path, bytes);
    return Word.None;
  }),
  _imp_add: fun3((vm, path, data, n) => {
    getBuffer(vm, data, 1);
    const addr = vm.buf.addr;
    const len = vm.buf.len;
    const given = n === Word.None ? 0 : getInt(vm, n);
    const count = given < 0 ? 0 : given < len ? given : len;
    if (vm.staging === null || !vm.staging.append(path, vm.u8, addr, addr + count)) addPiece(vm, path, addr, count);
    return newSmallInt(count);
  }),
  _imp_drop: fun1((vm, path) => {
    vm.importing.take(strText(vm, path));
    return Word.None;
  }),
  _imp_forget: fun1((vm, full) => {
    forget(vm, full);
    return Word.None;
  }),
};
