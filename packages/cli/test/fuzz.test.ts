/**
 * Damaged programs: whatever a `.mpy` file or a source text holds, a slice ends with a result, never with a JavaScript error.
 * The numbers are seeded, so each failure repeats; what it says is enough to write a test of its own.
 */
import { compile } from '@tsmp/compiler';
import { type CompiledModule, writeMpy } from '@tsmp/mpy-format';
import { conformancePrograms, type CorpusProgram, type Random, seededRandom } from '@tsmp-internal/testkit';
import { PROFILES, type Profile } from '@tsmp/vm';
import { describe, expect, it } from 'vitest';
import { damageBytes, damageModule, damageTokens, pick } from './damage.js';
import { cli } from './programs.js';

const board: Profile = {
  ...(PROFILES.unix32 as Profile),
  name: 'fuzz',
  flashSize: 256 * 1024,
  ramSize: 96 * 1024,
  pythonStack: 16384,
};
/** Much more than eight slices and what one native may take, on a loaded machine. */
const MAX_MS = 5000;
const ENDS = new Set(['done', 'raised', 'budget', 'waiting', 'hung']);

const seeds = conformancePrograms().filter((p) => p.source.length < 3000);

/** Runs damaged bytes for a while; answers how that ended. */
function survive(bytes: Uint8Array, fileName: string): string {
  const b = new cli.Board({ board, hostNow: () => performance.now(), hangAfterMs: 250 });
  b.start(bytes, fileName);
  let reason = 'budget';
  for (let i = 0; i < 8 && (reason === 'budget' || reason === 'waiting'); i++) {
    const r = b.run({ bytes: 5000 });
    reason = r.reason;
    if (r.reason === 'waiting') b.skipTo(r.until);
    if (r.reason === 'raised') b.reportException(r.exception);
    if (r.reason === 'fault') throw r.error;
  }
  b.vm.heap.check();
  return reason;
}

/** Damages `count` inputs and counts how their runs end. */
function damage(
  count: number,
  seed: number,
  make: (random: Random) => { bytes: Uint8Array; fileName: string; of: string },
): Record<string, number> {
  const random = seededRandom(seed);
  const ends: Record<string, number> = {};
  const failures: string[] = [];
  let slowest = 0;
  for (let i = 0; i < count; i++) {
    const input = make(random);
    const started = performance.now();
    try {
      const end = survive(input.bytes, input.fileName);
      expect(ENDS).toContain(end);
      ends[end] = (ends[end] ?? 0) + 1;
    } catch (e) {
      const hex = Buffer.from(input.bytes).toString('base64').slice(0, 4000);
      failures.push(`input ${i} of seed ${seed}, from ${input.of}: ${(e as Error).stack}\n${hex}`);
    }
    const took = performance.now() - started;
    if (took > slowest) slowest = took;
    if (took > MAX_MS) failures.push(`input ${i} of seed ${seed}, from ${input.of}, took ${took} ms`);
    if (wanted > 0 && i % 10000 === 9999) {
      const mb = Math.round(process.memoryUsage().rss / 2 ** 20);
      console.log(`${i + 1} of seed ${seed}: ${failures.length} failures, slowest ${Math.round(slowest)} ms, ${mb} MB`);
      if (failures.length > 0) console.log(failures[failures.length - 1]);
    }
  }
  if (failures.length > 0) throw new Error(`${failures.length} failures\n${failures.slice(0, 5).join('\n\n')}`);
  return ends;
}

const compiled = new Map<string, CompiledModule>();

function moduleOf(program: CorpusProgram): CompiledModule {
  let module = compiled.get(program.name);
  if (module === undefined) {
    module = compile(program.source, { fileName: program.fileName });
    compiled.set(program.name, module);
  }
  return module;
}

describe('what damage has found', () => {
  it.each([
    ['a closure that holds itself', 'def f():\n  def g():\n    return g\n  return g\nx = repr(f())\n', 'raised'],
    ['an exception whose text is too deep to print', 'd = {}\nd["d"] = d\n{}[d.__repr__ and (d,)]\n', 'raised'],
    [
      'an exception that is its own argument',
      'class E(Exception):\n  def __init__(self):\n    super().__init__(self)\nraise E()\n',
      'raised',
    ],
    ['a lock undone once too often', 'import micropython\nmicropython.heap_unlock()\nx = [1] * 9\n', 'raised'],
    ['super() of something else', 'class L(list):\n  pass\nsuper(L, 5).__init__()\n', 'raised'],
  ])('%s', (_name, source, end) => {
    expect(survive(new TextEncoder().encode(source), 'found.py')).toBe(end);
  });
});

/** A seeded slice is part of every run; `FUZZ=1000000 npx vitest run packages/cli/test/fuzz` does so many of each. */
const wanted = Number(process.env.FUZZ ?? 0);
const firstSeed = Number(process.env.FUZZ_SEED ?? 1);
const count = (slice: number): number => (wanted > 0 ? wanted : slice);

describe('damaged programs', { timeout: 60_000 + wanted * 100 }, () => {
  it('as .mpy files', () => {
    const ends = damage(count(1200), firstSeed, (random) => {
      const program = pick(random, seeds);
      const module = moduleOf(program);
      const bytes =
        random(2) === 0
          ? writeMpy(damageModule(module, random))
          : // the header is left alone, mostly: it is soon found out
            damageBytes(writeMpy(module), random, random(20) === 0 ? 2 : 4);
      return { bytes, fileName: 'fuzz.mpy', of: program.name };
    });
    console.log('damaged .mpy files:', JSON.stringify(ends));
  });

  it('as source', () => {
    const ends = damage(count(1200), firstSeed + 1, (random) => {
      const program = pick(random, seeds);
      const other = pick(random, seeds);
      return { bytes: damageTokens(program.source, other.source, random), fileName: 'fuzz.py', of: program.name };
    });
    console.log('damaged sources:', JSON.stringify(ends));
  });

  it('as bytes of source', () => {
    const ends = damage(count(600), firstSeed + 2, (random) => {
      const program = pick(random, seeds);
      return { bytes: damageBytes(program.source, random, 0), fileName: 'fuzz.py', of: program.name };
    });
    console.log('damaged bytes of sources:', JSON.stringify(ends));
  });
});
