// How long `tsmp run` of an empty file takes beyond `node -e 0`, and a further board in a process that has made some.
//   npm run bench -- start           (after npm run build)
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { figures, spread } from '../../../tools/bench-figures.mjs';
import { createBoard } from '../dist/index.js';

const ROUNDS = 20;
const main = fileURLToPath(new URL('../dist/main.cjs', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'tsmp-bench-'));
const results = {};
try {
  const empty = join(temporary, 'empty.py');
  writeFileSync(empty, '');
  const commands = { 'node -e 0': ['-e', '0'] };
  for (const board of ['pico-w', 'unix32'])
    commands[`tsmp run --board ${board}`] = [main, 'run', '--board', board, empty];
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  // in turns, so that what else the machine does meets all of them
  for (let i = 0; i < ROUNDS; i++) {
    for (const [name, argv] of Object.entries(commands)) {
      const start = performance.now();
      const { status, stderr } = spawnSync(process.execPath, argv);
      if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
      times[name].push(performance.now() - start);
    }
  }
  for (const name of Object.keys(commands)) results[name] = spread(times[name]);
} finally {
  rmSync(temporary, { recursive: true });
}
for (const board of ['pico-w', 'unix32', 'minimal']) {
  for (let i = 0; i < 20; i++) createBoard({ board });
  const times = [];
  for (let i = 0; i < 50; i++) {
    const start = performance.now();
    createBoard({ board });
    times.push(performance.now() - start);
  }
  results[`a further ${board} board`] = spread(times);
}
const base = results['node -e 0'];
for (const [name, { best, median }] of Object.entries(results)) {
  const beyond = name.startsWith('tsmp')
    ? `   beyond node: ${(best - base.best).toFixed(1)}, ${(median - base.median).toFixed(1)}`
    : '';
  console.log(
    `${name.padEnd(28)} best ${best.toFixed(2).padStart(7)} ms, median ${median.toFixed(2).padStart(7)} ms${beyond}`,
  );
}
figures('start', results);
