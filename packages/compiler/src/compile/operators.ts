/**
 * Binary and unary operators. Counterpart: py/compile.c.
 */
import { BinaryOp, TokenKind, UnaryOp } from '@tsmp-internal/bytecode';
import { operatorOf } from '../parser/fold.js';
import { Rule } from '../parser/grammar.js';
import type { ParseNode } from '../parser/node.js';
import type { Compiler } from './compiler.js';
import { compileNode } from './node.js';

/** `a | b | c`, and the same with `^` and `&`. */
export function compileBinaryOp(c: Compiler, node: ParseNode): void {
  const op = BinaryOp.Or + (node.rule - Rule.Expr);
  const nodes = node.nodes;
  compileNode(c, nodes[0]);
  for (let i = 1; i < nodes.length; i++) {
    compileNode(c, nodes[i]);
    c.emit.binaryOp(op);
  }
}

/** Operands with operator tokens between them. */
export function compileTerm(c: Compiler, node: ParseNode): void {
  const nodes = node.nodes;
  compileNode(c, nodes[0]);
  for (let i = 1; i + 1 < nodes.length; i += 2) {
    compileNode(c, nodes[i + 1]);
    c.emit.binaryOp(operatorOf(nodes[i] as ParseNode));
  }
}

/** `+a`, `-a`, `~a`. */
export function compileUnary(c: Compiler, node: ParseNode): void {
  compileNode(c, node.nodes[1]);
  const token = (node.nodes[0] as ParseNode).value;
  if (token === TokenKind.OpTilde) c.emit.unaryOp(UnaryOp.Invert);
  else c.emit.unaryOp(token === TokenKind.OpMinus ? UnaryOp.Negative : UnaryOp.Positive);
}

/** `a ** b`. */
export function compilePower(c: Compiler, node: ParseNode): void {
  c.compileAll(node.nodes);
  c.emit.binaryOp(BinaryOp.Power);
}
