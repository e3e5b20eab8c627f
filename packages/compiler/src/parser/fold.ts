/**
 * Constants in the parse tree: which nodes are constant, and folding of expressions of them. Counterpart: the folding half
 * of py/parse.c.
 */
import { BinaryOp, TokenKind } from '@tsmp-internal/bytecode';
import type { Constant } from '@tsmp/mpy-format';
import { type ArithOptions, binaryOp, type Numeric } from './arith.js';
import { Rule } from './grammar.js';
import { Q } from '../names.js';
import type { ParseNode } from './node.js';

const NONE: Constant = { kind: 'none' };
const FALSE: Constant = { kind: 'false' };
const TRUE: Constant = { kind: 'true' };
const ELLIPSIS: Constant = { kind: 'ellipsis' };
const EMPTY_TUPLE: Constant = { kind: 'tuple', items: [] };

/** Whether the node is a constant of any type. */
export function isConstant(node: ParseNode | null): boolean {
  if (node === null) return false;
  switch (node.rule) {
    case Rule.SmallInt:
    case Rule.String:
    case Rule.ConstObject:
      return true;
    case Rule.Token:
      return (
        node.value === TokenKind.KwNone ||
        node.value === TokenKind.KwFalse ||
        node.value === TokenKind.KwTrue ||
        node.value === TokenKind.Ellipsis
      );
    case Rule.AtomParen:
      return node.nodes[0] === null;
    default:
      return false;
  }
}

/** The value of a constant node. */
export function constantOf(node: ParseNode, texts: readonly string[]): Constant {
  switch (node.rule) {
    case Rule.SmallInt:
      return node.constant ?? { kind: 'int', value: BigInt(node.value) };
    case Rule.String:
      return { kind: 'str', value: texts[node.value] };
    case Rule.ConstObject:
      return node.constant as Constant;
    case Rule.Token:
      if (node.value === TokenKind.KwNone) return NONE;
      if (node.value === TokenKind.KwFalse) return FALSE;
      return node.value === TokenKind.KwTrue ? TRUE : ELLIPSIS;
    default:
      return EMPTY_TUPLE;
  }
}

function isTruthy(constant: Constant): boolean {
  switch (constant.kind) {
    case 'none':
    case 'false':
      return false;
    case 'int':
      return constant.value !== 0n;
    case 'float':
      return constant.value !== 0;
    case 'complex':
      return constant.real !== 0 || constant.imag !== 0;
    case 'str':
    case 'bytes':
      return constant.value.length !== 0;
    case 'tuple':
      return constant.items.length !== 0;
    default:
      return true;
  }
}

/** The truth of a constant node: 1 or 0; -1 if the node is no constant. */
export function truthOf(node: ParseNode | null): number {
  if (node === null) return -1;
  switch (node.rule) {
    case Rule.SmallInt:
      return node.value !== 0 ? 1 : 0;
    case Rule.String:
      return node.value !== Q.Empty ? 1 : 0;
    case Rule.ConstObject:
      return isTruthy(node.constant as Constant) ? 1 : 0;
    case Rule.Token:
      if (node.value === TokenKind.KwTrue || node.value === TokenKind.Ellipsis) return 1;
      return node.value === TokenKind.KwNone || node.value === TokenKind.KwFalse ? 0 : -1;
    case Rule.AtomParen:
      return node.nodes[0] === null ? 0 : -1;
    default:
      return -1;
  }
}

/** Whether the node is a constant that counts as true. */
export function isConstTrue(node: ParseNode | null): boolean {
  return truthOf(node) === 1;
}

/** Whether the node is a constant that counts as false. */
export function isConstFalse(node: ParseNode | null): boolean {
  return truthOf(node) === 0;
}

/** The number that the node is, or null. */
export function numberOf(node: ParseNode | null): Numeric | null {
  if (node === null) return null;
  if (node.rule === Rule.SmallInt) return node.constant?.kind === 'int' ? node.constant.value : BigInt(node.value);
  if (node.rule !== Rule.ConstObject) return null;
  const constant = node.constant as Constant;
  return constant.kind === 'int' || constant.kind === 'float' ? constant.value : null;
}

/** Whether the node is a number; the quick test before folding. */
export function isNumber(node: ParseNode | null): boolean {
  if (node === null) return false;
  if (node.rule === Rule.SmallInt) return true;
  return node.rule === Rule.ConstObject && (node.constant?.kind === 'int' || node.constant?.kind === 'float');
}

/**
 * The value of `items[from..from + count)` joined by one operation, from the left, or null if it cannot be told. For
 * `op` null the operators are tokens between the items.
 */
export function foldChain(
  items: readonly (ParseNode | null)[],
  from: number,
  count: number,
  op: BinaryOp | null,
  options: ArithOptions,
): Numeric | null {
  let value = numberOf(items[from]);
  if (value === null) return null;
  const step = op === null ? 2 : 1;
  for (let i = step; i < count; i += step) {
    const operand = numberOf(items[from + i]);
    if (operand === null) return null;
    const operator = op ?? operatorOf(items[from + i - 1] as ParseNode);
    value = binaryOp(operator, value, operand, options);
    if (value === null) return null;
  }
  return value;
}

/** The operation of an operator token; tokens and operations are in the same order. */
export function operatorOf(token: ParseNode): BinaryOp {
  return BinaryOp.Or + (token.value - TokenKind.OpPipe);
}

/** A unary operator applied to a number, or null. */
export function foldUnary(token: ParseNode, operand: ParseNode): Numeric | null {
  const value = numberOf(operand);
  if (value === null) return null;
  if (token.value === TokenKind.OpTilde) return typeof value === 'bigint' ? ~value : null;
  return token.value === TokenKind.OpMinus ? -value : value;
}
