/** Compiling on the board: source in, function of the module's body out; the compiler's errors become Python exceptions. */
import { type CompiledModule, MpyFormatError, MpyVerifyError, readMpy, verifyModule } from '@tsmp/mpy-format';
import type { CompileFailure } from './host.js';
import { Root } from './layout.js';
import { loadModule } from './load.js';
import { addTracebackEntry, newExceptionText } from './obj/exception.js';
import { raise, raiseMsg, raiseValueError } from './raise.js';
import { CORE_TYPES, Ty } from './types.js';
import type { Obj } from './words.js';
import type { Vm } from './vm.js';

/** Compiles `source`; raises what the compiler reports. */
export function compileOnBoard(
  vm: Vm,
  source: Uint8Array,
  fileName: string,
  kind: 'file' | 'single' | 'eval',
  globals: Obj,
): Obj {
  const compile = vm.host.compile;
  if (compile === undefined) raiseMsg(vm, Ty.NotImplementedError, 'no compiler');
  let module: CompiledModule;
  try {
    module = compile({
      source,
      fileName,
      kind,
      optLevel: vm.root(Root.OptLevel),
      smallIntBits: 31,
      floatBits: vm.profile.floatBits,
      level: vm.profile.level,
      isKnownQstr: (s) => vm.qstrs.findText(s) !== 0,
    });
  } catch (e) {
    if (!isFailure(e)) throw e;
    const type = CORE_TYPES[e.type] ?? Ty.SyntaxError;
    const exc = newExceptionText(vm, type, e.message);
    if (e.line >= 0) addTracebackEntry(vm, exc, vm.intern(fileName), e.line, e.block === null ? 0 : vm.intern(e.block));
    raise(exc);
  }
  return loadModule(vm, module, globals, 0, true);
}

function isFailure(e: unknown): e is CompileFailure {
  return typeof e === 'object' && e !== null && 'type' in e && 'message' in e && 'line' in e && 'block' in e;
}

/** Loads a `.mpy` file's bytes: checks it for this board and for structure. */
export function loadMpy(vm: Vm, bytes: Uint8Array, globals: Obj, into: Obj = 0): Obj {
  let module: CompiledModule;
  try {
    module = readMpy(bytes, { target: { smallIntBits: 31 } }).module;
    verifyModule(module);
  } catch (e) {
    if (e instanceof MpyFormatError) raiseValueError(vm, e.pythonMessage);
    if (e instanceof MpyVerifyError) raiseValueError(vm, 'incompatible .mpy file');
    throw e;
  }
  return loadModule(vm, module, globals, into);
}
