/**
 * The language corpus and the examples against the real MicroPython: by the interpreter in JavaScript and in WebAssembly and translated to
 * JavaScript (to the same clock and heap), with a collection at every allocation, and in slices of one to seven bytecodes, down to exactly one for all but long programs.
 */
import {
  conformancePrograms,
  type CorpusProgram,
  corpusPrograms,
  expectedOutput,
  seededRandom,
  seedOf,
} from '@tsmp-internal/testkit';
import { describe, expect, it } from 'vitest';
import { cli, figures, type Outcome, runProgram, smallSlices } from './programs.js';

/** Stress mode walks the heap at each allocation: it is for programs with up to this many, which take about half a second. */
const STRESS_UP_TO = 25_000;
/** Single-stepping takes about a second for this many bytecodes. */
const STEP_UP_TO = 30_000;

/** What our boards have and the reference has not. */
const HARDWARE = ['machine', 'network', 'neopixel', '_thread'];

function expectOutput(outcome: Outcome, expected: string): void {
  expect(outcome.stdout + outcome.stderr).toBe(expected);
  expect(outcome.stderr).toBe('');
  expect(outcome.status).toBe(0);
}

/** Runs a program in the other modes, which print the same. */
function checkModes(program: CorpusProgram, board: string, plain: Outcome, expected: string): void {
  const wasm = runProgram(program, { board, engine: 'wasm' });
  expect(wasm.board.vm.fastLoop).not.toBeNull();
  // every function as JavaScript, entered and left at every jump that a slice ends at
  const translated = runProgram(program, { board, jit: 'at once' });
  for (const outcome of [wasm, translated]) {
    expectOutput(outcome, expected);
    expect(figures(outcome)).toEqual(figures(plain));
  }
  for (const options of [{ engine: 'wasm' }, { jit: 'at once' }] as const) {
    expectOutput(
      runProgram(program, { board, ...options }, () => ({ bytes: 60 })),
      expected,
    );
  }
  if (plain.board.vm.heap.allocations <= STRESS_UP_TO) {
    for (const options of [{ engine: 'wasm' }, { jit: 'at once' }, { jit: false }] as const)
      expectOutput(runProgram(program, { board, stressGc: true, ...options }), expected);
  }
  const sliced = runProgram(program, { board }, smallSlices(seededRandom(seedOf(program.name))));
  expectOutput(sliced, expected);
  if (sliced.board.vm.stats.bytecodes <= STEP_UP_TO) {
    expectOutput(
      runProgram(program, { board }, () => ({ bytecodes: 1 })),
      expected,
    );
  }
}

async function check(program: CorpusProgram, board: string): Promise<void> {
  const expected = await expectedOutput(program);
  const plain = runProgram(program, { board, jit: false });
  expectOutput(plain, expected);
  checkModes(program, board, plain, expected);
}

function hardwareOf(program: CorpusProgram): string[] {
  const source = new TextDecoder().decode(program.source);
  return HARDWARE.filter((name) => new RegExp(`^\\s*(import|from) .*\\b${name}\\b`, 'm').test(source));
}

/** Folders whose programs need another board than the others. */
const BOARDS: Readonly<Record<string, string>> = { everything: 'coverage32', single: 'unix32f' };

function boardOf(program: CorpusProgram): string {
  return BOARDS[program.name.split('/')[1] as string] ?? 'unix32';
}

describe('the language corpus', { timeout: 30_000 }, () => {
  for (const program of conformancePrograms()) it(program.name, () => check(program, boardOf(program)));
});

describe('the examples', { timeout: 30_000 }, () => {
  for (const program of corpusPrograms('examples')) {
    const hardware = hardwareOf(program);
    if (hardware.length === 0) {
      it(`${program.name} on unix32`, () => check(program, 'unix32'));
      it(`${program.name} on pico-w`, () => check(program, 'pico-w'));
    } else {
      // the reference has no pins: what the program prints was worked out from its sleeps, in an `.exp` file
      it(`${program.name} on pico-w`, async ({ skip }) => {
        const { modules } = new cli.Board({ board: 'pico-w' }).vm.image;
        const missing = hardware.filter((name) => !modules.has(name));
        skip(missing.length > 0, `no ${missing.join(', ')} on this board`);
        await check(program, 'pico-w');
      });
    }
  }
});
