/**
 * Names, attributes, subscripts and calls in a row, with what is special about `super()` and method calls. Counterpart:
 * compile_atom_expr_normal and compile_trailer_paren_helper in py/compile.c.
 */
import { Q } from '../names.js';
import { Rule } from '../parser/grammar.js';
import { isKind, listOf, type ParseNode } from '../parser/node.js';
import { IdFlag, ScopeKind } from '../scope.js';
import { compileComprehension } from './comprehensions.js';
import type { Compiler } from './compiler.js';
import { compileAtomBrace, compileNamedExpr, compileYieldFrom } from './expressions.js';
import { compileNode } from './node.js';

/** `await a`. */
export function compileAwait(c: Compiler, node: ParseNode): void {
  const kind = c.scope.kind;
  if (kind !== ScopeKind.Function && kind !== ScopeKind.Lambda && !c.settings.topLevelAwait) {
    c.fail(node, "'await' outside function");
    return;
  }
  compileAtomExpr(c, node);
  compileYieldFrom(c);
}

/** An atom and its trailers. */
export function compileAtomExpr(c: Compiler, node: ParseNode): void {
  const atom = node.nodes[0] as ParseNode;
  compileNode(c, atom);
  const rest = node.nodes[1];
  if (rest === null) return; // `await` of an atom alone
  const trailers = (rest.rule === Rule.AtomExprTrailers ? rest.nodes : [rest]) as ParseNode[];
  let i = 0;
  if (atom.rule === Rule.Id && trailers[0].rule === Rule.TrailerParen) {
    if (atom.value === Q.Super) i = compileSuper(c, trailers);
    else if (atom.value === Q.OrderedDict) i = compileOrderedDict(c, trailers[0]);
  }
  while (i < trailers.length) {
    const trailer = trailers[i];
    if (trailer.rule === Rule.TrailerPeriod && i + 1 < trailers.length && trailers[i + 1].rule === Rule.TrailerParen) {
      c.emit.loadMethod((trailer.nodes[0] as ParseNode).value, false);
      compileCall(c, trailers[i + 1].nodes[0], true, 0);
      i += 2;
    } else {
      compileNode(c, trailer);
      i++;
    }
  }
}

/** `super()` in a method gets its class and object; returns how many trailers that took. */
function compileSuper(c: Compiler, trailers: readonly ParseNode[]): number {
  if (c.scope.kind !== ScopeKind.Function || trailers[0].nodes[0] !== null) return 0;
  c.loadId(Q.Class);
  const self = c.scope.ids.find((id) => (id.flags & IdFlag.Param) !== 0);
  if (self === undefined) {
    c.fail(trailers[0], "super() can't find self");
    return trailers.length;
  }
  c.loadId(self.name);
  if (trailers.length >= 3 && trailers[1].rule === Rule.TrailerPeriod && trailers[2].rule === Rule.TrailerParen) {
    // A method of it is called without making the super object.
    c.emit.loadMethod((trailers[1].nodes[0] as ParseNode).value, true);
    compileCall(c, trailers[2].nodes[0], true, 0);
    return 3;
  }
  c.emit.callFunction(2, 0, false);
  return 1;
}

/** `OrderedDict({…})` is filled in the order of the literal. */
function compileOrderedDict(c: Compiler, call: ParseNode): number {
  const literal = call.nodes[0];
  if (!c.settings.orderedDictLiteral || !isKind(literal, Rule.AtomBrace)) return 0;
  c.emit.callFunction(0, 0, false);
  compileAtomBrace(c, literal, false);
  return 1;
}

/** Compiles arguments and calls what is below them; `extra` positional arguments are on the stack already. */
export function compileCall(c: Compiler, argList: ParseNode | null, isMethod: boolean, extra: number): void {
  const emit = c.emit;
  const args = listOf(argList, Rule.ArgList) as ParseNode[];
  let positional = extra;
  let keyword = 0;
  let hasDoubleStar = false;
  let hasStar = false;
  let bigBitmap = 0n;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    switch (arg.rule) {
      case Rule.ArgListStar:
        if (hasDoubleStar) {
          c.fail(arg, '* arg after **');
          return;
        }
        if (keyword > 0) {
          c.fail(arg, '* arg after kwarg');
          return;
        }
        // A bitmap of the starred arguments is passed as a small int.
        if (i >= c.settings.smallIntBits - 1) {
          c.fail(arg, 'too many args');
          return;
        }
        hasStar = true;
        bigBitmap |= 1n << BigInt(i);
        compileNode(c, arg.nodes[0]);
        positional++;
        break;
      case Rule.ArgListDblStar:
        hasDoubleStar = true;
        emit.loadNull(); // in place of a keyword
        compileNode(c, arg.nodes[0]);
        keyword++;
        break;
      case Rule.Argument:
        if (isKind(arg.nodes[1], Rule.Argument3)) {
          compileNamedExpr(c, arg.nodes[0], arg.nodes[1].nodes[0]);
          positional++;
        } else if (isKind(arg.nodes[1], Rule.CompFor)) {
          compileComprehension(c, arg, ScopeKind.GenExpr);
          positional++;
        } else {
          const name = arg.nodes[0];
          if (!isKind(name, Rule.Id)) {
            c.fail(arg, 'LHS of keyword arg must be an id');
            return;
          }
          emit.loadString(name.value);
          compileNode(c, arg.nodes[1]);
          keyword++;
        }
        break;
      default:
        if (hasDoubleStar) {
          c.fail(arg, 'positional arg after **');
          return;
        }
        if (keyword > 0) {
          c.fail(arg, 'positional arg after keyword arg');
          return;
        }
        compileNode(c, arg);
        positional++;
    }
  }
  const isStarred = hasStar || hasDoubleStar;
  if (isStarred) {
    if (bigBitmap < 1n << 52n) emit.loadSmallInt(Number(bigBitmap));
    else emit.loadBigSmallInt(bigBitmap);
  }
  if (isMethod) emit.callMethod(positional, keyword, isStarred);
  else emit.callFunction(positional, keyword, isStarred);
}
