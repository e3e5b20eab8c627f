/**
 * The public face of the token kinds: what a kind is called, and which group it belongs to.
 * Counterpart: py/lexer.h. `KIND_NAMES` is in the order of the kinds and has one entry for each.
 */

import { TokenKind } from '@tsmp-internal/bytecode';

/** The keywords in the order of their kinds, which begin at {@link TokenKind.KwFalse}. */
export const KEYWORDS = [
  'False',
  'None',
  'True',
  '__debug__',
  'and',
  'as',
  'assert',
  'async',
  'await',
  'break',
  'class',
  'continue',
  'def',
  'del',
  'elif',
  'else',
  'except',
  'finally',
  'for',
  'from',
  'global',
  'if',
  'import',
  'in',
  'is',
  'lambda',
  'nonlocal',
  'not',
  'or',
  'pass',
  'raise',
  'return',
  'try',
  'while',
  'with',
  'yield',
] as const;

/** The names of all token kinds, indexed by kind. Keywords and operators are named by their spelling. */
const KIND_NAMES = [
  'end',
  'invalid',
  'dedent-mismatch',
  'lonely-string-open',
  'malformed-fstring',
  'newline',
  'indent',
  'dedent',
  'name',
  'integer',
  'float-or-imag',
  'string',
  'bytes',
  '...',
  ...KEYWORDS,
  ':=',
  '~',
  '<',
  '>',
  '==',
  '<=',
  '>=',
  '!=',
  '|',
  '^',
  '&',
  '<<',
  '>>',
  '+',
  '-',
  '*',
  '@',
  '//',
  '/',
  '%',
  '**',
  '|=',
  '^=',
  '&=',
  '<<=',
  '>>=',
  '+=',
  '-=',
  '*=',
  '@=',
  '//=',
  '/=',
  '%=',
  '**=',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  ':',
  '.',
  ';',
  '=',
  '->',
] as const;

/** The name of a token kind: its spelling for a keyword or an operator, otherwise one such as `'name'` or `'newline'`. */
export type TokenKindName = (typeof KIND_NAMES)[number];

/** What sort of token it is, for tools that colour or filter. */
export type TokenGroup = 'end' | 'error' | 'layout' | 'name' | 'number' | 'string' | 'keyword' | 'operator';

/**
 * The name of a numeric token kind.
 * @param kind - A kind as {@link Lexer.kind} gives it.
 * @throws RangeError if there is no such kind.
 */
export function tokenKindName(kind: number): TokenKindName {
  const name = KIND_NAMES[kind];
  if (name === undefined) {
    throw new RangeError(`kind: expected an integer from 0 to ${KIND_NAMES.length - 1}, got ${kind}`);
  }
  return name;
}

/**
 * The group that a numeric token kind belongs to. Brackets, commas and the ellipsis count as operators.
 * @param kind - A kind as {@link Lexer.kind} gives it.
 */
export function tokenGroup(kind: number): TokenGroup {
  if (kind === TokenKind.End) return 'end';
  if (kind <= TokenKind.MalformedFstring) return 'error';
  if (kind <= TokenKind.Dedent) return 'layout';
  if (kind === TokenKind.Name) return 'name';
  if (kind <= TokenKind.FloatOrImag) return 'number';
  if (kind <= TokenKind.Bytes) return 'string';
  if (kind >= TokenKind.KwFalse && kind <= TokenKind.KwYield) return 'keyword';
  return 'operator';
}
