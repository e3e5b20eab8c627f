/**
 * What part of loading a `.mpy` file the verifier takes, over files: those named, or the repository's Python programs compiled here.
 *   node packages/cli/bench/mpy-load.bench.mjs [files.mpy …]
 * Loading is what `startMpy` does: reading, verifying, and putting the code into the board's RAM. Run `npm run build` first.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { figures } from '../../../tools/bench-figures.mjs';
import { createBoard } from '../dist/index.js';
import { compile, CompileError, toMpy } from '../../compiler/dist/index.js';
import { readMpy, verifyModule } from '../../mpy-format/dist/index.js';

function sources(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? sources(path) : name.endsWith('.py') ? [path] : [];
  });
}

/** A program as a file; none if it is one that tests what the compiler refuses. */
function compiled(path) {
  try {
    return [toMpy(compile(new Uint8Array(readFileSync(path)), { fileName: 'bench.py', tstrings: true }))];
  } catch (e) {
    if (e instanceof CompileError) return [];
    throw e;
  }
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
const given = process.argv.slice(2).filter((word) => word.endsWith('.mpy'));
const files =
  given.length > 0
    ? given.map((name) => new Uint8Array(readFileSync(name)))
    : [join(root, 'conformance'), join(root, 'examples')].flatMap(sources).flatMap((path) => compiled(path));
const modules = files.map((bytes) => readMpy(bytes).module);
const board = createBoard({ board: 'unix32', heap: 4 * 1024 * 1024 });
const fresh = board.save();

function verifying() {
  const start = performance.now();
  for (const module of modules) verifyModule(module);
  return performance.now() - start;
}

function loading() {
  let sum = 0;
  for (const bytes of files) {
    const start = performance.now();
    board.start(bytes, 'bench.mpy');
    sum += performance.now() - start;
    board.load(fresh);
  }
  return sum;
}

let verify = Infinity;
let load = Infinity;
for (let round = 0; round < 24; round++) {
  verify = Math.min(verify, verifying());
  load = Math.min(load, loading());
}
const bytes = files.reduce((sum, file) => sum + file.length, 0);
const share = (100 * verify) / load;
console.log(
  `${files.length} files, ${bytes} bytes: loading ${load.toFixed(2)} ms, of it verifying ${verify.toFixed(2)} ms: ${share.toFixed(1)} %`,
);
figures('mpy-load', { files: files.length, bytes, loadMs: load, verifyMs: verify, verifyShare: share / 100 });
if (share > 20) process.exitCode = 1;
