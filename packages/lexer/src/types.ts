/**
 * The types that callers of the lexer meet: options, the token stream's surface, the plain token, the allocation ledger.
 * Counterpart: py/lexer.h.
 */

import type { TokenGroup, TokenKindName } from './tokens.js';

/**
 * Where the lexer reports the memory that MicroPython's lexer would use, in the same order and sizes. A compiler that
 * charges a simulated board implements it on that board's heap; without one nobody is charged.
 */
export interface LexerLedger {
  /** A new block of `bytes`; returns whatever number names it. May throw to say that memory is out. */
  alloc(bytes: number): number;
  /** Block `block` changes size; returns the number that names it from now on. May throw. */
  realloc(block: number, oldBytes: number, newBytes: number): number;
  /** Block `block` is given back. */
  free(block: number, bytes: number): void;
}

/** Settings of a {@link Lexer}. The defaults are those of MicroPython's unix port. */
export interface LexerOptions {
  /** The name of the source, for messages. Default `'<stdin>'`. */
  readonly fileName?: string;
  /** Columns from one tab stop to the next. Default 8, the only value that MicroPython knows. */
  readonly tabSize?: number;
  /** Whether `f` is a string prefix. Default true. */
  readonly fstrings?: boolean;
  /** Whether `t` is a string prefix. Default false; it needs `fstrings`. */
  readonly tstrings?: boolean;
  /** Whether `async` and `await` are keywords. Default true. */
  readonly asyncAwait?: boolean;
  /** The optimisation level, which decides what `__debug__` is: true at 0. Default 0. */
  readonly optimise?: number;
  /** Who is told about memory. Default nobody. */
  readonly ledger?: LexerLedger;
}

/** A source of tokens, one at a time: the properties describe the current token and `next()` moves on. */
export interface TokenStream {
  /** The name of the source. */
  readonly fileName: string;
  /** The kind of the current token, a number in MicroPython's order; see `tokenKindName()`. */
  readonly kind: number;
  /**
   * What the current token says: an identifier or keyword; a number without underscores and with its exponent as `e`;
   * the decoded contents of a string, or those of a bytes literal with one character (0 to 255) for each byte. Empty for
   * other kinds. Text that is not UTF-8 shows as U+FFFD here; `bytes` has it exactly.
   */
  readonly text: string;
  /** The same as `text` as UTF-8 bytes (or, for a bytes literal, its value), in a fresh array. */
  readonly bytes: Uint8Array;
  /** The line of the token's start, from 1, counted as MicroPython does (text injected by f-strings counts too). */
  readonly line: number;
  /** The column of the token's start in bytes, from 1, counted as MicroPython does. */
  readonly column: number;
  /** The line just past the token. */
  readonly endLine: number;
  /** The column just past the token. */
  readonly endColumn: number;
  /** Where in the source's UTF-8 bytes the token starts. */
  readonly offset: number;
  /** Where in the source's UTF-8 bytes the token ends. */
  readonly endOffset: number;
  /** Whether the token comes from an f-string's expansion, so that its offsets lie inside that literal. */
  readonly injected: boolean;
  /** Moves to the next token. At the end of the source the kind stays 0. May throw a {@link LexError}. */
  next(): void;
  /** Gives the modelled memory back to the ledger. */
  close(): void;
}

/** A token as a plain object, as `tokenize()` gives it. */
export interface Token {
  /** The kind by name: `'name'`, `'integer'`, `'newline'`, …, and the spelling itself for a keyword or an operator. */
  readonly kind: TokenKindName;
  /** What sort of token it is. */
  readonly group: TokenGroup;
  /** As {@link TokenStream.text}. */
  readonly text: string;
  /** Where the token starts in the source that was given: an index into the string, or into the bytes. */
  readonly start: number;
  /** Where it ends. `source.slice(start, end)` is how it was written. */
  readonly end: number;
  /** As {@link TokenStream.line}. */
  readonly line: number;
  /** As {@link TokenStream.column}. */
  readonly column: number;
  /** As {@link TokenStream.endLine}. */
  readonly endLine: number;
  /** As {@link TokenStream.endColumn}. */
  readonly endColumn: number;
  /** As {@link TokenStream.injected}. */
  readonly injected: boolean;
}
