/** `sys`. Counterpart: py/modsys.c. */
import { UnaryOp } from '@tsmp-internal/bytecode';
import { Root } from '../layout.js';
import { printException } from '../obj/exception.js';
import { strIntern } from '../obj/str-new.js';
import { stdioType } from '../obj/stdio.js';
import { hasThreads, type Profile } from '../profile.js';
import { raiseArg, raiseType } from '../raise.js';
import { type AttrFn, defineModule, fun0, fun1, funVar, type ModuleDef, romTuple } from '../rom/define.js';
import { tailUnaryOp } from '../tail.js';
import { Ty } from '../types.js';
import { newSmallInt, Word } from '../words.js';
import { StreamPrinter } from '../stream-print.js';
import { sysRoot } from './sys-roots.js';

/** Version of MicroPython whose behaviour this is. */
export const MICROPYTHON_VERSION = [1, 29, 0] as const;
const MPY_VERSION = 6 | (3 << 8);

const attr: AttrFn = (vm, _o, name) => {
  const root = sysRoot(name);
  if (root < 0) return 0;
  if (vm.dest0 === Word.Null) {
    vm.dest0 = vm.root(root);
    return 0;
  }
  // made at start, for good
  if (root === Root.SysArgv || root === Root.LoadedModules) return 0;
  vm.setRoot(root, vm.dest1);
  vm.dest0 = Word.Null;
  return 0;
};

export function sysModule(profile: Profile): ModuleDef {
  const version = romTuple([...MICROPYTHON_VERSION, 'preview']);
  const names = ['name', 'version', '_machine', '_mpy', '_build'];
  const items = ['micropython', version, profile.machine, MPY_VERSION, profile.build];
  if (hasThreads(profile)) {
    // threads without a lock around the interpreter: programs must lock what they share
    names.push('_thread');
    items.push('unsafe');
  }
  return defineModule({
    name: 'sys',
    attr,
    globals: {
      version: '3.4.0; MicroPython v1.29.0-preview',
      version_info: romTuple([3, 4, 0]),
      implementation: { def: 'attrtuple', names, items },
      platform: profile.platform,
      byteorder: 'little',
      maxsize: 0x7fffffff,
      exit: funVar(0, 1, (vm, n, _kw, args) =>
        n === 0 ? raiseType(vm, Ty.SystemExit) : raiseArg(vm, Ty.SystemExit, vm.i32[args >> 2] as number),
      ),
      stdin: { def: 'object', type: stdioType, words: [newSmallInt(0)] },
      stdout: { def: 'object', type: stdioType, words: [newSmallInt(1)] },
      stderr: { def: 'object', type: stdioType, words: [newSmallInt(2)] },
      exc_info: fun0((vm) => {
        const exc = vm.root(Root.CurException);
        const t = vm.newTuple(3, 0) >> 2;
        vm.i32[t + 2] = exc === 0 ? Word.None : vm.typeOf(exc);
        vm.i32[t + 3] = exc === 0 ? Word.None : exc;
        vm.i32[t + 4] = Word.None;
        return t << 2;
      }),
      getsizeof: fun1((vm, o) => tailUnaryOp(vm, UnaryOp.Sizeof, o)),
      intern: fun1(strIntern),
      executable: '',
      print_exception: funVar(1, 2, (vm, n, _kw, args) => {
        const out = n > 1 ? new StreamPrinter(vm, vm.i32[(args >> 2) + 1] as number) : vm.stdout;
        printException(vm, out, vm.i32[args >> 2] as number);
        return Word.None;
      }),
      atexit: fun1((vm, f) => {
        const old = vm.root(Root.AtExit);
        vm.setRoot(Root.AtExit, f);
        return old === 0 ? Word.None : old;
      }),
    },
  });
}
