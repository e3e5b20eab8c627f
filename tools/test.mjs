// Runs every test and ends with the line `N passed, N failed`.
//   node tools/test.mjs [vitest arguments]
// A suite is a function that runs and gives its two figures. Exits with 1 if anything failed or nothing ran.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Minutes for one suite. A test that loops without end can only be stopped from outside; the whole suite takes a few. */
const LIMIT = 13;

const root = fileURLToPath(new URL('..', import.meta.url));

/** The figures of vitest's JSON report; a file that could not be loaded counts as one failure. */
export function countReport(report) {
  let passed = 0;
  let failed = 0;
  for (const file of report.testResults) {
    let fileFailed = 0;
    for (const test of file.assertionResults) {
      if (test.status === 'passed') passed++;
      else if (test.status === 'failed') fileFailed++;
    }
    if (file.status === 'failed' && fileFailed === 0) fileFailed = 1;
    failed += fileFailed;
  }
  return { passed, failed };
}

function vitest() {
  const folder = new URL('../.cache/', import.meta.url);
  const output = fileURLToPath(new URL('vitest.json', folder));
  mkdirSync(folder, { recursive: true });
  rmSync(output, { force: true });
  const program = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${output}`];
  const { status, error } = spawnSync(process.execPath, [program, 'run', ...reporters, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
    timeout: LIMIT * 60_000,
    killSignal: 'SIGKILL',
  });
  if (error !== undefined) throw error;
  const figures = countReport(JSON.parse(readFileSync(output, 'utf8')));
  // An error outside every test, as in a hook or a forgotten promise, shows only in the status.
  if (status !== 0 && figures.failed === 0) figures.failed = 1;
  return figures;
}

const suites = [vitest];

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  let passed = 0;
  let failed = 0;
  for (const suite of suites) {
    try {
      const figures = suite();
      passed += figures.passed;
      failed += figures.failed;
    } catch (error) {
      console.error(error);
      failed++;
    }
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
