/**
 * MicroPython's compiler: source text to bytecode, byte for byte what mpy-cross emits; each stage can be used by itself.
 * @packageDocumentation
 */
export { analyse, compile, compileInStages, compileMapped, parse, toMpy } from './api.js';
export type { CompiledStages, IdentifierInfo, IdentifierKind, ScopeInfo, ScopeKindName } from './api.js';
export { CompileError, type CompileErrorType } from './errors.js';
export type { CompileLedger } from './ledger.js';
export { type KnownQstrs, MPY_CROSS_QSTRS, QstrPool } from './names.js';
export { MPY_CROSS_LONG_QSTRS } from './mpy-cross-qstrs.js';
export { type CompileKind, type CompileOptions, mathConstants } from './options.js';
export { type CodeRange, lineOf, type MappedCode, offsetsOfLine, PositionMap, type SourceRange } from './positions.js';
export { formatParseTree } from './show-tree.js';
export type { ParseTree, SyntaxNode } from './tree.js';
export { tokenize } from '@tsmp/lexer';
export { disassemble } from '@tsmp/mpy-format';
