// Runs random and damaged programs for as long as one likes.
//   npm run fuzz -- [programs] [--seed 1] [--count 10000] [--out folder] [--reference micropython]
//   npm run fuzz -- mpy|source [--seed 1] [--count 1000000] [--out folder]
// `programs`: generated ones are run here and on the real MicroPython; differences that are not excused are printed. With
// --reference, a MicroPython executable (a 32-bit unix port) stands for the WebAssembly build.
// `mpy`, `source`: damaged `.mpy` files and sources run on a board; whatever does not end as a run may is printed.
// With --out, the programs in question are written there. Exits with 1 if there were any.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values, positionals } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string' },
    out: { type: 'string' },
    reference: { type: 'string' },
  },
  allowPositionals: true,
});
const [kind = 'programs'] = positionals;
const first = Number(values.seed);
const count = Number(values.count ?? (kind === 'programs' ? 10000 : 1000000));
if (!Number.isInteger(first) || !Number.isInteger(count) || count < 1) usage('--seed and --count are whole numbers');
if (!['programs', 'mpy', 'source'].includes(kind) || positionals.length > 1) {
  usage('what to run is one of: programs, mpy, source');
}

function usage(message) {
  console.error(message);
  process.exit(2);
}

const root = fileURLToPath(new URL('..', import.meta.url));
// three folders deep, as the test kit's sources are: it finds the project's programs from where it stands
const folder = join(root, 'node_modules/.cache/tsmp-fuzz');
const sources = {
  name: 'sources',
  setup(b) {
    b.onResolve({ filter: /^@tsmp\// }, (a) => ({ path: join(root, 'packages', a.path.slice(6), 'src/index.ts') }));
    b.onResolve({ filter: /^@tsmp-internal\// }, (a) => ({
      path: join(root, 'internal', a.path.slice(15), 'src/index.ts'),
    }));
  },
};
await build({
  stdin: {
    contents: `export { Board } from './packages/cli/src/board.ts';
      export * from './internal/testkit/src/differential.ts';
      export * from './packages/cli/test/damaged.ts';`,
    resolveDir: root,
    loader: 'ts',
  },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'es2022',
  outfile: join(folder, 'fuzz.mjs'),
  external: ['@micropython/*'],
  plugins: [sources],
  logLevel: 'warning',
});
const { Board, compareSeeds, damagedCase, damageRun, describeDifference } = await import(
  pathToFileURL(join(folder, 'fuzz.mjs')).href
);

function save(name, bytes) {
  if (values.out === undefined) return;
  mkdirSync(values.out, { recursive: true });
  writeFileSync(join(values.out, name), bytes);
}

function run(text) {
  const decoder = new TextDecoder();
  let out = '';
  const write = (bytes) => {
    out += decoder.decode(bytes, { stream: true });
  };
  const board = new Board({ board: 'unix32', heap: 4 << 20, stdout: write, stderr: () => undefined });
  board.start(new TextEncoder().encode(text), 'fuzz.py');
  const result = board.runToEnd();
  if (result.reason === 'raised') board.reportException(result.exception);
  board.vm.heap.check();
  return out;
}

/** What the executable prints. */
function runOther(text) {
  return new Promise((done, fail) => {
    const child = spawn(values.reference, ['-X', 'heapsize=4M'], {
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: 60_000,
    });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.on('error', fail).on('close', () => done(Buffer.concat(chunks).toString()));
    child.stdin.on('error', () => undefined).end(text);
  });
}

async function comparePrograms() {
  const BATCH = 50;
  const excused = {};
  let bugs = 0;
  const other = values.reference === undefined ? undefined : runOther;
  for (let seed = first; seed < first + count; seed += BATCH) {
    for (const d of await compareSeeds(seed, Math.min(BATCH, first + count - seed), run, other)) {
      if (d.reason !== undefined) {
        excused[d.reason] = (excused[d.reason] ?? 0) + 1;
        continue;
      }
      bugs++;
      console.log(describeDifference(d));
      save(`${d.seed}.py`, d.program);
    }
    if ((seed - first) % 5000 === 0 && seed > first) console.log(`… ${seed - first} programs`);
  }
  console.log(`${count} programs, ${bugs} differences; excused: ${JSON.stringify(excused)}`);
  return bugs;
}

function runDamaged() {
  const BATCH = 10000;
  const ends = {};
  let bugs = 0;
  let slowest = 0;
  for (let seed = first; seed < first + count; seed += BATCH) {
    const batch = damageRun(kind, seed, Math.min(BATCH, first + count - seed));
    for (const [end, n] of Object.entries(batch.ends)) ends[end] = (ends[end] ?? 0) + n;
    for (const { seed: failed, text } of batch.failures) {
      console.log(text);
      const { bytes, fileName } = damagedCase(kind, failed);
      save(fileName.replace('fuzz', String(failed)), bytes);
    }
    bugs += batch.failures.length;
    slowest = Math.max(slowest, batch.slowestMs);
    const mb = Math.round(process.memoryUsage().rss / 2 ** 20);
    console.log(`… to seed ${seed + BATCH}: ${bugs} failures, slowest ${Math.round(slowest)} ms, ${mb} MB`);
  }
  console.log(`${count} damaged programs, ${bugs} failures; how they ended: ${JSON.stringify(ends)}`);
  return bugs;
}

process.exitCode = (kind === 'programs' ? await comparePrograms() : runDamaged()) === 0 ? 0 : 1;
