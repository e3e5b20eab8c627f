/** Compiling on the board: source in, function of the module's body out; the compiler's errors become Python exceptions. */
import { encodeString, MpyFormatError, MpyVerifyError } from '@tsmp/mpy-format';
import { HeapLedger, MEMORY_READER, type SourceReader } from './compile-ledger.js';
import type { CompileFailure } from './host.js';
// @quick-begin
import type { ImportStaging } from './import-staging.js';
// @quick-end
import { ContextOff, Root } from './layout.js';
import { loadModule } from './load.js';
import { loadBody } from './load-file.js';
import { addTracebackEntry, newExceptionText } from './obj/exception.js';
import { raise, raiseMsg, raiseValueError } from './raise.js';
import { SoundFiles, wordsOf } from './sound-files.js';
import { Ty } from './types.js';
import { type Addr, type Obj, Word } from './words.js';
import type { Vm } from './vm.js';

/**
 * Compiles `source`, which is read through `reader`, in the board's RAM; raises what the compiler reports, and MemoryError.
 * `opened` is called when the source is open, before it is read.
 */
export function compileOnBoard(
  vm: Vm,
  source: Uint8Array,
  fileName: string,
  kind: 'file' | 'single' | 'eval',
  globals: Obj,
  reader: SourceReader = MEMORY_READER,
  opened: () => void = () => undefined,
): Obj {
  const compile = vm.host.compile;
  if (compile === undefined) raiseMsg(vm, Ty.NotImplementedError, 'no compiler');
  let isOpen = false;
  const open = (): void => {
    if (!isOpen) opened();
    isOpen = true;
  };
  const ledger = new HeapLedger(vm, reader, fileName, open);
  try {
    vm.worked(500 + 4 * source.length);
    const module = compile({
      source,
      fileName,
      kind,
      optLevel: vm.root(Root.OptLevel),
      smallIntBits: 31,
      floatBits: vm.profile.floatBits,
      level: vm.profile.level,
      isKnownQstr: (s) => vm.qstrs.findText(s) !== 0,
      addQstr: (s) => {
        const bytes = encodeString(s);
        vm.qstrs.internBytes(bytes, 0, bytes.length);
      },
      ledger,
    });
    // a compiler that reports no memory does not say so
    open();
    return loadModule(vm, module, globals, {
      kept: ledger.kept,
      keptConstants: ledger.constants,
      free: (block) => ledger.free(block),
    });
  } catch (e) {
    if (!isFailure(e)) throw e;
    const type = ERROR_TYPES.get(e.type) ?? Ty.SyntaxError;
    const exc = newExceptionText(vm, type, e.message);
    if (e.line >= 0) addTracebackEntry(vm, exc, vm.intern(fileName), e.line, e.block === null ? 0 : vm.intern(e.block));
    raise(exc);
  } finally {
    ledger.close();
  }
}

/** What compiling can raise besides SyntaxError. */
const ERROR_TYPES: ReadonlyMap<string, number> = new Map([
  ['IndentationError', Ty.IndentationError],
  ['NotImplementedError', Ty.NotImplementedError],
  ['MemoryError', Ty.MemoryError],
  ['RuntimeError', Ty.RuntimeError],
  ['ViperTypeError', Ty.ViperTypeError],
]);

function isFailure(e: unknown): e is CompileFailure {
  const { type, message, line } = (e ?? {}) as Partial<CompileFailure>;
  return type !== undefined && message !== undefined && line !== undefined;
}

/** A reader that costs nothing: the bytes are the host's. */
const NO_READER: SourceReader = { file: 0, reader: 0 };

/**
 * Loads a `.mpy` file's bytes, read through `reader`: checks it for this board and for structure. `into`: the module object whose code it is, 0: a
 * new one. `file`: its name for `globals`, Null: none. `place`: where the file lies in the board's memory for good; its strings stay there.
 */
export function loadMpy(
  vm: Vm,
  bytes: Uint8Array,
  globals: Obj,
  into: Obj = 0,
  reader: SourceReader = NO_READER,
  file: Obj = Word.Null,
  place: Addr = 0,
): Obj {
  const { staging } = vm;
  const at = staging === null || place !== 0 ? place : staging.place(bytes);
  try {
    check(vm, bytes, staging !== null && at !== place ? staging.words : wordsOf(bytes));
    return load(vm, bytes, at, into, globals, place !== 0, reader, file);
  } finally {
    if (at !== place) staging?.leave();
  }
}

// @quick-begin
/** {@link loadMpy} of the file that has come into the staging room, as the code of `module`. */
export function loadStaged(vm: Vm, module: Obj, file: Obj): Obj {
  const staging = vm.staging as ImportStaging;
  const { bytes, reader } = staging;
  staging.hold();
  try {
    check(vm, bytes, staging.words);
    const globals = vm.i32[(module + ContextOff.Globals) >> 2] as number;
    return load(vm, bytes, staging.room.byteOffset, module, globals, false, reader, file);
  } finally {
    staging.leave();
  }
}
// @quick-end

/** Files that each check has found sound. */
const soundFor = /* @__PURE__ */ new WeakMap<object, SoundFiles>();

/** Raises ValueError for a file that this board cannot load, or that is not sound. */
function check(vm: Vm, bytes: Uint8Array, words: Int32Array): void {
  const checkMpy = vm.image.checkMpy;
  if (checkMpy === undefined) raiseValueError(vm, 'incompatible .mpy file');
  let sound = soundFor.get(checkMpy);
  if (sound === undefined) {
    sound = new SoundFiles();
    soundFor.set(checkMpy, sound);
  }
  if (sound.has(words, bytes.length)) return;
  try {
    checkMpy(bytes);
  } catch (e) {
    if (e instanceof MpyFormatError) raiseValueError(vm, e.pythonMessage);
    if (e instanceof MpyVerifyError) raiseValueError(vm, 'incompatible .mpy file');
    throw e;
  }
  sound.add(bytes);
}

/** The function of a sound file's body. `at`: where in the buffer of the board's memory the file is, if it is there; `inPlace`: it stays. */
function load(
  vm: Vm,
  bytes: Uint8Array,
  at: Addr,
  into: Obj,
  globals: Obj,
  inPlace: boolean,
  { file, reader }: SourceReader,
  name: Obj,
): Obj {
  // The structure is sound, but a native may still get a self that is not its own, as behind a LOAD_METHOD taken apart.
  vm.tainted = true;
  const full = vm.profile.level === 'everything';
  if (at !== 0 && vm.fastLoad !== null)
    return vm.fastLoad(at, into, globals, inPlace ? 1 : 0, full ? 1 : 0, file, reader, name);
  return loadBody(vm, inPlace ? vm.u8 : bytes, inPlace ? at : 0, into, globals, inPlace, full, file, reader, name);
}
