/** Finding and running frozen modules: import's view of what `freezeImage` put into flash. Counterpart: py/frozenmod.c. */
import { compileOnBoard } from './compile.js';
import { ContextOff, ModuleOff, Root } from './layout.js';
import { dictStore } from './map.js';
import { functionFromRaw } from './obj/function.js';
import { Q } from './q.js';
import { VmUsageError } from './raise.js';
import { FrozenKind, FrozenOff } from './rom/freeze.js';
import { getBuffer } from './runtime.js';
import { type Addr, newQstrObj, type Obj, Word } from './words.js';
import type { Vm } from './vm.js';

/** What paths of frozen modules start with; `.frozen` is the entry of `sys.path`. */
const PREFIX = '.frozen/';
const PREFIX_CODES = [0x2e, 0x66, 0x72, 0x6f, 0x7a, 0x65, 0x6e, 0x2f];

/** Whether a path starts with {@link PREFIX}. */
export function isFrozenPath(u8: Uint8Array, from: number, to: number): boolean {
  if (to - from < PREFIX_CODES.length) return false;
  for (let i = 0; i < PREFIX_CODES.length; i++) if (u8[from + i] !== PREFIX_CODES[i]) return false;
  return true;
}

/** What is frozen at a path: 0 nothing, 1 a folder, 2 a file; undefined when the path names nothing frozen. */
export function frozenStat(vm: Vm, path: string): 0 | 1 | 2 | undefined {
  return path.startsWith(PREFIX) ? findFrozen(vm, path.slice(PREFIX.length)) : undefined;
}

/** As {@link frozenStat}, for a path below `.frozen`. */
export function findFrozen(vm: Vm, name: string): 0 | 1 | 2 {
  const modules = vm.image.data.frozen?.modules;
  if (modules === undefined) return 0;
  if (Object.hasOwn(modules, name)) return 2;
  return Object.keys(modules).some((m) => m.startsWith(`${name}/`)) ? 1 : 0;
}

/** The name of a frozen file when `path` is one's, as its code and `__file__` have it. */
export function frozenName(path: string): string | undefined {
  return path.startsWith(PREFIX) ? path.slice(PREFIX.length) : undefined;
}

function record(vm: Vm, name: string): Addr {
  const at = vm.image.data.frozen?.modules[name];
  if (at === undefined) throw new VmUsageError('not-frozen', `there is no frozen module '${name}'`);
  return at >> 2;
}

/**
 * The function of a frozen file's body. Code runs where it is in flash: `context`, a module object, gets the addresses of its
 * tables. Source is compiled first.
 */
export function frozenFunction(vm: Vm, name: string, context: Obj): Obj {
  const at = record(vm, name);
  const globals = vm.i32[(context + ModuleOff.Globals) >> 2] as number;
  dictStore(vm, globals, newQstrObj(Q.__file__), vm.internObj(name));
  if (vm.i32[at] === FrozenKind.Source) {
    getBuffer(vm, vm.i32[at + (FrozenOff.Source >> 2)] as number, 1);
    return compileOnBoard(vm, vm.u8.slice(vm.buf.addr, vm.buf.addr + vm.buf.len), name, 'file', globals);
  }
  vm.i32[(context + ContextOff.Qstrs) >> 2] = vm.i32[at + (FrozenOff.Qstrs >> 2)] as number;
  vm.i32[(context + ContextOff.Objs) >> 2] = vm.i32[at + (FrozenOff.Objs >> 2)] as number;
  return functionFromRaw(vm, vm.i32[at + (FrozenOff.Root >> 2)] as number, context, Word.Null, Word.Null);
}

/** As {@link frozenFunction}, with `__main__`'s globals: for the files that a board runs when it starts. */
export function frozenMain(vm: Vm, name: string): Obj {
  const context = vm.allocObj(ContextOff.Size, vm.typeOf(vm.roots + Root.MainModule * 4));
  vm.i32[(context + ModuleOff.Globals) >> 2] = vm.root(Root.MainDict);
  return frozenFunction(vm, name, context);
}
