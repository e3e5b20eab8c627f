// Holds the direction of imports and keeps the host out of the core.
//   node tools/check-deps.mjs [root]
// Checks every file of packages/*/src: which packages it may import, that relative imports stay inside the package, that
// only `cli` sees Node, and that time, randomness and output reach the core through its own interfaces alone. Also checks
// that each package.json declares just what it may depend on. Prints each violation and exits with 1 if there are any.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';

/** What each package may import of the others. A package that is not here may not exist. */
const ALLOWED = {
  lexer: [],
  'mpy-format': [],
  gc: [],
  compiler: ['lexer', 'mpy-format'],
  vm: ['gc', 'mpy-format'],
  core: ['lexer', 'mpy-format', 'gc', 'compiler', 'vm'],
  machine: ['vm', 'gc'],
  network: ['vm', 'machine'],
  cli: ['lexer', 'mpy-format', 'gc', 'compiler', 'vm', 'machine', 'network'],
};

/** What a package may take from outside; the rest of the core has no dependencies at all. */
const EXTERNAL = {
  vm: ['@noble/hashes', '@noble/ciphers'],
  machine: ['@noble/hashes', '@noble/ciphers'],
  cli: ['commander', 'ws', 'serialport', '@lydell/node-pty'],
};

/** Names that only a host has, or that make a run depend on when and where it happens. */
// biome-ignore format: a table
const HOST_NAMES = new Set([
  'Date', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'queueMicrotask',
  'requestAnimationFrame', 'console', 'process', 'Buffer', 'require', '__dirname', '__filename', 'globalThis', 'window', 'self',
  'document', 'navigator', 'location', 'localStorage', 'fetch', 'XMLHttpRequest', 'WebSocket', 'Worker', 'crypto', 'Intl', 'eval',
  'WeakRef', 'FinalizationRegistry',
]);

/** All violations under `root`, as `file:line: what` lines. */
export function checkDependencies(root) {
  const problems = [];
  for (const entry of readdirSync(join(root, 'packages'), { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const folder = join(root, 'packages', entry.name);
    if (!(entry.name in ALLOWED)) {
      problems.push(`packages/${entry.name}: is not in the list of tools/check-deps.mjs`);
      continue;
    }
    checkManifest(root, entry.name, problems);
    const source = join(folder, 'src');
    if (!existsSync(source)) continue;
    for (const file of readdirSync(source, { recursive: true })) {
      if (file.endsWith('.ts')) checkFile(root, entry.name, join(source, file), problems);
    }
  }
  return problems;
}

function checkManifest(root, name, problems) {
  const path = join(root, 'packages', name, 'package.json');
  if (!existsSync(path)) return;
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  const declared = { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.peerDependencies };
  for (const dependency of Object.keys(declared)) {
    const own = dependency.startsWith('@tsmp/') ? dependency.slice('@tsmp/'.length) : null;
    const allowed = own === null ? (EXTERNAL[name] ?? []).includes(dependency) : ALLOWED[name].includes(own);
    if (!allowed) problems.push(`packages/${name}/package.json: ${name} may not depend on ${dependency}`);
  }
}

function checkFile(root, name, path, problems) {
  const text = readFileSync(path, 'utf8');
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const shown = relative(root, path).split(sep).join('/');
  const report = (position, what) => {
    problems.push(`${shown}:${file.getLineAndCharacterOfPosition(position).line + 1}: ${what}`);
  };
  for (const imported of ts.preProcessFile(text, true, true).importedFiles) {
    const what = importProblem(root, name, path, imported.fileName);
    if (what !== null) report(imported.pos, what);
  }
  if (name === 'cli') return;
  const declared = declaredNames(file);
  const visit = (node) => {
    if (ts.isIdentifier(node) && HOST_NAMES.has(node.text) && !declared.has(node.text) && isUse(node)) {
      report(node.getStart(), `${node.text} is the host's; take it through an interface`);
    }
    if (ts.isPropertyAccessExpression(node) && node.expression.getText() === 'Math' && node.name.text === 'random') {
      report(node.getStart(), "Math.random is the host's; take it through an interface");
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
}

/** Why `specifier` may not be imported from the file at `path`, or null. */
function importProblem(root, name, path, specifier) {
  if (specifier.startsWith('.')) {
    const inside = resolve(dirname(path), specifier).startsWith(join(root, 'packages', name, 'src') + sep);
    return inside ? null : `${specifier} leads out of the package's src`;
  }
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) {
    return name === 'cli' ? null : `${name} may not import ${specifier}: only cli sees Node`;
  }
  if (specifier === '@tsmp-internal/bytecode') return null;
  if (specifier.startsWith('@tsmp-internal/')) return `${specifier} is for tests only`;
  if (specifier.startsWith('@tsmp/')) {
    const [, other, ...deep] = specifier.split('/');
    if (deep.length > 0) return `${specifier}: import the package, not a file of it`;
    return ALLOWED[name].includes(other) ? null : `${name} may not import @tsmp/${other}`;
  }
  const outside = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return (EXTERNAL[name] ?? []).includes(outside) ? null : `${name} may not import ${outside}`;
}

/** Every name that the file declares or imports anywhere; a host's name among them is the file's own. */
function declaredNames(file) {
  const names = new Set();
  const visit = (node) => {
    // biome-ignore format: a list
    const isDeclaration =
      ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node) || ts.isFunctionDeclaration(node) ||
      ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isEnumDeclaration(node) ||
      ts.isImportSpecifier(node) || ts.isImportClause(node);
    if (isDeclaration && node.name !== undefined && ts.isIdentifier(node.name)) names.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

/** Whether the identifier stands for a value or a type, and is not the name of a member or a label. */
function isUse(node) {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  return parent.name !== node && parent.propertyName !== node;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = resolve(process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url)));
  const problems = checkDependencies(root);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}
