/** What the VM needs from its surroundings. Everything is optional or total; nothing here is Node's or the browser's. */
import type { Constant } from '@tsmp/mpy-format';
import type { Diagnostic } from './diagnostics.js';
import type { FeatureLevel } from './profile.js';
import type { Vm } from './vm.js';

/** The surroundings of a VM. */
export interface VmHost {
  /** Text that the board prints, as UTF-8. The bytes are only valid during the call. */
  stdout(bytes: Uint8Array): void;
  /** Text for the error stream; default: `stdout`. */
  stderr?: ((bytes: Uint8Array) => void) | undefined;
  /** The buffer that the board lives in, of at least `bytes` zeros: see `accelerate`. Default: one of just that size. */
  allocate?: ((bytes: number) => ArrayBuffer | undefined) | undefined;
  /** Compiles source for the board (`import`, `exec`, the REPL). Throws `CompileFailure`. Absent: SyntaxError-free boards that only load `.mpy`. */
  compile?: CompileFn | undefined;
  /** Files that `import` finds when no filesystem is composed in. */
  files?: HostFiles | undefined;
  /** 32 random bits for seeds and keys; absent: derived from the board's clock, so that every run is the same. */
  entropy?: (() => number) | undefined;
  /** Told of what interrupt handlers do that they should not. */
  diagnostic?: ((diagnostic: Diagnostic) => void) | undefined;
  /**
   * Called by natives that run Python many times over (a filesystem on a program's block device), each time one is done: the time
   * that `checkDeadline` measures begins anew.
   */
  progress?: (() => void) | undefined;
  /**
   * Called now and then while natives work and bytecode runs: may call `vm.endSlice()`, and throws `Abort` when that has not
   * helped and the time is over.
   */
  checkDeadline?: ((vm: Vm) => void) | undefined;
}

/** A read-only set of files, by path. */
export interface HostFiles {
  /** 0: nothing there, 1: a folder, 2: a file. */
  stat(path: string): 0 | 1 | 2;
  /** The bytes of a file that `stat` found. */
  read(path: string): Uint8Array;
}

/** What a board asks its compiler for. */
export interface CompileRequest {
  readonly source: Uint8Array;
  readonly fileName: string;
  readonly kind: 'file' | 'single' | 'eval';
  readonly optLevel: number;
  readonly smallIntBits: number;
  readonly floatBits: 32 | 64;
  /** How much of the language the board has. */
  readonly level: FeatureLevel;
  /** Whether the board already has this string interned. */
  readonly isKnownQstr: (text: string) => boolean;
  /** Interns a string on the board: to be called for each that the compiler makes a qstr, when it does. */
  readonly addQstr?: (text: string) => void;
  /** Takes what compiling would take of the board's RAM. Absent: nobody is charged. */
  readonly ledger?: CompileMemory;
}

/** Where a board's compiler reports the blocks that MicroPython's would use; its methods may throw, which ends compiling. */
export interface CompileMemory {
  /** A new block; answers a number for it. */
  alloc(bytes: number): number;
  /** Block `block` changes size; answers its number from now on. */
  realloc(block: number, oldBytes: number, newBytes: number): number;
  /** The same without moving it; false when it cannot grow, and is as before. */
  resizeInPlace(block: number, oldBytes: number, newBytes: number): boolean;
  /** Block `block` is given back. */
  free(block: number, bytes: number): void;
  /** Block `block` becomes garbage. */
  drop(block: number, bytes: number): void;
  /** The lexer has its blocks; parsing begins. */
  opened?(): void;
  /**
   * Compiling has succeeded; these blocks are its result: the module's context, its tables, then for a function its code, the table
   * of the functions in it if there are any, those functions, and its raw code; and those of the objects for constants.
   */
  keep?(blocks: readonly number[], constants: ReadonlyMap<Constant, readonly number[]>): void;
}

/** A compiler as a board calls it. Throws {@link CompileFailure}. */
export type CompileFn = (request: CompileRequest) => import('@tsmp/mpy-format').CompiledModule;

/** What a compiler throws for source that it rejects. */
export interface CompileFailure {
  /** Name of the Python exception type. */
  readonly type: string;
  readonly message: string;
  /** Line of the error for the traceback; negative: no entry. */
  readonly line: number;
  /** Name of the block for the traceback (`<module>` or a function's name), or null. */
  readonly block: string | null;
}
