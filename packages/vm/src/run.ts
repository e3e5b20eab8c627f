/**
 * Starting and running a board's program in slices. `start…` prepares a run; `run` executes a slice of it and says why it stopped;
 * nothing of a program's state is in JavaScript between two slices.
 */
import { FULL_GRANT, grant } from './attend.js';
import { FILE_READER, MEMORY_READER } from './compile-ledger.js';
import { runEvents } from './interrupts.js';
import { compileOnBoard, loadMpy } from './compile.js';
import { frozenMain } from './frozen.js';
import { Root, TsOff } from './layout.js';
import { Arrived, deliver, Mode, popWaiting } from './link.js';
import { LoopExit } from './loop-exit.js';
import { runLoop } from './loop-select.js';
import { dictStore, initDict } from './map.js';
import { findPosition, position } from './traceback.js';
import { CsOff } from './layout.js';
import { runAsModule, tailImportName } from './import.js';
import { initList, listAppend, newList } from './obj/list.js';
import { utf8 } from './qstr.js';
import { newStr } from './obj/str-new.js';
import { exceptionMatch, exceptionValue } from './obj/exception.js';
import { PrintKind } from './print.js';
import { getIntMaybe, printObj } from './runtime.js';
import { Q } from './q.js';
import { Abort, InternalError, PyRaise, type ResetKind, ResetRequest, VmUsageError } from './raise.js';
import { popRec, pushRec, Rec } from './records.js';
import { callScheduled, isAttendable, waitDeadline } from './schedule.js';
import { tailCall } from './tail.js';
import { Ty } from './types.js';
import { newQstrObj, newSmallInt, type Obj, Word } from './words.js';
import type { Vm } from './vm.js';

/** How much a slice may do. Nothing given: until the program ends or waits. */
export interface RunLimit {
  /** Bytes of bytecode covered (about 2 a bytecode). */
  readonly bytes?: number | undefined;
  /** Bytecodes, counted exactly: uses the slower of the two loops. */
  readonly bytecodes?: number | undefined;
}

/** Why a slice stopped. */
export type RunResult =
  /** The program ended. `value` is the word of its result. */
  | { readonly reason: 'done'; readonly value: Obj }
  /** The program ended with an exception. */
  | { readonly reason: 'raised'; readonly exception: Obj }
  /** The slice is spent; run again. */
  | { readonly reason: 'budget' }
  /** Asleep until `until` (ns on the board's clock), or, when that is Infinity, until something happens. */
  | { readonly reason: 'waiting'; readonly until: number }
  /** A native worked longer than the host allows. `where`: file and line. */
  | { readonly reason: 'hung'; readonly where: string }
  /** The board was reset; its memory is as it was then. It goes on from `resetVm` and a new start. `where`: file and line. */
  | { readonly reason: 'reset'; readonly kind: ResetKind; readonly where: string }
  /** The board's memory is corrupt, as after a stray write: the board must be reset. */
  | { readonly reason: 'fault'; readonly error: Error; readonly where: string };

/** Sets up what every run needs: module table, `__main__`, `sys.path`. Done once after power-on and after each soft reset. */
export function boot(vm: Vm, argv: readonly string[] = [], path: readonly string[] = []): void {
  const now = vm.clock.now(vm.budget);
  vm.setRoot(Root.TracebackLimit, newSmallInt(1000));
  vm.setRoot(Root.LoadedModules, initDict(vm, vm.roots + Root.ModulesDict * 4, 3));
  const main = initDict(vm, vm.roots + Root.MainDictObj * 4, 1);
  vm.setRoot(Root.MainDict, main);
  dictStore(vm, main, newQstrObj(Q.__name__), newQstrObj(Q.__main__));
  vm.setRoot(Root.MainModule, Ty.Module);
  vm.setRoot(Root.MainModule + 1, main);
  vm.i32[(vm.ts + TsOff.Globals) >> 2] = main;
  vm.i32[(vm.ts + TsOff.Locals) >> 2] = main;
  vm.setRoot(Root.SysPath, newList(vm, 0));
  for (const p of [...vm.profile.sysPath, ...path]) listAppend(vm, vm.root(Root.SysPath), hostString(vm, p));
  vm.setRoot(Root.SysArgv, initList(vm, vm.roots + Root.ArgvList * 4, 0));
  for (const a of argv) listAppend(vm, vm.root(Root.SysArgv), hostString(vm, a));
  vm.setRoot(Root.Ps1, newStr(vm, '>>> '));
  vm.setRoot(Root.Ps2, newStr(vm, '... '));
  vm.setRoot(Root.KbdIntrChar, 3);
  vm.heap.logTop = 0;
  // the board's time begins when it is ready
  vm.clock.set(now, vm.budget);
}

