// Runs the benchmarks of all packages one after another, on what was built: the sources under a test runner are slower.
//   node tools/bench.mjs [text in the path]        (after `npm run build`)
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = fileURLToPath(new URL('../packages', import.meta.url));
const wanted = process.argv[2] ?? '';
let count = 0;
for (const name of readdirSync(packages)) {
  const folder = join(packages, name, 'bench');
  if (!existsSync(folder)) continue;
  for (const file of readdirSync(folder)) {
    const shown = `${name}/bench/${file}`;
    if (!file.endsWith('.bench.mjs') || !shown.includes(wanted)) continue;
    console.log(`\n== ${shown}`);
    count++;
    const { status } = spawnSync(process.execPath, [join(folder, file)], { stdio: 'inherit' });
    if (status !== 0) process.exitCode = 1;
  }
}
if (count === 0) {
  console.error(`No benchmark matches '${wanted}'.`);
  process.exitCode = 1;
}
