/**
 * MicroPython's lexer: source text to tokens with positions, and the REPL's test for unfinished input.
 * @packageDocumentation
 */

export { LexError, type LexErrorCode } from './errors.js';
export { Lexer } from './lexer.js';
export { type CompletenessOptions, isComplete } from './repl.js';
export { tokenGroup, type TokenGroup, tokenKindName, type TokenKindName } from './tokens.js';
export { sourceIndices, tokenize } from './tokenize.js';
export type { LexerLedger, LexerOptions, Token, TokenStream } from './types.js';
