// Prints the minified size of what runs a program, bundled as a page would bundle it, and fails above the limit. The tools beside
// it (listings, inspection, merging and writing of .mpy files, trees and positions) are in the last line only.
//   node tools/size.mjs
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const NAMES = ['lexer', 'compiler', 'vm', 'gc', 'mpy-format'];
/** What a page should cost to run MicroPython in the end; a WebAssembly build of it is 540 KB. */
const GOAL = 256 * 1024;
/** What it may cost today, template strings, compiling on the board's heap and interrupts included: to be lowered from here. */
const LIMIT = 492 * 1024;
/** The same for everything that these packages export. */
const LIMIT_ALL = 516 * 1024;

/** What a page imports: the interpreter with all that can be extended, and the compiler as a function. */
const PAGE = [
  "export * from '@tsmp/vm';",
  "export { compile, CompileError, mathConstants } from '@tsmp/compiler';",
  "export { isComplete } from '@tsmp/lexer';",
];

const { outputFiles, metafile } = await bundle(PAGE);
const all = await bundle(NAMES.map((name, i) => `export * as p${i} from '@tsmp/${name}';`));

function bundle(lines) {
  return build({
    stdin: {
      contents: lines.join('\n'),
      resolveDir: fileURLToPath(new URL('..', import.meta.url)),
    },
    alias: Object.fromEntries(
      NAMES.map((name) => [
        `@tsmp/${name}`,
        fileURLToPath(new URL(`../packages/${name}/src/index.ts`, import.meta.url)),
      ]),
    ),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    metafile: true,
  });
}
const contents = outputFiles[0].contents;
const parts = new Map();
for (const [path, { bytesInOutput }] of Object.entries(Object.values(metafile.outputs)[0].inputs)) {
  const part = path.split('/').slice(0, 2).join('/');
  parts.set(part, (parts.get(part) ?? 0) + bytesInOutput);
}
for (const [part, bytes] of [...parts].sort((a, b) => b[1] - a[1]))
  console.log(`${String(bytes).padStart(8)}  ${part}`);
console.log(`${String(contents.length).padStart(8)}  minified (limit ${LIMIT}, goal ${GOAL})`);
console.log(`${String(gzipSync(contents).length).padStart(8)}  gzip`);
console.log(`${String(brotliCompressSync(contents).length).padStart(8)}  brotli`);
const allLength = all.outputFiles[0].contents.length;
console.log(
  `${String(allLength).padStart(8)}  minified, with everything that the packages export (limit ${LIMIT_ALL})`,
);
if (contents.length > LIMIT || allLength > LIMIT_ALL) {
  console.error('The bundle is larger than its limit.');
  process.exitCode = 1;
}
