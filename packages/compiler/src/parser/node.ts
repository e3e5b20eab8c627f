/**
 * Parse nodes. Counterpart: py/parse.h, where a node is a tagged word or a pointer to a struct.
 *
 * Every node is one class with one shape. Identifiers, interned strings and tokens are shared between their uses and have
 * no line, as upstream's leaves have none.
 */
import type { Constant } from '@tsmp/mpy-format';
import type { Scope } from '../scope.js';
import type { SyntaxNode } from '../tree.js';
import { Rule } from './grammar.js';

let ruleNames: readonly string[] = [];
/** Says what the rules are called, to those who look at trees. */
export function nameRules(names: readonly string[]): void {
  ruleNames = names;
}

const NO_NODES: (ParseNode | null)[] = [];

/** A node of the parse tree. */
export class ParseNode implements SyntaxNode {
  /** The rule that made it, or one of the kinds of leaves. */
  rule: number;
  /** The line of its first token; 0 for leaves and for folded constants. */
  readonly line: number;
  /** The children; null where an optional part is absent. Empty for leaves. */
  readonly nodes: (ParseNode | null)[];
  /** Of an identifier or a string the number of its text, of a token its kind, of a small int its value. */
  readonly value: number;
  /** Of a constant that is no leaf, and of a small int beyond 2^53, its value. */
  readonly constant: Constant | null;
  /** Of a function, lambda, class or comprehension its scope, once there is one. */
  scope: Scope | null;
  /** Where it is in the source's bytes; -1 if that is not known, as of shared leaves. `end` is not included. */
  start: number;
  end: number;

  constructor(rule: number, line: number, nodes: (ParseNode | null)[], value: number, constant: Constant | null) {
    this.rule = rule;
    this.line = line;
    this.nodes = nodes;
    this.value = value;
    this.constant = constant;
    this.scope = null;
    this.start = -1;
    this.end = -1;
  }

  /** The name of its rule in MicroPython's grammar, or `id`, `string`, `token`, `small_int` or `const_object`. */
  get ruleName(): string {
    return ruleNames[this.rule];
  }
}

/** A node with children. */
export function ruleNode(rule: Rule, line: number, nodes: (ParseNode | null)[]): ParseNode {
  return new ParseNode(rule, line, nodes, 0, null);
}

/** A leaf: an identifier, an interned string, a token. */
export function leaf(rule: Rule, value: number): ParseNode {
  return new ParseNode(rule, 0, NO_NODES, value, null);
}

/** A constant that is no leaf. */
export function constantNode(line: number, constant: Constant): ParseNode {
  return new ParseNode(Rule.ConstObject, line, NO_NODES, 0, constant);
}

/** Only for the type checker: a failed test of a node's kind must not make it think that there is no node. */
declare const matched: unique symbol;
type Matched = ParseNode & { readonly [matched]: true };

/** Whether the node is one that upstream allocates, which is what has a line. */
export function isStruct(node: ParseNode | null): node is Matched {
  return node !== null && node.rule <= Rule.ConstObject;
}

/** Whether the node is of this kind. */
export function isKind(node: ParseNode | null, rule: Rule): node is Matched {
  return node !== null && node.rule === rule;
}

/** The children of a list node of kind `rule`; the node alone if it is no list; nothing if it is absent. */
export function listOf(node: ParseNode | null, rule: Rule): (ParseNode | null)[] {
  if (node === null) return NO_NODES;
  return node.rule === rule ? node.nodes : [node];
}
