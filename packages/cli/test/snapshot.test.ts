/** Snapshots at random points of the examples: the copy goes on exactly as the original does. */
import { type CorpusProgram, corpusPrograms, type Random, seededRandom, seedOf } from '@tsmp-internal/testkit';
import type { RunLimit, RunResult } from '@tsmp/vm';
import { describe, expect, it } from 'vitest';
import type { Board } from '../src/index.js';

type BoardState = ReturnType<Board['save']>;
import { cli, folderOf, Output } from './programs.js';

const POINTS = 100;

interface Running {
  readonly board: Board;
  readonly out: Output;
}

function fresh(program: CorpusProgram, stressGc = false): Running {
  const out = new Output();
  const board = new cli.Board({ board: 'unix32', stressGc, stdout: out.write, folder: folderOf(program.files) });
  return { board, out };
}

function begin(program: CorpusProgram, stressGc = false): Running {
  const running = fresh(program, stressGc);
  running.board.start(program.source, program.fileName);
  return running;
}

/** Runs a slice; waiting is skipped. Answers whether there is more to do. */
function slice(board: Board, limit: RunLimit): RunResult {
  const r = board.run(limit);
  if (r.reason === 'waiting') board.skipTo(r.until);
  return r;
}

/** Runs to the end and tells everything there is to tell. */
function end({ board, out }: Running, limit: RunLimit = {}) {
  for (;;) {
    const r = slice(board, limit);
    if (r.reason === 'budget' || r.reason === 'waiting') continue;
    return { result: r, output: out.text, clock: board.vm.clock.now(board.vm.budget), heap: board.vm.heap.stats() };
  }
}

/** Executes exactly `count` bytecodes, not counting those of nested runs. */
function advance(board: Board, count: number): void {
  for (let left = count; left > 0; ) {
    const r = slice(board, { bytecodes: left });
    if (r.reason === 'budget') return;
    if (r.reason !== 'waiting') throw new Error(`${r.reason} with ${left} bytecodes to go`);
    left = board.vm.steps;
  }
}

function pointsOf(random: Random, count: number, total: number): number[] {
  return Array.from({ length: count }, () => 1 + random(total - 1)).sort((a, b) => a - b);
}

describe('a snapshot', { timeout: 30_000 }, () => {
  // those that need hardware are not for this board
  const examples = corpusPrograms('examples').filter(
    (p) => !/^(import|from) (machine|network)/m.test(new TextDecoder().decode(p.source)),
  );
  examples.forEach((program, i) => {
    const count = Math.floor(((i + 1) * POINTS) / examples.length) - Math.floor((i * POINTS) / examples.length);
    it(`at ${count} points of ${program.name}`, () => {
      const counted = begin(program);
      const whole = end(counted, { bytecodes: 1 << 30 });
      expect(whole.result.reason).toBe('done');
      const { bytecodes, nestedBytecodes } = counted.board.vm.stats;
      const total = bytecodes - nestedBytecodes;
      const original = begin(program);
      const copies: { printed: string; state: BoardState }[] = [];
      let at = 0;
      for (const point of pointsOf(seededRandom(seedOf(program.name)), count, total)) {
        advance(original.board, point - at);
        at = point;
        copies.push({ printed: original.out.text, state: structuredClone(original.board.save()) });
      }
      expect(end(original)).toEqual(whole);
      for (const { printed, state } of copies) {
        const copy = fresh(program);
        copy.board.load(state);
        copy.board.vm.heap.check();
        const rest = end(copy);
        expect({ ...rest, output: printed + rest.output }).toEqual(whole);
      }
    });
  });

  it('of a board that collects at every allocation', () => {
    const program = examples.find((p) => p.name.endsWith('/bank.py')) as CorpusProgram;
    const original = begin(program, true);
    advance(original.board, 2000);
    const printed = original.out.text;
    const copy = fresh(program);
    copy.board.load(structuredClone(original.board.save()));
    expect(copy.board.vm.heap.stress).toBe(true);
    const rest = end(copy);
    expect({ ...rest, output: printed + rest.output }).toEqual(end(original));
  });

  it('is refused by a board of another kind', () => {
    const state = new cli.Board({ board: 'pico-w' }).save();
    expect(() => new cli.Board({ board: 'minimal' }).load(state)).toThrow(/snapshot of board 'pico-w'/);
    expect(() => new cli.Board({ board: 'pico-w', ram: 128 * 1024 }).load(state)).toThrow(/bytes of RAM/);
  });
});
