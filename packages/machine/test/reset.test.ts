import { run, startSource } from '@tsmp/vm';
import { describe, expect, it } from 'vitest';
import { Led, MemoryFolder } from '../src/index.js';
import { TestBoard } from './kit.js';

/** Runs a program up to the reset that it causes. */
function untilReset(board: TestBoard, source: string): { kind: string; where: string } {
  startSource(board.vm, new TextEncoder().encode(source), 'test.py');
  for (;;) {
    const r = run(board.vm, {});
    if (r.reason === 'waiting') board.vm.clock.advanceTo(Math.min(r.until, board.vm.clock.nextDue()), board.vm.budget);
    else if (r.reason === 'reset') return { kind: r.kind, where: r.where };
    else if (r.reason !== 'budget') throw new Error(`stopped: ${r.reason}`);
  }
}

describe('reset', () => {
  it('stops the program at once, from anywhere', () => {
    const board = new TestBoard();
    expect(
      untilReset(board, 'import machine\ndef f():\n    machine.reset()\ntry:\n    f()\nfinally:\n    print("no")'),
    ).toEqual({
      kind: 'hard',
      where: 'test.py:3',
    });
    board.machine.reset('hard');
    expect(board.run('class A:\n    def __eq__(self, o):\n        return o\nprint(1)')).toBe('1\n');
    const nested = 'import machine\nclass A:\n    def __hash__(self):\n        machine.reset()\n{A(): 1}';
    expect(untilReset(board, nested).kind).toBe('hard');
    board.machine.reset('hard');
    expect(board.run('print("again")')).toBe('again\n');
  });

  it('empties RAM, puts the pins to rest and starts uptime anew', () => {
    const board = new TestBoard();
    const led = board.machine.attach(new Led('led', { pin: 5 }));
    const free = 'import gc\ngc.collect()\nprint(gc.mem_free())';
    const fresh = board.run(free);
    untilReset(
      board,
      'import machine, time\nx = list(range(100))\np = machine.Pin(5, machine.Pin.OUT, value=1)\ntime.sleep(2)\nmachine.freq(48000000)\nmachine.reset()',
    );
    expect(led.on).toBe(true);
    board.machine.reset('hard');
    expect(led.on).toBe(false);
    expect(board.run(free)).toBe(fresh);
    expect(
      board.run(
        'import machine, time\nprint("x" in globals(), machine.reset_cause(), time.ticks_ms() < 100, machine.freq())',
      ),
    ).toBe('False 3 True 125000000\n');
    expect(board.machine.now()).toBeGreaterThan(2e9);
  });

  it('keeps pins, uptime and the time of day when it is soft, after finalisers', () => {
    const board = new TestBoard({ folder: new MemoryFolder() });
    board.vm.wallStart = 1_700_000_000;
    board.run(
      'import machine, time\nclass A:\n    def __del__(self): open("gone", "w").write("yes")\na = [A()]\np = machine.Pin(5, machine.Pin.OUT, value=1)\nf = open("half", "w")\nf.write("text")\ntime.sleep(2)',
    );
    board.machine.reset('soft');
    expect(
      board.run(
        'import time, machine\nprint("a" in globals(), time.ticks_ms() // 1000, time.time(), machine.reset_cause(), machine.Pin(5)())\nprint(open("half").read())',
      ),
    ).toBe('False 2 1700000002 1 1\ntext\n');
  });

  it('has reset causes', () => {
    const board = new TestBoard();
    expect(board.run('import machine\nprint(machine.reset_cause() == machine.PWRON_RESET)')).toBe('True\n');
    expect(untilReset(board, 'import machine\nmachine.deepsleep(1500)').kind).toBe('deepsleep');
    expect(board.machine.now()).toBeGreaterThanOrEqual(1.5e9);
    board.machine.reset('deepsleep');
    expect(board.run('import machine\nprint(machine.reset_cause() == machine.WDT_RESET)')).toBe('True\n');
    expect(untilReset(board, 'import machine\nmachine.bootloader()').kind).toBe('bootloader');
  });

  it('is what soft_reset asks for by SystemExit', () => {
    const board = new TestBoard();
    expect(
      board.run('import machine\ntry:\n    machine.soft_reset()\nexcept SystemExit as e:\n    print(repr(e))'),
    ).toBe('SystemExit()\n');
  });
});

describe('sleep', () => {
  it('lasts as long as it should', () => {
    const board = new TestBoard();
    const out = board.run(`
import machine, time
def t(f, *a):
    t0 = time.ticks_us(); f(*a); return time.ticks_diff(time.ticks_us(), t0) // 100
print(t(machine.lightsleep, 250), t(machine.lightsleep, 1), t(machine.lightsleep, 0), t(machine.idle))
try: machine.lightsleep(5000000)
except ValueError as e: print(e)
`);
    expect(out).toBe('2500 10 0 10\nsleep too long\n');
  });
});
