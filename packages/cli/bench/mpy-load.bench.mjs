/**
 * What part of loading a `.mpy` file for the first time the verifier takes, over files: those named, or the repository's Python programs
 * compiled here. Files that were loaded lately are not verified again, so each is loaded twice.
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

function loadingOf(bytes) {
  const start = performance.now();
  board.start(bytes, 'bench.mpy');
  const time = performance.now() - start;
  board.load(fresh);
  return time;
}

/** More than is remembered of files, so that the ones that come next are new. */
function forget() {
  for (const bytes of files) loadingOf(bytes);
}

let verify = Infinity;
let load = Infinity;
let again = Infinity;
for (let round = 0; round < 24; round++) {
  verify = Math.min(verify, verifying());
  forget();
  let first = 0;
  let second = 0;
  for (const bytes of files) {
    first += loadingOf(bytes);
    second += loadingOf(bytes);
  }
  load = Math.min(load, first);
  again = Math.min(again, second);
}
const bytes = files.reduce((sum, file) => sum + file.length, 0);
const share = (100 * verify) / load;
console.log(
  `${files.length} files, ${bytes} bytes: loading ${load.toFixed(2)} ms, of it verifying ${verify.toFixed(2)} ms: ${share.toFixed(1)} %; again ${again.toFixed(2)} ms`,
);
figures('mpy-load', {
  files: files.length,
  bytes,
  loadMs: load,
  verifyMs: verify,
  verifyShare: share / 100,
  againMs: again,
});
if (share > 30) process.exitCode = 1;
