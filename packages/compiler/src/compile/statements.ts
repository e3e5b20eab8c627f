/**
 * Small statements. Counterpart: py/compile.c.
 */
import { Pass } from '../emit.js';
import { Q } from '../names.js';
import { Rule } from '../parser/grammar.js';
import { isKind, listOf, type ParseNode } from '../parser/node.js';
import { IdKind, type IdInfo, ScopeKind } from '../scope.js';
import { hasCompFor } from './comprehensions.js';
import { type Compiler, NO_LABEL } from './compiler.js';
import { compileCondition } from './expressions.js';
import { compileNode } from './node.js';

/** `del a, b.c, d[e]`. */
export function compileDel(c: Compiler, node: ParseNode): void {
  for (const target of listOf(node.nodes[0], Rule.ExprList)) deleteTarget(c, target);
}

function deleteTarget(c: Compiler, node: ParseNode | null): void {
  if (isKind(node, Rule.Id)) {
    c.deleteId(node.value);
  } else if (isKind(node, Rule.AtomExprNormal)) {
    const trailer = compileUpToLastTrailer(c, node, true);
    if (trailer.rule === Rule.TrailerBracket) {
      compileNode(c, trailer.nodes[0]);
      c.emit.deleteSubscr();
    } else if (trailer.rule === Rule.TrailerPeriod) {
      c.emit.deleteAttr((trailer.nodes[0] as ParseNode).value);
    } else {
      c.fail(node, "can't delete expression");
    }
  } else if (isKind(node, Rule.AtomParen)) {
    const inner = node.nodes[0];
    // Upstream reports what is inside; empty parentheses have no line.
    if (inner === null || hasCompFor(inner)) {
      c.fail(inner, "can't delete expression");
      return;
    }
    c.enter();
    for (const target of inner.nodes) deleteTarget(c, target);
    c.leave();
  } else {
    c.fail(node, "can't delete expression");
  }
}

/** Compiles `a.b[c]` but for the last trailer, which it returns; with `load` false it only returns that. */
export function compileUpToLastTrailer(c: Compiler, node: ParseNode, load: boolean): ParseNode {
  if (load) compileNode(c, node.nodes[0]);
  const trailers = node.nodes[1] as ParseNode;
  if (trailers.rule !== Rule.AtomExprTrailers) return trailers;
  const last = trailers.nodes.length - 1;
  if (load) for (let i = 0; i < last; i++) compileNode(c, trailers.nodes[i]);
  return trailers.nodes[last] as ParseNode;
}

/** `break`, `continue`. */
export function compileBreakContinue(c: Compiler, node: ParseNode): void {
  const label = node.rule === Rule.BreakStmt ? c.breakLabel : c.continueLabel;
  if (label === NO_LABEL) {
    c.fail(node, "'break'/'continue' outside loop");
    return;
  }
  c.emit.unwindJump(label, c.exceptLevel - c.breakContinueExceptLevel);
}

/** `return`, `return a`. */
export function compileReturn(c: Compiler, node: ParseNode): void {
  const emit = c.emit;
  if (c.scope.kind !== ScopeKind.Function) {
    c.fail(node, "'return' outside function");
    return;
  }
  const value = node.nodes[0];
  if (value === null) {
    emit.loadNone();
  } else if (value.rule === Rule.TestIfExpr) {
    // Each branch returns by itself.
    const branches = value.nodes[1] as ParseNode;
    const failLabel = c.label();
    compileCondition(c, branches.nodes[0], false, failLabel);
    compileNode(c, value.nodes[0]);
    emit.returnValue();
    emit.assignLabel(failLabel);
    compileNode(c, branches.nodes[1]);
  } else {
    compileNode(c, value);
  }
  emit.returnValue();
}

/** A `yield` as a statement. */
export function compileYieldStmt(c: Compiler, node: ParseNode): void {
  compileNode(c, node.nodes[0]);
  c.emit.popTop();
}

/** `raise`, `raise a`, `raise a from b`. */
export function compileRaise(c: Compiler, node: ParseNode): void {
  const value = node.nodes[0];
  if (value === null) {
    c.emit.raise(0);
  } else if (value.rule === Rule.RaiseStmtArg) {
    compileNode(c, value.nodes[0]);
    compileNode(c, value.nodes[1]);
    c.emit.raise(2);
  } else {
    compileNode(c, value);
    c.emit.raise(1);
  }
}

/** `assert a`, `assert a, b`; nothing when optimising. */
export function compileAssert(c: Compiler, node: ParseNode): void {
  if (c.settings.optLevel !== 0) return;
  const emit = c.emit;
  const endLabel = c.label();
  compileCondition(c, node.nodes[0], true, endLabel);
  emit.loadGlobal(Q.AssertionError);
  if (node.nodes[1] !== null) {
    compileNode(c, node.nodes[1]);
    emit.callFunction(1, 0, false);
  }
  emit.raise(1);
  emit.assignLabel(endLabel);
}

/** `global a, b`, `nonlocal a, b`. */
export function compileGlobalNonlocal(c: Compiler, node: ParseNode): void {
  if (c.pass !== Pass.Scope) return;
  const isGlobal = node.rule === Rule.GlobalStmt;
  if (!isGlobal && c.scope.kind === ScopeKind.Module) {
    c.fail(node, "can't declare nonlocal in outer code");
    return;
  }
  for (const name of listOf(node.nodes[0], Rule.NameList)) {
    const id = c.scope.findOrAdd((name as ParseNode).value, IdKind.Undecided);
    if (isGlobal) declareGlobal(c, node, id);
    else declareNonlocal(c, node, id);
  }
}

/** Makes an identifier global, here and, if it is known there, in the module's scope. */
export function declareGlobal(c: Compiler, node: ParseNode, id: IdInfo): void {
  if (id.kind !== IdKind.Undecided && id.kind !== IdKind.GlobalExplicit) {
    c.fail(node, 'identifier redefined as global');
    return;
  }
  id.kind = IdKind.GlobalExplicit;
  const global = c.scope.findGlobal(id.name);
  if (global !== null) global.kind = IdKind.GlobalExplicit;
}

/** Makes an identifier that of an enclosing function. */
export function declareNonlocal(c: Compiler, node: ParseNode, id: IdInfo): void {
  if (id.kind === IdKind.Undecided) {
    id.kind = IdKind.GlobalImplicit;
    c.scope.closeOver(id);
    // Read anew: closing over may have changed it.
    if ((id.kind as IdKind) === IdKind.GlobalImplicit) c.fail(node, 'no binding for nonlocal found');
  } else if (id.kind !== IdKind.Free) {
    c.fail(node, 'identifier redefined as nonlocal');
  }
}
