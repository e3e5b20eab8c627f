import { expect, test } from 'vitest';
import { createBoard } from '../src/index.js';

const PROGRAM = `
import sys, time
n = 0
while n < 4000:
    n += 1
    if n % 1000 == 0:
        time.sleep_us(3)
s = sys.stdin.readline()
print(n, s.strip(), time.ticks_us())
try:
    while True:
        n += 1
except KeyboardInterrupt:
    print('stopped', n, time.ticks_us())
`;

function board(): { board: ReturnType<typeof createBoard>; output: () => string } {
  let output = '';
  const made = createBoard({
    board: 'unix32',
    stdout: (bytes) => {
      output += new TextDecoder().decode(bytes);
    },
  });
  made.start(new TextEncoder().encode(PROGRAM), 'program.py');
  return { board: made, output: () => output };
}

test('a journal makes a fresh board take input and Ctrl-C at the same bytecodes', () => {
  const first = board();
  let typed = false;
  let stopped = false;
  for (let k = 0; ; k++) {
    const r = first.board.run({ bytes: 977 + 13 * (k % 50) });
    if (r.reason === 'done') break;
    if (r.reason === 'waiting') {
      if (!typed && r.until === Number.POSITIVE_INFINITY) first.board.input(new TextEncoder().encode('a line\n'));
      typed ||= r.until === Number.POSITIVE_INFINITY;
      first.board.skipTo(r.until);
    } else if (r.reason !== 'budget') throw new Error(r.reason);
    if (!stopped && first.output().includes('a line') && k % 97 === 0) {
      first.board.interrupt();
      stopped = true;
    }
  }
  expect(first.output()).toMatch(/^4000 a line \d+\nstopped \d+ \d+\n$/);
  expect(first.board.journal.map((e) => e.kind)).toEqual(['input', 'interrupt']);

  const second = board();
  second.board.replay(first.board.journal);
  expect(second.board.runToEnd().reason).toBe('done');
  expect(second.output()).toBe(first.output());
  expect(second.board.vm.clock.now(0)).toBe(first.board.vm.clock.now(0));
});
