/**
 * From a node to the function that compiles it. Counterpart: compile_node and its table in py/compile.c.
 */
import { TokenKind } from '@tsmp-internal/bytecode';
import type { Constant } from '@tsmp/mpy-format';
import { Q } from '../names.js';
import { Rule } from '../parser/grammar.js';
import { isKind, type ParseNode } from '../parser/node.js';
import type { Compiler } from './compiler.js';
import {
  compileAtomBrace,
  compileAtomBracket,
  compileAtomParen,
  compileComparison,
  compileNamedExpr,
  compileOrAndTest,
  compileSubscript,
  compileTestIfExpr,
  compileTuple,
  compileYieldExpr,
} from './expressions.js';
import { compileAtomExpr, compileAwait, compileCall } from './calls.js';
import { compileDecorated, compileFuncdef, compileClassdef, compileLambdef } from './functions.js';
import { compileFor, compileIf, compileWhile } from './loops.js';
import { compileBinaryOp, compilePower, compileTerm, compileUnary } from './operators.js';
import {
  compileAssert,
  compileBreakContinue,
  compileDel,
  compileGlobalNonlocal,
  compileRaise,
  compileReturn,
  compileYieldStmt,
} from './statements.js';
import { compileExprStmt } from './assign.js';
import { compileImportFrom, compileImportName } from './imports.js';
import { compileAsyncStmt, compileTry, compileWith } from './try.js';

/** Compile a node; an absent one is nothing. */
export function compileNode(c: Compiler, node: ParseNode | null): void {
  if (node === null) return;
  const { emit } = c;
  if (emit.positions === null) {
    compileOne(c, node);
    return;
  }
  const outer = emit.node;
  if (node.start >= 0) emit.node = node;
  compileOne(c, node);
  emit.node = outer;
}

function compileOne(c: Compiler, node: ParseNode): void {
  switch (node.rule) {
    case Rule.Id:
      c.loadId(node.value);
      return;
    case Rule.SmallInt:
      if (node.constant?.kind === 'int') c.emit.loadBigSmallInt(node.constant.value);
      else c.emit.loadSmallInt(node.value);
      return;
    case Rule.String:
      c.emit.loadString(node.value);
      return;
    case Rule.Token:
      // A blank line gets this far as a token, and is nothing.
      if (node.value !== TokenKind.Newline) c.emit.loadToken(node.value);
      return;
  }
  c.emit.setLine(node.line);
  c.enter();
  compileStruct(c, node);
  c.leave();
}

