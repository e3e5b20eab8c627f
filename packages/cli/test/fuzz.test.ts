/**
 * Damaged programs: whatever a `.mpy` file or a source text holds, a slice ends with a result, never with a JavaScript error.
 * The numbers are seeded, so each failure repeats; what it says is enough to write a test of its own.
 */
import { compile } from '@tsmp/compiler';
import { writeMpy } from '@tsmp/mpy-format';
import { conformancePrograms, type CorpusProgram, type Random, seededRandom } from '@tsmp-internal/testkit';
import { PROFILES, type Profile } from '@tsmp/vm';
import { describe, expect, it } from 'vitest';
import { cli } from './programs.js';

const board: Profile = {
  ...(PROFILES.unix32 as Profile),
  name: 'fuzz',
  flashSize: 256 * 1024,
  ramSize: 96 * 1024,
  pythonStack: 16384,
};
const ENDS = new Set(['done', 'raised', 'budget', 'waiting', 'hung']);

const seeds = conformancePrograms().filter((p) => p.source.length < 3000);

function pick<T>(random: Random, items: readonly T[]): T {
  return items[random(items.length)] as T;
}

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
  for (let i = 0; i < count; i++) {
    const input = make(random);
    try {
      const end = survive(input.bytes, input.fileName);
      expect(ENDS).toContain(end);
      ends[end] = (ends[end] ?? 0) + 1;
    } catch (e) {
      const hex = Buffer.from(input.bytes).toString('base64').slice(0, 4000);
      failures.push(`input ${i} of seed ${seed}, from ${input.of}: ${(e as Error).stack}\n${hex}`);
    }
  }
  if (failures.length > 0) throw new Error(`${failures.length} failures\n${failures.slice(0, 5).join('\n\n')}`);
  return ends;
}

function damageBytes(bytes: Uint8Array, random: Random, from: number): Uint8Array {
  const out = [...bytes];
  for (let n = 1 + random(4); n > 0 && out.length > from + 1; n--) {
    const at = from + random(out.length - from);
    switch (random(6)) {
      case 0:
        out.splice(at, 1 + random(3));
        break;
      case 1:
        out.splice(at, 0, random(256));
        break;
      case 2:
        out[at] = (out[at] as number) ^ (1 << random(8));
        break;
      case 3:
        if (random(8) === 0) out.length = at;
        break;
      default:
        out[at] = random(256);
    }
  }
  return Uint8Array.from(out);
}

const compiled = new Map<string, Uint8Array>();

function mpyOf(program: CorpusProgram): Uint8Array {
  let bytes = compiled.get(program.name);
  if (bytes === undefined) {
    bytes = writeMpy(compile(program.source, { fileName: program.fileName, smallIntBits: 31 }), { smallIntBits: 31 });
    compiled.set(program.name, bytes);
  }
  return bytes;
}

/** What source is made of: tokens, names and line ends. */
function tokensOf(source: Uint8Array): string[] {
  return new TextDecoder().decode(source).match(/\w+|\n *|\s+|"[^"\n]*"|[^\w\s]/g) ?? [];
}

function damageTokens(program: CorpusProgram, random: Random): Uint8Array {
  const tokens = tokensOf(program.source);
  const others = tokensOf(pick(random, seeds).source);
  for (let n = 1 + random(5); n > 0; n--) {
    const at = random(tokens.length);
    switch (random(5)) {
      case 0:
        tokens.splice(at, 1);
        break;
      case 1:
        tokens[at] = pick(random, others);
        break;
      case 2:
        tokens.splice(at, 0, pick(random, others));
        break;
      case 3:
        tokens[at] = pick(random, tokens);
        break;
      default: {
        const from = random(others.length);
        tokens.splice(at, random(4), ...others.slice(from, from + 1 + random(8)));
      }
    }
  }
  return new TextEncoder().encode(tokens.join(''));
}

describe('damaged programs', { timeout: 60_000 }, () => {
  it('as .mpy files', () => {
    const ends = damage(1500, 1, (random) => {
      const program = pick(random, seeds);
      // the header is left alone, mostly: it is soon found out
      return {
        bytes: damageBytes(mpyOf(program), random, random(20) === 0 ? 2 : 4),
        fileName: 'fuzz.mpy',
        of: program.name,
      };
    });
    console.log('damaged .mpy files:', JSON.stringify(ends));
  });

  it('as source', () => {
    const ends = damage(1200, 2, (random) => {
      const program = pick(random, seeds);
      return { bytes: damageTokens(program, random), fileName: 'fuzz.py', of: program.name };
    });
    console.log('damaged sources:', JSON.stringify(ends));
  });

  it('as bytes of source', () => {
    const ends = damage(600, 3, (random) => {
      const program = pick(random, seeds);
      return { bytes: damageBytes(program.source, random, 0), fileName: 'fuzz.py', of: program.name };
    });
    console.log('damaged bytes of sources:', JSON.stringify(ends));
  });
});
