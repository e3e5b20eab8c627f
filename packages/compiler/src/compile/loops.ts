/**
 * `if`, `while` and `for`. Counterpart: py/compile.c.
 */
import { BinaryOp } from '@tsmp-internal/bytecode';
import { BREAK_FROM_FOR } from '../emit.js';
import { Q } from '../names.js';
import { isConstFalse, isConstTrue } from '../parser/fold.js';
import { Rule } from '../parser/grammar.js';
import { isKind, leaf, listOf, type ParseNode } from '../parser/node.js';
import { assign } from './assign.js';
import type { Compiler } from './compiler.js';
import { compileCondition } from './expressions.js';
import { compileNode } from './node.js';

const ZERO = leaf(Rule.SmallInt, 0);
const ONE = leaf(Rule.SmallInt, 1);

/** `if`, `elif`, `else`; branches that constants exclude leave no code. */
export function compileIf(c: Compiler, node: ParseNode): void {
  const endLabel = c.label();
  compileBranches(c, node, endLabel);
  c.emit.assignLabel(endLabel);
}

function compileBranches(c: Compiler, node: ParseNode, endLabel: number): void {
  const emit = c.emit;
  const condition = node.nodes[0];
  if (!isConstFalse(condition)) {
    const failLabel = c.label();
    compileCondition(c, condition, false, failLabel);
    compileNode(c, node.nodes[1]);
    if (isConstTrue(condition)) return;
    if (node.nodes[2] !== null || node.nodes[3] !== null) emit.jump(endLabel);
    emit.assignLabel(failLabel);
  }
  for (const branch of listOf(node.nodes[2], Rule.IfStmtElifList)) {
    const elif = branch as ParseNode;
    if (isConstFalse(elif.nodes[0])) continue;
    const failLabel = c.label();
    compileCondition(c, elif.nodes[0], false, failLabel);
    compileNode(c, elif.nodes[1]);
    if (isConstTrue(elif.nodes[0])) return;
    emit.jump(endLabel);
    emit.assignLabel(failLabel);
  }
  compileNode(c, node.nodes[3]);
}

/** What the loop around has to get back. */
class OuterLoop {
  private readonly breakLabel: number;
  private readonly continueLabel: number;
  private readonly exceptLevel: number;

  constructor(c: Compiler) {
    this.breakLabel = c.breakLabel;
    this.continueLabel = c.continueLabel;
    this.exceptLevel = c.breakContinueExceptLevel;
  }

  restore(c: Compiler): void {
    c.breakLabel = this.breakLabel;
    c.continueLabel = this.continueLabel;
    c.breakContinueExceptLevel = this.exceptLevel;
  }
}

/** Starts a loop with fresh labels for `break` and `continue`; the result's `restore` ends it. */
export function startLoop(c: Compiler): OuterLoop {
  const outer = new OuterLoop(c);
  c.breakLabel = c.label();
  c.continueLabel = c.label();
  c.breakContinueExceptLevel = c.exceptLevel;
  return outer;
}

/** `while`, with its condition at the end. */
export function compileWhile(c: Compiler, node: ParseNode): void {
  const emit = c.emit;
  const outer = startLoop(c);
  const { breakLabel, continueLabel } = c;
  const condition = node.nodes[0];
  if (!isConstFalse(condition)) {
    const topLabel = c.label();
    if (!isConstTrue(condition)) emit.jump(continueLabel);
    emit.assignLabel(topLabel);
    compileNode(c, node.nodes[1]);
    emit.assignLabel(continueLabel);
    compileCondition(c, condition, true, topLabel);
  }
  // A break in the else block is one out of the loop around.
  outer.restore(c);
  compileNode(c, node.nodes[2]);
  emit.assignLabel(breakLabel);
}

