// What benchmarks share: timing, and handing their figures to tools/bench.mjs, which puts those of a run into one JSON file.
import { appendFileSync } from 'node:fs';

/** Adds a benchmark's figures to the run's. Nothing when nobody asked for JSON. */
export function figures(name, data) {
  const [file] = optionValues('--figures');
  if (file !== undefined) appendFileSync(file, `${JSON.stringify([name, data])}\n`);
}

/** The best of several runs, in milliseconds. */
export function best(run, times) {
  let fastest = Infinity;
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    run();
    fastest = Math.min(fastest, performance.now() - start);
  }
  return fastest;
}

/** Median and best of timings. */
export function spread(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return { best: sorted[0], median: sorted[sorted.length >> 1] };
}

/** What follows an option on the command line, each time it is given. */
export function optionValues(name, argv = process.argv) {
  return argv.flatMap((word, i) => (argv[i - 1] === name ? [word] : []));
}
