// The sources as the bundle of @tsmp/core has them: an esbuild plugin that resolves the workspaces to their sources and takes out of
// them what only the building of images needs, or is kept beside the code there.
//   - Messages of Python exceptions become numbers: the files of images have the texts (`RomData.messages`).
//   - Errors of misuse have their code, but no text.
//   - What boards of the bundle cannot have is taken as absent (core-facts.mjs), and the hooks for translated functions are left out.
//   - Of types and functions remain the natives: names, flags and numbers of arguments are in the image.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { FACTS, PATCHES } from './core-facts.mjs';
import { splitSources, withNotes } from './core-late.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Which argument of a function is a message. */
const MESSAGES = {
  raiseMsg: 2,
  raiseTypeError: 1,
  raiseValueError: 1,
  raiseFormat: 2,
  newExceptionText: 2,
};
/** Errors whose first argument is a code. */
const CODED = new Set(['VmUsageError', 'HeapError', 'MpyFormatError']);
/** What of a type's declaration only an image's builder reads. */
const BUILT = new Set(['name', 'core', 'flags']);
/** Makers of functions, and which of their arguments is the native. */
const FUNS = { fun0: 0, fun1: 0, fun2: 0, fun3: 0, funVar: 2, funKw: 1, staticMethod: 0, classMethod: 0 };

const parse = (path, text) => ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);

/** The literals that an expression may be: itself, or the branches of a condition. */
function literals(node) {
  if (ts.isParenthesizedExpression(node)) return literals(node.expression);
  if (ts.isConditionalExpression(node)) return [...literals(node.whenTrue), ...literals(node.whenFalse)];
  return ts.isStringLiteralLike(node) && node.text !== '' ? [node] : [];
}

function messagesIn(node) {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return [];
  const argument = node.arguments[MESSAGES[node.expression.text]];
  return argument === undefined ? [] : literals(argument);
}

const walk = (node, visit) => {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
};

/** All messages of the VM's sources, in the order of the files. */
function findMessages() {
  const found = new Set();
  const folder = `${root}packages/vm/src/`;
  for (const file of readdirSync(folder, { recursive: true }).sort()) {
    if (!file.endsWith('.ts')) continue;
    walk(parse(file, readFileSync(folder + file, 'utf8')), (node) => {
      for (const { text } of messagesIn(node)) found.add(text);
    });
  }
  return [...found];
}

/** The texts that messages are the numbers of. */
export const messages = findMessages();
const numbers = new Map(messages.map((text, i) => [text, i]));

/** Whether an expression is only read. */
function isRead(node) {
  const { parent } = node;
  if (ts.isBinaryExpression(parent) && parent.left === node)
    return (
      parent.operatorToken.kind < ts.SyntaxKind.FirstAssignment ||
      parent.operatorToken.kind > ts.SyntaxKind.LastAssignment
    );
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent))
    return parent.operator !== ts.SyntaxKind.PlusPlusToken && parent.operator !== ts.SyntaxKind.MinusMinusToken;
  return !ts.isTypeNode(parent);
}

/**
 * A source after {@link PATCHES}, without what is for translated functions and without quick ways for what the rest does as well, which are for
 * WebAssembly most of all: what is between marks that begin with `@jit` and `@quick`.
 */
function patched(name, text) {
  for (const [from, to] of PATCHES[name] ?? []) {
    const result = text.replaceAll(typeof from === 'string' ? from : new RegExp(from, 'gm'), to);
    if (result === text) throw new Error(`${name} has no '${from}' any more: see tools/core-facts.mjs`);
    text = result;
  }
  return text.replace(/^[ \t]*\/\/ @(jit|quick)-begin\n[\s\S]*?\/\/ @\1-end\n/gm, '');
}

/** The files that a package's exports are in. */
function exportsOf(name) {
  const folder = `${root}packages/${name}/src/`;
  const exported = new Map();
  for (const s of parse('index.ts', readFileSync(`${folder}index.ts`, 'utf8')).statements) {
    if (!ts.isExportDeclaration(s) || s.moduleSpecifier === undefined) continue;
    for (const e of s.exportClause?.elements ?? [])
      exported.set(e.name.text, {
        name: (e.propertyName ?? e.name).text,
        path: folder + s.moduleSpecifier.text.replace(/^\.\/(.*)\.js$/, '$1.ts'),
      });
  }
  return exported;
}
const packageExports = new Map();

/**
 * A source that imports from the files of other packages instead of their lists of exports: what is in a file then goes where it is
 * needed.
 */