/** A string that the host gives is interned, if it is short enough. */
function hostString(vm: Vm, text: string): Obj {
  return utf8(text).length < 256 ? vm.internObj(text) : newStr(vm, text);
}

/** Prepares a run of `start`, a tail native; what it raises at once is the run's result. */
export function startRun(vm: Vm, start: () => Obj): void {
  if ((vm.i32[(vm.ts + TsOff.Rec) >> 2] as number) !== 0)
    throw new VmUsageError('running', 'a run is in progress; let it end first');
  pushRec(vm, Rec.Base, 0, 0, 0);
  const base = vm.i32[(vm.ts + TsOff.Rec) >> 2] as number;
  try {
    const r = start();
    if (r === Word.Call) return;
    finish(vm, deliver(vm, Mode.Return, r));
  } catch (e) {
    if (!(e instanceof PyRaise)) throw e;
    vm.keep(e.exc);
    finish(vm, deliver(vm, Mode.Raise, e.exc, base));
  }
}
/** A run that ended before its first bytecode waits as a result for `run`. */
function finish(vm: Vm, arrived: Arrived): void {
  if (arrived !== Arrived.Frame) vm.early = arrived;
}

/** Prepares running source text as `__main__`. */
export function startSource(
  vm: Vm,
  source: Uint8Array,
  fileName: string,
  kind: 'file' | 'single' | 'eval' = 'file',
): void {
  const main = vm.root(Root.MainDict);
  startRun(vm, () => {
    const isFile = kind === 'file';
    const name = isFile ? vm.internObj(fileName) : Word.None;
    const opened = (): void => {
      if (isFile) dictStore(vm, main, newQstrObj(Q.__file__), name);
    };
    const reader = isFile ? FILE_READER : MEMORY_READER;
    return runAsModule(vm, compileOnBoard(vm, source, fileName, kind, main, reader, opened), main, Word.None);
  });
}
/** Prepares running a `.mpy` file as `__main__`, whose `__file__` is `fileName` if one is given. */
export function startMpy(vm: Vm, bytes: Uint8Array, fileName?: string): void {
  const main = vm.root(Root.MainDict);
  startRun(vm, () => {
    if (fileName !== undefined) dictStore(vm, main, newQstrObj(Q.__file__), vm.internObj(fileName));
    return runAsModule(vm, loadMpy(vm, bytes, main, 0, FILE_READER), main, Word.None);
  });
}
/** Prepares compiling source text as `__main__`'s, and no more. */
export function startCompileOnly(vm: Vm, source: Uint8Array, fileName: string): void {
  startRun(vm, () => {
    compileOnBoard(vm, source, fileName, 'file', vm.root(Root.MainDict), FILE_READER);
    return Word.None;
  });
}
/** Prepares importing a module, or its last part, as `__main__`; the run's result is the module. */
export function startModule(vm: Vm, name: string): void {
  startRun(vm, () => tailImportName(vm, vm.intern(name), Word.False, Word.Zero));
}
/** Prepares running a frozen file (`main.py`) as `__main__`. */
export function startFrozen(vm: Vm, name: string): void {
  startRun(vm, () => runAsModule(vm, frozenMain(vm, name), vm.root(Root.MainDict), Word.None));
}
/** Prepares a call of a Python object without arguments. */
export function startCall(vm: Vm, fun: Obj): void {
  startRun(vm, () => tailCall(vm, fun, 0, 0, 0));
}

/** Prepares calling the function given to `sys.atexit`, once; false when there is none. */
export function startAtExit(vm: Vm): boolean {
  const fun = vm.root(Root.AtExit);
  if (fun === 0 || fun === Word.None) return false;
  vm.setRoot(Root.AtExit, 0);
  startCall(vm, fun);
  return true;
}

/** Runs a slice. */
export function run(vm: Vm, limit: RunLimit = {}): RunResult {
  vm.sliceBytes = limit.bytes ?? Number.POSITIVE_INFINITY;
  // who traces the heap asks for lines, which the counting loop keeps up to date
  vm.steps = limit.bytecodes ?? (vm.heap.tracer === null ? -1 : Number.POSITIVE_INFINITY);
  try {
    return slice(vm);
  } catch (e) {
    vm.nested = 0;
    if (vm.jit !== null) vm.jit.depth = 0;
    const where = whereIs(vm);
    if (e instanceof ResetRequest) return { reason: 'reset', kind: e.kind, where };
    if (e instanceof Abort) return { reason: 'hung', where };
    if (e instanceof PyRaise) throw new InternalError('a Python exception escaped the interpreter');
    if (vm.tainted) return { reason: 'fault', error: e as Error, where };
    throw e;
  } finally {
    vm.flush();
  }
}

