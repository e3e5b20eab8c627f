/** `_thread`: threads and locks. Counterpart: py/modthread.c, and the ports' mpthreadport.c for sizes and names. */
import { Root, ThreadOff, TsOff } from '../layout.js';
import { newDict } from '../map.js';
import { newInt } from '../obj/int.js';
import { getArray } from '../obj/seq.js';
import { raiseMsg, raiseType, raiseTypeError } from '../raise.js';
import { pushRec, Rec } from '../records.js';
import {
  defineModule,
  defineType,
  fun0,
  fun1,
  funVar,
  type ModuleDef,
  pyFun,
  type RomValue,
  type TypeDef,
} from '../rom/define.js';
import { getInt } from '../runtime.js';
import { startWait, takeWait, WaitFor } from '../schedule.js';
import { tailCall3 } from '../tail.js';
import { isLocked, setLocked, threadsOf } from '../threads.js';
import { Ty } from '../types.js';
import { type Addr, newBool, newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';

/** Threads of the unix port are the system's; the RP2040 has one more core. */
function isUnix(vm: Vm): boolean {
  return vm.profile.platform === 'linux';
}

// ---- locks: type, 1 when locked, what the system needs

/** Bytes of a lock object: with a mutex of the system's, or of the chip's. */
const UNIX_LOCK = 32;
const PICO_LOCK = 16;

function acquire(vm: Vm, nArgs: number, _nKw: number, args: Addr): Obj {
  takeWait(vm);
  const self = vm.i32[args >> 2] as number;
  const waits = nArgs < 2 || getInt(vm, vm.i32[(args >> 2) + 1] as number) !== 0;
  if (!isLocked(vm, self)) {
    setLocked(vm, self, true);
    return Word.True;
  }
  return waits ? startWait(vm, WaitFor.Lock, self, 0) : Word.False;
}

function release(vm: Vm, self: Obj): Obj {
  if (!isLocked(vm, self)) raiseType(vm, Ty.RuntimeError);
  setLocked(vm, self, false);
  // who has waited has it next, not who asks first
  const threads = threadsOf(vm);
  if (threads.awaits(self)) threads.yield();
  return Word.None;
}

/** `_thread.LockType`. */
export const lockType: TypeDef = defineType({
  name: 'lock',
  locals: {
    acquire: funVar(1, 3, acquire),
    release: fun1(release),
    locked: fun1((vm, self) => newBool(isLocked(vm, self))),
    __enter__: funVar(1, 3, acquire),
    __exit__: funVar(4, 4, (vm, _nArgs, _nKw, args) => release(vm, vm.i32[args >> 2] as number)),
  },
});

// ---- threads

/** What a thread runs first. */
const runPy = pyFun('_thread_run', 'def _thread_run(fun, args, kw):\n    fun(*args, **kw)\n');

/** Bytes of C stack that a thread asks for, what of them is left for reaching the limit, and what is in the heap. */
function stackSizes(vm: Vm): { usable: number; block: number } {
  const asked = vm.root(Root.ThreadStackSize) >> 1;
  if (isUnix(vm)) {
    const usable = (asked === 0 ? 32768 : Math.max(asked, 16384)) - 8192;
    // there the stack is not in the heap; 256 bytes of C's, which a call takes, are some 80 of a Python stack
    return { usable, block: Math.min(Math.floor(usable * 0.4), vm.profile.pythonStack) & ~15 };
  }
  const size = (asked === 0 ? 4096 : Math.max(asked, 2048)) & ~3;
  return { usable: size - 512, block: size };
}

function startThread(vm: Vm, nArgs: number, _nKw: number, args: Addr): Obj {
  const { i32 } = vm;
  const threads = threadsOf(vm);
  const a = args >> 2;
  const fun = i32[a] as number;
  const given = i32[a + 1] as number;
  getArray(vm, given);
  const kw = nArgs > 2 ? (i32[a + 2] as number) : newDict(vm, 0);
  if (vm.typeOf(kw) !== Ty.Dict) raiseTypeError(vm, 'expecting a dict for keyword args');
  if (!isUnix(vm) && threads.several) raiseMsg(vm, Ty.OSError, 'core1 in use');
  threads.begin();
  const { usable, block } = stackSizes(vm);
  const thread = vm.alloc(ThreadOff.Size);
  i32.fill(0, thread >> 2, (thread + ThreadOff.Size) >> 2);
  const stack = vm.alloc(block);
  const saved = (at: TsOff): number => (thread + ThreadOff.Saved + at) >> 2;
  i32.fill(0, stack >> 2, (stack + block) >> 2);
  i32[(thread + ThreadOff.Fun) >> 2] = fun;
  i32[saved(TsOff.Top)] = stack;
  i32[saved(TsOff.StackStart)] = stack;
  i32[saved(TsOff.StackEnd)] = stack + block;
  i32[saved(TsOff.Globals)] = i32[(vm.ts + TsOff.Globals) >> 2] as number;
  i32[saved(TsOff.Locals)] = i32[(vm.ts + TsOff.Locals) >> 2] as number;
  i32[saved(TsOff.Depth)] = Math.max(0, vm.stackLimit - usable);
  i32[saved(TsOff.BaseDepth)] = i32[saved(TsOff.Depth)] as number;
  threads.add(thread, () => {
    pushRec(vm, Rec.Base, 0, 0, 0);
    tailCall3(vm, vm.addrOf(runPy), fun, given, kw);
  });
  return ident(vm, thread);
}

/** The number of a thread. */
function ident(vm: Vm, thread: Addr): Obj {
  const isMain = thread === vm.root(Root.Threads);
  if (!isUnix(vm)) return newSmallInt(isMain ? 1 : 2);
  return newInt(vm, isMain ? vm.ts : thread);
}

/** Names that the module's ROM functions use. */
export const THREAD_HELPERS: Readonly<Record<string, RomValue>> = { _thread_run: runPy };
/** `_thread`: for boards whose firmware has it, with {@link lockType} and {@link THREAD_HELPERS}. */
export const threadModule: ModuleDef = defineModule({
  name: '_thread',
  globals: {
    LockType: lockType,
    get_ident: fun0((vm) => ident(vm, vm.root(Root.RunningThread))),
    stack_size: funVar(0, 1, (vm, nArgs, _nKw, args) => {
      const before = vm.root(Root.ThreadStackSize) >> 1;
      const size = nArgs === 0 ? 0 : getInt(vm, vm.i32[args >> 2] as number);
      vm.setRoot(Root.ThreadStackSize, newSmallInt(Math.max(0, Math.min(size, 0x3fffffff))));
      return newInt(vm, before);
    }),
    start_new_thread: funVar(2, 3, startThread),
    exit: fun0((vm) => raiseType(vm, Ty.SystemExit)),
    allocate_lock: fun0((vm) => {
      const lock = vm.allocObj(isUnix(vm) ? UNIX_LOCK : PICO_LOCK, vm.addrOf(lockType));
      setLocked(vm, lock, false);
      return lock;
    }),
  },
});
