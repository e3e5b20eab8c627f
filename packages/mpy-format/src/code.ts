/**
 * The object model of compiled code: what a compiler produces, what a `.mpy` file stores and what an interpreter loads.
 * Counterpart: mp_compiled_module_t and mp_raw_code_t in py/bc.h and py/emitglue.h.
 *
 * Bytecode is position-independent: names and constants are var-uint indices into the module's two tables, so the same
 * bytes serve in a file, in flash and in RAM.
 */

/** A constant that bytecode refers to by its index in {@link CompiledModule.constants}. */
export type Constant =
  | { readonly kind: 'str'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'int'; readonly value: bigint }
  /** `text` is kept only where a file has other digits than {@link formatFloat} writes, so that it can be written back. */
  | { readonly kind: 'float'; readonly value: number; readonly text?: string }
  | { readonly kind: 'complex'; readonly real: number; readonly imag: number; readonly text?: string }
  | { readonly kind: 'tuple'; readonly items: readonly Constant[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'false' }
  | { readonly kind: 'true' }
  | { readonly kind: 'ellipsis' }
  /** The pointer table slot of native code; only read and described, never executed. */
  | { readonly kind: 'fun-table' };

/**
 * One function's code. `code` starts with the prelude (signature, sizes, source info, cells) and then has the
 * instructions, exactly as in a `.mpy` file. `children` are the functions, lambdas, comprehensions and class bodies
 * defined inside, in the order of their scopes; MAKE_FUNCTION and MAKE_CLOSURE name them by index. A child of bytecode is
 * native code where the source has `@micropython.native`, `viper` or an assembler decorator.
 */
export interface RawCode {
  readonly kind: 'bytecode';
  readonly code: Uint8Array;
  readonly children: readonly AnyCode[];
}

/** Native, viper or assembler code from a `.mpy` file, kept so that tools can describe it; it cannot be executed here. */
export interface NativeCode {
  readonly kind: 'native' | 'viper' | 'asm';
  readonly code: Uint8Array;
  readonly children: readonly AnyCode[];
  /** For 'native': where in `code` the prelude starts. */
  readonly preludeOffset?: number;
  /** For 'viper' and 'asm': the flags that say which of the following sections the file has. */
  readonly scopeFlags?: number;
  /** For 'asm': the number of arguments. */
  readonly nPosArgs?: number;
  /** For 'asm': the argument and return types, packed. */
  readonly typeSig?: number;
  /** For 'viper': read-only data beside the machine code. */
  readonly rodata?: Uint8Array;
  /** For 'viper': how many bytes of zeroed data the code needs. */
  readonly bssSize?: number;
  /** The relocation program as in the file, with its closing 0xff. */
  readonly relocations?: Uint8Array;
}

/** Any node of a code tree. */
export type AnyCode = RawCode | NativeCode;

/** A whole module: its name table, its constants and the code of its body. */
export interface CompiledModule {
  /** Entry 0 is the source file's name. */
  readonly qstrs: readonly string[];
  readonly constants: readonly Constant[];
  readonly root: AnyCode;
}
