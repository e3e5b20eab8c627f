/**
 * Expression statements and assignment to whatever may stand on the left. Counterpart: c_assign and compile_expr_stmt in
 * py/compile.c.
 */
import { BinaryOp, TokenKind } from '@tsmp-internal/bytecode';
import { Q } from '../names.js';
import { Rule } from '../parser/grammar.js';
import { isKind, type ParseNode } from '../parser/node.js';
import { IdKind, ScopeKind } from '../scope.js';
import type { Compiler } from './compiler.js';
import { hasCompFor } from './comprehensions.js';
import { compileNode } from './node.js';
import { compileUpToLastTrailer } from './statements.js';

const CANNOT_ASSIGN = "can't assign to expression";

/** What is to be done with the target: store the top of the stack, or one half of an in-place operation. */
const enum AssignKind {
  Store,
  AugLoad,
  AugStore,
}

/** Stores the top of the stack in a target. */
export function assign(c: Compiler, target: ParseNode | null): void {
  assignTo(c, target as ParseNode, AssignKind.Store);
}

function assignTo(c: Compiler, target: ParseNode, kind: AssignKind): void {
  switch (target.rule) {
    case Rule.Id:
      if (kind === AssignKind.AugLoad) c.loadId(target.value);
      else c.storeId(target.value);
      return;
    case Rule.AtomExprNormal:
      assignToTrailer(c, target, kind);
      return;
    case Rule.TestlistStarExpr:
    case Rule.ExprList:
      if (kind === AssignKind.Store) {
        assignToItems(c, target.nodes);
        return;
      }
      break;
    case Rule.AtomParen:
    case Rule.AtomBracket: {
      const inner = target.nodes[0];
      if (kind !== AssignKind.Store) break;
      if (isKind(inner, Rule.TestlistComp)) {
        if (hasCompFor(inner)) break;
        assignToItems(c, inner.nodes);
        return;
      }
      // One item in brackets or none; a parenthesised item is no atom_paren, and () cannot be assigned to.
      if (target.rule === Rule.AtomParen) break;
      assignToItems(c, inner === null ? [] : target.nodes);
      return;
    }
  }
  c.fail(target, CANNOT_ASSIGN);
}

function assignToTrailer(c: Compiler, target: ParseNode, kind: AssignKind): void {
  const emit = c.emit;
  const trailer = compileUpToLastTrailer(c, target, kind !== AssignKind.AugStore);
  if (trailer.rule === Rule.TrailerBracket) {
    if (kind === AssignKind.AugStore) {
      emit.rotThree();
      emit.storeSubscr();
      return;
    }
    compileNode(c, trailer.nodes[0]);
    if (kind === AssignKind.AugLoad) {
      emit.dupTopTwo();
      emit.loadSubscr();
    } else {
      emit.storeSubscr();
    }
  } else if (trailer.rule === Rule.TrailerPeriod) {
    const name = (trailer.nodes[0] as ParseNode).value;
    if (kind === AssignKind.AugLoad) {
      emit.dupTop();
      emit.loadAttr(name);
    } else {
      if (kind === AssignKind.AugStore) emit.rotTwo();
      emit.storeAttr(name);
    }
  } else {
    c.fail(target, CANNOT_ASSIGN);
  }
}

function assignToItems(c: Compiler, items: readonly (ParseNode | null)[]): void {
  c.enter();
  let star = -1;
  for (let i = 0; i < items.length; i++) {
    if (!isKind(items[i], Rule.StarExpr)) continue;
    if (star >= 0) {
      c.fail(items[i], 'multiple *x in assignment');
      c.leave();
      return;
    }
    c.emit.unpackEx(i, items.length - i - 1);
    star = i;
  }
  if (star < 0) c.emit.unpackSequence(items.length);
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as ParseNode;
    assign(c, i === star ? item.nodes[0] : item);
  }
  c.leave();
}

/** An expression as a statement, and all kinds of assignments. */
export function compileExprStmt(c: Compiler, node: ParseNode): void {
  const target = node.nodes[0] as ParseNode;
  const rest = node.nodes[1];
  if (rest === null) {
    compileLoneExpression(c, target);
    return;
  }
  switch (rest.rule) {
    case Rule.AnnAssign:
      if (rest.nodes[1] !== null) {
        compileAssignment(c, target, rest.nodes[1]);
      } else if (c.scope.kind === ScopeKind.Function && target.rule === Rule.Id) {
        // The annotation says nothing but that it is a local.
        c.scope.findOrAdd(target.value, IdKind.Local);
      }
      break;
    case Rule.ExprStmtAugAssign: {
      const token = (rest.nodes[0] as ParseNode).value;
      assignTo(c, target, AssignKind.AugLoad);
      compileNode(c, rest.nodes[1]);
      c.emit.binaryOp(BinaryOp.InplaceOr + (token - TokenKind.DelPipeEqual));
      assignTo(c, target, AssignKind.AugStore);
      break;
    }
    case Rule.ExprStmtAssignList: {
      const last = rest.nodes.length - 1;
      compileNode(c, rest.nodes[last]);
      if (last > 0) c.emit.dupTop();
      assign(c, target);
      for (let i = 0; i < last; i++) {
        if (i + 1 < last) c.emit.dupTop();
        assign(c, rest.nodes[i]);
      }
      break;
    }
    default:
      compileAssignment(c, target, rest);
  }
}

function compileLoneExpression(c: Compiler, node: ParseNode): void {
  if (c.isRepl && c.scope.kind === ScopeKind.Module) {
    c.loadId(Q.ReplPrint);
    compileNode(c, node);
    c.emit.callFunction(1, 0, false);
    c.emit.popTop();
    return;
  }
  if (node.rule >= Rule.ConstObject && node.rule !== Rule.Id) return; // a constant does nothing
  compileNode(c, node);
  c.emit.popTop();
}

/** `target = value`; `a, b = c, d` and the like for three need no tuple. */
function compileAssignment(c: Compiler, target: ParseNode, value: ParseNode): void {
  const count = target.nodes.length;
  if (
    value.rule === Rule.TestlistStarExpr &&
    target.rule === Rule.TestlistStarExpr &&
    value.nodes.length === count &&
    (count === 2 || count === 3) &&
    !target.nodes.some((node) => isKind(node, Rule.StarExpr))
  ) {
    for (let i = 0; i < count; i++) compileNode(c, value.nodes[i]);
    if (count === 3) c.emit.rotThree();
    c.emit.rotTwo();
    for (let i = 0; i < count; i++) assign(c, target.nodes[i]);
    return;
  }
  compileNode(c, value);
  assign(c, target);
}
