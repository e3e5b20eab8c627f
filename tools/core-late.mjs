// Splits the VM's sources for the bundle of @tsmp/core: natives that programs seldom call, with all that only they use, go to files of
// their own. In their place the core has functions that wait for these (packages/vm/src/rom/later.ts).
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const source = fileURLToPath(new URL('../packages/vm/src/', import.meta.url));

/**
 * The parts, and the natives in each, by file: names of declarations, or of properties in them (`METHODS.foo`). They must be called
 * as natives only, and the slots of types only for objects that a native of the part makes.
 */
export const LATE = {
  arrays: {
    'obj/array.ts': [
      'arrayType.makeNew',
      'bytearrayType.makeNew',
      'arrayPrint',
      'arrayUnary',
      'arrayBinary',
      'arraySubscr',
      'arrayGetiter',
      'arrayBuffer',
      'METHODS.append',
      'METHODS.extend',
      'arrayIterType.iternext',
    ],
    'obj/memoryview.ts': ['memoryviewType.makeNew', 'memoryviewType.attr'],
  },
  code: {
    'obj/code.ts': ['compileBuiltin', 'evalBuiltin', 'execBuiltin', 'execfileBuiltin'],
    'obj/code-object.ts': ['codeType.attr', 'codeLinesIterType.iternext', 'lines'],
    'import.ts': ['IMPORT_HELPERS._imp_compile'],
  },
  info: {
    'mod/builtins.ts': ['builtinFunctions.dir'],
    'mod/help.ts': ['helpFunction'],
    'weakrefs.ts': ['runWeakrefsFunction'],
    'mod/micropython.ts': ['printMemInfo', 'qstrInfo', 'NAMES.schedule', 'NAMES.alloc_emergency_exception_buf'],
  },
  files: {
    'import.ts': ['IMPORT_HELPERS._imp_exec', 'IMPORT_HELPERS._imp_relative'],
  },
  numbers: {
    'mod/builtins.ts': ['builtinFunctions.round', 'builtinFunctions.bin', 'builtinFunctions.oct'],
    'obj/complex.ts': ['complexType.makeNew'],
    'obj/int-pow.ts': ['intPow3'],
    'obj/int-bytes.ts': ['intFromBytes', 'intToBytesMethod'],
  },
  containers: {
    'obj/dict.ts': ['METHODS.fromkeys', 'METHODS.popitem'],
    'obj/slice.ts': ['sliceIndicesMethod'],
    'obj/set.ts': [
      'differenceMethod',
      'SET_METHODS.difference_update',
      'intersectionMethod',
      'SET_METHODS.intersection_update',
      'isdisjoint',
      'issubset',
      'issuperset',
      'symmetricDifferenceMethod',
      'SET_METHODS.symmetric_difference_update',
      'unionMethod',
    ],
  },
  streams: {
    'stream.ts': [
      'streamRead',
      'streamReadinto',
      'streamReadline',
      'streamWrite',
      'streamSeek',
      'streamTell',
      'streamFlush',
      'streamClose',
      'streamExit',
      'streamIternext',
    ],
    'obj/ringio.ts': ['protocol', 'ringioType.makeNew', 'ringioType.any'],
    'obj/stdio.ts': ['textConsole', 'bytesConsole'],
    'mod/builtins.ts': ['printToFile'],
    'mod/sys.ts': ['sysModule.print_exception'],
  },
  texts: {
    'obj/str-split.ts': ['strRsplit', 'strSplitlines'],
    'obj/str-search.ts': ['strCount', 'strPartition', 'strRpartition'],
    'obj/str-text.ts': ['strCenter'],
    'obj/str-codec.ts': ['bytesHex', 'bytesFromHex'],
  },
};

/** Modules that make objects of a part's types, and the parts. */
export const NEEDS = { io: ['arrays'] };

const isType = (node) => ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);

/** The names of values that a node refers to. */
function namesIn(node) {
  const names = new Set();
  const visit = (x) => {
    if (isType(x)) return;
    if (ts.isIdentifier(x)) {
      const { parent } = x;
      const isMember =
        (ts.isPropertyAccessExpression(parent) && parent.name === x) ||
        ((ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent)) &&
          parent.name === x);
      if (!isMember) names.add(x.text);
    }
    ts.forEachChild(x, visit);
  };
  visit(node);
  return names;
}

