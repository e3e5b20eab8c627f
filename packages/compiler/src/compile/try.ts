/**
 * `try`, `with`, and `async for` and `async with`. Counterpart: py/compile.c.
 */
import { BinaryOp, ScopeFlag } from '@tsmp-internal/bytecode';
import { Q } from '../names.js';
import { Rule } from '../parser/grammar.js';
import { listOf, type ParseNode } from '../parser/node.js';
import { assign } from './assign.js';
import type { Compiler } from './compiler.js';
import { compileYieldFrom } from './expressions.js';
import { compileFuncdef } from './functions.js';
import { startLoop } from './loops.js';
import { compileNode } from './node.js';

type Nodes = readonly (ParseNode | null)[];

/** `try` in all its forms. */
export function compileTry(c: Compiler, node: ParseNode): void {
  const body = node.nodes[0];
  const rest = node.nodes[1] as ParseNode;
  if (rest.rule === Rule.TryStmtFinally) {
    compileTryFinally(c, body, [], null, rest.nodes[0]);
  } else if (rest.rule === Rule.TryStmtExceptAndMore) {
    const handlers = listOf(rest.nodes[0], Rule.TryStmtExceptList);
    const last = rest.nodes[2];
    if (last === null) compileTryExcept(c, body, handlers, rest.nodes[1]);
    else compileTryFinally(c, body, handlers, rest.nodes[1], last.nodes[0]);
  } else {
    compileTryExcept(c, body, listOf(rest, Rule.TryStmtExceptList), null);
  }
}

function compileTryExcept(c: Compiler, body: ParseNode | null, handlers: Nodes, elseBlock: ParseNode | null): void {
  const emit = c.emit;
  const handlerLabel = c.label();
  const successLabel = c.label();
  emit.setupExcept(handlerLabel);
  c.enterExceptBlock();
  compileNode(c, body);
  emit.popExceptJump(successLabel);

  emit.assignLabel(handlerLabel);
  emit.startExceptHandler();
  // The exception is on top of the stack now.
  const endLabel = c.label();
  for (let i = 0; i < handlers.length; i++) {
    if (handlers[i]?.nodes[0] === null && i + 1 < handlers.length) {
      c.fail(handlers[i], "default 'except' must be last");
      c.leaveExceptBlock();
      return;
    }
    compileHandler(c, handlers[i] as ParseNode, endLabel);
  }
  c.leaveExceptBlock();
  emit.endExceptHandler();

  emit.assignLabel(successLabel);
  compileNode(c, elseBlock);
  emit.assignLabel(endLabel);
}

function compileHandler(c: Compiler, handler: ParseNode, endLabel: number): void {
  const emit = c.emit;
  const noMatchLabel = c.label();
  let variable = -1;
  if (c.settings.settrace) emit.setLine(handler.line);
  let type = handler.nodes[0];
  if (type !== null) {
    if (type.rule === Rule.TryStmtAsName) {
      variable = (type.nodes[1] as ParseNode).value;
      type = type.nodes[0];
    }
    emit.dupTop();
    compileNode(c, type);
    emit.binaryOp(BinaryOp.ExceptionMatch);
    emit.popJumpIf(false, noMatchLabel);
  }
  if (variable < 0) {
    emit.popTop();
    compileNode(c, handler.nodes[1]);
  } else {
    // The variable is deleted however the block ends, so there is a finally around it.
    c.storeId(variable);
    const finallyLabel = c.label();
    emit.setupFinally(finallyLabel);
    c.enterExceptBlock();
    compileNode(c, handler.nodes[1]);
    emit.loadNone();
    emit.assignLabel(finallyLabel);
    emit.adjustStack(1); // a value being returned
    emit.loadNone();
    c.storeId(variable);
    c.deleteId(variable);
    emit.adjustStack(-1);
    c.leaveExceptBlock();
  }
  emit.popExceptJump(endLabel);
  emit.assignLabel(noMatchLabel);
  emit.adjustStack(1); // the exception
}

function compileTryFinally(
  c: Compiler,
  body: ParseNode | null,
  handlers: Nodes,
  elseBlock: ParseNode | null,
  finallyBlock: ParseNode | null,
): void {
  const emit = c.emit;
  const finallyLabel = c.label();
  emit.setupFinally(finallyLabel);
  c.enterExceptBlock();
  if (handlers.length === 0) {
    emit.adjustStack(3); // what unwinding may put there
    compileNode(c, body);
    emit.adjustStack(-3);
  } else {
    compileTryExcept(c, body, handlers, elseBlock);
  }
  emit.loadNone(); // the body ended normally
  emit.assignLabel(finallyLabel);
  emit.adjustStack(1); // a value being returned
  compileNode(c, finallyBlock);
  emit.adjustStack(-1);
  c.leaveExceptBlock();
}

/** `with a as b, c: …`: each item is inside the one before. */
export function compileWith(c: Compiler, node: ParseNode): void {
  compileWithItems(c, listOf(node.nodes[0], Rule.WithStmtList), 0, node.nodes[1]);
}

