/**
 * Expressions other than operators, calls and functions. Counterpart: py/compile.c.
 */
import { BinaryOp, TokenKind } from '@tsmp-internal/bytecode';
import { Pass } from '../emit.js';
import { isConstFalse, isConstTrue } from '../parser/fold.js';
import { Rule } from '../parser/grammar.js';
import { isKind, listOf, type ParseNode } from '../parser/node.js';
import { IdKind, isComprehension, ScopeKind } from '../scope.js';
import { compileComprehension, hasCompFor } from './comprehensions.js';
import type { Compiler } from './compiler.js';
import { compileNode } from './node.js';
import { declareGlobal, declareNonlocal } from './statements.js';

/** A tuple of what the node lists. */
export function compileTuple(c: Compiler, node: ParseNode): void {
  for (let i = 0; i < node.nodes.length; i++) compileNode(c, node.nodes[i]);
  c.emit.buildTuple(node.nodes.length);
}

/** Jumps to `label` if the truth of the node is `jumpIf`. */
export function compileCondition(c: Compiler, node: ParseNode | null, jumpIf: boolean, label: number): void {
  if (node === null) return;
  if (isConstFalse(node)) {
    if (!jumpIf) c.emit.jump(label);
    return;
  }
  if (isConstTrue(node)) {
    if (jumpIf) c.emit.jump(label);
    return;
  }
  switch (node.rule) {
    case Rule.OrTest:
    case Rule.AndTest:
      c.enter();
      compileLogicalCondition(c, node, jumpIf, label);
      c.leave();
      return;
    case Rule.NotTest2:
      c.enter();
      compileCondition(c, node.nodes[0], !jumpIf, label);
      c.leave();
      return;
  }
  compileNode(c, node);
  c.emit.popJumpIf(jumpIf, label);
}

function compileLogicalCondition(c: Compiler, node: ParseNode, jumpIf: boolean, label: number): void {
  const nodes = node.nodes;
  const last = nodes.length - 1;
  if ((node.rule === Rule.OrTest) === jumpIf) {
    // Any operand decides by itself.
    for (let i = 0; i <= last; i++) compileCondition(c, nodes[i], jumpIf, label);
    return;
  }
  const skip = c.label();
  for (let i = 0; i < last; i++) compileCondition(c, nodes[i], !jumpIf, skip);
  compileCondition(c, nodes[last], jumpIf, label);
  c.emit.assignLabel(skip);
}

/** `a if b else c`. */
export function compileTestIfExpr(c: Compiler, node: ParseNode): void {
  const emit = c.emit;
  const branches = node.nodes[1] as ParseNode;
  const failLabel = c.label();
  const endLabel = c.label();
  compileCondition(c, branches.nodes[0], false, failLabel);
  compileNode(c, node.nodes[0]);
  emit.jump(endLabel);
  emit.assignLabel(failLabel);
  emit.adjustStack(-1);
  compileNode(c, branches.nodes[1]);
  emit.assignLabel(endLabel);
}

/** `name := value`. */
export function compileNamedExpr(c: Compiler, target: ParseNode | null, value: ParseNode | null): void {
  if (!isKind(target, Rule.Id)) c.fail(target, "can't assign to expression");
  compileNode(c, value);
  c.emit.dupTop();
  if (!isKind(target, Rule.Id)) return;
  const name = target.value;
  const parent = c.scope.parent;
  if (c.pass === Pass.Scope && parent !== null && isComprehension(c.scope.kind)) {
    // The variable belongs to the scope around the comprehension, with what that one declares about it.
    if (parent.modify(name).kind === IdKind.GlobalExplicit) {
      c.scope.findOrAdd(name, IdKind.GlobalExplicit);
    } else {
      const id = c.scope.findOrAdd(name, IdKind.Undecided);
      if (parent.parent === null) {
        declareGlobal(c, target, id);
      } else {
        // Used before; what it is gets decided anew.
        if (id.kind === IdKind.GlobalImplicit) id.kind = IdKind.Undecided;
        declareNonlocal(c, target, id);
      }
    }
  }
  c.storeId(name);
}

/** `a or b or c`, `a and b and c`, as a value. */
export function compileOrAndTest(c: Compiler, node: ParseNode): void {
  const nodes = node.nodes;
  const isOr = node.rule === Rule.OrTest;
  const endLabel = c.label();
  for (let i = 0; i < nodes.length; i++) {
    compileNode(c, nodes[i]);
    if (i + 1 < nodes.length) c.emit.jumpIfOrPop(isOr, endLabel);
  }
  c.emit.assignLabel(endLabel);
}

/** `a < b`, `a < b < c`. */
export function compileComparison(c: Compiler, node: ParseNode): void {
  const emit = c.emit;
  const nodes = node.nodes;
  const count = nodes.length;
  compileNode(c, nodes[0]);
  const isChain = count > 3;
  const failLabel = isChain ? c.label() : 0;
  for (let i = 1; i + 1 < count; i += 2) {
    const isLast = i + 2 >= count;
    compileNode(c, nodes[i + 1]);
    if (!isLast) {
      emit.dupTop();
      emit.rotThree();
    }
    emitComparison(c, nodes[i] as ParseNode);
    if (!isLast) emit.jumpIfOrPop(false, failLabel);
  }
  if (isChain) {
    const endLabel = c.label();
    emit.jump(endLabel);
    emit.assignLabel(failLabel);
    emit.adjustStack(1);
    emit.rotTwo();
    emit.popTop();
    emit.assignLabel(endLabel);
  }
}

