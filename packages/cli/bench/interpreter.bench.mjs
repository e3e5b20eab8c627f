// This interpreter against the WebAssembly build of MicroPython, and against any commands, program by program, in one run.
//   npm run bench -- interpreter [--against 'micropython {}'] [--json FILE]        (after npm run build)
// A command's time is that of its process less that of its process for an empty program. `faster` is its time in ours.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { figures, optionValues } from '../../../tools/bench-figures.mjs';
import { createBoard } from '../dist/index.js';

const ROUNDS = 8;
const HEAP = 4 * 1024 * 1024;
const folder = fileURLToPath(new URL('programs/', import.meta.url));
// those that begin with bench_ are modules that programs import
const [modules, programs] = [true, false].map((isModule) =>
  readdirSync(folder)
    .filter((name) => name.startsWith('bench_') === isModule)
    .sort(),
);
const decoder = new TextDecoder();

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

const files = {
  stat: (path) => (modules.includes(path) ? 2 : 0),
  read: (path) => new Uint8Array(readFileSync(folder + path)),
};

function ours(name) {
  let output = '';
  const source = readFileSync(folder + name);
  const board = createBoard({ board: 'unix32', heap: HEAP, files, stdout: (b) => (output += decoder.decode(b)) });
  const start = performance.now();
  board.start(source, 'bench.py');
  const r = board.runToEnd();
  const ms = performance.now() - start;
  if (r.reason === 'raised') board.reportException(r.exception);
  if (r.reason !== 'done') throw new Error(`${name} ended with ${r.reason}: ${output}`);
  return { ms, output };
}

async function wasm(name) {
  const { loadMicroPython } = await import('@micropython/micropython-webassembly-pyscript/micropython.mjs');
  let output = '';
  const mp = await loadMicroPython({ heapsize: HEAP, stdout: (line) => (output += `${line}\n`), linebuffer: true });
  for (const module of modules) mp.FS.writeFile(module, readFileSync(folder + module));
  const source = readFileSync(folder + name, 'utf8');
  const start = performance.now();
  mp.runPython(source);
  return { ms: performance.now() - start, output };
}

function command(template, file) {
  const [program, ...args] = template.split(' ').map((word) => word.replace('{}', file));
  const start = performance.now();
  const r = spawnSync(program, args, { encoding: 'utf8' });
  if (r.error !== undefined || r.status !== 0)
    throw new Error(`'${template}' failed on ${file}: ${r.error?.message ?? r.stderr}`);
  return { ms: performance.now() - start, output: r.stdout };
}

/** How long a command takes for nothing. */
async function startOf(template) {
  const temporary = mkdtempSync(join(tmpdir(), 'tsmp-bench-'));
  try {
    const empty = join(temporary, 'empty.py');
    writeFileSync(empty, '');
    return (await best(() => command(template, empty))).ms;
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

const others = [{ name: 'WebAssembly', start: 0, run: wasm }];
for (const template of optionValues('--against')) {
  const start = await startOf(template);
  others.push({ name: template, start, run: (name) => command(template, folder + name) });
}

// Ours first: the reference grows its memory, which detaches an ArrayBuffer, and from then on V8 checks for that at every access to
// any typed array of the process.
const rows = [];
for (const name of programs) rows.push({ program: name.replace('.py', ''), name, ours: await best(() => ours(name)) });
for (const row of rows) {
  row.others = [];
  for (const other of others) {
    const r = await best(() => other.run(row.name));
    if (row.ours.output.trim() !== r.output.trim().replaceAll('\r\n', '\n'))
      throw new Error(`${row.name}: the outputs differ:\n${row.ours.output}\n${other.name}: ${r.output}`);
    row.others.push(Math.max(0.01, r.ms - other.start));
  }
}
const means = others.map((_, i) =>
  Math.exp(rows.reduce((sum, r) => sum + Math.log(r.others[i] / r.ours.ms), 0) / rows.length),
);
for (const [i, other] of others.entries()) {
  const start = other.start === 0 ? '' : `, less ${other.start.toFixed(1)} ms for starting`;
  console.log(`${String.fromCharCode(65 + i)}: ${other.name}${start}`);
}
const cell = (text) => text.padStart(9);
const column = (i) => String.fromCharCode(65 + i);
console.log(
  `\n${'program'.padEnd(12)} ${cell('ours ms')}${others.map((_, i) => ` ${cell(`${column(i)} ms`)} ${cell('faster')}`).join('')}`,
);
for (const { program, ours: mine, others: theirs } of rows) {
  const cells = theirs.map((ms) => ` ${cell(ms.toFixed(1))} ${cell(`${(ms / mine.ms).toFixed(2)}x`)}`);
  console.log(`${program.padEnd(12)} ${cell(mine.ms.toFixed(1))}${cells.join('')}`);
}
console.log(
  `${'geometric mean'.padEnd(22)}${means.map((m) => `${' '.repeat(11)}${cell(`${m.toFixed(2)}x`)}`).join('')}`,
);
figures('interpreter', {
  against: others.map(({ name, start }, i) => ({ name, startMs: start, geometricMean: means[i] })),
  programs: rows.map(({ program, ours: mine, others: theirs }) => ({
    program,
    oursMs: mine.ms,
    othersMs: theirs,
    ratios: theirs.map((ms) => ms / mine.ms),
  })),
});
