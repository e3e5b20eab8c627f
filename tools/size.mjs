// Prints the minified size of what a page loads, from the built packages, and fails above the limits.
//   node tools/size.mjs [--files]        (after npm run build)
// The core is what compiles and runs programs with the built-in types: the lexer, the compiler, the interpreter and the collector,
// all built-in types and functions, the modules builtins, sys, gc, micropython, errno and array, formats of code. Not in it: the other
// modules, each a file that a page loads when a program imports it (their sizes are printed); the loop that counts bytecodes, reading
// and checking .mpy files, building ROM images, snapshots (all in `@tsmp/vm`). The ROM image is a file of data beside the core.
// Measured are `@tsmp/core`, the bundle with shortened names, and what a bundler makes of `@tsmp/vm/core` and `compile`. --files lists
// the files of the latter.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const NAMES = ['lexer', 'compiler', 'vm', 'gc', 'mpy-format'];
const MODULES = 'binascii cmath collections deflate heapq io json math platform random re struct time websocket'.split(
  ' ',
);
/** What the core may cost; a WebAssembly build of MicroPython is 540 KB. */
const GOAL = 256 * 1024;
/** What each may cost, the translator of functions and the loop as WebAssembly in the last. */
const LIMITS = { core: GOAL, bundled: 412 * 1024, modules: 467 * 1024, everything: 744 * 1024 };

const CORE = ["export * from '@tsmp/vm/core';", "export { compile, CompileError } from '@tsmp/compiler';"];
const parts = MODULES.map((name, i) => `export * as m${i} from '@tsmp/vm/modules/${name}';`);

async function bundle(lines) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: lines.join('\n'), resolveDir: root },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    write: false,
    metafile: true,
    // what is published, not the sources that the paths of the type checker's configuration lead to
    tsconfigRaw: {},
    logLevel: 'warning',
  });
  return { contents: outputFiles[0].contents, inputs: Object.values(metafile.outputs)[0].inputs };
}

const line = (bytes, text) => console.log(`${String(bytes).padStart(8)}  ${text}`);
const dist = `${root}packages/core/dist/`;
const contents = readFileSync(`${dist}index.js`);
const core = await bundle(CORE);
const packages = new Map();
for (const [path, { bytesInOutput }] of Object.entries(core.inputs)) {
  if (process.argv.includes('--files')) line(bytesInOutput, path);
  const part = path.split('/').slice(0, 2).join('/');
  packages.set(part, (packages.get(part) ?? 0) + bytesInOutput);
}
const sizes = {
  core: contents.length,
  bundled: core.contents.length,
  modules: (await bundle([...CORE, ...parts])).contents.length,
  everything: (await bundle(NAMES.map((name, i) => `export * as p${i} from '@tsmp/${name}';`))).contents.length,
};
line(sizes.core, `the core, @tsmp/core (limit ${LIMITS.core})`);
line(gzipSync(contents).length, 'the same, gzip');
line(brotliCompressSync(contents).length, 'the same, brotli');
line(readFileSync(`${dist}rom/unix32.js`).length, 'the ROM image of unix32 (data)');
for (const file of readdirSync(`${dist}modules`)) {
  if (file.endsWith('.js')) line(readFileSync(`${dist}modules/${file}`).length, `modules/${file}`);
}
line(sizes.bundled, `the core as a bundler makes it of the packages (limit ${LIMITS.bundled})`);
for (const [part, bytes] of [...packages].sort((a, b) => b[1] - a[1])) if (bytes > 0) line(bytes, `  ${part}`);
line(sizes.modules, `the same with all modules (limit ${LIMITS.modules})`);
line(sizes.everything, `everything that the packages export (limit ${LIMITS.everything})`);
for (const [name, limit] of Object.entries(LIMITS)) {
  if (sizes[name] <= limit) continue;
  console.error(`${name}: ${sizes[name]} bytes are more than its limit of ${limit}.`);
  process.exitCode = 1;
}
