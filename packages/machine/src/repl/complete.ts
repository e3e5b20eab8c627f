/**
 * Completing names at the prompt. Counterpart: mp_repl_autocomplete in py/repl.c.
 *
 * Every interned string is tried as an attribute, in order of number, as upstream does: what is offered depends on nothing else.
 */
import { type Addr, type Obj, PyRaise, type Printer, ROOTS, loadMethodMaybe, type Vm } from '@tsmp/vm';
import type { Completion } from './line-editor.js';

const IMPORT = 'import ';
const SLOT = 16;
const LINE_LENGTH = 4 * SLOT;

/** The attribute `name` of `o`; 0 when there is none or looking for it raised. */
function attribute(vm: Vm, o: Obj, name: number): Obj {
  try {
    loadMethodMaybe(vm, o, name);
    return vm.dest0;
  } catch (e) {
    if (e instanceof PyRaise) return 0;
    throw e;
  }
}

/** Completes the last word of `text`; several possibilities are printed on `out`. */
export function complete(vm: Vm, text: string, out: Printer): Completion {
  const chain = /[A-Za-z0-9_.]*$/.exec(text)?.[0] ?? '';
  const words = chain.split('.');
  const last = words.pop() as string;
  let o: Obj = vm.roots + 4 * ROOTS.mainModule;
  for (const word of words) {
    const q = vm.qstrs.findText(word);
    o = q === 0 ? 0 : attribute(vm, o, q);
    if (o === 0) return { text: '' };
    vm.keep(o);
  }
  const modules = text.startsWith(IMPORT);
  const found = matches(vm, modules ? 0 : o, last);
  if (found.length === 0) {
    const first = chain === text && last === text && last !== '' && last.length < IMPORT.length;
    return { text: first && IMPORT.startsWith(last) ? IMPORT.slice(last.length) : '' };
  }
  const common = commonPrefix(found);
  if (found.length === 1 || common.length > last.length) return { text: common.slice(last.length) };
  list(found, out);
  return 'listed';
}

/** Names that begin with `start`: attributes of `o`, or, when that is 0, built-in modules. */
function matches(vm: Vm, o: Addr, start: string): string[] {
  const out: string[] = [];
  const mark = vm.heap.logTop;
  for (let q = 2; q < vm.qstrs.count; q++) {
    if ((q & 255) === 0) vm.charge(256);
    const name = vm.qstrText(q);
    // names with an underscore are shown to those who ask for them
    if (start === '' ? name.startsWith('_') : !name.startsWith(start)) continue;
    vm.heap.logTop = mark;
    if (o === 0 ? vm.image.modules.has(name) || vm.image.deferred.has(name) : attribute(vm, o, q) !== 0) out.push(name);
  }
  return out;
}

function commonPrefix(names: readonly string[]): string {
  let common = names[0] as string;
  for (const name of names) while (!name.startsWith(common)) common = common.slice(0, -1);
  return common;
}

/** Prints names in columns of 16 characters. */
function list(names: readonly string[], out: Printer): void {
  let used = LINE_LENGTH;
  for (const name of names) {
    let gap = Math.ceil(used / SLOT) * SLOT - used;
    if (gap < 2) gap += SLOT;
    if (used + gap + name.length <= LINE_LENGTH) {
      out.write(' '.repeat(gap) + name);
      used += gap + name.length;
    } else {
      out.write(`\n${name}`);
      used = name.length;
    }
  }
  out.write('\n');
}
