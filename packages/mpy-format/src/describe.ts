/**
 * What is in a module, in a few numbers and names.
 */
import { Op } from '@tsmp-internal/bytecode';
import type { AnyCode, CompiledModule } from './code.js';
import { disassemble, type FunctionListing } from './disassemble.js';

/** A function in a description. */
export interface FunctionSummary {
  readonly path: string;
  readonly kind: AnyCode['kind'];
  readonly signature: string;
  readonly size: number;
  readonly nState: number;
}

/** What {@link describe} says of a module. */
export interface ModuleDescription {
  readonly sourceFile: string;
  readonly nQstrs: number;
  readonly nConstants: number;
  /** Bytes of code in all functions, preludes included. */
  readonly codeSize: number;
  readonly hasNative: boolean;
  /** All functions, outer before inner, in the order of the source. */
  readonly functions: readonly FunctionSummary[];
  /** Names of modules that are imported somewhere. */
  readonly imports: readonly string[];
  /** Names that the module's body binds. */
  readonly exports: readonly string[];
}

/** Describe a module. Throws like {@link disassemble} where the code is no code. */
export function describe(module: CompiledModule): ModuleDescription {
  const listing = disassemble(module);
  const functions: FunctionSummary[] = [];
  const imports = new Set<string>();
  const visit = (fn: FunctionListing): void => {
    const { path, kind, signature, size, nState } = fn;
    functions.push({ path, kind, signature, size, nState });
    for (const instruction of fn.instructions) {
      if (instruction.name === 'IMPORT_NAME') imports.add(instruction.operand);
    }
    fn.children.forEach(visit);
  };
  visit(listing.root);
  const binds = new Set<string>();
  for (const instruction of listing.root.instructions) {
    if (Number.parseInt(instruction.bytes.slice(0, 2), 16) === Op.StoreName) binds.add(instruction.operand);
  }
  return {
    sourceFile: listing.sourceFile,
    nQstrs: module.qstrs.length,
    nConstants: module.constants.length,
    codeSize: functions.reduce((sum, fn) => sum + fn.size, 0),
    hasNative: functions.some((fn) => fn.kind !== 'bytecode'),
    functions,
    imports: [...imports],
    exports: [...binds],
  };
}
