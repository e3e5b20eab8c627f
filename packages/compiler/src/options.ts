/**
 * Settings of a compilation. The defaults are those of mpy-cross, except that nothing is said about native code.
 */
import type { Constant } from '@tsmp/mpy-format';
import type { CompileLedger } from './ledger.js';
import { type KnownQstrs, MPY_CROSS_QSTRS } from './names.js';

/** What is being compiled: a module, one statement typed at a prompt, or an expression. */
export type CompileKind = 'file' | 'single' | 'eval';

/** Settings for {@link compile}, {@link parse} and {@link analyse}. */
export interface CompileOptions {
  /** The name of the source, as tracebacks are to show it. Default `'<stdin>'`. */
  readonly fileName?: string;
  /** 0 keeps everything; from 1 on assertions are dropped and `__debug__` is false; 3 drops line numbers. Default 0. */
  readonly optLevel?: 0 | 1 | 2 | 3;
  /** Bits of a small int where the code will run: 31 on 32-bit boards. Default 31. */
  readonly smallIntBits?: number;
  /** Width of floats, in folding and in literals. Default 64. */
  readonly floatBits?: 32 | 64;
  /**
   * The word size of the machine that MicroPython's compiler would run on, which shows in how big ints convert to float and
   * in whether the smallest small int folds to one. Default 64, as for mpy-cross on a PC; 32 on boards.
   */
  readonly hostBits?: 32 | 64;
  /** What is being compiled. Default `'file'`. */
  readonly kind?: CompileKind;
  /** Which strings are qstrs already. Default mpy-cross's. */
  readonly knownQstrs?: KnownQstrs;
  /** Whether to keep line numbers (below optLevel 3). Default true. */
  readonly sourceLines?: boolean;
  /** Whether `async` and `await` are keywords. Default true. */
  readonly asyncAwait?: boolean;
  /** Whether f-strings are known. Default true. */
  readonly fstrings?: boolean;
  /** Whether t-strings are known; they need f-strings. Default true. */
  readonly tstrings?: boolean;
  /** Whether docstrings are stored as `__doc__`. Default false. */
  readonly docStrings?: boolean;
  /** Whether code at the top may `await`. Default false. */
  readonly topLevelAwait?: boolean;
  /** Whether `OrderedDict({…})` keeps the order of its literal, as boards with that type have it. Default false. */
  readonly orderedDictLiteral?: boolean;
  /** Whether to emit the line numbers that `sys.settrace` needs. Default false. */
  readonly settrace?: boolean;
  /**
   * What to do about `@micropython.native`: true compiles such functions to bytecode, false rejects the decorator as
   * unknown. Left out, it is refused for want of an architecture, as mpy-cross does. Viper and assembler functions are
   * refused in any case.
   */
  readonly allowNative?: boolean;
  /** Whether leaves of the tree have positions too, each its own; it costs some memory. Default false. */
  readonly positions?: boolean;
  /** Who is told about the memory that MicroPython's compiler would use. Default nobody. */
  readonly ledger?: CompileLedger;
  /** Numbers that `module.name` stands for at compile time. Default those of `math`. */
  readonly moduleConstants?: (module: string, name: string) => Constant | undefined;
}

/** {@link CompileOptions} with nothing left out. */
export interface Settings {
  readonly fileName: string;
  readonly optLevel: number;
  readonly smallIntBits: number;
  readonly floatBits: 32 | 64;
  readonly hostBits: 32 | 64;
  readonly kind: CompileKind;
  readonly knownQstrs: KnownQstrs;
  readonly sourceLines: boolean;
  readonly asyncAwait: boolean;
  readonly fstrings: boolean;
  readonly tstrings: boolean;
  readonly docStrings: boolean;
  readonly topLevelAwait: boolean;
  readonly orderedDictLiteral: boolean;
  readonly settrace: boolean;
  readonly allowNative: boolean | undefined;
  readonly positions: boolean;
  readonly ledger: CompileLedger | null;
  readonly moduleConstants: (module: string, name: string) => Constant | undefined;
}

/** One object for each, so that a NaN is the same constant wherever it is named. */
const MATH: ReadonlyMap<string, Constant> = new Map(
  [Math.E, Math.PI, 2 * Math.PI, Infinity, NaN].map((value, i) => [
    ['e', 'pi', 'tau', 'inf', 'nan'][i],
    { kind: 'float', value },
  ]),
);

/** The constants that mpy-cross knows: those of `math`. */
export function mathConstants(module: string, name: string): Constant | undefined {
  return module === 'math' ? MATH.get(name) : undefined;
}

/** Fill in what is left out. Throws RangeError or TypeError for what makes no sense. */
export function settle(options: CompileOptions): Settings {
  const optLevel = options.optLevel ?? 0;
  if (!Number.isInteger(optLevel) || optLevel < 0) {
    throw new RangeError(`optLevel: expected an integer from 0 to 3, got ${optLevel}`);
  }
  const smallIntBits = options.smallIntBits ?? 31;
  if (!Number.isInteger(smallIntBits) || smallIntBits < 1 || smallIntBits > 64) {
    throw new RangeError(`smallIntBits: expected an integer from 1 to 64, got ${smallIntBits}`);
  }
  const floatBits = options.floatBits ?? 64;
  if (floatBits !== 32 && floatBits !== 64)
    throw new RangeError(`floatBits: expected 32 or 64, got ${String(floatBits)}`);
  const kind = options.kind ?? 'file';
  if (kind !== 'file' && kind !== 'single' && kind !== 'eval') {
    throw new RangeError(`kind: expected 'file', 'single' or 'eval', got ${String(kind)}`);
  }
  return {
    fileName: options.fileName ?? '<stdin>',
    optLevel,
    smallIntBits,
    floatBits,
    hostBits: options.hostBits ?? 64,
    kind,
    knownQstrs: options.knownQstrs ?? MPY_CROSS_QSTRS,
    sourceLines: options.sourceLines ?? true,
    asyncAwait: options.asyncAwait ?? true,
    fstrings: options.fstrings ?? true,
    tstrings: options.tstrings ?? true,
    docStrings: options.docStrings ?? false,
    topLevelAwait: options.topLevelAwait ?? false,
    orderedDictLiteral: options.orderedDictLiteral ?? false,
    settrace: options.settrace ?? false,
    allowNative: options.allowNative,
    positions: options.positions ?? false,
    ledger: options.ledger ?? null,
    moduleConstants: options.moduleConstants ?? mathConstants,
  };
}
