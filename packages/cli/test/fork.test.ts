/** A board that is forked goes on identically in both copies, wherever that happens. */
import { seededRandom } from '@tsmp-internal/testkit';
import type { RunResult } from '@tsmp/vm';
import { describe, expect, it } from 'vitest';
import type { Board } from '../src/index.js';
import { cli, Output } from './programs.js';

/** A program that is often inside nested runs (`__hash__`, `__eq__`, `__lt__`, `__repr__`, `__del__`), sleeps, and allocates. */
const PROGRAM = `
import gc, json, re, time

class Key:
    def __init__(self, n):
        self.n = n
    def __hash__(self):
        h = 0
        for i in range(3):
            h = h * 7 + self.n % 5
        return h
    def __eq__(self, other):
        return self.n == other.n
    def __lt__(self, other):
        return self.n < other.n
    def __repr__(self):
        return 'Key(%d)' % sum(1 for _ in range(self.n % 9))
    def __del__(self):
        global gone
        gone += 1

gone = 0

def numbers(n):
    for i in range(n):
        yield (i * 37) % 11
        if i % 4 == 0:
            time.sleep_ms(3)

seen = {}
for n in numbers(40):
    k = Key(n)
    seen[k] = seen.get(k, 0) + 1
    if n % 3 == 0:
        print(k, len(seen), sorted(seen)[0:2])
    if n == 5:
        seen = {}
        gc.collect()
try:
    print(re.sub('[a-c]', lambda m: m.group(0).upper() * 2, 'abcdefabc'))
    [].pop()
except IndexError as e:
    print(repr(e), json.dumps([1, [2, {'a': None}]]))
gc.collect()
print(gone, time.ticks_ms(), gc.mem_alloc())
`;

interface Running {
  readonly board: Board;
  readonly out: Output;
}

function begin(): Running {
  const out = new Output();
  const board = new cli.Board({ board: 'pico-w', stdout: out.write });
  board.start(new TextEncoder().encode(PROGRAM), 'main.py');
  return { board, out };
}

/** Runs to the end and tells everything there is to tell. */
function finish({ board, out }: Running) {
  const result = board.runToEnd({ bytecodes: 500 });
  board.vm.heap.check();
  return { result, output: out.text, clock: board.vm.clock.now(board.vm.budget), heap: board.vm.heap.stats() };
}

/** Executes about `count` bytecodes, those of nested runs included. */
function advance(board: Board, count: number): void {
  const until = board.vm.stats.bytecodes + count;
  while (board.vm.stats.bytecodes < until) {
    const r: RunResult = board.run({ bytecodes: Math.min(until - board.vm.stats.bytecodes, 20) });
    if (r.reason === 'waiting') board.skipTo(r.until);
    else if (r.reason !== 'budget') throw new Error(`${r.reason} at bytecode ${board.vm.stats.bytecodes} of ${until}`);
  }
}

describe('a forked board', { timeout: 60_000 }, () => {
  it('goes on as the original does, at 100 random points, nested runs included', () => {
    const whole = begin();
    const expected = finish(whole);
    expect(expected.result.reason).toBe('done');
    expect(expected.output).toContain('AABBCCdefAABBCC');
    const { bytecodes, nestedBytecodes, nestedRuns } = whole.board.vm.stats;
    // a random point has a fair chance of lying inside a nested run
    expect(nestedBytecodes / bytecodes).toBeGreaterThan(0.2);
    expect(nestedRuns).toBeGreaterThan(100);

    const random = seededRandom(5);
    for (let i = 0; i < 100; i++) {
      const original = begin();
      advance(original.board, 1 + random(bytecodes - 400));
      const out = new Output();
      out.text = original.out.text;
      const fork = { board: original.board.fork({ stdout: out.write }), out };
      // in turns, so that anything the two share would show
      for (let turn = 0; turn < 5; turn++) {
        original.board.run({ bytecodes: 7 });
        fork.board.run({ bytecodes: 7 });
      }
      expect(finish(fork)).toEqual(expected);
      expect(finish(original)).toEqual(expected);
    }
  });

  it('is restored from bytes, without knowing what board it was', () => {
    const original = begin();
    advance(original.board, 1500);
    const bytes = cli.encodeSnapshot(original.board.save());
    const out = new Output();
    out.text = original.out.text;
    const board = cli.Board.restore(cli.decodeSnapshot(bytes), { stdout: out.write });
    expect(board.profile.name).toBe('pico-w');
    expect(cli.encodeSnapshot(board.save())).toEqual(bytes);
    expect(finish({ board, out })).toEqual(finish(original));
  });

  it('cannot be made in the middle of a slice', () => {
    const thrown: unknown[] = [];
    const board: Board = new cli.Board({
      stdout: () => {
        try {
          board.save();
        } catch (e) {
          thrown.push(e);
        }
      },
    });
    board.start(new TextEncoder().encode("print('x')\n"), 'main.py');
    expect(board.runToEnd().reason).toBe('done');
    expect(thrown).toEqual([expect.objectContaining({ code: 'running' })]);
  });

  it('is refused when it is none, or of another image', () => {
    expect(() => cli.decodeSnapshot(new Uint8Array(40))).toThrow(/no snapshot of a board/);
    const bytes = cli.encodeSnapshot(new cli.Board({ board: 'minimal' }).save());
    expect(() => cli.decodeSnapshot(bytes.subarray(0, bytes.length - 1))).toThrow(/no snapshot of a board/);
    const state = cli.decodeSnapshot(bytes);
    expect(() => cli.Board.restore({ ...state, image: '1-0' })).toThrow(/ROM image 1-0/);
  });
});
