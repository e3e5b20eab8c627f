// Runs the benchmarks of all packages one after another, on what was built: the sources under a test runner are slower.
//   npm run bench -- [text in the path …] [--against 'micropython {}' …] [--json FILE]        (after `npm run build`)
// With --against, interpreter.bench.mjs runs its programs with that command, too ({} is the program), beside the WebAssembly build;
// repeatable. --json writes all figures into a file.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = fileURLToPath(new URL('../packages', import.meta.url));
const wanted = [];
const against = [];
let json;
for (let i = 2; i < process.argv.length; i++) {
  const word = process.argv[i];
  if (word !== '--against' && word !== '--json') {
    wanted.push(word);
    continue;
  }
  const value = process.argv[++i];
  if (value === undefined) fail(`${word} needs a value.`);
  if (word === '--json') json = value;
  else against.push('--against', value);
}

const temporary = mkdtempSync(join(tmpdir(), 'tsmp-bench-'));
const figures = join(temporary, 'figures');
writeFileSync(figures, '');
let count = 0;
try {
  for (const name of readdirSync(packages)) {
    const folder = join(packages, name, 'bench');
    if (!existsSync(folder)) continue;
    for (const file of readdirSync(folder)) {
      const shown = `${name}/bench/${file}`;
      if (!file.endsWith('.bench.mjs') || !(wanted.length === 0 || wanted.some((text) => shown.includes(text))))
        continue;
      console.log(`\n== ${shown}`);
      count++;
      const argv = [join(folder, file), '--figures', figures, ...(file === 'interpreter.bench.mjs' ? against : [])];
      const { status } = spawnSync(process.execPath, argv, { stdio: 'inherit' });
      if (status !== 0) process.exitCode = 1;
    }
  }
  if (count === 0) fail(`No benchmark matches '${wanted.join(' ')}'.`);
  if (json !== undefined) {
    const benchmarks = Object.fromEntries(
      readFileSync(figures, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
    );
    const machine = { node: process.version, processor: cpus()[0]?.model, processors: cpus().length };
    writeFileSync(json, `${JSON.stringify({ date: new Date().toISOString(), ...machine, benchmarks }, null, 2)}\n`);
  }
} finally {
  rmSync(temporary, { recursive: true });
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
