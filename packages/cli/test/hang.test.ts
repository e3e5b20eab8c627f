/**
 * Whatever a program does, a slice returns soon: with its result, with what MicroPython raises, as cut short, or as hung.
 * No program makes a JavaScript exception or overflows JavaScript's stack.
 */
import { describe, expect, it } from 'vitest';
import { ENDLESS } from './endless.js';
import { cli } from './programs.js';

/** Time a slice may take with the default options. */
const MOST_MS = 1000;
/** Each program is run for about this long. */
const ENOUGH_MS = 120;

/** Runs a program for a while; answers its longest slice in milliseconds, and how it ended. */
function run(source: string, heap: number): { worst: number; reason: string } {
  const now = (): number => performance.now();
  const board = new cli.Board({ board: 'coverage32', heap, hostNow: now, hangAfterMs: 200 });
  const start = now();
  let worst = 0;
  let reason = 'budget';
  board.start(new TextEncoder().encode(source), 'endless.py');
  while (now() - start < ENOUGH_MS) {
    const before = now();
    const result = board.run({ bytes: 1_000_000 });
    worst = Math.max(worst, now() - before);
    reason = result.reason;
    if (result.reason === 'raised') board.reportException(result.exception);
    if (result.reason === 'fault') throw result.error;
    if (result.reason === 'waiting' && Number.isFinite(result.until)) board.skipTo(result.until);
    else if (result.reason !== 'budget') break;
  }
  return { worst, reason };
}

describe('slices end', { timeout: 20_000 }, () => {
  for (const [name, source] of Object.entries(ENDLESS)) {
    it(name, () => {
      let outcome = run(source, 1 << 20);
      // the machine may have been busy with something else
      for (let i = 0; i < 3 && outcome.worst > MOST_MS; i++) outcome = run(source, 1 << 20);
      expect(outcome.worst).toBeLessThan(MOST_MS);
      expect(['done', 'raised', 'budget', 'waiting', 'hung']).toContain(outcome.reason);
    });
  }

  it('an exception whose text never ends is given up', () => {
    const board = new cli.Board({ board: 'coverage32', hostNow: () => performance.now(), hangAfterMs: 200 });
    const source = 'class A:\n  def __str__(self):\n    while True: pass\nraise SystemExit(A())\n';
    board.start(new TextEncoder().encode(source), 'exit.py');
    const result = board.run();
    expect(result.reason).toBe('raised');
    if (result.reason === 'raised') expect(board.reportException(result.exception)).toBe(1);
  });
});
