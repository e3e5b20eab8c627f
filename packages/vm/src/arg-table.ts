/** Tables of parameters for natives outside this package: as `obj/arg-parse.ts`, with kinds by name. */
import { ArgKind, type ArgSpec, parseArgs } from './obj/arg-parse.js';
import type { Vm } from './vm.js';
import type { Addr } from './words.js';

/** `obj`: an object word as given; `int`: a host number; `bool`: 0 or 1. */
export type ArgKindName = 'obj' | 'int' | 'bool';

/** One parameter: its kind, what it is when absent (none: it is required), and whether it must be named. */
export interface ArgParameter {
  readonly name: string;
  readonly kind: ArgKindName;
  readonly value?: number | undefined;
  readonly kwOnly?: boolean | undefined;
}
/** A table that {@link argTable} made of parameters. */
export type ArgTable = readonly { readonly name: string }[];

const KINDS = { obj: ArgKind.Obj, int: ArgKind.Int, bool: ArgKind.Bool } as const;

/** Prepares a table of parameters; done once for each native. */
export function argTable(parameters: readonly ArgParameter[]): ArgTable {
  const specs: readonly ArgSpec[] = parameters.map((p) => ({
    name: p.name,
    kind: KINDS[p.kind],
    value: p.value ?? 0,
    required: p.value === undefined,
    kwOnly: p.kwOnly === true,
  }));
  return specs;
}

/** The values of a call's arguments in the table's order; raises TypeError for missing and extra ones. */
export function readArgs(vm: Vm, table: ArgTable, nArgs: number, nKw: number, args: Addr): number[] {
  return parseArgs(vm, table as readonly ArgSpec[], nArgs, nKw, args);
}
