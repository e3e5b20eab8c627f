/** `help()`. Counterpart: py/builtinhelp.c. */
import { DictOff, MapOff, ModuleOff } from '../layout.js';
import { mapNextFilled } from '../map.js';
import { PrintKind } from '../print.js';
import { Q } from '../q.js';
import { funVar } from '../rom/define.js';
import { printObj, typeName } from '../runtime.js';
import { Ty, TypeOff } from '../types.js';
import { type Addr, newQstrObj, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';

/** What `help()` says at the prompt: MicroPython's own words, which users and tools know. */
const GENERAL = `Welcome to MicroPython!

For online docs please visit http://docs.micropython.org/

Control commands:
  CTRL-A        -- on a blank line, enter raw REPL mode
  CTRL-B        -- on a blank line, enter normal REPL mode
  CTRL-C        -- interrupt a running program
  CTRL-D        -- on a blank line, exit or do a soft reset
  CTRL-E        -- on a blank line, enter paste mode

For further help on a specific object, type help(obj)
`;

const COLUMNS = 4;
const COLUMN_WIDTH = 18;

/** The built-in modules in columns, read from top to bottom. */
function printModules(vm: Vm): void {
  const names = ['__main__', ...vm.image.modules.keys(), ...vm.image.deferred.keys()].sort();
  const rows = Math.ceil(names.length / COLUMNS);
  for (let i = 0; i < rows; i++) {
    let line = '';
    for (let j = i; j < names.length; j += rows) {
      const name = names[j] as string;
      const pad = COLUMN_WIDTH * (Math.floor(name.length / COLUMN_WIDTH) + 1);
      line += j + rows < names.length ? name.padEnd(pad) : name;
    }
    vm.stdout.write(`${line}\n`);
  }
  vm.stdout.write('Plus any modules on the filesystem\n');
}

function printMembers(vm: Vm, map: Addr): void {
  for (let i = mapNextFilled(vm, map, 0); i >= 0; i = mapNextFilled(vm, map, i + 1)) {
    const slot = ((vm.i32[(map + MapOff.Table) >> 2] as number) >> 2) + 2 * i;
    vm.stdout.write('  ');
    printObj(vm, vm.stdout, vm.i32[slot] as number, PrintKind.Str);
    vm.stdout.write(' -- ');
    printObj(vm, vm.stdout, vm.i32[slot + 1] as number, PrintKind.Str);
    vm.stdout.write('\n');
  }
}

function describe(vm: Vm, o: Obj): void {
  let type = vm.typeOf(o);
  vm.stdout.write('object ');
  printObj(vm, vm.stdout, o, PrintKind.Str);
  vm.stdout.write(` is of type ${typeName(vm, type)}\n`);
  if (type === Ty.Module) {
    printMembers(vm, (vm.i32[(o + ModuleOff.Globals) >> 2] as number) + DictOff.Map);
    return;
  }
  if (type === Ty.Type) type = o;
  const locals = vm.i32[(type + TypeOff.Locals) >> 2] as number;
  if (locals !== 0) printMembers(vm, locals + DictOff.Map);
}

/** `help([object])`; `help('modules')` lists the modules. */
export const helpFunction = funVar(0, 1, (vm, nArgs, _nKw, args) => {
  if (nArgs === 0) vm.stdout.write(GENERAL);
  else if (vm.i32[args >> 2] === newQstrObj(Q.modules)) printModules(vm);
  else describe(vm, vm.i32[args >> 2] as number);
  return Word.None;
});
