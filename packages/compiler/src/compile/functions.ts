/**
 * Functions, lambdas, classes and decorators. Counterpart: py/compile.c.
 */
import { ScopeFlag } from '@tsmp-internal/bytecode';
import { Pass } from '../emit.js';
import { Q } from '../names.js';
import { Rule } from '../parser/grammar.js';
import { isKind, listOf, type ParseNode } from '../parser/node.js';
import { IdFlag, IdKind, type Scope, ScopeKind } from '../scope.js';
import { compileCall } from './calls.js';
import type { Compiler } from './compiler.js';
import { compileNode } from './node.js';

/**
 * Makes a function object. Its defaults, if any, are on the stack: the dict of the keyword-only ones and above it the
 * tuple of the others.
 */
export function makeFunction(c: Compiler, scope: Scope, posDefaults: number, kwDefaults: number): void {
  if (kwDefaults > 0) scope.flags |= ScopeFlag.DefKwArgs;
  scope.numDefPosArgs = posDefaults;
  let closedOver = 0;
  if (scope.numFree > 0) {
    // In the order of the outer scope.
    const ids = c.scope.ids;
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i];
      if (id.kind !== IdKind.Cell && id.kind !== IdKind.Free) continue;
      if (scope.find(id.name)?.kind !== IdKind.Free) continue;
      c.emit.loadFast(id.localNum);
      closedOver++;
    }
  }
  const hasDefaults = posDefaults > 0 || kwDefaults > 0;
  if (closedOver === 0) c.emit.makeFunction(scope, hasDefaults);
  else c.emit.makeClosure(scope, closedOver, hasDefaults);
}

/** Compiles the defaults of parameters and makes the function. */
function compileDefaultsAndMake(c: Compiler, scope: Scope, params: ParseNode | null, listRule: Rule): void {
  // A default may hold a lambda, which gets here again.
  const { haveStar, numDictParams, numDefaultParams } = c;
  c.haveStar = false;
  c.numDictParams = 0;
  c.numDefaultParams = 0;
  for (const param of listOf(params, listRule)) compileDefault(c, param as ParseNode);
  if (c.failed) return;
  if (c.numDefaultParams > 0 && c.numDictParams === 0) {
    c.emit.buildTuple(c.numDefaultParams);
    c.emit.loadNull(); // no keyword-only defaults
  }
  makeFunction(c, scope, c.numDefaultParams, c.numDictParams);
  c.haveStar = haveStar;
  c.numDictParams = numDictParams;
  c.numDefaultParams = numDefaultParams;
}

function compileDefault(c: Compiler, param: ParseNode): void {
  const emit = c.emit;
  let name = param;
  let value: ParseNode | null = null;
  switch (param.rule) {
    case Rule.TypedArgsListStar:
    case Rule.VarArgsListStar:
      c.haveStar = true;
      return;
    case Rule.TypedArgsListDblStar:
    case Rule.VarArgsListDblStar:
      return;
    case Rule.TypedArgsListName:
      name = param.nodes[0] as ParseNode;
      value = param.nodes[2];
      break;
    case Rule.VarArgsListName:
      name = param.nodes[0] as ParseNode;
      value = param.nodes[1];
      break;
  }
  if (value === null) {
    if (!c.haveStar && c.numDefaultParams !== 0) c.fail(param, 'non-default argument follows default argument');
    return;
  }
  if (!c.haveStar) {
    c.numDefaultParams++;
    compileNode(c, value);
    return;
  }
  if (++c.numDictParams === 1) {
    // The tuple has to be there before the dict is begun.
    if (c.numDefaultParams > 0) emit.buildTuple(c.numDefaultParams);
    else emit.loadNull();
    emit.buildMap(0);
  }
  compileNode(c, value);
  emit.loadString(name.value);
  emit.storeMap();
}

/** The scope that belongs to the node, made in the first pass. */
export function scopeOf(c: Compiler, node: ParseNode, owner: ParseNode, kind: ScopeKind): Scope {
  if (c.pass === Pass.Scope) owner.scope = c.newScope(kind, node);
  return owner.scope as Scope;
}

function makeFuncdef(c: Compiler, node: ParseNode): number {
  const scope = scopeOf(c, node, node, ScopeKind.Function);
  compileDefaultsAndMake(c, scope, node.nodes[1], Rule.TypedArgsList);
  return scope.name;
}

function makeClass(c: Compiler, node: ParseNode): number {
  const scope = scopeOf(c, node, node, ScopeKind.Class);
  c.emit.loadBuildClass();
  makeFunction(c, scope, 0, 0);
  c.emit.loadString(scope.name);
  // Empty parentheses arrive as a node without contents.
  const bases = node.nodes[1];
  compileCall(c, isKind(bases, Rule.Classdef2) ? null : bases, false, 2);
  return scope.name;
}