function compileWithItems(c: Compiler, items: Nodes, i: number, body: ParseNode | null): void {
  if (i === items.length) {
    compileNode(c, body);
    return;
  }
  const emit = c.emit;
  const item = items[i] as ParseNode;
  const endLabel = c.label();
  c.enter();
  const hasTarget = item.rule === Rule.WithItem;
  compileNode(c, hasTarget ? item.nodes[0] : item);
  emit.setupWith(endLabel);
  c.enterExceptBlock();
  if (hasTarget) assign(c, item.nodes[1]);
  else emit.popTop();
  compileWithItems(c, items, i + 1, body);
  emit.withCleanup(endLabel);
  c.reserveLabels(3);
  c.leaveExceptBlock();
  c.leave();
}

/** `async def`, `async for`, `async with`. */
export function compileAsyncStmt(c: Compiler, node: ParseNode): void {
  const inner = node.nodes[0] as ParseNode;
  if (inner.rule === Rule.Funcdef) {
    compileFuncdef(c, inner);
    if (inner.scope !== null) inner.scope.flags |= ScopeFlag.Generator;
    return;
  }
  if ((c.scope.flags & ScopeFlag.Generator) === 0) {
    c.fail(inner, 'async for/with outside async function');
    return;
  }
  if (inner.rule === Rule.ForStmt) compileAsyncFor(c, inner);
  else compileAsyncWithItems(c, listOf(inner.nodes[0], Rule.WithStmtList), 0, inner.nodes[1]);
}

function awaitMethod(c: Compiler, name: number): void {
  c.emit.loadMethod(name, false);
  c.emit.callMethod(0, 0, false);
  compileYieldFrom(c);
}

function compileAsyncFor(c: Compiler, node: ParseNode): void {
  const emit = c.emit;
  const whileElseLabel = c.label();
  const exceptionLabel = c.label();
  const elseLabel = c.label();
  const finallyLabel = c.label();

  compileNode(c, node.nodes[1]);
  emit.loadMethod(Q.Aiter, false);
  emit.callMethod(0, 0, false);
  // ( iterable )
  const outer = startLoop(c);
  const { breakLabel, continueLabel } = c;
  emit.assignLabel(continueLabel);
  emit.setupExcept(exceptionLabel);
  c.enterExceptBlock();
  emit.dupTop();
  awaitMethod(c, Q.Anext);
  assign(c, node.nodes[0]);
  emit.popExceptJump(elseLabel);

  emit.assignLabel(exceptionLabel);
  emit.startExceptHandler();
  emit.dupTop();
  emit.loadGlobal(Q.StopAsyncIteration);
  emit.binaryOp(BinaryOp.ExceptionMatch);
  emit.popJumpIf(false, finallyLabel);
  emit.popTop();
  emit.popExceptJump(whileElseLabel);
  emit.assignLabel(finallyLabel);
  emit.adjustStack(1); // the exception
  c.leaveExceptBlock();
  emit.endExceptHandler();

  emit.assignLabel(elseLabel);
  compileNode(c, node.nodes[2]);
  emit.jump(continueLabel);
  outer.restore(c);

  emit.assignLabel(whileElseLabel);
  compileNode(c, node.nodes[3]);
  emit.assignLabel(breakLabel);
  emit.popTop();
}

/**
 * The body is in a try-finally, and the finally block is entered in three ways, which the stack tells apart:
 * ( manager ) the body ended; ( manager exception ); ( manager X count ) a return or a jump out of the block.
 */
function compileAsyncWithItems(c: Compiler, items: Nodes, i: number, body: ParseNode | null): void {
  if (i === items.length) {
    compileNode(c, body);
    return;
  }
  const emit = c.emit;
  const item = items[i] as ParseNode;
  const finallyLabel = c.label();
  const noExceptionLabel = c.label();
  const unwindLabel = c.label();
  const endLabel = c.label();
  c.enter();
  const hasTarget = item.rule === Rule.WithItem;
  compileNode(c, hasTarget ? item.nodes[0] : item);
  emit.dupTop();
  awaitMethod(c, Q.Aenter);
  if (hasTarget) assign(c, item.nodes[1]);
  else emit.popTop();

  emit.setupFinally(finallyLabel);
  c.enterExceptBlock();
  emit.adjustStack(3);
  compileAsyncWithItems(c, items, i + 1, body);
  emit.adjustStack(-3);
  emit.asyncWithSetupFinally(noExceptionLabel, finallyLabel, unwindLabel);

  // ( manager exception ): __aexit__ may swallow it
  emit.dupTop();
  emit.rotThree();
  emit.rotTwo();
  emit.loadMethod(Q.Aexit, false);
  emit.rotThree();
  emit.rotThree();
  emit.dupTop();
  emit.loadAttr(Q.Class);
  emit.rotTwo();
  emit.loadNone(); // for the traceback
  // ( exception __aexit__ manager type exception None )
  emit.callMethod(3, 0, false);
  compileYieldFrom(c);
  emit.popJumpIf(false, endLabel);
  emit.popTop();
  emit.loadNone();
  emit.jump(endLabel);
  emit.adjustStack(2);

  // ( manager X count )
  emit.assignLabel(unwindLabel);
  emit.rotThree();
  emit.rotThree();
  emit.assignLabel(noExceptionLabel);
  // ( None manager ) or ( X count manager )
  emit.loadMethod(Q.Aexit, false);
  emit.loadNone();
  emit.dupTop();
  emit.dupTop();
  emit.callMethod(3, 0, false);
  compileYieldFrom(c);
  emit.popTop();
  emit.adjustStack(-1);

  emit.assignLabel(endLabel);
  c.leaveExceptBlock();
  c.leave();
}
