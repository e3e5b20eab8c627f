// Builds @tsmp/core from the workspaces' sources: one file with the compiler and the virtual machine, one for each module that a
// program may import, which use it, and the ROM images, linked by the order of the definitions. All properties get short names but those
// of the package's declarations and of JavaScript's own library, so the files fit each other only.
//   node tools/gen-core.mjs               into packages/core/dist
//   node tools/gen-core.mjs --readable    into .cache/core-readable, with all names
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, transform } from 'esbuild';
import { rollup } from 'rollup';
import { minify } from 'terser';
import ts from 'typescript';
import {
  withArrows,
  withInnerNames,
  withoutBareFields,
  withoutDeadMethods,
  withShortConstants,
  withShortThis,
} from './core-minify.mjs';
import { LATE, NEEDS } from './core-late.mjs';
import { messages, notedSources, reducedSources, splitFor } from './core-sources.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The declarations of the package. */
function declarations() {
  const fileName = `${root}packages/core/src/index.ts`;
  const { outputText, diagnostics } = ts.transpileDeclaration(readFileSync(fileName, 'utf8'), { fileName });
  if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, ts.createCompilerHost({})));
  return outputText;
}

/** Every name of a member that declarations have; private ones are none of their readers' business. */
function memberNames(text) {
  const names = new Set();
  const file = ts.createSourceFile('declarations.d.ts', text, ts.ScriptTarget.ES2022, false);
  const visit = (node) => {
    const isMember = ts.isTypeElement(node) || ts.isClassElement(node);
    if (isMember && (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Private) !== 0) return;
    if (isMember && node.name !== undefined && (ts.isIdentifier(node.name) || ts.isStringLiteral(node.name)))
      names.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

/** The protocols of JavaScript that objects of ours follow without naming them. */
const PROTOCOLS = ['next', 'done', 'value', 'return', 'throw', 'message', 'name', 'cause'];

/** The names of members of JavaScript's own library that the sources use. */
function libraryNames(parts) {
  const config = ts.parseJsonConfigFileContent(
    ts.readConfigFile(`${root}tsconfig.base.json`, ts.sys.readFile).config,
    ts.sys,
    root,
  );
  const program = ts.createProgram(
    [`${root}packages/core/src/index.ts`, ...parts.map((name) => `${root}packages/vm/src/modules/${name}.ts`)],
    config.options,
  );
  const checker = program.getTypeChecker();
  const names = new Set(PROTOCOLS);
  const note = (node) => {
    const symbol = checker.getSymbolAtLocation(node);
    const isLibrary = symbol?.declarations?.some((d) => program.isSourceFileDefaultLibrary(d.getSourceFile())) ?? false;
    // what the checker does not know stays as it is
    if (symbol === undefined || isLibrary) names.add(node.text);
  };
  const visit = (node) => {
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.name)) note(node.name);
    else if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
      const name = node.propertyName ?? node.name;
      const property = ts.isIdentifier(name)
        ? checker.getTypeAtLocation(node.parent).getProperty(name.text)
        : undefined;
      if (property?.declarations?.some((d) => program.isSourceFileDefaultLibrary(d.getSourceFile())))
        names.add(name.text);
    }
    ts.forEachChild(node, visit);
  };
  // what WebAssembly calls is not in the core, and has no types
  for (const file of program.getSourceFiles())
    if (!file.isDeclarationFile && !file.fileName.endsWith('/wasm-glue.ts')) visit(file);
  return names;
}

/** The sources as modules of JavaScript: the core's and the parts', what they share apart. */
async function bundled(parts) {
  const core = `${root}packages/core/src/index.ts`;
  const common = {
    bundle: true,
    outdir: '/',
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    minifySyntax: true,
    define: { 'Number.POSITIVE_INFINITY': 'Infinity' },
    write: false,
    // not the paths of the type checker's configuration
    tsconfigRaw: {},
    logLevel: 'warning',
  };
  const whole = await build({ ...common, entryPoints: [core], plugins: [reducedSources()], metafile: true });
  const inputs = Object.values(whole.metafile.outputs)[0].inputs;
  const inCore = Object.keys(inputs).filter((path) => inputs[path].bytesInOutput > 0);
  const split = splitFor(new Set(inCore.map((path) => join(process.cwd(), path))));
  const { outputFiles } = await build({
    ...common,
    entryPoints: {
      index: core,
      ...Object.fromEntries(
        parts.map((name) => [
          `modules/${name}`,
          name in NEEDS ? `needing:${name}` : `${root}packages/vm/src/modules/${name}.ts`,
        ]),
      ),
      ...Object.fromEntries(Object.keys(LATE).map((name) => [`modules/${name}`, `late-entry:${name}`])),
    },
    splitting: true,
    plugins: [reducedSources(split)],
  });
  return new Map(outputFiles.map(({ path, text }) => [path.replaceAll('\\', '/').replace(/^([A-Z]:)?/, ''), text]));
}

