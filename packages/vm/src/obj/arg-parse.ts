/**
 * Arguments by position or keyword for natives. Counterpart: mp_arg_parse_all in py/argcheck.c.
 */
import { Ty } from '../types.js';
import { raiseFormat, raiseTypeError } from '../raise.js';
import { getInt, isTrue } from '../runtime.js';
import type { Addr, Obj } from '../words.js';
import type { Vm } from '../vm.js';

export const enum ArgKind {
  /** An object word. */
  Obj = 0,
  /** Converted to a machine word. */
  Int = 1,
  /** Truth as 0 or 1. */
  Bool = 2,
}
export interface ArgSpec {
  readonly name: string;
  readonly kind: ArgKind;
  readonly required?: boolean;
  readonly kwOnly?: boolean;
  /** What an absent argument is (already converted). */
  readonly value: number;
}

/** Index of the pair (in words from `kw`) whose key is `name`, or −1. */
function findKeyword(vm: Vm, name: string, nKw: number, kw: number): number {
  for (let i = 0; i < nKw; i++) {
    const key = vm.i32[kw + 2 * i] as Obj;
    if ((key & 7) === 2 && vm.qstrText(key >>> 3) === name) return kw + 2 * i;
  }
  return -1;
}

/**
 * Reads `nPos` words and `nKw` pairs at `args` into values in the order of `specs`. Raises TypeError for missing and for extra
 * arguments.
 */
export function parseArgs(vm: Vm, specs: readonly ArgSpec[], nPos: number, nKw: number, args: Addr): number[] {
  const out: number[] = [];
  const pos = args >> 2;
  const kw = pos + nPos;
  let kwFound = 0;
  for (let i = 0; i < specs.length; i++) {
    const spec = specs[i] as ArgSpec;
    let at = pos + i;
    if (i < nPos) {
      if (spec.kwOnly === true) raiseTypeError(vm, 'extra positional arguments given');
    } else {
      at = findKeyword(vm, spec.name, nKw, kw);
      if (at < 0) {
        if (spec.required === true) raiseFormat(vm, Ty.TypeError, "'%q' argument required", spec.name);
        out.push(spec.value);
        continue;
      }
      kwFound++;
      at++;
    }
    const o = vm.i32[at] as Obj;
    if (spec.kind === ArgKind.Int) out.push(getInt(vm, o));
    else if (spec.kind === ArgKind.Bool) out.push(isTrue(vm, o) ? 1 : 0);
    else out.push(o);
  }
  if (nPos > specs.length) raiseTypeError(vm, 'extra positional arguments given');
  if (kwFound < nKw) raiseTypeError(vm, 'extra keyword arguments given');
  return out;
}