/** `def`. */
export function compileFuncdef(c: Compiler, node: ParseNode): void {
  c.storeId(makeFuncdef(c, node));
}

/** `class`. */
export function compileClassdef(c: Compiler, node: ParseNode): void {
  c.storeId(makeClass(c, node));
}

/** `lambda`. */
export function compileLambdef(c: Compiler, node: ParseNode): void {
  const scope = scopeOf(c, node, node, ScopeKind.Lambda);
  compileDefaultsAndMake(c, scope, node.nodes[0], Rule.VarArgsList);
}

/** Decorators and what they decorate. */
export function compileDecorated(c: Compiler, node: ParseNode): void {
  let count = 0;
  for (const item of listOf(node.nodes[0], Rule.Decorators)) {
    const decorator = item as ParseNode;
    const path = listOf(decorator.nodes[0], Rule.DottedName) as ParseNode[];
    if (isCompilerDirective(c, path)) continue;
    count++;
    compileNode(c, path[0]);
    for (let i = 1; i < path.length; i++) c.emit.loadAttr(path[i].value);
    compileNode(c, decorator.nodes[1]);
  }
  const body = node.nodes[1] as ParseNode;
  let name: number;
  if (body.rule === Rule.Funcdef) {
    name = makeFuncdef(c, body);
  } else if (body.rule === Rule.AsyncFuncdef) {
    const inner = body.nodes[0] as ParseNode;
    name = makeFuncdef(c, inner);
    if (inner.scope !== null) inner.scope.flags |= ScopeFlag.Generator;
  } else {
    name = makeClass(c, body);
  }
  for (let i = 0; i < count; i++) c.emit.callFunction(1, 0, false);
  c.storeId(name);
}

/** Whether the decorator is one that speaks to the compiler: `@micropython.something`. */
function isCompilerDirective(c: Compiler, path: readonly ParseNode[]): boolean {
  if (path[0].value !== Q.Micropython) return false;
  const { allowNative } = c.settings;
  switch (path.length === 2 ? path[1].value : Q.Empty) {
    case Q.Bytecode:
      break;
    case Q.Native:
      if (allowNative === true) break;
      c.fail(path[1], allowNative === undefined ? 'invalid arch' : 'invalid micropython decorator');
      break;
    case Q.Viper:
      if (allowNative === true) c.fail(path[1], 'viper code is not supported');
      c.fail(path[1], allowNative === undefined ? 'invalid arch' : 'invalid micropython decorator');
      break;
    case Q.AsmThumb:
    case Q.AsmXtensa:
    case Q.AsmRv32:
      if (allowNative === true) c.fail(path[1], 'inline assembler is not supported');
      c.fail(path[1], allowNative === undefined ? 'invalid arch' : 'invalid micropython decorator');
      break;
    default:
      c.fail(path[0], 'invalid micropython decorator');
  }
  return true;
}

/** Enters the parameters of a function or lambda in its scope. */
export function declareParams(c: Compiler, params: ParseNode | null, listRule: Rule): void {
  c.haveStar = false;
  for (const param of listOf(params, listRule)) declareParam(c, param as ParseNode);
}

function declareParam(c: Compiler, param: ParseNode): void {
  const scope = c.scope;
  if ((scope.flags & ScopeFlag.VarKeywords) !== 0) {
    c.fail(param, 'invalid syntax'); // **kw is last
    return;
  }
  let name: ParseNode | null = param;
  let flags = IdFlag.Param;
  switch (param.rule) {
    case Rule.TypedArgsListStar:
    case Rule.VarArgsListStar:
      if (c.haveStar) {
        c.fail(param, 'invalid syntax');
        return;
      }
      c.haveStar = true;
      flags |= IdFlag.StarParam;
      name = param.nodes[0];
      if (name === null) return; // only separates
      if (name.rule !== Rule.Id) name = name.nodes[0];
      scope.flags |= ScopeFlag.VarArgs;
      break;
    case Rule.TypedArgsListDblStar:
    case Rule.VarArgsListDblStar:
      flags |= IdFlag.DblStarParam;
      name = param.nodes[0];
      scope.flags |= ScopeFlag.VarKeywords;
      break;
    default:
      if (param.rule !== Rule.Id) name = param.nodes[0];
      if (c.haveStar) scope.numKwonlyArgs++;
      else scope.numPosArgs++;
  }
  const id = scope.findOrAdd((name as ParseNode).value, IdKind.Undecided);
  if (id.kind !== IdKind.Undecided) {
    c.fail(param, 'argument name reused');
    return;
  }
  id.kind = IdKind.Local;
  id.flags = flags;
}
