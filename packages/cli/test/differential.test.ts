/**
 * Random programs beside the real MicroPython: what they print must be the same, but for what internal/testkit's
 * differential.ts excuses. `npm run fuzz` does the same for as long as one likes.
 */
import { compareSeeds, describeDifference } from '@tsmp-internal/testkit';
import { expect, it } from 'vitest';
import { cli, Output } from './programs.js';

const BATCH = 50;
/** Programs to compare, and the milliseconds after which fewer are enough. */
const PROGRAMS = 2000;
const TIME = 45_000;

function run(text: string): string {
  const out = new Output();
  const board = new cli.Board({ board: 'unix32', heap: 4 << 20, stdout: out.write, stderr: () => undefined });
  board.start(new TextEncoder().encode(text), 'fuzz.py');
  const result = board.runToEnd();
  if (result.reason === 'raised') board.reportException(result.exception);
  expect(result.reason).toBe('done');
  board.vm.heap.check();
  return out.text;
}

it('random programs print what the real MicroPython prints', { timeout: 120_000 }, async () => {
  const start = performance.now();
  let done = 0;
  let excused = 0;
  const bugs: string[] = [];
  while (done < PROGRAMS && performance.now() - start < TIME) {
    for (const d of await compareSeeds(1 + done, BATCH, run)) {
      if (d.reason === undefined) bugs.push(`${describeDifference(d)}\n${d.program}`);
      else excused++;
    }
    done += BATCH;
  }
  console.log(`${done} random programs compared, ${excused} differences excused`);
  if (bugs.length > 0) throw new Error(`${bugs.length} differences\n${bugs.slice(0, 3).join('\n')}`);
  expect(excused).toBeLessThan(done / 20);
});
