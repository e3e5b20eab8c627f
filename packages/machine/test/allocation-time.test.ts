/** Allocating takes the board's time, and events that fall into such work are seen at the same place however it is sliced. */
import { loadVm, resetVm, type RunLimit, saveVm } from '@tsmp/vm';
import { describe, expect, it } from 'vitest';
import { TestBoard } from './kit.js';

const CLOCKED = `
from time import ticks_us
import gc
def loop(n, make):
    t = ticks_us()
    for i in range(n):
        make()
    return ticks_us() - t
gc.disable()
nothing = lambda: None
fresh = lambda: []
block = bytes(64)
copied = lambda: block + b''
`;

describe('time for allocations', () => {
  it('is the profile cost of each block', () => {
    const out = new TestBoard().run(`${CLOCKED}
none = loop(100, nothing)
print(loop(100, fresh) - none, loop(100, lambda: bytearray(1000)) - loop(100, lambda: bytearray(200)))
`);
    const [list, array] = out.split(' ').map(Number);
    // a list is a block and one for its items; one bytecode more than the empty function has, and the call of bytearray()
    expect(list).toBeGreaterThanOrEqual(2 * 100 * 0.4);
    expect(list).toBeLessThan(2 * 100 * 0.4 + 60);
    expect(array).toBe(50 * 100 * 0.4);
  });

  it('does not depend on how the program is sliced, nor where soft and hard events come in', {
    timeout: 30_000,
  }, () => {
    const program = `
from machine import Timer
import time
seen = []
turn = 0
soft = Timer(period=1, hard=False, callback=lambda t: seen.append(turn))
hard = Timer(freq=700, hard=True, callback=lambda t: None)
keep = None
while turn < 700:
    turn += 1
    keep = [turn, (turn, keep is None), str(turn)]
    if turn % 5 == 0:
        keep = sorted([turn % 7, 3, 2])
soft.deinit()
hard.deinit()
print(time.ticks_us(), len(seen), seen)
`;
    const whole = new TestBoard().run(program);
    expect(Number(whole.split(' ')[1])).toBeGreaterThan(3);
    const limits: RunLimit[] = [{ bytes: 1 }, { bytes: 37 }, { bytes: 1000 }, { bytecodes: 1 }, { bytecodes: 113 }];
    for (const limit of limits) {
      const board = new TestBoard();
      board.start(program);
      expect(board.finish(limit), JSON.stringify(limit)).toBe(whole);
    }
  });

  it('is not lost, nor counted twice, when RAM is emptied or a snapshot is loaded', () => {
    const board = new TestBoard();
    board.run('x = [[] for i in range(500)]\n');
    const { vm } = board;
    const before = vm.clock.now(vm.budget);
    expect(before).toBeGreaterThan(1000 * 400);
    const state = saveVm(vm);
    resetVm(vm, 'soft');
    expect(vm.clock.now(vm.budget)).toBe(before);
    const other = new TestBoard();
    loadVm(other.vm, state);
    expect(other.vm.clock.now(other.vm.budget)).toBe(before);
  });
});