function slice(vm: Vm): RunResult {
  const ts = vm.ts >> 2;
  if (vm.early !== 0) return ended(vm, vm.early === Arrived.Raised ? LoopExit.Raised : LoopExit.Value);
  if ((vm.i32[ts + (TsOff.Rec >> 2)] as number) === 0)
    throw new VmUsageError('not-started', 'nothing to run: call a start function first');
  grant(vm, FULL_GRANT);
  const rec = (vm.i32[ts + (TsOff.Rec >> 2)] as number) >> 2;
  if (((vm.i32[rec] as number) & 0xff) === Rec.Waiting) {
    runEvents(vm);
    if (vm.threads !== null) {
      vm.threads.woken();
      if (vm.threads.attend()) return { reason: 'budget' };
    }
    if (vm.i32[ts + (TsOff.Pending >> 2)] !== 0) {
      popWaiting(vm);
      vm.i32[ts + (TsOff.Waiting >> 2)] = 0;
      const cs = (vm.i32[ts + (TsOff.Fp >> 2)] as number) >> 2;
      vm.i32[cs + (CsOff.Ip >> 2)] = (vm.i32[cs + (CsOff.Ip >> 2)] as number) + 1;
      const exc = vm.i32[ts + (TsOff.Pending >> 2)] as number;
      vm.i32[ts + (TsOff.Pending >> 2)] = 0;
      const arrived = deliver(vm, Mode.Raise, exc);
      if (arrived !== Arrived.Frame) return ended(vm, arrived === Arrived.Raised ? LoopExit.Raised : LoopExit.Value);
    } else callScheduled(vm);
  }
  const exit = runLoop(vm);
  vm.threads?.worked(vm.grantedBytes - vm.budget);
  vm.clock.sync(vm.budget, 0);
  vm.budget = 0;
  vm.grantedBytes = 0;
  switch (exit) {
    case LoopExit.Budget:
      return { reason: 'budget' };
    case LoopExit.Waiting:
      // the next callback comes before more waiting
      if (isAttendable(vm) || vm.threads?.waits()) return { reason: 'budget' };
      return {
        reason: 'waiting',
        until:
          vm.threads === null
            ? waitDeadline(vm, ((vm.i32[ts + (TsOff.Rec >> 2)] as number) + 4) >> 2)
            : vm.threads.deadline,
      };
    default:
      return ended(vm, exit);
  }
}

function ended(vm: Vm, exit: LoopExit): RunResult {
  vm.early = 0;
  popRec(vm);
  const at = (vm.ts + TsOff.Result) >> 2;
  const value = vm.i32[at] as number;
  if (vm.threads?.ended(exit === LoopExit.Raised ? value : 0)) return { reason: 'budget' };
  return exit === LoopExit.Raised ? { reason: 'raised', exception: value } : { reason: 'done', value };
}

/** Ctrl-C: raises KeyboardInterrupt in the program at its next safe point. Goes through the journal. */
export function interrupt(vm: Vm): void {
  vm.journal.add({ kind: 'interrupt' });
}

/** File and line that the topmost frame is at. */
export function whereIs(vm: Vm): string {
  const cs = vm.i32[(vm.ts + TsOff.Fp) >> 2] as number;
  if (cs === 0) return '';
  findPosition(vm, vm.i32[(cs + CsOff.Fun) >> 2] as number, (vm.i32[(cs + CsOff.Ip) >> 2] as number) - 1);
  return `${vm.qstrText(position.file)}:${position.line}`;
}

/** The exit status that SystemExit asks for (printing an argument that is no int), or undefined for other exceptions. */
export function exitStatus(vm: Vm, exc: Obj): number | undefined {
  if (!exceptionMatch(vm, exc, Ty.SystemExit)) return undefined;
  const value = exceptionValue(vm, exc);
  if (value === Word.None) return 0;
  const n = getIntMaybe(vm, value);
  if (n !== undefined) return n & 0xff;
  printObj(vm, vm.stderr, value, PrintKind.Str);
  vm.stderr.write('\n');
  vm.flush();
  return 1;
}

/** Whether an exception is Ctrl-C's. */
export function isKeyboardInterrupt(vm: Vm, exc: Obj): boolean {
  return exceptionMatch(vm, exc, Ty.KeyboardInterrupt);
}