/** What a file declares and imports. */
function read(path, text) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const declarations = new Map();
  const imports = new Map();
  const reexports = new Map();
  const namespaces = new Map();
  for (const s of file.statements) {
    const isExported = s.modifiers?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword) ?? false;
    if (ts.isImportDeclaration(s) && s.importClause !== undefined && !s.importClause.isTypeOnly) {
      const specifier = s.moduleSpecifier.text;
      const bindings = s.importClause.namedBindings;
      if (bindings !== undefined && ts.isNamespaceImport(bindings)) namespaces.set(bindings.name.text, specifier);
      for (const e of s.importClause.namedBindings?.elements ?? []) {
        if (!e.isTypeOnly)
          imports.set(e.name.text, { specifier, name: (e.propertyName ?? e.name).text, node: e, statement: s });
      }
    } else if (ts.isExportDeclaration(s) && s.moduleSpecifier !== undefined && !s.isTypeOnly) {
      for (const e of s.exportClause?.elements ?? [])
        if (!e.isTypeOnly)
          reexports.set(e.name.text, { specifier: s.moduleSpecifier.text, name: (e.propertyName ?? e.name).text });
    } else if (ts.isVariableStatement(s)) {
      for (const d of s.declarationList.declarations) {
        if (ts.isIdentifier(d.name))
          declarations.set(d.name.text, {
            node: s,
            value: d.initializer,
            isExported,
            isAlone: s.declarationList.declarations.length === 1,
          });
      }
    } else if (s.name !== undefined && !isType(s))
      declarations.set(s.name.text, { node: s, value: s, isExported, isAlone: true });
  }
  for (const d of declarations.values()) d.names = namesIn(d.node);
  return {
    path,
    text,
    file,
    declarations,
    imports,
    reexports,
    namespaces,
    others: file.statements.filter((s) => ![...declarations.values()].some((d) => d.node === s)),
  };
}

/** The file that a module specifier names. */
const resolve = (from, specifier) =>
  specifier.startsWith('.') ? join(dirname(from), specifier.replace(/\.js$/, '.ts')) : null;

/** What the core's own source takes from the VM: the names, and the files that core.ts has them from. */
function entryNames() {
  const exported = read('core.ts', readFileSync(join(source, 'core.ts'), 'utf8')).reexports;
  const folder = fileURLToPath(new URL('../packages/core/src/', import.meta.url));
  const names = readdirSync(folder).flatMap((file) =>
    [...read(file, readFileSync(folder + file, 'utf8')).imports.values()]
      .filter(({ specifier }) => specifier === '@tsmp/vm')
      .map(({ name }) => name),
  );
  return names.map((name) => exported.get(name)).filter((e) => e !== undefined);
}

/** The initializer of `OBJECT.property`, or of a declaration. */
function initializerOf(info, name) {
  const [object, property] = name.split('.');
  const declaration = info.declarations.get(object);
  if (declaration === undefined) throw new Error(`${info.path} has no ${object}: see LATE in tools/core-late.mjs`);
  if (property === undefined) return { node: declaration.node, value: declaration.value };
  let found;
  const visit = (x) => {
    if ((ts.isPropertyAssignment(x) || ts.isMethodDeclaration(x)) && x.name.text === property) found ??= x;
    ts.forEachChild(x, visit);
  };
  visit(declaration.node);
  if (found === undefined) throw new Error(`${info.path} has no ${name}: see LATE in tools/core-late.mjs`);
  return { node: found, value: ts.isMethodDeclaration(found) ? found : found.initializer };
}

const variable = (name) => name.replace('.', '$');

/** A property's value as an expression. */
const expression = (value) =>
  ts.isMethodDeclaration(value) ? `function ${value.getText().slice(value.name.getText().length)}` : value.getText();

/**
 * The split of the sources. What the core does not reach otherwise than through late natives, or not at all, leaves its files: for the
 * part that needs it, or, if several or only modules do, for `shared`.
 * @param transform - What a source is before it is split, (path, text) → text.
 * @param inCore - The files that the core is made of; others are modules', which may import what is late.
 */
