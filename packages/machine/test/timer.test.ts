import type { Diagnostic } from '@tsmp/vm';
import { describe, expect, it } from 'vitest';
import { TestBoard } from './kit.js';

describe('Timer', () => {
  it('prints and refuses as the rp2 port does', () => {
    const board = new TestBoard();
    const out = board.run(`
from machine import Timer
print(Timer(), Timer(-1), Timer(period=250), Timer(-1, mode=Timer.ONE_SHOT, freq=3), Timer(freq=2e6), Timer(period=7, tick_hz=9))
def t(*a, **k):
    try: print(Timer(*a, **k))
    except Exception as e: print(type(e).__name__, e)
t(0); t(-1, 5); t(foo=1); t(period=50000000); t(freq=0.0001)
print(Timer.ONE_SHOT, Timer.PERIODIC)
`);
    expect(out.split('\n')).toEqual([
      'Timer(mode=ONE_SHOT, tick_hz=1000000, period=0) Timer(mode=ONE_SHOT, tick_hz=1000000, period=0) Timer(mode=PERIODIC, tick_hz=1000000, period=250000) Timer(mode=ONE_SHOT, tick_hz=1000000, period=333333) Timer(mode=PERIODIC, tick_hz=1000000, period=1) Timer(mode=PERIODIC, tick_hz=1000000, period=777777)',
      "ValueError Timer doesn't exist",
      'TypeError extra positional arguments given',
      'TypeError extra keyword arguments given',
      'Timer(mode=PERIODIC, tick_hz=1000000, period=50000000000)',
      'Timer(mode=PERIODIC, tick_hz=1000000, period=10000000000)',
      '0 1',
      '',
    ]);
  });

  it('fires once or again and again, hard or soft, without drift', () => {
    const board = new TestBoard();
    const out = board.run(`
from machine import Timer
import time
start = time.ticks_us()
def note(name):
    def cb(t): print(name, round((time.ticks_us() - start) / 1000))
    return cb
a = Timer(period=100, callback=note('a'))
b = Timer(mode=Timer.ONE_SHOT, period=150, callback=note('b'))
c = Timer(freq=5, callback=note('c'), hard=False)
time.sleep_ms(450)
a.deinit(); c.deinit(); c.deinit()
time.sleep_ms(450)
print('end', round((time.ticks_us() - start) / 1000))
`);
    expect(out).toBe('a 100\nb 150\na 200\nc 200\na 300\na 400\nc 400\nend 900\n');
  });

  it('calls hard handlers at a constant distance from their due time, whatever the program does', () => {
    const board = new TestBoard();
    const out = board.run(`
from machine import Timer
import time, gc, array
due = array.array('i', [0] * 200)
n = 0
def cb(t):
    global n
    if n < 200:
        due[n] = time.ticks_us()
        n += 1
t = Timer(freq=1000, callback=cb, hard=True)
x = None
while n < 200:
    x = [[i] for i in range(50)]
    gc.collect()
    sorted(range(300))
t.deinit()
print({due[i + 1] - due[i] for i in range(199)})
`);
    expect(out).toBe('{1000}\n');
  });

  it('calls soft handlers late when a collection is under way', () => {
    const board = new TestBoard();
    const out = board.run(`
from machine import Timer
import time, gc
due = []
def cb(t):
    due.append(time.ticks_us())
t = Timer(freq=1000, callback=cb)
x = [[i] for i in range(2000)]
while len(due) < 50: gc.collect()
t.deinit()
gaps = {due[i + 1] - due[i] for i in range(len(due) - 1)}
print(len(gaps) > 1, max(gaps) > 1100)
`);
    expect(out).toBe('True True\n');
  });

  it('makes the interrupted work end later by what handlers cost', () => {
    const work = (timer: string): string => `
from machine import Timer
import time
def cb(t):
    for i in range(200): pass
${timer}
t0 = time.ticks_us()
for i in range(3000): pass
print(time.ticks_diff(time.ticks_us(), t0))
`;
    const alone = Number(new TestBoard().run(work('')));
    const hard = Number(new TestBoard().run(work('t = Timer(freq=1000, callback=cb, hard=True)')));
    const soft = Number(new TestBoard().run(work('t = Timer(freq=1000, callback=cb)')));
    expect(hard).toBeGreaterThan(alone * 1.05);
    expect(soft).toBeGreaterThan(alone * 1.05);
    expect(Math.abs(hard - soft)).toBeLessThan(alone * 0.1);
  });

  it('reports what a hard handler raises, and stops it', () => {
    const diagnostics: Diagnostic[] = [];
    const board = new TestBoard({ diagnostic: (d) => diagnostics.push(d) });
    const out = board.run(`
from machine import Timer
import time, micropython
micropython.alloc_emergency_exception_buf(200)
def bad(t):
    return [1, 2]
a = Timer(period=10, callback=bad, hard=True)
time.sleep_ms(50)
def worse(t):
    1 // 0
b = Timer(period=10, callback=worse, hard=True)
time.sleep_ms(50)
def tidy(t):
    try:
        x = 1.5 + t0
    except MemoryError:
        pass
t0 = 2.5
c = Timer(mode=Timer.ONE_SHOT, period=10, callback=tidy, hard=True)
time.sleep_ms(50)
for kind in (KeyboardInterrupt, SystemExit):
    def cb(t): raise kind
    d = Timer(period=10, callback=cb, hard=True)
    time.sleep_ms(50)
print('end')
`);
    expect(out.split('\n')).toEqual([
      'Uncaught exception in IRQ callback handler',
      'Traceback (most recent call last):',
      '  File "test.py", line 6, in bad',
      'MemoryError: memory allocation failed, heap is locked',
      'Uncaught exception in IRQ callback handler',
      'Traceback (most recent call last):',
      '  File "test.py", line 10, in worse',
      'ZeroDivisionError: divide by zero',
      'Uncaught exception in IRQ callback handler',
      'Traceback (most recent call last):',
      '  File "test.py", line 22, in cb',
      'KeyboardInterrupt: ',
      'Uncaught exception in IRQ callback handler',
      'Traceback (most recent call last):',
      '  File "test.py", line 22, in cb',
      'SystemExit: ',
      'end',
      '',
    ]);
    expect(diagnostics.map(({ ns, ...d }) => ({ ...d, late: ns > 0 })).slice(0, 4)).toEqual([
      { kind: 'handler-allocation', bytes: 16, type: 'list', file: 'test.py', line: 6, block: 'bad', late: true },
      {
        kind: 'handler-error',
        error: 'MemoryError: memory allocation failed, heap is locked',
        file: 'test.py',
        line: 6,
        block: 'bad',
        late: true,
      },
      {
        kind: 'handler-error',
        error: 'ZeroDivisionError: divide by zero',
        file: 'test.py',
        line: 10,
        block: 'worse',
        late: true,
      },
      { kind: 'handler-allocation', bytes: 8, type: 'float', file: 'test.py', line: 15, block: 'tidy', late: true },
    ]);
  });

  it('says little without an emergency buffer, but tells the host', () => {
    const diagnostics: Diagnostic[] = [];
    const board = new TestBoard({ diagnostic: (d) => diagnostics.push(d) });
    const out = board.run(`
from machine import Timer
import time
def bad(t):
    [].append(t)
a = Timer(period=10, callback=bad, hard=True)
time.sleep_ms(50)
`);
    expect(out).toBe('Uncaught exception in IRQ callback handler\nMemoryError: \n');
    expect(diagnostics[0]).toMatchObject({ kind: 'handler-allocation', file: 'test.py', line: 5, block: 'bad' });
    const small = `import micropython\nmicropython.alloc_emergency_exception_buf(100)`;
    const program = `
from machine import Timer
import time
def bad(t): [].append(t)
a = Timer(period=10, callback=bad, hard=True)
time.sleep_ms(50)
`;
    expect(new TestBoard().run(small + program)).toBe(
      'Uncaught exception in IRQ callback handler\nTraceback (most recent call last):\n  File "test.py", line 5, in bad\nMemoryError: \n',
    );
  });

  it('hands over with schedule, whose queue has an end', () => {
    const board = new TestBoard();
    const out = board.run(`
from machine import Timer
import time, micropython
got = []
def later(n): got.append(n)
n = 0
def cb(t):
    global n
    n += 1
    micropython.schedule(later, n)
t = Timer(freq=100, callback=cb, hard=True)
time.sleep_ms(55)
t.deinit()
print(got)
def fill(_):
    for i in range(9):
        try: micropython.schedule(later, i)
        except RuntimeError as e: print(i, e)
micropython.schedule(fill, 0)
for i in range(10): pass
print(got)
`);
    expect(out).toBe('[1, 2, 3, 4, 5]\n8 schedule queue full\n[1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 6, 7]\n');
  });

  it('stops with the object, which nothing but the program keeps', () => {
    const board = new TestBoard();
    const out = board.run(`
from machine import Timer
import time, gc
n = 0
def cb(t):
    global n
    n += 1
def start(): Timer(period=10, callback=cb, hard=True)
start()
def clear(): return [0] * 30
clear()
time.sleep_ms(35)
print(n)
gc.collect()
time.sleep_ms(35)
print(n)
`);
    expect(out).toBe('3\n3\n');
  });

  it('may be stopped and started in its own callback', () => {
    const board = new TestBoard();
    const out = board.run(`
from machine import Timer
import time
n = 0
def cb(t):
    global n
    n += 1
    if n == 3: t.deinit()
t = Timer(period=10, callback=cb, hard=True)
time.sleep_ms(100)
print(n)
def again(t):
    global n
    n += 1
    if n < 6: t.init(period=20, callback=again)
t.init(period=10, callback=again)
time.sleep_ms(75)
print(n)
`);
    expect(out).toBe('3\n7\n');
  });

  it('runs handlers also while the program sleeps, in handlers that sleep, in nested runs and in natives that iterate', () => {
    const board = new TestBoard();
    const out = board.run(`
from machine import Timer
import time
n = 0
def cb(t):
    global n
    n += 1
    time.sleep_us(100)
t = Timer(freq=1000, callback=cb, hard=True)
t0 = time.ticks_ms()
time.sleep_ms(20)
print(n, time.ticks_ms() - t0)
class A:
    def __hash__(self):
        m = n
        while n < m + 5: pass
        return 1
{A(): 1}
m = n
list(map(lambda x: x, range(1000)))
print(n > m)
m = n
sum(range(20000))
print(n > m)
`);
    expect(out).toBe('20 20\nTrue\nTrue\n');
  });

  it('leaves the program no time when handlers cannot keep up', () => {
    const board = new TestBoard();
    const out = board.run(`
from machine import Timer
import time
n = 0
def cb(t):
    global n
    n += 1
    if n == 300: t.deinit()
    for i in range(80): pass
t = Timer(freq=20000, callback=cb, hard=True)
for i in range(100): pass
print(n)
`);
    expect(out).toBe('300\n');
  });

  it('waits while interrupts are off', () => {
    const board = new TestBoard();
    const out = board.run(`
import machine, time
n = 0
def cb(t):
    global n
    n += 1
s = machine.disable_irq()
t = machine.Timer(mode=machine.Timer.ONE_SHOT, period=5, callback=cb, hard=True)
time.sleep_ms(20)
print(s, n, machine.disable_irq())
machine.enable_irq(1)
print(n)
machine.enable_irq(s)
print(n)
`);
    expect(out).toBe('0 0 1\n0\n1\n');
  });

  it('refuses a seventeenth', () => {
    const board = new TestBoard();
    const out = board.run(`
from machine import Timer
a = [Timer(period=1000) for i in range(16)]
try: Timer(period=1000)
except OSError as e: print(e)
a[3].deinit()
print(Timer(period=5))
`);
    expect(out).toBe('[Errno 12] ENOMEM\nTimer(mode=PERIODIC, tick_hz=1000000, period=5000)\n');
  });
});

describe('TIMER registers', () => {
  it('count microseconds and have alarms', () => {
    const board = new TestBoard();
    const out = board.run(`
from machine import mem32
import time
BASE = 0x40054000
t = time.ticks_us()
low = mem32[BASE + 0x0c]; high = mem32[BASE + 0x08]
print(high, low - t < 50, mem32[BASE + 0x28] >= low, mem32[BASE + 0x24])
mem32[BASE + 0x38] = 0
mem32[BASE + 0x10] = (mem32[BASE + 0x28] + 500) & 0xffffffff
print(mem32[BASE + 0x20], mem32[BASE + 0x34])
while not mem32[BASE + 0x34]: pass
print(mem32[BASE + 0x28] - mem32[BASE + 0x10] < 20, mem32[BASE + 0x20])
mem32[BASE + 0x34] = 1
print(mem32[BASE + 0x34])
`);
    expect(out).toBe('0 True True 0\n1 0\nTrue 0\n0\n');
  });
});