/** `for`. */
export function compileFor(c: Compiler, node: ParseNode): void {
  const variable = node.nodes[0] as ParseNode;
  if (compileRangeLoop(c, node, variable)) return;
  const emit = c.emit;
  const outer = startLoop(c);
  const { breakLabel, continueLabel } = c;
  c.breakLabel |= BREAK_FROM_FOR;
  const popLabel = c.label();

  compileNode(c, node.nodes[1]);
  emit.getIterOnStack();
  emit.assignLabel(continueLabel);
  emit.forIter(popLabel);
  assign(c, variable);
  compileNode(c, node.nodes[2]);
  emit.jump(continueLabel);
  emit.assignLabel(popLabel);
  emit.forIterEnd();

  outer.restore(c);
  compileNode(c, node.nodes[3]);
  emit.assignLabel(breakLabel);
}

function isPlainArgument(node: ParseNode): boolean {
  return node.rule !== Rule.ArgListStar && node.rule !== Rule.ArgListDblStar && node.rule !== Rule.Argument;
}

/** `for name in range(…)` with a constant step counts on the stack instead of making an iterator. */
function compileRangeLoop(c: Compiler, node: ParseNode, variable: ParseNode): boolean {
  const source = node.nodes[1];
  if (variable.rule !== Rule.Id || !isKind(source, Rule.AtomExprNormal)) return false;
  const callee = source.nodes[0];
  const call = source.nodes[1];
  if (!isKind(callee, Rule.Id) || callee.value !== Q.Range || !isKind(call, Rule.TrailerParen)) return false;
  const args = listOf(call.nodes[0], Rule.ArgList) as ParseNode[];
  let start = ZERO;
  let step = ONE;
  let end: ParseNode;
  switch (args.length) {
    case 1:
      end = args[0];
      break;
    case 2:
      start = args[0];
      end = args[1];
      break;
    case 3:
      start = args[0];
      end = args[1];
      step = args[2];
      if (step.rule !== Rule.SmallInt || step.value === 0) return false;
      break;
    default:
      return false;
  }
  if (!isPlainArgument(start) || !isPlainArgument(end)) return false;
  emitRangeLoop(c, node, variable, start, end, step);
  return true;
}

/** The stack holds the end, unless it is constant, and then the next value. */
function emitRangeLoop(
  c: Compiler,
  node: ParseNode,
  variable: ParseNode,
  start: ParseNode,
  end: ParseNode,
  step: ParseNode,
): void {
  const emit = c.emit;
  const outer = startLoop(c);
  const { breakLabel, continueLabel } = c;
  const topLabel = c.label();
  const entryLabel = c.label();
  const elseBlock = node.nodes[3];

  const endOnStack = end.rule !== Rule.SmallInt;
  if (endOnStack) compileNode(c, end);
  compileNode(c, start);
  emit.jump(entryLabel);
  emit.assignLabel(topLabel);
  emit.dupTop();
  assign(c, variable);
  compileNode(c, node.nodes[2]);
  emit.assignLabel(continueLabel);
  compileNode(c, step);
  emit.binaryOp(BinaryOp.InplaceAdd);
  emit.assignLabel(entryLabel);
  if (endOnStack) {
    emit.dupTopTwo();
    emit.rotTwo();
  } else {
    emit.dupTop();
    compileNode(c, end);
  }
  const isDown = step.constant?.kind === 'int' ? step.constant.value < 0n : step.value < 0;
  emit.binaryOp(isDown ? BinaryOp.More : BinaryOp.Less);
  emit.popJumpIf(true, topLabel);

  outer.restore(c);
  let endLabel = 0;
  if (elseBlock !== null) {
    // What the loop keeps must be gone before the else block, which may leave the loop around.
    emit.popTop();
    if (endOnStack) emit.popTop();
    compileNode(c, elseBlock);
    endLabel = c.label();
    emit.jump(endLabel);
    emit.adjustStack(endOnStack ? 2 : 1);
  }
  emit.assignLabel(breakLabel);
  emit.popTop();
  if (endOnStack) emit.popTop();
  if (elseBlock !== null) emit.assignLabel(endLabel);
}
