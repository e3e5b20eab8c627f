/**
 * `import` and `from … import`. Counterpart: py/compile.c.
 */
import { TokenKind } from '@tsmp-internal/bytecode';
import { Q } from '../names.js';
import { Rule } from '../parser/grammar.js';
import { isKind, listOf, type ParseNode } from '../parser/node.js';
import { ScopeKind } from '../scope.js';
import type { Compiler } from './compiler.js';

/** `import a, b.c as d`. */
export function compileImportName(c: Compiler, node: ParseNode): void {
  for (const item of listOf(node.nodes[0], Rule.DottedAsNames)) {
    c.emit.loadSmallInt(0); // an absolute import
    c.emit.loadNone(); // of nothing from it
    c.storeId(importModule(c, item));
  }
}

/** Imports a module, named as in `import`; returns the name that it is to be stored as. */
function importModule(c: Compiler, node: ParseNode | null): number {
  let path = node;
  let alias = -1;
  if (isKind(node, Rule.DottedAsName)) {
    path = node.nodes[0];
    alias = (node.nodes[1] as ParseNode).value;
  }
  if (path === null) {
    c.emit.importName(Q.Empty);
    return Q.Empty;
  }
  if (path.rule === Rule.Id) {
    c.emit.importName(path.value);
    return alias < 0 ? path.value : alias;
  }
  const parts = path.nodes as ParseNode[];
  const texts = c.names.texts;
  c.emit.importName(c.internPath(parts.map((part) => texts[part.value]).join('.')));
  if (alias < 0) return parts[0].value;
  // The import gives the first package; the alias is for the last.
  for (let i = 1; i < parts.length; i++) c.emit.loadAttr(parts[i].value);
  return alias;
}

/** `from a import b, c as d`, `from . import e`, `from f import *`. */
export function compileImportFrom(c: Compiler, node: ParseNode): void {
  const emit = c.emit;
  let source = node.nodes[0];
  let dots: ParseNode | null = null;
  if (isKind(source, Rule.Token) || isKind(source, Rule.OneOrMorePeriodOrEllipsis)) {
    dots = source;
    source = null;
  } else if (isKind(source, Rule.ImportFrom2b)) {
    dots = source.nodes[0];
    source = source.nodes[1];
  }
  let level = 0;
  for (const dot of listOf(dots, Rule.OneOrMorePeriodOrEllipsis)) {
    level += (dot as ParseNode).value === TokenKind.DelPeriod ? 1 : 3;
  }

  const what = node.nodes[1];
  if (isKind(what, Rule.Token) && what.value === TokenKind.OpStar) {
    if (c.scope.kind !== ScopeKind.Module) {
      c.fail(node, 'import * not at module level');
      return;
    }
    emit.loadSmallInt(level);
    emit.loadString(Q.Star);
    emit.buildTuple(1);
    importModule(c, source);
    emit.importStar();
    return;
  }
  emit.loadSmallInt(level);
  const items = listOf(what, Rule.ImportAsNames) as ParseNode[];
  for (const item of items) emit.loadString((item.nodes[0] as ParseNode).value);
  emit.buildTuple(items.length);
  importModule(c, source);
  for (const item of items) {
    const name = (item.nodes[0] as ParseNode).value;
    emit.importFrom(name);
    c.storeId(item.nodes[1] === null ? name : item.nodes[1].value);
  }
  emit.popTop();
}