export function splitSources(transform, inCore) {
  const infos = new Map();
  for (const name of readdirSync(source, { recursive: true })) {
    if (!name.endsWith('.ts') || name.startsWith('generated') || name.startsWith('jit')) continue;
    const path = join(source, name);
    infos.set(path, read(path, transform(path, readFileSync(path, 'utf8'))));
  }
  /** Part of each late declaration: `path name` → part. */
  const late = new Map();
  const natives = [];
  const properties = [];
  for (const [part, files] of Object.entries(LATE)) {
    for (const [file, names] of Object.entries(files)) {
      const path = join(source, file);
      const info = infos.get(path);
      if (info === undefined) throw new Error(`there is no ${file}: see LATE in tools/core-late.mjs`);
      for (const name of names) {
        const { node, value } = initializerOf(info, name);
        natives.push({ part, path, name, node, value });
        if (name.includes('.')) properties.push({ part, path, name, node, value, names: namesIn(value) });
        else late.set(`${path} ${name}`, part);
      }
    }
  }
  const nativeKeys = new Set(late.keys());
  for (const p of properties) late.set(`${p.path} ${p.name}`, p.part);
  /** The declarations that a name in a file stands for: `path name`, or null for other packages'. */
  const target = (info, name) => {
    const imported = info.imports.get(name);
    if (imported === undefined) return info.declarations.has(name) ? `${info.path} ${name}` : null;
    const from = resolve(info.path, imported.specifier);
    if (from === null) return null;
    const again = infos.get(from)?.reexports.get(imported.name);
    return again === undefined ? `${from} ${imported.name}` : `${resolve(from, again.specifier)} ${again.name}`;
  };
  const moved = new Set(properties.map((p) => p.value));
  /** The names in a declaration, without those in properties that are late. */
  const namesOfRest = (d) => {
    const names = new Set();
    const visit = (x) => {
      if (moved.has(x) || isType(x)) return;
      if (ts.isIdentifier(x)) for (const n of namesIn(x)) names.add(n);
      ts.forEachChild(x, visit);
    };
    visit(d.node);
    return names;
  };
  const split = (key) => [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)];
  const namesOf = (info, name) =>
    properties.find((p) => p.path === info.path && p.name === name)?.names ?? info.declarations.get(name).names;
  /** What is reached from some declarations of the core's files; late natives lead no further unless they are where it begins. */
  const reach = (start) => {
    const reached = new Set();
    const todo = [...start];
    while (todo.length > 0) {
      const key = todo.pop();
      if (key === null || reached.has(key)) continue;
      reached.add(key);
      const [path, name] = split(key);
      const info = infos.get(path);
      if (info === undefined || (late.has(key) && !start.includes(key))) continue;
      const d = info.declarations.get(name);
      if (d === undefined && !late.has(key)) continue;
      for (const n of late.has(key) ? namesOf(info, name) : namesOfRest(d)) {
        todo.push(target(info, n));
        const all = info.namespaces.get(n);
        // all of that file stays in the core
        if (all !== undefined)
          for (const m of infos.get(resolve(path, all)).declarations.keys()) always.add(`${resolve(path, all)} ${m}`);
      }
    }
    return reached;
  };
  const coreFiles = [...infos.values()].filter(({ path }) => inCore.has(path));
  const roots = [`${join(source, 'rom/later.ts')} later`];
  for (const { specifier, name } of entryNames()) roots.push(`${resolve(join(source, 'core.ts'), specifier)} ${name}`);
  for (const info of coreFiles)
    for (const s of info.others)
      if (!ts.isImportDeclaration(s) && !ts.isExportDeclaration(s))
        for (const n of namesIn(s)) roots.push(target(info, n));
  const always = new Set();
  let inUse = reach(roots);
  inUse = reach([...roots, ...always]);
  const byPart = new Map(
    Object.keys(LATE).map((part) => [part, reach([...late].filter(([, p]) => p === part).map(([key]) => key))]),
  );
  for (const info of coreFiles) {
    for (const [name, d] of info.declarations) {
      const key = `${info.path} ${name}`;
      if (late.has(key) || inUse.has(key) || !d.isAlone || ts.isEnumDeclaration(d.node)) continue;
      const parts = [...byPart].filter(([, reached]) => reached.has(key)).map(([part]) => part);
      // what several parts need, or only modules
      late.set(key, parts.length === 1 ? parts[0] : 'shared');
    }
  }
  const call = (part, path, name) => {
    const index = natives.filter((n) => n.part === part).findIndex((n) => n.path === path && n.name === name);
    return `later('${part}', ${index})`;
  };
  const home = (path, name) => {
    const part = late.get(`${path} ${name}`);
    return part === undefined ? path : `late:${part}:${path}`;
  };

  /** A file as the core has it. */
  function core(path) {
    const info = infos.get(path);
    const cuts = [];
    for (const [name, d] of info.declarations) {
      const part = late.get(`${path} ${name}`);
      if (part === undefined) continue;
      const stub = ts.isFunctionDeclaration(d.node)
        ? `const ${name}$later = ${call(part, path, name)};\nexport function ${name}(vm, ...args) { return ${name}$later(vm, ...args); }`
        : `export const ${name} = ${call(part, path, name)};`;
      cuts.push([d.node.getStart(), d.node.end, nativeKeys.has(`${path} ${name}`) ? stub : '']);
    }
    for (const p of properties)
      if (p.path === path) {
        const stub = call(p.part, path, p.name);
        cuts.push([
          p.value.getStart(),
          p.value.end,
          ts.isMethodDeclaration(p.value) ? `${p.value.name.text}: ${stub}` : stub,
        ]);
      }
    if (cuts.length === 0 && inCore.has(path)) return info.text;
    // modules import what is late from where it is now
    if (!inCore.has(path)) {
      for (const [local, { node, statement }] of info.imports) {
        const [from, name] = split(target(info, local) ?? ' ');
        if (from === '' || home(from, name) === from) continue;
        cuts.push([node.getStart(), node.end + (info.text[node.end] === ',' ? 1 : 0), '']);
        cuts.push([statement.end, statement.end, `\nimport { ${name} as ${local} } from '${home(from, name)}';`]);
      }
      return edit(info.text, cuts);
    }
    const wanted = new Set();
    for (const [key] of late) {
      const [at, name] = split(key);
      if (at !== path) continue;
      for (const n of namesOf(info, name))
        if (info.declarations.has(n) && !late.has(`${path} ${n}`) && !info.declarations.get(n).isExported)
          wanted.add(n);
    }
    return `import { later } from '${join(source, 'rom/later.ts')}';\n${edit(info.text, cuts)}\n${wanted.size > 0 ? `export { ${[...wanted].join(', ')} };\n` : ''}`;
  }
  /** The late declarations of a file. */
  function lateOf(path, part) {
    const info = infos.get(path);
    const lines = [];
    const names = new Set();
    const texts = [];
    for (const [key, itsPart] of late) {
      const [at, name] = split(key);
      if (at !== path || itsPart !== part) continue;
      for (const n of namesOf(info, name)) names.add(n);
      const p = properties.find((q) => q.path === path && q.name === name);
      if (p !== undefined) texts.push([p.node.getStart(), `export const ${variable(name)} = ${expression(p.value)};`]);
      else {
        const { node, isExported } = info.declarations.get(name);
        texts.push([node.getStart(), `${isExported ? '' : 'export '}${node.getText()}`]);
      }
    }
    for (const n of names) {
      const imported = info.imports.get(n);
      const key = target(info, n);
      const all = info.namespaces.get(n);
      if (all !== undefined) lines.push(`import * as ${n} from '${resolve(path, all)}';`);
      if (key === null && imported !== undefined)
        lines.push(`import { ${imported.name} as ${n} } from '${imported.specifier}';`);
      if (key === null) continue;
      const [at, name] = split(key);
      const from = home(at, name);
      if (from !== `late:${part}:${path}`) lines.push(`import { ${name} as ${n} } from '${from}';`);
    }
    return [...lines, ...texts.sort((a, b) => a[0] - b[0]).map(([, text]) => text)].join('\n');
  }

  /** The module that is loaded: the natives in their order. */
  function entry(part) {
    const lines = natives.filter((n) => n.part === part);
    return `${lines.map((n, i) => `import { ${variable(n.name)} as n${i} } from 'late:${part}:${n.path}';`).join('\n')}
export const part = () => ({ name: '${part}', modules: [], natives: [${lines.map((_, i) => `n${i}`).join()}] });\n`;
  }
  /** A module with the parts that it needs. */
  const needing = (name) => `import { part as own } from '${join(source, `modules/${name}.ts`)}';
${NEEDS[name].map((part, i) => `import { part as p${i} } from 'late-entry:${part}';`).join('\n')}
export const part = (profile) => ({ ...own(profile), needs: [${NEEDS[name].map((_, i) => `p${i}()`).join()}] });\n`;
  return { core, lateOf, entry, needing, has: (path) => infos.has(path), late };
}

/** A file that notes its late natives, in their order, in \`globalThis.lateNatives\`: for those who number them. */
export function withNotes(path, text) {
  const info = read(path, text);
  const cuts = [];
  for (const [part, files] of Object.entries(LATE)) {
    for (const [file, names] of Object.entries(files)) {
      if (join(source, file) !== path) continue;
      for (const name of names) {
        const { value } = initializerOf(info, name);
        const note = `globalThis.lateNatives.note('${part}', '${file} ${name}', `;
        if (ts.isFunctionDeclaration(value)) cuts.push([value.end, value.end, `\n${note}${value.name.text});`]);
        else if (ts.isMethodDeclaration(value)) {
          cuts.push([value.getStart(), value.end, `${value.name.text}: ${note}${expression(value)})`]);
        } else {
          cuts.push([value.getStart(), value.getStart(), note]);
          cuts.push([value.end, value.end, ')']);
        }
      }
    }
  }
  return edit(text, cuts);
}

function edit(text, cuts) {
  let result = '';
  let at = 0;
  for (const [from, to, by] of cuts.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (from < at) throw new Error(`cuts overlap at '${text.slice(from, from + 60)}'`);
    result += text.slice(at, from) + by;
    at = to;
  }
  return result + text.slice(at);
}