function emitComparison(c: Compiler, op: ParseNode): void {
  switch (op.rule) {
    case Rule.Token:
      if (op.value === TokenKind.KwIn) c.emit.binaryOp(BinaryOp.In);
      else c.emit.binaryOp(BinaryOp.Less + (op.value - TokenKind.OpLess));
      break;
    case Rule.CompOpNotIn:
      c.emit.binaryOp(BinaryOp.In);
      c.emit.not();
      break;
    default:
      c.emit.binaryOp(BinaryOp.Is);
      if (op.nodes[0] !== null) c.emit.not();
  }
}

/** `(…)`: empty, a generator expression or a tuple. */
export function compileAtomParen(c: Compiler, node: ParseNode): void {
  const inner = node.nodes[0];
  if (inner === null) c.emit.buildTuple(0);
  else if (hasCompFor(inner)) compileComprehension(c, inner, ScopeKind.GenExpr);
  else compileTuple(c, inner);
}

/** `[…]`. */
export function compileAtomBracket(c: Compiler, node: ParseNode): void {
  const inner = node.nodes[0];
  if (inner === null) {
    c.emit.buildList(0);
  } else if (inner.rule !== Rule.TestlistComp) {
    compileNode(c, inner);
    c.emit.buildList(1);
  } else if (hasCompFor(inner)) {
    compileComprehension(c, inner, ScopeKind.ListComp);
  } else {
    c.compileAll(inner.nodes);
    c.emit.buildList(inner.nodes.length);
  }
}

/** `{…}`: a dict or a set. Without `create` a dict is on the stack already and is added to. */
export function compileAtomBrace(c: Compiler, node: ParseNode, create: boolean): void {
  const inner = node.nodes[0];
  if (inner === null) {
    if (create) c.emit.buildMap(0);
  } else if (inner.rule === Rule.DictOrSetMakerItem) {
    if (create) c.emit.buildMap(1);
    compileNode(c, inner);
    c.emit.storeMap();
  } else if (inner.rule !== Rule.DictOrSetMaker) {
    compileNode(c, inner);
    c.emit.buildSet(1);
  } else {
    const isDict = isKind(inner.nodes[0], Rule.DictOrSetMakerItem);
    const tail = inner.nodes[1] as ParseNode;
    if (tail.rule !== Rule.DictOrSetMakerList) {
      compileComprehension(c, inner, isDict ? ScopeKind.DictComp : ScopeKind.SetComp);
    } else {
      compileItems(c, inner, listOf(tail.nodes[0], Rule.DictOrSetMakerList2), isDict, create);
    }
  }
}

function compileItems(
  c: Compiler,
  node: ParseNode,
  rest: readonly (ParseNode | null)[],
  isDict: boolean,
  create: boolean,
): void {
  if (isDict && create) c.emit.buildMap(1 + rest.length);
  compileNode(c, node.nodes[0]);
  if (isDict) c.emit.storeMap();
  for (let i = 0; i < rest.length; i++) {
    compileNode(c, rest[i]);
    const hasKey = isKind(rest[i], Rule.DictOrSetMakerItem);
    if (isDict !== hasKey) {
      c.fail(node, isDict ? 'expecting key:value for dict' : 'expecting just a value for set');
      return;
    }
    if (isDict) c.emit.storeMap();
  }
  if (!isDict) c.emit.buildSet(1 + rest.length);
}

/** A slice: `a:`, `a:b`, `a:b:c` and so on. */
export function compileSubscript(c: Compiler, node: ParseNode): void {
  const emit = c.emit;
  let tail = node;
  if (node.rule === Rule.Subscript2) {
    compileNode(c, node.nodes[0]);
    tail = node.nodes[1] as ParseNode;
  } else {
    emit.loadNone();
  }
  const rest = tail.nodes[0];
  let step: ParseNode | null = null;
  if (rest === null) {
    emit.loadNone();
  } else if (rest.rule === Rule.Subscript3c) {
    emit.loadNone();
    step = rest.nodes[0];
  } else if (rest.rule === Rule.Subscript3d) {
    compileNode(c, rest.nodes[0]);
    step = (rest.nodes[1] as ParseNode).nodes[0];
  } else {
    compileNode(c, rest);
  }
  if (step !== null) compileNode(c, step);
  emit.buildSlice(step === null ? 2 : 3);
}

/** `yield`, `yield a`, `yield from a`. */
export function compileYieldExpr(c: Compiler, node: ParseNode): void {
  if (c.scope.kind !== ScopeKind.Function && c.scope.kind !== ScopeKind.Lambda) {
    c.fail(node, "'yield' outside function");
    return;
  }
  const value = node.nodes[0];
  if (value === null) {
    c.emit.loadNone();
    c.emit.yieldValue();
    c.reserveLabels(1);
  } else if (value.rule === Rule.YieldArgFrom) {
    compileNode(c, value.nodes[0]);
    compileYieldFrom(c);
  } else {
    compileNode(c, value);
    c.emit.yieldValue();
    c.reserveLabels(1);
  }
}

/** Delegates to the object on the stack. */
export function compileYieldFrom(c: Compiler): void {
  c.emit.getIter();
  c.emit.loadNone();
  c.emit.yieldFrom();
  c.reserveLabels(3);
}
