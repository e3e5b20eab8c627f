/**
 * The tokens of a source as plain objects, for tools: highlighters, formatters, counters. Positions are indices into the
 * source as it was given, so that `slice` works on strings as well as on bytes.
 */

import { TokenKind } from '@tsmp-internal/bytecode';
import { Lexer } from './lexer.js';
import { tokenGroup, tokenKindName } from './tokens.js';
import type { LexerOptions, Token } from './types.js';
import { utf8Indices, utf8Length } from './utf8.js';

/**
 * Lexes `source` lazily. The last token is the one of kind `'end'`. Error tokens do not stop it.
 *
 * @example
 * ```ts
 * for (const token of tokenize('if x: pass')) console.log(token.kind, token.text);
 * ```
 * @throws LexError while iterating, where MicroPython's lexer raises; see {@link Lexer.next}.
 */
export function* tokenize(source: string | Uint8Array, options?: LexerOptions): Generator<Token, void, undefined> {
  const lexer = new Lexer(source, options);
  const indices = typeof source === 'string' ? sourceIndices(source) : null;
  for (;;) {
    yield {
      kind: tokenKindName(lexer.kind),
      group: tokenGroup(lexer.kind),
      text: lexer.text,
      start: indices === null ? lexer.offset : (indices[lexer.offset] as number),
      end: indices === null ? lexer.endOffset : (indices[lexer.endOffset] as number),
      line: lexer.line,
      column: lexer.column,
      endLine: lexer.endLine,
      endColumn: lexer.endColumn,
      injected: lexer.injected,
    };
    if (lexer.kind === TokenKind.End) return;
    lexer.next();
  }
}

/**
 * For each byte of a text's UTF-8 form, and for its end, the index in the text; null if they are the same. It turns the offsets
 * that {@link Lexer} gives into those of {@link tokenize}.
 */
export function sourceIndices(source: string): Uint32Array | null {
  const size = utf8Length(source);
  return size === source.length ? null : utf8Indices(source, size);
}
