// Steps of making @tsmp/core that minifiers leave out, since they have to know a whole program.
import ts from 'typescript';

const parse = (text) => ts.createSourceFile('a.js', text, ts.ScriptTarget.ES2022, true);

/** The text without some stretches of it. */
function without(text, cuts) {
  let result = '';
  let at = 0;
  for (const [from, to] of cuts.sort((a, b) => a[0] - b[0])) {
    if (from < at) continue;
    result += text.slice(at, from);
    at = to;
  }
  return result + text.slice(at);
}

/** The text with some stretches replaced. */
function changed(text, edits) {
  let result = '';
  let at = 0;
  for (const [from, to, by] of edits.sort((a, b) => a[0] - b[0])) {
    result += text.slice(at, from) + by;
    at = to;
  }
  return result + text.slice(at);
}

/** Every name by which a program may reach a member: those of members themselves and of what they are assigned in do not count. */
function usedNames(file, names) {
  const visit = (node) => {
    if (ts.isPropertyAccessExpression(node)) names.add(node.name.text);
    else if (ts.isStringLiteralLike(node)) names.add(node.text);
    else if (ts.isBindingElement(node)) names.add((node.propertyName ?? node.name).getText());
    ts.forEachChild(node, visit);
  };
  visit(file);
}

/**
 * Files (name → code) without methods and accessors of classes that nothing in them names, but those in `kept`. What only they
 * named goes in the next round.
 */
export function withoutDeadMethods(files, kept) {
  for (let round = 0; ; round++) {
    const parsed = files.map(({ code }) => parse(code));
    const names = new Set(kept);
    for (const file of parsed) usedNames(file, names);
    let found = 0;
    const isDead = (node) =>
      (ts.isMethodDeclaration(node) || ts.isAccessor(node)) &&
      ts.isClassLike(node.parent) &&
      ts.isIdentifier(node.name) &&
      !names.has(node.name.text);
    files = files.map(({ fileName, code }, i) => {
      const cuts = [];
      const visit = (node) => {
        if (isDead(node)) cuts.push([node.getFullStart(), node.end]);
        else ts.forEachChild(node, visit);
      };
      visit(parsed[i]);
      found += cuts.length;
      return { fileName, code: without(code, cuts) };
    });
    if (found === 0) return files;
  }
}

/** Whether a function is more than an arrow function can be. */
function needsOwnThis(node) {
  let found = false;
  const visit = (x) => {
    if (x.kind === ts.SyntaxKind.ThisKeyword || ts.isMetaProperty(x) || (ts.isIdentifier(x) && x.text === 'arguments'))
      found = true;
    // these have their own
    if (found || (x !== node && (ts.isFunctionLike(x) || ts.isClassLike(x)) && !ts.isArrowFunction(x))) return;
    ts.forEachChild(x, visit);
  };
  visit(node);
  return found;
}

/**
 * A module's functions as arrow functions, which are shorter, in front of everything else, as functions are when it is evaluated. Nothing
 * may construct them or read their prototypes.
 */
export function withArrows(code) {
  const file = parse(code);
  const functions = [];
  const cuts = [];
  for (const s of file.statements) {
    if (!ts.isFunctionDeclaration(s) || s.asteriskToken !== undefined || s.modifiers !== undefined || needsOwnThis(s))
      continue;
    cuts.push([s.getStart(), s.end]);
    functions.push(`${s.name.text}=(${s.parameters.map((p) => p.getText()).join()})=>${s.body.getText()}`);
  }
  if (functions.length === 0) return code;
  const imports = file.statements.filter(ts.isImportDeclaration).at(-1)?.end ?? 0;
  const rest = without(
    code,
    cuts.filter(([from]) => from >= imports),
  );
  return `${rest.slice(0, imports)}\nvar ${functions.join(',\n')};\n${rest.slice(imports)}`;
}

/** How often a method may name `this` before a variable in its place is shorter. */
const FEW = 4;

/** A module's classes with a variable for `this` in the methods that name it often. */
export function withShortThis(code) {
  const file = parse(code);
  const edits = [];
  const inMethod = (method) => {
    const uses = [];
    const visit = (x) => {
      if (x.kind === ts.SyntaxKind.ThisKeyword) uses.push(x);
      // these have their own
      if ((ts.isFunctionLike(x) && !ts.isArrowFunction(x)) || ts.isClassLike(x)) return;
      ts.forEachChild(x, visit);
    };
    ts.forEachChild(method.body, visit);
    if (uses.length <= FEW) return;
    edits.push([method.body.getStart() + 1, method.body.getStart() + 1, 'let $this=this;']);
    for (const x of uses) edits.push([x.getStart(), x.end, '$this']);
  };
  const visit = (x) => {
    if (ts.isClassLike(x)) {
      const isDerived = x.heritageClauses !== undefined;
      for (const m of x.members) {
        if (m.body !== undefined && !(isDerived && ts.isConstructorDeclaration(m))) inMethod(m);
      }
    }
    ts.forEachChild(x, visit);
  };
  visit(file);
  return changed(code, edits);
}

/** Globals that are named so often that a variable for each is shorter. */
const OFTEN = ['Math', 'Number'];

/** A module with variables for some globals. */
export function withShortGlobals(code) {
  const file = parse(code);
  const edits = [];
  const found = new Set();
  const visit = (x) => {
    if (
      ts.isIdentifier(x) &&
      OFTEN.includes(x.text) &&
      ts.isPropertyAccessExpression(x.parent) &&
      x.parent.expression === x
    ) {
      edits.push([x.getStart(), x.end, `$${x.text}`]);
      found.add(x.text);
    }
    ts.forEachChild(x, visit);
  };
  visit(file);
  const imports = file.statements.filter(ts.isImportDeclaration).at(-1)?.end ?? 0;
  const text = changed(code, edits);
  return `${text.slice(0, imports)}\n${[...found].map((name) => `var $${name}=${name};`).join('')}\n${text.slice(imports)}`;
}
