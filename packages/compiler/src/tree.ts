/**
 * The parse tree as its users see it. Counterpart: py/parse.h. The nodes are the parser's own, behind an interface.
 */
import type { Constant } from '@tsmp/mpy-format';

/** A node of the parse tree. */
export interface SyntaxNode {
  /**
   * The name of its rule in MicroPython's grammar, such as `'if_stmt'` or `'arith_expr'`, or the kind of a leaf: `'id'`,
   * `'string'`, `'token'`, `'small_int'`, `'const_object'`. A rule that has a single child, and says no more than it, has no
   * node.
   */
  readonly ruleName: string;
  /** The line of its first token; 0 for leaves and for what folding made. */
  readonly line: number;
  /**
   * Where it is, in the source's UTF-8 bytes; -1 if that is not known: leaves that stand in several places are shared, unless
   * the tree was parsed with the option `positions`. `end` is not included.
   */
  readonly start: number;
  readonly end: number;
  /** The children; null where an optional part is absent. Empty for leaves. */
  readonly nodes: readonly (SyntaxNode | null)[];
  /**
   * Of an `'id'` or `'string'` an index into {@link ParseTree.texts}, of a `'token'` its kind as the lexer numbers them, of a
   * `'small_int'` its value (NaN if it is not exact as a number: then see `constant`).
   */
  readonly value: number;
  /** Of a `'const_object'` its value. */
  readonly constant: Constant | null;
}

/** A parsed program. */
export interface ParseTree {
  /** The node of the start symbol, or of what stands for it. */
  readonly root: SyntaxNode;
  /** The texts of identifiers and interned strings, by the `value` of their nodes. */
  readonly texts: readonly string[];
}
