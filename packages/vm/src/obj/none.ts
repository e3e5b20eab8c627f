/** None: an immediate. Counterpart: py/objnone.c. */
import { PrintKind, type Printer } from '../print.js';
import { defineType } from '../rom/define.js';
import type { Obj } from '../words.js';
import type { Vm } from '../vm.js';

function nonePrint(_vm: Vm, out: Printer, _o: Obj, kind: PrintKind): void {
  out.write(kind === PrintKind.Json ? 'null' : 'None');
}

/** The type of None. */
export const noneType = defineType({ name: 'NoneType', core: 'NoneType', print: nonePrint });
