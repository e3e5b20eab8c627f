// Compares random programs with the real MicroPython for as long as one likes.
//   npm run fuzz -- --seed 1 --count 100000 [--out folder]
// Differences that are not excused are printed; with --out, their programs are written there.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '10000' },
    out: { type: 'string' },
  },
});
const first = Number(values.seed);
const count = Number(values.count);
if (!Number.isInteger(first) || !Number.isInteger(count) || count < 1) {
  console.error('--seed and --count are whole numbers');
  process.exit(2);
}

const root = fileURLToPath(new URL('..', import.meta.url));
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
    contents:
      "export { Board } from './packages/cli/src/board.ts'; export * from './internal/testkit/src/differential.ts';",
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
const { Board, compareSeeds, describeDifference } = await import(pathToFileURL(join(folder, 'fuzz.mjs')).href);

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

const BATCH = 50;
const excused = {};
let bugs = 0;
for (let seed = first; seed < first + count; seed += BATCH) {
  for (const d of await compareSeeds(seed, Math.min(BATCH, first + count - seed), run)) {
    if (d.reason !== undefined) {
      excused[d.reason] = (excused[d.reason] ?? 0) + 1;
      continue;
    }
    bugs++;
    console.log(describeDifference(d));
    if (values.out !== undefined) {
      mkdirSync(values.out, { recursive: true });
      writeFileSync(join(values.out, `${d.seed}.py`), d.program);
    }
  }
  if ((seed - first) % 5000 === 0 && seed > first) console.log(`… ${seed - first} programs`);
}
console.log(`${count} programs, ${bugs} differences; excused: ${JSON.stringify(excused)}`);
process.exitCode = bugs === 0 ? 0 : 1;
