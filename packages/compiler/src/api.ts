/**
 * The stages as functions: parse, analyse, compile. Counterpart: mp_parse and mp_compile.
 */
import { Lexer } from '@tsmp/lexer';
import { type AnyCode, type CompiledModule, type WriteOptions, writeMpy } from '@tsmp/mpy-format';
import { Compiler } from './compile/compiler.js';
import { Names } from './names.js';
import { type CompileOptions, settle } from './options.js';
import { RULE_NAMES } from './parser/grammar-text.js';
import { nameRules } from './parser/node.js';
import { type Parsed, parseSource } from './parser/parser.js';
import { IdFlag, type Scope } from './scope.js';
import { PositionMap } from './positions.js';
import type { ParseTree, SyntaxNode } from './tree.js';

/**
 * Parse a source.
 * @param source - The program, as text or UTF-8 bytes, or a lexer at its first token, whose own options then count.
 * @throws CompileError if the program does not follow the grammar.
 */
export function parse(source: string | Uint8Array | Lexer, options: CompileOptions = {}): ParseTree {
  nameRules(RULE_NAMES);
  return treeOf(source, options);
}

/** {@link parse} for a tree whose nodes nobody asks for their names. */
function treeOf(source: string | Uint8Array | Lexer, options: CompileOptions): ParseTree {
  const settings = settle(options);
  const names = new Names(settings.knownQstrs);
  names.intern(settings.fileName);
  const parsed = parseSource(source, names, settings);
  const tree: ParseTree = { root: parsed.root, texts: names.texts };
  PARSED.set(tree, parsed);
  return tree;
}

/** What it takes to go on with a tree. */
const PARSED = new WeakMap<ParseTree, Parsed>();

/** What a scope is the scope of. */
export type ScopeKindName =
  | 'module'
  | 'class'
  | 'lambda'
  | 'listcomp'
  | 'dictcomp'
  | 'setcomp'
  | 'genexpr'
  | 'function';

/**
 * What an identifier is to a scope: looked up by name in the locals of a module or class (`name`), global, local to a
 * function, local but shared with inner functions (`cell`), or an enclosing function's (`free`).
 */
export type IdentifierKind = 'name' | 'global' | 'local' | 'cell' | 'free';

/** An identifier in a scope. */
export interface IdentifierInfo {
  readonly name: string;
  readonly kind: IdentifierKind;
  /** Which parameter it is, if it is one: `*` and `**` for those that collect. */
  readonly parameter: '' | 'plain' | '*' | '**';
  /** Its place among the locals; -1 if it has none. */
  readonly slot: number;
}

/** A scope. */
export interface ScopeInfo {
  readonly kind: ScopeKindName;
  readonly name: string;
  /** The index of the scope around it; -1 for the module. */
  readonly parent: number;
  readonly line: number;
  readonly node: SyntaxNode;
  /** The identifiers, parameters first, otherwise in the order of their appearance. */
  readonly identifiers: readonly IdentifierInfo[];
  readonly isGenerator: boolean;
  /** Arguments by position, closed-over variables included. */
  readonly posArgs: number;
  readonly kwonlyArgs: number;
  readonly locals: number;
}

const SCOPE_KINDS: readonly ScopeKindName[] = [
  'module',
  'class',
  'lambda',
  'listcomp',
  'dictcomp',
  'setcomp',
  'genexpr',
  'function',
];
const ID_KINDS: readonly IdentifierKind[] = ['name', 'name', 'name', 'global', 'local', 'cell', 'free'];

/**
 * Find the scopes of a program and what the identifiers in them are.
 * @param tree - A tree from {@link parse}.
 * @param options - The options that it was parsed with.
 * @throws CompileError for what only the compiler proper rejects, such as `return` outside of a function.
 */
export function analyse(tree: ParseTree, options: CompileOptions = {}): ScopeInfo[] {
  const compiler = compilerFor(tree, options);
  try {
    const scopes = compiler.analyse();
    return scopes.map((scope) => describe(scope, scopes, tree.texts));
  } finally {
    compiler.finish();
  }
}

