/** What happens to an object with a finaliser when it is collected: native ones in place, `__del__` nested with the heap locked. */
import { Q } from './q.js';
import { PyRaise } from './raise.js';
import { printException } from './obj/exception.js';
import { call1 } from './runtime.js';
import { tailLoadMethodMaybe } from './tail.js';
import { type Addr, Word } from './words.js';
import type { Vm } from './vm.js';

export function finaliseObject(vm: Vm, o: Addr): void {
  try {
    tailLoadMethodMaybe(vm, o, Q.__del__);
    if (vm.dest0 !== Word.Null) call1(vm, vm.dest0, o);
  } catch (e) {
    if (!(e instanceof PyRaise)) throw e;
    vm.stderr.write('Unhandled exception in finaliser\n');
    printException(vm, vm.stderr, e.exc);
  }
}