function compileStruct(c: Compiler, node: ParseNode): void {
  switch (node.rule) {
    case Rule.FileInput:
    case Rule.FileInput2:
    case Rule.SimpleStmt2:
    case Rule.SuiteBlockStmts:
    case Rule.PassStmt:
      c.compileAll(node.nodes);
      break;
    case Rule.Decorated:
      compileDecorated(c, node);
      break;
    case Rule.Funcdef:
      compileFuncdef(c, node);
      break;
    case Rule.ExprStmt:
      compileExprStmt(c, node);
      break;
    case Rule.TestlistStarExpr:
    case Rule.SubscriptList:
    case Rule.Testlist:
      compileTuple(c, node);
      break;
    case Rule.DelStmt:
      compileDel(c, node);
      break;
    case Rule.BreakStmt:
    case Rule.ContinueStmt:
      compileBreakContinue(c, node);
      break;
    case Rule.ReturnStmt:
      compileReturn(c, node);
      break;
    case Rule.YieldStmt:
      compileYieldStmt(c, node);
      break;
    case Rule.RaiseStmt:
      compileRaise(c, node);
      break;
    case Rule.ImportName:
      compileImportName(c, node);
      break;
    case Rule.ImportFrom:
      compileImportFrom(c, node);
      break;
    case Rule.GlobalStmt:
    case Rule.NonlocalStmt:
      compileGlobalNonlocal(c, node);
      break;
    case Rule.AssertStmt:
      compileAssert(c, node);
      break;
    case Rule.AsyncStmt:
      compileAsyncStmt(c, node);
      break;
    case Rule.IfStmt:
      compileIf(c, node);
      break;
    case Rule.WhileStmt:
      compileWhile(c, node);
      break;
    case Rule.ForStmt:
      compileFor(c, node);
      break;
    case Rule.TryStmt:
      compileTry(c, node);
      break;
    case Rule.WithStmt:
      compileWith(c, node);
      break;
    case Rule.NamedExprTest:
      compileNamedExpr(c, node.nodes[0], node.nodes[1]);
      break;
    case Rule.TestIfExpr:
      compileTestIfExpr(c, node);
      break;
    case Rule.Lambdef:
    case Rule.LambdefNocond:
      compileLambdef(c, node);
      break;
    case Rule.OrTest:
    case Rule.AndTest:
      compileOrAndTest(c, node);
      break;
    case Rule.NotTest2:
      compileNode(c, node.nodes[0]);
      c.emit.not();
      break;
    case Rule.Comparison:
      compileComparison(c, node);
      break;
    case Rule.StarExpr:
      c.fail(node, '*x must be assignment target');
      break;
    case Rule.Expr:
    case Rule.XorExpr:
    case Rule.AndExpr:
      compileBinaryOp(c, node);
      break;
    case Rule.ShiftExpr:
    case Rule.ArithExpr:
    case Rule.Term:
      compileTerm(c, node);
      break;
    case Rule.Factor2:
      compileUnary(c, node);
      break;
    case Rule.Power:
      compilePower(c, node);
      break;
    case Rule.AtomExprAwait:
      compileAwait(c, node);
      break;
    case Rule.AtomExprNormal:
      compileAtomExpr(c, node);
      break;
    case Rule.AtomParen:
      compileAtomParen(c, node);
      break;
    case Rule.AtomBracket:
      compileAtomBracket(c, node);
      break;
    case Rule.AtomBrace:
      compileAtomBrace(c, node, true);
      break;
    case Rule.TrailerParen:
      compileCall(c, node.nodes[0], false, 0);
      break;
    case Rule.TrailerBracket:
      compileNode(c, node.nodes[0]);
      c.emit.loadSubscr();
      break;
    case Rule.TrailerPeriod:
      c.emit.loadAttr((node.nodes[0] as ParseNode).value);
      break;
    case Rule.Subscript2:
    case Rule.Subscript3:
      compileSubscript(c, node);
      break;
    case Rule.DictOrSetMakerItem:
      compileNode(c, node.nodes[1]);
      compileNode(c, node.nodes[0]);
      break;
    case Rule.Classdef:
      compileClassdef(c, node);
      break;
    case Rule.YieldExpr:
      compileYieldExpr(c, node);
      break;
    case Rule.ConstObject:
      c.emit.loadConstant(node.constant as Constant);
      break;
    default:
      throw new Error(`compiler: a node of rule ${node.rule} cannot stand alone`);
  }
}

/** If the first statement is a string, store it as the scope's docstring. */
export function checkForDocString(c: Compiler, body: ParseNode | null): void {
  if (!c.settings.docStrings) return;
  let first = body;
  if (isKind(body, Rule.FileInput2)) {
    // Blank lines before it do not count.
    first = null;
    for (const node of body.nodes) {
      first = node;
      if (!isKind(node, Rule.Token) || node.value !== TokenKind.Newline) break;
    }
  } else if (isKind(body, Rule.SuiteBlockStmts)) {
    first = body.nodes[0];
  }
  if (!isKind(first, Rule.ExprStmt)) return;
  const text = first.nodes[0];
  if (isKind(text, Rule.String) || (isKind(text, Rule.ConstObject) && text.constant?.kind === 'str')) {
    compileNode(c, text);
    c.storeId(Q.Doc);
  }
}
