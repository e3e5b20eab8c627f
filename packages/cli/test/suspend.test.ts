/**
 * `conformance/suspend`: programs that sleep in every place where Python code can be called. A board must stop there, give the
 * host its turn, and go on.
 */
import { type CorpusProgram, corpusPrograms, expectedOutput, seededRandom, seedOf } from '@tsmp-internal/testkit';
import { PROFILES, type Profile } from '@tsmp/vm';
import { afterAll, describe, expect, it } from 'vitest';
import { runProgram, smallSlices } from './programs.js';

/** Only sleeping takes time on this board. */
const timeless: Profile = {
  ...(PROFILES.unix32 as Profile),
  cost: { nsPerByte: 0, nsPerAlloc: 0, nsPerMark: 0, nsPerSweep: 0, nsPerUnit: 0, interruptLatencyNs: 0 },
};

/** A `sleep_ms` that only adds up what it is asked for. */
const COUNTING = 'total = [0]\ndef sleep_ms(ms):\n    total[0] += ms\n';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (source: Uint8Array): string => new TextDecoder().decode(source);

/** Whether sleeping is all that the program has to do with time. */
function onlySleeps(program: CorpusProgram): boolean {
  return [program.source, ...program.files.values()].every(
    (s) => !/\btime\b/.test(text(s).replaceAll('from time import sleep_ms', '')),
  );
}

/** The program with a sleep that only counts, which at the end prints the sum. */
function counting(program: CorpusProgram): CorpusProgram {
  const patch = (source: Uint8Array): string =>
    text(source).replaceAll('from time import sleep_ms', 'from counted import sleep_ms');
  const files = new Map([...program.files].map(([name, source]) => [name, bytes(patch(source))] as const));
  files.set('counted.py', bytes(COUNTING));
  return {
    ...program,
    files,
    source: bytes(`${patch(program.source)}\nimport counted\nprint("slept", counted.total[0])\n`),
  };
}

describe('programs that sleep', { timeout: 30_000 }, () => {
  let all = 0;
  let nested = 0;
  for (const program of corpusPrograms('conformance/suspend')) {
    it(program.name, async () => {
      const random = seededRandom(seedOf(program.name));
      const outcome = runProgram(program, { board: timeless }, smallSlices(random));
      expect(outcome.stdout + outcome.stderr).toBe(await expectedOutput(program));
      const { vm } = outcome.board;
      all += vm.stats.bytecodes;
      nested += vm.stats.nestedBytecodes;
      expect(outcome.waits).toBeGreaterThan(0);
      const clock = vm.clock.now(vm.budget);
      // what a nested run sleeps, it sleeps in place
      expect(outcome.sleptNs).toBeLessThanOrEqual(clock);
      if (vm.stats.nestedRuns === 0) expect(outcome.sleptNs).toBe(clock);
      if (onlySleeps(program)) {
        const sum = /\nslept (\d+)\n$/.exec(runProgram(counting(program), { board: timeless }).stdout);
        expect(clock).toBe(Number(sum?.[1]) * 1e6);
      }
    });
  }

  afterAll(() => {
    console.log(`${nested} of ${all} bytecodes were executed in nested runs: ${((100 * nested) / all).toFixed(3)} %`);
  });
  it('hardly ever runs Python code in nested runs', () => {
    expect(all).toBeGreaterThan(50_000);
    expect(nested / all).toBeLessThan(0.01);
  });
});