/** The same with all that the core needs in one file, which the others import. */
async function merged(files) {
  const virtual = {
    name: 'files',
    resolveId: (id, from) => (from === undefined ? id : join(dirname(from), id).replaceAll('\\', '/')),
    load: (id) => files.get(id),
  };
  const inCore = new Set();
  const reach = (id) => {
    if (inCore.has(id)) return;
    inCore.add(id);
    for (const { fileName } of ts.preProcessFile(files.get(id), true, true).importedFiles)
      reach(join(dirname(id), fileName).replaceAll('\\', '/'));
  };
  reach('/index.js');
  const bundle = await rollup({
    input: Object.fromEntries(
      [...files.keys()].filter((id) => !id.includes('chunk-')).map((id) => [id.slice(1, -3), id]),
    ),
    plugins: [virtual],
    preserveEntrySignatures: 'allow-extension',
    treeshake: { moduleSideEffects: true },
    onLog: (level, log) => {
      if (level === 'warn') throw new Error(log.message);
    },
  });
  const { output } = await bundle.generate({
    format: 'es',
    minifyInternalExports: true,
    chunkFileNames: 'modules/[name].js',
    hoistTransitiveImports: false,
    manualChunks: (id) => (inCore.has(id) ? 'index' : undefined),
    entryFileNames: '[name].js',
  });
  return output;
}

/** Takes notes of late natives: by part and name, see core-late.mjs. */
const NOTES = `globalThis.lateNatives = {
  late: new Map(),
  note(part, name, value) {
    if (!this.late.has(part)) this.late.set(part, new Map());
    this.late.get(part).set(name, value);
    return value;
  },
};`;