function direct(path, text) {
  const cuts = [];
  for (const s of parse(path, text).statements) {
    const name = ts.isImportDeclaration(s)
      ? /^@tsmp\/(gc|lexer|mpy-format)$/.exec(s.moduleSpecifier.text)?.[1]
      : undefined;
    if (name === undefined || s.importClause.isTypeOnly) continue;
    if (!packageExports.has(name)) packageExports.set(name, exportsOf(name));
    const lines = s.importClause.namedBindings.elements
      .filter((e) => !e.isTypeOnly)
      .map((e) => {
        const { name: inner, path: from } = packageExports.get(name).get((e.propertyName ?? e.name).text);
        return `import { ${inner} as ${e.name.text} } from '${from}';`;
      });
    cuts.push([s.getStart(), s.end, lines.join(' ')]);
  }
  return cuts.reduceRight((result, [from, to, by]) => result.slice(0, from) + by + result.slice(to), text);
}

/** A source without what the bundle does not need. */
function reduced(path, source) {
  const name = path.slice(`${root}packages/`.length);
  const text = direct(path, patched(name, source));
  const facts = FACTS.find(([start]) => name.startsWith(start))?.[1] ?? {};
  const file = parse(path, text);
  const cuts = [];
  const replace = (from, to, by) => cuts.push({ from, to, by });
  const between = (from, to) => replace(from, to, '');
  walk(file, (node) => {
    if (ts.isPropertyAccessExpression(node) || ts.isBinaryExpression(node)) {
      const expression = node.getText();
      if (Object.hasOwn(facts, expression) && isRead(node))
        replace(node.getStart(), node.end, `(${facts[expression]})`);
    }
    for (const literal of messagesIn(node)) replace(literal.getStart(), literal.end, String(numbers.get(literal.text)));
    if (ts.isNewExpression(node) && ts.isIdentifier(node.expression)) {
      const args = node.arguments ?? [];
      if (CODED.has(node.expression.text) && args.length > 1) replace(args[1].getStart(), args.at(-1).end, "''");
    }
    if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression) || path.endsWith('/rom/define.ts')) return;
    const name = node.expression.text;
    const args = node.arguments;
    if (name in FUNS) {
      const fn = args[FUNS[name]];
      between(node.getStart(), fn.getStart());
      between(fn.end, node.end);
    } else if (name === 'defineType' && ts.isObjectLiteralExpression(args[0])) {
      between(node.getStart(), args[0].getStart());
      between(args[0].end, node.end);
      replace(args[0].getStart() + 1, args[0].getStart() + 1, 'def:1,');
      for (const property of args[0].properties) {
        if (property.name !== undefined && BUILT.has(property.name.getText()))
          between(property.getFullStart(), property.end + (text[property.end] === ',' ? 1 : 0));
      }
    }
  });
  let result = '';
  let at = 0;
  for (const { from, to, by } of cuts.sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (from < at) throw new Error(`${path}: cuts overlap`);
    result += text.slice(at, from) + by;
    at = to;
  }
  return result + text.slice(at);
}

/** Without what the bundle does not need; what is late is apart where `split` says so. */
const reading = (split) => (b) => {
  b.onResolve({ filter: /^(late|late-entry|needing):/ }, ({ path }) => ({
    path,
    namespace: 'late',
    sideEffects: false,
  }));
  b.onLoad({ filter: /.*/, namespace: 'late' }, ({ path }) => {
    const [kind, part, file] = path.split(':');
    const contents =
      kind === 'late' ? split.lateOf(file, part) : kind === 'needing' ? split.needing(part) : split.entry(part);
    return { contents, loader: 'ts', resolveDir: root };
  });
  b.onLoad({ filter: /packages\/\w[\w-]*\/src\/.*\.ts$/ }, ({ path }) => ({
    contents: split?.has(path) ? split.core(path) : reduced(path, readFileSync(path, 'utf8')),
    loader: 'ts',
  }));
};

/** As they are; those that have late natives note them. */
const noting = (b) => {
  b.onLoad({ filter: /packages\/vm\/src\/.*\.ts$/ }, ({ path }) => ({
    contents: withNotes(path, readFileSync(path, 'utf8')),
    loader: 'ts',
  }));
};

/** Resolves the workspaces to their sources, which are read as `load` says. */
const sources = (load) => ({
  name: 'workspace-sources',
  setup(b) {
    const from = (folder, skip) => (a) => ({
      path: `${root}${folder}/${a.path.slice(skip)}/src/index.ts`,
      sideEffects: false,
    });
    // its exports for pages: bundled apart, the others would bring what only modules use
    b.onResolve({ filter: /^@tsmp\/vm$/ }, (a) =>
      a.importer.includes('/core/src/') ? { path: `${root}packages/vm/src/core.ts`, sideEffects: false } : undefined,
    );
    b.onResolve({ filter: /^@tsmp\// }, from('packages', 6));
    b.onResolve({ filter: /^@tsmp-internal\// }, from('internal', 15));
    load(b);
  },
});

/** For the code: reduced, and split if `split` is given. */
export const reducedSources = (split) => sources(reading(split));
/** For the images. */
export const notedSources = sources(noting);

/** The split, given the files that the core is made of. */
export const splitFor = (inCore) => splitSources(reduced, inCore);
