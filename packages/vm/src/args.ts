/**
 * Argument tables: natives that take keywords describe their parameters and get the values in order. Counterpart:
 * mp_arg_parse_all in py/argcheck.c.
 */
import { Ty } from './types.js';
import { raiseFormat, raiseTypeError } from './raise.js';
import { getInt, isTrue } from './runtime.js';
import { type Addr, isSmallInt, newQstrObj, type Obj, type Qstr, smallIntValue, Word } from './words.js';
import type { Vm } from './vm.js';

export interface ArgSpec {
  /** qstr of the parameter. */
  readonly name: Qstr;
  /** `int`: converted, as a small int word of its value; `bool`: True or False; `obj`: as given. */
  readonly kind: 'obj' | 'int' | 'bool';
  /** Word used when the argument is missing; absent: it is required. */
  readonly default?: Obj | undefined;
  readonly kwOnly?: boolean | undefined;
}

/** Values of the parameters of `specs`; raises TypeError as MicroPython does. Ints are given as plain numbers, others as words. */
export function parseArgs(vm: Vm, nArgs: number, nKw: number, args: Addr, specs: readonly ArgSpec[]): number[] {
  const i32 = vm.i32;
  const out: number[] = [];
  let posFound = 0;
  let kwFound = 0;
  for (const [i, spec] of specs.entries()) {
    let given: Obj = Word.Null;
    if (i < nArgs) {
      if (spec.kwOnly === true) break;
      given = i32[(args >> 2) + i] as number;
      posFound++;
    } else {
      for (let k = 0; k < nKw; k++) {
        if (i32[(args >> 2) + nArgs + 2 * k] === newQstrObj(spec.name)) {
          given = i32[(args >> 2) + nArgs + 2 * k + 1] as number;
          kwFound++;
          break;
        }
      }
    }
    if (given === Word.Null) {
      if (spec.default === undefined) raiseFormat(vm, Ty.TypeError, "'%q' argument required", vm.qstrText(spec.name));
      out.push(spec.kind === 'int' && isSmallInt(spec.default) ? smallIntValue(spec.default) : spec.default);
    } else if (spec.kind === 'int') out.push(getInt(vm, given));
    else if (spec.kind === 'bool') out.push(isTrue(vm, given) ? Word.True : Word.False);
    else out.push(given);
  }
  if (posFound < nArgs) raiseTypeError(vm, 'extra positional arguments given');
  if (kwFound < nKw) raiseTypeError(vm, 'extra keyword arguments given');
  return out;
}
