/**
 * Little functions written as bytes, for tests.
 */
import { type AnyCode, type CompiledModule, type Constant, encodePrelude, type RawCode } from '../src/index.js';

/** What a test says of a function; the rest is that of `def f(): …` with room for eight values. */
export interface Parts {
  readonly nState?: number;
  readonly nExcStack?: number;
  readonly scopeFlags?: number;
  readonly nPosArgs?: number;
  readonly nKwonlyArgs?: number;
  readonly nDefPosArgs?: number;
  readonly names?: readonly number[];
  readonly lines?: readonly number[];
  readonly cells?: readonly number[];
  readonly children?: readonly AnyCode[];
}

/** A function with these instructions. */
export function fn(opcodes: readonly number[], parts: Parts = {}): RawCode {
  const nArgs = (parts.nPosArgs ?? 0) + (parts.nKwonlyArgs ?? 0);
  const names = parts.names ?? new Array<number>(nArgs + 1).fill(1);
  const info = [...names, ...(parts.lines ?? [])];
  const cells = parts.cells ?? [];
  const prelude = encodePrelude({
    nState: parts.nState ?? 8,
    nExcStack: parts.nExcStack ?? 0,
    scopeFlags: parts.scopeFlags ?? 0,
    nPosArgs: parts.nPosArgs ?? 0,
    nKwonlyArgs: parts.nKwonlyArgs ?? 0,
    nDefPosArgs: parts.nDefPosArgs ?? 0,
    nInfo: info.length,
    nCells: cells.length,
  });
  const code = Uint8Array.from([...prelude, ...info, ...cells, ...opcodes]);
  return { kind: 'bytecode', code, children: parts.children ?? [] };
}

/** A module with this body, two names and the given constants. */
export function moduleOf(root: AnyCode, constants: readonly Constant[] = []): CompiledModule {
  return { qstrs: ['t.py', 'f'], constants, root };
}