/** The images of the boards that the core is for, as modules. */
async function images() {
  const bundle = `${root}.cache/core-rom.mjs`;
  await build({
    stdin: {
      contents: `
import { compile, mathConstants } from '@tsmp/compiler';
import { buildRom, PROFILES, romDefinitions } from '@tsmp/vm';
import { Order, placesOf } from './packages/vm/src/rom/by-order.ts';
import { collect } from './packages/vm/src/rom/collect.ts';
import { HIDDEN_CORE_QSTRS } from './packages/vm/src/qstr-hidden.ts';
import { PACKED_BYTES } from './packages/vm/src/rom/formats.ts';
const LATE_NAMES = ${JSON.stringify(Object.entries(LATE).map(([part, files]) => [part, Object.entries(files).flatMap(([file, names]) => names.map((name) => `${file} ${name}`))]))};
const compileFn = (request) => compile(request.source, { ...request, knownQstrs: { has: request.isKnownQstr }, moduleConstants: mathConstants });
export const roms = Object.values(PROFILES).filter((p) => p.level !== 'everything').map((profile) => {
  const { definitions, ...data } = buildRom(romDefinitions(profile), { floatBits: profile.floatBits, compile: compileFn });
  const found = collect(definitions);
  const { paths, pyFuns } = found;
  const place = (met) => placesOf(met, data, found);
  const { late } = globalThis.lateNatives;
  const again = [...late.values()].flatMap((values) => [...values.values()].flatMap((v) => [v, v.fn, v.fun, v.fun?.fn]));
  const parts = [
    ...definitions.parts,
    ...LATE_NAMES.map(([name, keys]) => ({ name, modules: [], natives: keys.map((key) => late.get(name).get(key)) })),
  ];
  const order = {
    python: Object.fromEntries(pyFuns.map((f) => [f.name, data.symbols[paths.get(f)]])),
    core: place(new Order(definitions)),
    parts: Object.fromEntries(parts.map((part) => [part.name, place(new Order(definitions).part(part, again))])),
  };
  const placed = new Set([order.core, ...Object.values(order.parts)].flatMap((o) => o.natives));
  data.natives.forEach((name, i) => {
    if (!placed.has(i)) throw new Error(\`\${profile.name} has a native \${name} that the definitions for pages lack\`);
  });
  return { profile, data: { ...data, packed: [...PACKED_BYTES], hidden: HIDDEN_CORE_QSTRS }, order };
});`,
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    outfile: bundle,
    plugins: [notedSources],
    banner: { js: NOTES },
    tsconfigRaw: {},
    logLevel: 'warning',
  });
  const { roms } = await import(`${pathToFileURL(bundle).href}?${Date.now()}`);
  return roms.map(({ profile, data: { bytes, natives, ...rest }, order }) => {
    const file = {
      name: profile.name,
      profile,
      // which part it belongs to is all that is asked of a native
      data: { ...rest, natives: natives.map((name) => name.slice(0, name.indexOf('/') + 1)), messages, order },
      base64: Buffer.from(bytes).toString('base64'),
    };
    return { fileName: `rom/${profile.name}.js`, code: `export const rom = ${asSource(file)};\n` };
  });
}

/** Properties whose values are tables by name. */
const TABLES = new Set(['symbols', 'parts', 'python']);

/** A value as an expression, with bare names of properties, but those of tables. */
function asSource(value, isTable = false) {
  if (Array.isArray(value)) return `[${value.map((x) => asSource(x)).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  return `{${Object.entries(value).map(([k, v]) => `${isTable ? JSON.stringify(k) : k}:${asSource(v, TABLES.has(k))}`)}}`;
}

/** Throws if the code of a file names what is not there, as a declaration that was split off wrongly would be. */
function checkNames(files) {
  const texts = new Map(files.map(({ fileName, code }) => [`/core/${fileName}`, code]));
  const options = {
    allowJs: true,
    checkJs: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    types: [],
    noResolve: true,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name, ...rest) =>
    texts.has(name)
      ? ts.createSourceFile(name, texts.get(name), ts.ScriptTarget.ES2022, true)
      : getSourceFile(name, ...rest);
  const program = ts.createProgram([...texts.keys()], options, host);
  const unknown = [...texts.keys()].flatMap((name) =>
    program
      .getSemanticDiagnostics(program.getSourceFile(name))
      .filter(({ code }) => code === 2304 || code === 2552 || code === 18004)
      .map(({ messageText }) => `${name}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`),
  );
  if (unknown.length > 0) throw new Error(unknown.join('\n'));
}

/** What a board's level has none of. */
const HIGHEST = ['marshal', 'weakref'];

/** Builds the package's files into a folder, with their names as they are if they are to be read; answers their sizes. */
export async function buildCore(out, isReadable = false) {
  const parts = readdirSync(`${root}packages/vm/src/modules`)
    .map((file) => file.slice(0, -3))
    .filter((name) => !HIGHEST.includes(name));
  const declared = declarations();
  const reserved = [...libraryNames(parts), ...memberNames(declared)];
  // listed as names to keep, they are not given to other properties either
  const mangling = { mangleProps: /./, mangleCache: Object.fromEntries(reserved.map((name) => [name, false])) };
  // the core first: what it names most gets the shortest names
  const files = withoutDeadMethods(await merged(await bundled(parts)), reserved).sort((a) =>
    a.fileName === 'index.js' ? -1 : 1,
  );
  checkNames(files);
  const sizes = {};
  const write = (fileName, text) => {
    mkdirSync(dirname(join(out, fileName)), { recursive: true });
    writeFileSync(join(out, fileName), text);
    sizes[fileName] = Buffer.byteLength(text);
  };
  const short = [];
  for (const { fileName, code } of [...files, ...(await images())]) {
    if (isReadable) {
      write(fileName, code);
      continue;
    }
    const mangled = await transform(code, {
      format: 'esm',
      target: 'es2022',
      charset: 'utf8',
      minifySyntax: true,
      ...mangling,
    });
    mangling.mangleCache = mangled.mangleCache;
    const steps = [withoutBareFields, withShortThis, withShortConstants, withArrows];
    const result = await minify(
      steps.reduce((text, step) => step(text), mangled.code),
      {
        module: true,
        ecma: 2022,
        // a function that is called once stays one: made anew at each call it would be slower
        compress: { module: true, ecma: 2022, passes: 3, inline: 1, reduce_funcs: false },
        format: { ecma: 2022 },
      },
    );
    // imports without names are there for an order of evaluation that nothing needs, and bundlers warn of them
    short.push({ fileName, code: result.code.replace(/import"\.[^"]*";/g, '') });
  }
  for (const { fileName, code } of isReadable ? [] : withInnerNames(short, new Set(['CoreBoard'])))
    write(fileName, code);
  write('index.d.ts', declared);
  write(
    'modules/module.d.ts',
    declarationOf('part', 'CorePart', 'What a board loads when a program imports the module.'),
  );
  write('rom/rom.d.ts', declarationOf('rom', 'CoreRom', 'The image of the board that the module is named after.'));
  return sizes;
}

const declarationOf = (name, type, what) =>
  `import type { ${type} } from '../index.js';\n/** ${what} */\nexport declare const ${name}: ${type};\n`;

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const isReadable = process.argv.includes('--readable');
  const out = isReadable ? `${root}.cache/core-readable/` : `${root}packages/core/dist/`;
  rmSync(out, { recursive: true, force: true });
  const sizes = await buildCore(out, isReadable);
  console.log(`index.js: ${sizes['index.js']} bytes`);
}
