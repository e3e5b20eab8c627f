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
  for (;;) {
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
const FEW = 3;

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

/** Globals that a variable may stand for. */
const GLOBALS = new Set([
  'Math',
  'Number',
  'String',
  'Int32Array',
  'Uint8Array',
  'Uint16Array',
  'Map',
  'Set',
  'Array',
  'Object',
  'BigInt',
]);

/** How long a variable's name is in the end. */
const SHORT = 2;

/** A module with variables for globals and texts that it names often. */
export function withShortConstants(code) {
  const file = parse(code);
  const uses = new Map();
  const use = (node, text) => {
    if (!uses.has(text)) uses.set(text, []);
    uses.get(text).push(node);
  };
  const visit = (x) => {
    const { parent } = x;
    if (ts.isImportDeclaration(x) || ts.isExportDeclaration(x)) return;
    if (ts.isIdentifier(x) && GLOBALS.has(x.text)) {
      const isUse = ts.isPropertyAccessExpression(parent)
        ? parent.expression === x
        : ts.isNewExpression(parent) || ts.isCallExpression(parent);
      if (isUse) use(x, x.text);
    }
    const isName = parent !== undefined && parent.name === x;
    // the comparison of a type's name is quick for literals only
    const isType =
      parent !== undefined &&
      ts.isBinaryExpression(parent) &&
      (ts.isTypeOfExpression(parent.left) || ts.isTypeOfExpression(parent.right));
    if (ts.isStringLiteral(x) && !isName && !isType && !ts.isExpressionStatement(parent))
      use(x, JSON.stringify(x.text));
    ts.forEachChild(x, visit);
  };
  visit(file);
  const edits = [];
  let variables = '';
  let number = 0;
  for (const [text, nodes] of uses) {
    if (nodes.length * (text.length - SHORT) <= text.length + SHORT + 2) continue;
    const name = `$const${number++}`;
    variables += `var ${name}=${text};`;
    // a keyword may stand right before
    for (const node of nodes) edits.push([node.getStart(), node.end, ` ${name} `]);
  }
  const imports = file.statements.filter(ts.isImportDeclaration).at(-1)?.end ?? 0;
  const text = changed(code, edits);
  return `${text.slice(0, imports)}\n${variables}\n${text.slice(imports)}`;
}

/** A module's classes without declarations of fields that have no value there and get one in the constructor. */
export function withoutBareFields(code) {
  const file = parse(code);
  const edits = [];
  const visit = (x) => {
    ts.forEachChild(x, visit);
    if (!ts.isClassLike(x)) return;
    const assigned = new Set();
    const body = x.members.find(ts.isConstructorDeclaration)?.body;
    const note = (y) => {
      if (
        ts.isBinaryExpression(y) &&
        y.left.getText().startsWith('this.') &&
        y.operatorToken.kind === ts.SyntaxKind.EqualsToken
      )
        assigned.add(y.left.getText().slice(5));
      ts.forEachChild(y, note);
    };
    if (body !== undefined) note(body);
    for (const m of x.members) {
      if (ts.isPropertyDeclaration(m) && m.initializer === undefined && assigned.has(m.name.getText()))
        edits.push([m.getStart(), m.end, '']);
    }
  };
  visit(file);
  return changed(code, edits);
}

/** Files in which what they take from another has the name that the other has for it inside. The other comes first. */
export function withInnerNames(files, kept) {
  const [{ fileName, code }, ...others] = files;
  const inner = new Map();
  const exported = code.replace(/export\{([^}]*)\};?$/, (_, list) => {
    const names = list.split(',').map((entry) => {
      const [name, alias = name] = entry.split(' as ');
      if (kept.has(alias)) return entry;
      inner.set(alias, name);
      return name;
    });
    return `export{${names.join()}};`;
  });
  const import_ = new RegExp(`import\\{([^}]*)\\}from"(?:\\.\\./|\\./)${fileName}"`, 'g');
  const renamed = others.map((file) => ({
    fileName: file.fileName,
    code: file.code.replace(import_, (text, list) => {
      const names = list.split(',').map((entry) => {
        const [name, local = name] = entry.split(' as ');
        return inner.has(name) ? `${inner.get(name)} as ${local}` : entry;
      });
      return text.replace(list, names.join());
    }),
  }));
  return [{ fileName, code: exported }, ...renamed];
}
