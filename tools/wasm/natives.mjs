// Finds natives in the definitions of types and modules.
import ts from 'typescript';

/** Functions that the table of natives calls with so many parameters, whether they have use for all or not. */
export const wrapped = new Map();

/** Where natives are defined that are worth it. */
const FILES = [
  'obj/type.ts',
  'obj/int.ts',
  'obj/array.ts',
  'obj/memoryview.ts',
  'obj/exception.ts',
  'obj/float.ts',
  'obj/list.ts',
  'obj/module.ts',
  'obj/tuple.ts',
  'obj/dict.ts',
  'obj/dict-view.ts',
  'obj/set.ts',
  'obj/range.ts',
  'obj/reversed.ts',
  'obj/generator.ts',
  'obj/str-iter.ts',
  'obj/enumerate.ts',
  'obj/zip.ts',
  'obj/closure.ts',
  'obj/complex.ts',
  'obj/seq.ts',
  'obj/str.ts',
  'obj/bytes.ts',
  'mod/builtins.ts',
];

/** Functions that are not in definitions: the constants that have them, and what their names begin with. */
const TABLES = [
  ['mod/builtins.ts', 'builtinFunctions', 'builtins'],
  ['obj/containers.ts', 'CONTAINER_HELPERS', 'helpers'],
  ['import.ts', 'IMPORT_HELPERS', 'helpers'],
];

/** The natives in the definitions of types and modules, named as `rom/collect.ts` does. */
export function* natives(program, src) {
  for (const path of FILES) {
    const found = [];
    const visit = (n) => {
      if (
        ts.isCallExpression(n) &&
        /^define(Type|Module)$/.test(n.expression.getText()) &&
        ts.isObjectLiteralExpression(n.arguments[0])
      )
        found.push(n.arguments[0]);
      ts.forEachChild(n, visit);
    };
    visit(program.file(`${src}${path}`) ?? fail(path));
    for (const literal of found) {
      const members = new Map(membersOf(program, literal));
      const label = (members.get('core') ?? members.get('name'))?.text;
      for (const [name, e] of members) {
        if (name !== 'locals' && name !== 'globals') {
          const decl = functionOf(program, e);
          if (decl !== undefined) yield [`${label}.(${name})`, decl];
          continue;
        }
        for (const [key, value] of membersOf(program, e)) {
          const decl = functionOf(program, value);
          if (decl !== undefined) yield [`${label}.${key}`, decl];
        }
      }
    }
  }
  for (const [path, constant, label] of TABLES) {
    for (const [key, value] of membersOf(program, constantOf(program.file(`${src}${path}`), constant))) {
      const decl = functionOf(program, value);
      if (decl !== undefined) yield [`${label}.${key}`, decl];
    }
  }
}

function constantOf(file, name) {
  for (const s of file.statements)
    if (ts.isVariableStatement(s))
      for (const d of s.declarationList.declarations) if (d.name.getText() === name) return d.initializer;
  return fail(name);
}

/** Names and values of an object literal, with those that it spreads; also of the name of one, and of a function that answers one. */
function* membersOf(program, expression) {
  let e = expression;
  while (ts.isParenthesizedExpression(e) || ts.isAsExpression(e) || ts.isSatisfiesExpression(e)) e = e.expression;
  if (ts.isArrowFunction(e)) yield* membersOf(program, e.body);
  else if (ts.isIdentifier(e)) {
    const d = program.symbol(e)?.valueDeclaration;
    if (d !== undefined && ts.isVariableDeclaration(d) && d.initializer !== undefined)
      yield* membersOf(program, d.initializer);
  } else if (ts.isObjectLiteralExpression(e)) {
    for (const p of e.properties) {
      if (ts.isSpreadAssignment(p)) yield* membersOf(program, p.expression);
      else if (ts.isPropertyAssignment(p)) yield [p.name.getText(), p.initializer];
      else if (ts.isMethodDeclaration(p)) yield [p.name.getText(), p];
      else if (ts.isShorthandPropertyAssignment(p)) {
        const d = program.checker.getShorthandAssignmentValueSymbol(p);
        const decl =
          ((d?.flags ?? 0) & ts.SymbolFlags.Alias) !== 0
            ? program.checker.getAliasedSymbol(d).valueDeclaration
            : d?.valueDeclaration;
        if (decl !== undefined) yield [p.name.getText(), ts.isVariableDeclaration(decl) ? decl.initializer : decl];
      }
    }
  }
}

function fail(path) {
  throw new Error(`there is no ${path}`);
}

/** How many parameters the functions have that these wrap. */
const PARAMETERS = { fun0: 1, fun1: 2, fun2: 3, fun3: 4, funVar: 4, funKw: 4 };

/** The function that an expression is, or that `fun1(…)` and its like wrap. */
function functionOf(program, e) {
  if (e === undefined) return undefined;
  if (ts.isArrowFunction(e) || ts.isFunctionExpression(e) || ts.isMethodDeclaration(e) || ts.isFunctionDeclaration(e))
    return e;
  if (ts.isIdentifier(e)) {
    const d = program.symbol(e)?.valueDeclaration;
    if (d === undefined) return undefined;
    return ts.isVariableDeclaration(d) ? functionOf(program, d.initializer) : functionOf(program, d);
  }
  const parameters = ts.isCallExpression(e) ? PARAMETERS[e.expression.getText()] : undefined;
  if (parameters === undefined) return undefined;
  const decl = functionOf(program, e.arguments[e.arguments.length - 1]);
  if (decl !== undefined) wrapped.set(decl, parameters);
  return decl;
}
