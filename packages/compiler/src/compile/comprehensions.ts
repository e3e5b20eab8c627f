/**
 * Comprehensions and generator expressions. Counterpart: py/compile.c.
 */
import { Pass } from '../emit.js';
import { Q } from '../names.js';
import { Rule } from '../parser/grammar.js';
import { isKind, type ParseNode } from '../parser/node.js';
import { IdKind, type Scope, ScopeKind } from '../scope.js';
import { assign } from './assign.js';
import type { Compiler } from './compiler.js';
import { compileCondition } from './expressions.js';
import { makeFunction, scopeOf } from './functions.js';
import { compileNode } from './node.js';

/** Whether a testlist_comp is a comprehension. */
export function hasCompFor(node: ParseNode): boolean {
  return node.nodes.length === 2 && isKind(node.nodes[1], Rule.CompFor);
}

/** Makes the function that runs a comprehension and calls it with the first iterable. */
export function compileComprehension(c: Compiler, node: ParseNode, kind: ScopeKind): void {
  const compFor = node.nodes[1] as ParseNode;
  const scope = scopeOf(c, node, compFor, kind);
  makeFunction(c, scope, 0, 0);
  compileNode(c, compFor.nodes[1]);
  if (kind === ScopeKind.GenExpr) c.emit.getIter();
  c.emit.callFunction(1, 0, false);
}

/** The body of that function. Its argument, the iterable or iterator, has the empty name. */
export function compileScopeComprehension(c: Compiler, scope: Scope): void {
  const emit = c.emit;
  const node = scope.node;
  if (c.pass === Pass.Scope) {
    scope.findOrAdd(Q.Empty, IdKind.Local);
    scope.numPosArgs = 1;
  }
  emit.setLine(node.line);
  switch (scope.kind) {
    case ScopeKind.ListComp:
      emit.buildList(0);
      break;
    case ScopeKind.DictComp:
      emit.buildMap(0);
      break;
    case ScopeKind.SetComp:
      emit.buildSet(0);
      break;
  }
  if (scope.kind === ScopeKind.GenExpr) {
    // An iterator takes four slots: here a null, which says that the next is the iterator, and two unused.
    emit.loadNull();
    c.loadId(Q.Empty);
    emit.loadNull();
    emit.loadNull();
  } else {
    c.loadId(Q.Empty);
    emit.getIterOnStack();
  }
  compileCompFor(c, node.nodes[1] as ParseNode, node.nodes[0], 0);
  if (scope.kind === ScopeKind.GenExpr) emit.loadNone();
  emit.returnValue();
}

function compileCompFor(c: Compiler, compFor: ParseNode, element: ParseNode | null, depth: number): void {
  const emit = c.emit;
  const topLabel = c.label();
  const endLabel = c.label();
  c.enter();
  emit.assignLabel(topLabel);
  emit.forIter(endLabel);
  assign(c, compFor.nodes[0]);
  let next = compFor.nodes[2];
  while (isKind(next, Rule.CompIf)) {
    compileCondition(c, next.nodes[0], false, topLabel);
    next = next.nodes[1];
  }
  if (next !== null) {
    compileNode(c, next.nodes[1]);
    emit.getIterOnStack();
    compileCompFor(c, next, element, depth + 1);
  } else {
    compileNode(c, element);
    if (c.scope.kind === ScopeKind.GenExpr) {
      emit.yieldValue();
      c.reserveLabels(1);
      emit.popTop();
    } else {
      emit.storeComp(c.scope.kind, 4 * depth + 5);
    }
  }
  emit.jump(topLabel);
  emit.assignLabel(endLabel);
  emit.forIterEnd();
  c.leave();
}