function describe(scope: Scope, scopes: readonly Scope[], texts: readonly string[]): ScopeInfo {
  return {
    kind: SCOPE_KINDS[scope.kind],
    name: texts[scope.name],
    parent: scope.parent === null ? -1 : scopes.indexOf(scope.parent),
    line: scope.node.line,
    node: scope.node,
    identifiers: scope.ids.map((id) => {
      const kind = ID_KINDS[id.kind];
      return {
        name: texts[id.name],
        kind,
        parameter:
          (id.flags & IdFlag.DblStarParam) !== 0
            ? '**'
            : (id.flags & IdFlag.StarParam) !== 0
              ? '*'
              : (id.flags & IdFlag.Param) !== 0
                ? 'plain'
                : '',
        slot: kind === 'name' || kind === 'global' ? -1 : id.localNum,
      };
    }),
    isGenerator: (scope.flags & 1) !== 0,
    posArgs: scope.numPosArgs,
    kwonlyArgs: scope.numKwonlyArgs,
    locals: scope.numLocals,
  };
}

function compilerFor(tree: ParseTree, options: CompileOptions): Compiler {
  const parsed = PARSED.get(tree);
  if (parsed === undefined) throw new TypeError('tree: expected a tree made by parse()');
  return new Compiler(parsed, settle(options));
}

/**
 * Compile a program to bytecode.
 * @param source - The program, as text or UTF-8 bytes, a lexer at its first token, or a tree from {@link parse} with the
 * same options.
 * @throws CompileError if it is no valid program.
 *
 * @example
 * ```ts
 * const module = compile('print("hello")\n', { fileName: 'hello.py' });
 * const mpy = writeMpy(module);
 * ```
 */
export function compile(source: string | Uint8Array | Lexer | ParseTree, options: CompileOptions = {}): CompiledModule {
  const tree =
    typeof source === 'string' || source instanceof Uint8Array || source instanceof Lexer
      ? treeOf(source, options)
      : source;
  return emitWith(compilerFor(tree, options));
}

function emitWith(compiler: Compiler): CompiledModule {
  let module: CompiledModule | null = null;
  try {
    compiler.analyse();
    module = compiler.emitAll();
    return module;
  } finally {
    compiler.finish(module);
  }
}

/**
 * Compile a program and tell where each instruction comes from. The bytes are those that {@link compile} gives.
 * @param source - The program, as text or UTF-8 bytes; positions are indices into it.
 * @throws CompileError if it is no valid program.
 */
export function compileMapped(
  source: string | Uint8Array,
  options: CompileOptions = {},
): { readonly module: CompiledModule; readonly positions: PositionMap } {
  const settings = { ...options, positions: true };
  const compiler = compilerFor(parse(source, settings), settings);
  const module = emitWith(compiler);
  return { module, positions: new PositionMap(source, compiler.emit.positions ?? new Map()) };
}

/** What the stages made of a program. */
export interface CompiledStages {
  readonly tree: ParseTree;
  readonly module: CompiledModule;
  /** All code in the module, in the order in which MicroPython compiles and lists it. */
  readonly functions: readonly AnyCode[];
}

/**
 * Compile a program and keep what was made on the way, as MicroPython's `-v` does to show it. The bytes are those that
 * {@link compile} gives.
 * @param source - The program, as text or UTF-8 bytes.
 * @param onTree - Given the tree before compiling goes on, which may fail.
 * @throws CompileError if it is no valid program.
 */
export function compileInStages(
  source: string | Uint8Array,
  options: CompileOptions = {},
  onTree?: (tree: ParseTree) => void,
): CompiledStages {
  const tree = parse(source, options);
  onTree?.(tree);
  const compiler = compilerFor(tree, options);
  const module = emitWith(compiler);
  return { tree, module, functions: compiler.scopes.map((scope) => scope.code) };
}

/** The bytes of a compiled module's `.mpy` file: the last stage, `writeMpy` of `@tsmp/mpy-format` under its name in the pipeline. */
export function toMpy(module: CompiledModule, options: WriteOptions = {}): Uint8Array {
  return writeMpy(module, options);
}
