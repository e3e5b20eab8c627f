/**
 * Damaged programs, one a seed, and what must hold when a board runs them: a slice ends with a result, never with a JavaScript
 * error, and soon; the heap is sound afterwards. Used by the tests and by `npm run fuzz`.
 */
import { compile } from '@tsmp/compiler';
import { type CompiledModule, MpyFormatError, writeMpy } from '@tsmp/mpy-format';
import { conformancePrograms, type CorpusProgram, type Random, seededRandom } from '@tsmp-internal/testkit';
import { PROFILES, type Profile } from '@tsmp/vm';
import { Board } from '../src/index.js';
import { damageBytes, damageLines, damageModule, damageTokens, pick } from './damage.js';

/** What is damaged, and where. */
export type DamageKind = 'mpy' | 'source';

/** A damaged program. */
export interface DamagedCase {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  /** The program it was made of. */
  readonly of: string;
}

/** A damaged program that did not end as it may. */
export interface DamageFailure {
  readonly seed: number;
  readonly text: string;
}

/** Processor time: much more than eight slices and what one native may take. */
export const MAX_MS = 5000;
const ENDS = new Set(['done', 'raised', 'budget', 'waiting', 'hung']);

const board: Profile = {
  ...(PROFILES.unix32 as Profile),
  name: 'fuzz',
  flashSize: 256 * 1024,
  ramSize: 96 * 1024,
  pythonStack: 16384,
};

let programs: CorpusProgram[] | undefined;
const compiled = new Map<string, CompiledModule>();

function moduleOf(program: CorpusProgram): CompiledModule {
  let module = compiled.get(program.name);
  if (module === undefined) {
    module = compile(program.source, { fileName: program.fileName });
    compiled.set(program.name, module);
  }
  return module;
}

/** The damaged program of a seed; equal seeds give equal bytes. */
export function damagedCase(kind: DamageKind, seed: number): DamagedCase {
  programs ??= conformancePrograms().filter((p) => p.source.length < 3000);
  const random = seededRandom(Math.imul(seed, 0x9e3779b1) ^ (kind === 'mpy' ? 0 : 0x5bd1e995));
  const program = pick(random, programs);
  const bytes = kind === 'mpy' ? damagedMpy(program, random) : damagedSource(program, pick(random, programs), random);
  return { bytes, fileName: kind === 'mpy' ? 'fuzz.mpy' : 'fuzz.py', of: program.name };
}

function damagedMpy(program: CorpusProgram, random: Random): Uint8Array {
  let module = moduleOf(program);
  if (random(4) === 0) return damageBytes(writeMpy(module), random, random(20) === 0 ? 2 : 4);
  for (let n = 1 + (random(4) === 0 ? random(4) : 0); n > 0; n--) {
    try {
      module = damageModule(module, random);
    } catch (e) {
      if (e instanceof MpyFormatError) break; // damaged past being taken apart
      throw e;
    }
  }
  return writeMpy(module);
}

function damagedSource(program: CorpusProgram, other: CorpusProgram, random: Random): Uint8Array {
  switch (random(5)) {
    case 0:
      return damageBytes(program.source, random, 0);
    case 1:
    case 2:
      return damageLines(program.source, other.source, random);
    default:
      return damageTokens(program.source, other.source, random);
  }
}

/** Runs damaged bytes for a while; answers how that ended. Throws when something else came of it than may. */
export function survive(bytes: Uint8Array, fileName: string): string {
  const b = new Board({ board, hostNow: () => performance.now(), hangAfterMs: 250 });
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
  if (!ENDS.has(reason)) throw new Error(`the run ended with '${reason}'`);
  return reason;
}

/** Runs the cases of `count` seeds from `first` on, and counts how they ended. */
export function damageRun(
  kind: DamageKind,
  first: number,
  count: number,
): { ends: Record<string, number>; failures: DamageFailure[]; slowestMs: number } {
  const ends: Record<string, number> = {};
  const failures: DamageFailure[] = [];
  const fail = (seed: number, what: string): void => {
    failures.push({ seed, text: `${kind} of seed ${seed}: ${what}` });
  };
  let slowestMs = 0;
  for (let seed = first; seed < first + count; seed++) {
    const input = damagedCase(kind, seed);
    const started = process.cpuUsage();
    try {
      const end = survive(input.bytes, input.fileName);
      ends[end] = (ends[end] ?? 0) + 1;
    } catch (e) {
      fail(seed, `from ${input.of}: ${(e as Error).stack ?? String(e)}`);
    }
    // of processor time: a loaded machine may stop a process for long
    const { user, system } = process.cpuUsage(started);
    const took = (user + system) / 1000;
    if (took > slowestMs) slowestMs = took;
    if (took > MAX_MS) fail(seed, `from ${input.of}, took ${Math.round(took)} ms`);
  }
  return { ends, failures, slowestMs };
}
