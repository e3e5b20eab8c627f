/**
 * Ellipsis and NotImplemented: objects in ROM that are a type word only. Counterpart: py/objsingleton.c.
 *
 * MicroPython has one nameless type for both; here each has its own, so that natives can tell them by it.
 */
import type { Printer } from '../print.js';
import { defineType } from '../rom/define.js';
import { Ty } from '../types.js';
import type { Obj } from '../words.js';
import type { Vm } from '../vm.js';

function singletonPrint(vm: Vm, out: Printer, o: Obj): void {
  out.write(vm.i32[o >> 2] === Ty.Ellipsis ? 'Ellipsis' : 'NotImplemented');
}

/** The type of `...`. */
export const ellipsisType = defineType({ name: '', core: 'Ellipsis', print: singletonPrint });

/** The type of NotImplemented. */
export const notImplementedType = defineType({ name: '', core: 'NotImplementedType', print: singletonPrint });
