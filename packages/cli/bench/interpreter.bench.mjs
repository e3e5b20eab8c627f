// This interpreter against the WebAssembly build of MicroPython, program by program, in one run.
//   npm run bench interpreter        (after npm run build)
//   node bench/interpreter.bench.mjs --against 'micropython {}' [--json]
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createBoard } from '../dist/index.js';

const ROUNDS = 8;
const HEAP = 4 * 1024 * 1024;
const folder = fileURLToPath(new URL('programs/', import.meta.url));
const against = process.argv.includes('--against') ? process.argv[process.argv.indexOf('--against') + 1] : undefined;

/** Best of several timings, in milliseconds, and what was printed. */
async function best(once) {
  let ms = Infinity;
  let output = '';
  for (let i = 0; i < ROUNDS; i++) {
    const r = await once();
    ms = Math.min(ms, r.ms);
    output = r.output;
  }
  return { ms, output };
}

function ours(source) {
  let output = '';
  const board = createBoard({ board: 'unix32', heap: HEAP, stdout: (b) => (output += new TextDecoder().decode(b)) });
  const start = performance.now();
  board.start(source, 'bench.py');
  const r = board.runToEnd();
  const ms = performance.now() - start;
  if (r.reason !== 'done') throw new Error(`the program ended with ${r.reason}`);
  return { ms, output };
}

async function wasm(source) {
  const { loadMicroPython } = await import('@micropython/micropython-webassembly-pyscript/micropython.mjs');
  let output = '';
  const mp = await loadMicroPython({ heapsize: HEAP, stdout: (line) => (output += `${line}\n`), linebuffer: true });
  const start = performance.now();
  mp.runPython(new TextDecoder().decode(source));
  return { ms: performance.now() - start, output };
}

function command(template, file) {
  const [program, ...args] = template.split(' ').map((word) => word.replace('{}', file));
  const start = performance.now();
  const r = spawnSync(program, args, { encoding: 'utf8' });
  if (r.status !== 0) throw new Error(`'${template}' failed on ${file}: ${r.stderr}`);
  return { ms: performance.now() - start, output: r.stdout };
}

// Ours first: the reference grows its memory, which detaches an ArrayBuffer, and from then on V8 checks for that at every access to
// any typed array of the process.
const programs = readdirSync(folder).sort();
const mine = [];
for (const name of programs) {
  const source = readFileSync(folder + name);
  mine.push(await best(() => ours(source)));
}
const rows = [];
for (const [i, name] of programs.entries()) {
  const source = readFileSync(folder + name);
  const a = mine[i];
  const b = await best(() => (against === undefined ? wasm(source) : command(against, folder + name)));
  if (a.output.trim() !== b.output.trim()) throw new Error(`${name}: the outputs differ:\n${a.output}\n${b.output}`);
  rows.push({ program: name.replace('.py', ''), ours: a.ms, theirs: b.ms, ratio: b.ms / a.ms });
}
const mean = Math.exp(rows.reduce((sum, r) => sum + Math.log(r.ratio), 0) / rows.length);
if (process.argv.includes('--json')) console.log(JSON.stringify({ rows, geometricMean: mean }, null, 2));
else {
  console.log(
    `${'program'.padEnd(12)} ${'ours ms'.padStart(9)} ${(against ?? 'WebAssembly').slice(0, 14).padStart(14)} ${'faster'.padStart(8)}`,
  );
  for (const r of rows) {
    console.log(
      `${r.program.padEnd(12)} ${r.ours.toFixed(1).padStart(9)} ${r.theirs.toFixed(1).padStart(14)} ${`${r.ratio.toFixed(1)}x`.padStart(8)}`,
    );
  }
  console.log(`geometric mean: ${mean.toFixed(2)} times as fast`);
}
