import { expect, it } from 'vitest';
import { TestBoard } from './kit.js';

const CHAIN = `
import micropython, select, time
def again(end):
    if time.ticks_diff(end, time.ticks_ms()) > 0:
        micropython.schedule(again, end)
start = time.ticks_ms()
again(time.ticks_add(start, 20))
`;

it('a callback that schedules itself leaves the program its turns', () => {
  const board = new TestBoard();
  for (const wait of ['time.sleep_ms(5)', 'select.poll().poll(5)', 'for i in range(500): pass']) {
    const out = board.run(`${CHAIN}${wait}\nprint(time.ticks_diff(time.ticks_ms(), start))\n`);
    expect(Number(out), wait).toBeLessThan(19);
    board.run('import time\ntime.sleep_ms(30)\n');
  }
});
