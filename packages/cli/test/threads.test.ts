/** `_thread`: the same turns by every engine and in slices of any size; locks, ends, reports, limits. */
import { describe, expect, it } from 'vitest';
import { type Board, type BoardOptions, createBoard } from '../src/index.js';
import { cli, figures, Output, runProgram, sourceProgram } from './programs.js';
import { threadProgram } from './thread-programs.js';

/** Output of a program, which no engine, slice, collection or snapshot may change. `timely`: it shows the time that collections take. */
function run(text: string, board = 'unix32', timely = false): string {
  const program = sourceProgram(text);
  const js = runProgram(program, { board, engine: 'js', jit: false });
  const out = js.stdout + js.stderr;
  for (const options of [{ engine: 'wasm' }, { engine: 'js', jit: 'at once' }] as const) {
    const other = runProgram(program, { board, ...options });
    expect(other.stdout + other.stderr).toBe(out);
    expect(figures(other)).toEqual(figures(js));
    for (const slice of [{ bytes: 60 }, { bytes: 999 }]) {
      const sliced = runProgram(program, { board, ...options }, () => slice);
      expect(sliced.stdout + sliced.stderr).toBe(out);
    }
    if (timely) continue;
    const stressed = runProgram(program, { board, stressGc: true, ...options });
    expect(lines(stressed.stdout + stressed.stderr)).toEqual(lines(out));
  }
  const stepped = runProgram(program, { board }, () => ({ bytecodes: 1 }));
  expect(stepped.stdout + stepped.stderr).toBe(out);
  expect(withoutAddresses(restored(text, board))).toBe(withoutAddresses(out));
  return out;
}

function withoutAddresses(out: string): string {
  return out.replace(/0x[0-9a-f]+/g, '0x');
}
/** Lines without addresses, in some order: collections take time. */
function lines(out: string): string[] {
  return withoutAddresses(out).split('\n').sort();
}

/** The output when each slice is run by a board made of a snapshot. */
function restored(text: string, name: string): string {
  const program = sourceProgram(text);
  const out = new Output();
  const err = new Output();
  const streams = { stdout: out.write, stderr: err.write };
  let board = new cli.Board({ board: name, ...streams });
  board.start(program.source, program.fileName);
  for (let i = 0; ; i++) {
    const result = board.run({ bytes: 700 });
    if (result.reason === 'waiting') board.skipTo(result.until);
    else if (result.reason !== 'budget') return out.text + err.text;
    board = cli.Board.restore(board.save(), { ...streams, engine: i & 1 ? 'js' : 'wasm' });
  }
}

const START = 'import _thread, time\n';

describe('_thread', { timeout: 60_000 }, () => {
  it('runs threads in turns, with all that a function may do', () => {
    const out = run(`${START}
done = []
def work(k, n, *, step=1):
    def numbers():
        for i in range(0, n, step):
            yield i
    total = 0
    for i in numbers():
        try:
            if i % 7 == 3: raise ValueError(i)
            total += sorted([i, -i, k], key=lambda x: -x)[0]
        except ValueError as e:
            total += e.args[0]
    done.append((k, total, str(total) * 2, [x for x in range(k)]))
for k in range(4): _thread.start_new_thread(work, (k, 60 + 10 * k), {'step': k + 1})
_thread.start_new_thread(work, [9, 10])
work(10, 50)
while len(done) < 6: time.sleep_ms(1)
print(sorted(done))
`);
    expect(out).toContain("(3, 1015, '10151015', [0, 1, 2])");
  });

  it('lets threads take turns that no time of the host decides', () => {
    const out = run(
      `${START}
out = []
def count(k):
    for i in range(300):
        out.append(k)
for k in range(3): _thread.start_new_thread(count, (k,))
while len(out) < 900: pass
turns = [out[0]]
for k in out:
    if turns[-1] != k: turns.append(k)
print(turns, [out.count(k) for k in range(3)])
`,
      'unix32',
      true,
    );
    expect(out).toMatch(/^\[0, 1, 2, 0, 1, 2.*\] \[300, 300, 300\]\n$/);
  });

  it('has locks that one thread holds at a time, and who waits gets next', () => {
    const out = run(`${START}
lock = _thread.allocate_lock()
print(lock.locked(), lock.acquire(), lock.locked(), lock.acquire(0), lock.acquire(False), lock.release(), lock.locked())
try:
    lock.release()
except RuntimeError as e:
    print('not locked', e.args)
inside = held = n = 0
def f(k):
    global inside, held, n
    for i in range(100):
        with lock:
            inside += 1
            for j in range(i % 5): pass
            if inside != 1: print('two inside')
            held += 1
            inside -= 1
    n += 1
for k in range(4): _thread.start_new_thread(f, (k,))
while True:
    with lock:
        if n == 4: break
print(held, type(lock), isinstance(lock, _thread.LockType))
first = _thread.allocate_lock()
first.acquire()
got = []
def g(k):
    first.acquire()
    got.append(k)
    first.release()
for k in range(5): _thread.start_new_thread(g, (k,))
time.sleep_ms(2)
first.release()
while len(got) < 5: pass
print(got)
`);
    expect(out).toBe(
      "False True True False False None False\nnot locked ()\n400 <class 'lock'> True\n[0, 1, 2, 3, 4]\n",
    );
  });

  it('sleeps in each thread on its own', () => {
    const out = run(`${START}
t0 = time.ticks_ms()
n = 0
def f(ms):
    global n
    time.sleep_ms(ms)
    print(ms, time.ticks_diff(time.ticks_ms(), t0) // 10)
    n += 1
for ms in (50, 20, 80): _thread.start_new_thread(f, (ms,))
f(30)
while n < 4: time.sleep_ms(5)
print(time.ticks_diff(time.ticks_ms(), t0) // 10)
`);
    expect(out).toBe('20 2\n30 3\n50 5\n80 8\n8\n');
  });

  it('ends threads by return, exit and exceptions, which are reported', () => {
    const out = run(`${START}
def leave(how):
    if how: how()
def fails(n):
    if n == 0: 1 / 0
    fails(n - 1)
class Odd:
    def __call__(self, x): raise KeyError(x)
    def __repr__(self): return '<odd>'
for how in (None, _thread.exit): _thread.start_new_thread(leave, (how,))
_thread.start_new_thread(fails, (2,))
_thread.start_new_thread(Odd(), ('k',))
_thread.start_new_thread(leave, (1, 2, 3))
_thread.start_new_thread(print, ('printed', 'by a thread'), {'sep': ', '})
time.sleep_ms(10)
print('end')
`).replace(/0x[0-9a-f]+/g, '0x');
    expect(out).toContain(`Unhandled exception in thread started by <function fails at 0x>
Traceback (most recent call last):
  File "test.py", line 7, in fails
  File "test.py", line 7, in fails
  File "test.py", line 6, in fails
ZeroDivisionError: divide by zero
Unhandled exception in thread started by <odd>
Traceback (most recent call last):
  File "test.py", line 9, in __call__
KeyError: k
Unhandled exception in thread started by <function leave at 0x>
TypeError: leave() takes 1 positional arguments but 3 were given
`);
    expect(out).toContain('printed, by a thread\n');
    expect(out).toContain('end\n');
  });

  it('keeps apart what belongs to a thread', () => {
    const out = run(`${START}
import sys, micropython
lock = _thread.allocate_lock()
seen = []
def f(k):
    try:
        raise ValueError(k)
    except ValueError:
        for i in range(300): pass
        seen.append(sys.exc_info()[1].args[0] if hasattr(sys, 'exc_info') else k)
for k in range(3): _thread.start_new_thread(f, (k,))
while len(seen) < 3: pass
print(sorted(seen))
me = _thread.get_ident()
ids = []
def ident(): ids.append(_thread.get_ident())
started = [_thread.start_new_thread(ident, ()) for _ in range(3)]
while len(ids) < 3: pass
print(sorted(ids) == sorted(started), me in ids, len(set(ids)), me == _thread.get_ident())
def locked():
    micropython.heap_lock()
    for i in range(500): pass
    seen.append(micropython.heap_unlock())
_thread.start_new_thread(locked, ())
n = 0
while len(seen) < 4: n = len([n, n])
print(n, seen[3], hasattr(sys.implementation, '_thread') and sys.implementation._thread)
`);
    expect(out).toBe('[0, 1, 2]\nTrue False 3 True\n2 0 unsafe\n');
  });

  it('limits recursion by the stack that a thread has', () => {
    const out = run(`${START}
depth = []
def f(n):
    depth[-1] = n
    f(n + 1)
def g():
    try:
        f(0)
    except RuntimeError as e:
        depth.append(e.args[0])
for size in (0, 60000):
    depth.append(0)
    before = _thread.stack_size(size)
    n = len(depth)
    _thread.start_new_thread(g, ())
    while len(depth) == n: pass
print(depth[1] == depth[3], 50 < depth[0] < depth[2] < 1000, before, _thread.stack_size(), _thread.stack_size())
`);
    expect(out).toBe('True True 0 60000 0\n');
  });

  it('refuses what is no function, lock or argument', () => {
    const out = run(`${START}
def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)
attempt(_thread.start_new_thread, print, 5)
attempt(_thread.start_new_thread, print, (), [])
attempt(_thread.start_new_thread, print)
attempt(_thread.stack_size, 'x')
attempt(_thread.LockType)
for name in ('acquire', 'release', 'locked', '__enter__'):
    attempt(getattr(_thread.LockType, name), 5)
attempt(_thread.LockType.__exit__, [], 1, 2, 3)
_thread.start_new_thread(5, ())
time.sleep_ms(1)
print(_thread.allocate_lock().acquire(True, 100))
`);
    expect(out).toContain("TypeError: 'int' object isn't callable");
    expect(out).toContain('TypeError expecting a dict for keyword args');
    expect(out).toContain("TypeError object 'int' isn't a tuple or list");
    expect(out.split('\n').filter((l) => l.startsWith('TypeError')).length).toBeGreaterThanOrEqual(9);
  });

  it('is the second core of the RP2040 on a Pico', () => {
    const out = run(
      `${START}
import machine
print(_thread.get_ident())
hold = _thread.allocate_lock()
hold.acquire()
def f():
    hold.acquire()
    print('core', _thread.get_ident())
print(_thread.start_new_thread(f, ()))
try:
    _thread.start_new_thread(f, ())
except OSError as e:
    print(e)
ticks = []
machine.Timer(period=3, mode=machine.Timer.ONE_SHOT, callback=lambda t: (ticks.append(_thread.get_ident()), hold.release()))
time.sleep_ms(5)
print(len(ticks))
_thread.start_new_thread(print, ('free again',))
time.sleep_ms(5)
`,
      'pico-w',
    );
    expect(out).toBe('1\n2\ncore1 in use\ncore 2\n1\nfree again\n');
  });

  // the last ones: what slices counted in bytecodes once saw early
  const seeds = [...Array.from({ length: 25 }, (_, seed) => seed), 92, 180, 411, 415];
  it.each(seeds)('does the same everywhere: random program %i', (seed) => {
    const program = sourceProgram(threadProgram(seed));
    const js = runProgram(program, { board: 'unix32', engine: 'js', jit: false });
    expect(js.stdout).toMatch(/^\[\d+, \d+\] \[.*\]\n$/);
    expect(js.stderr).toBe('');
    for (const [options, slice] of [
      [{ engine: 'wasm' }, {}],
      [{ engine: 'wasm' }, { bytes: 301 }],
      [{ engine: 'js', jit: 'at once' }, { bytes: 77 }],
      [{ engine: 'js', jit: false }, { bytecodes: 3 }],
    ] as const) {
      const other = runProgram(program, { board: 'unix32', ...options }, () => slice);
      expect([options, other.stdout]).toEqual([options, js.stdout]);
    }
    const stressed = runProgram(program, { board: 'unix32', stressGc: true });
    expect(stressed.result.reason).toBe('done');
  });

  it('waits for ever only where all threads do, and stops at Ctrl-C', () => {
    const out = new Output();
    const board = new cli.Board({ board: 'unix32', stdout: out.write, stderr: out.write });
    const { source, fileName } = sourceProgram(`${START}
a = _thread.allocate_lock()
a.acquire()
_thread.start_new_thread(a.acquire, ())
try:
    a.acquire()
except KeyboardInterrupt:
    print('interrupted')
n = 0
def spin():
    global n
    while n >= 0: n += 1
_thread.start_new_thread(spin, ())
try:
    while True: pass
except KeyboardInterrupt:
    print(n > 0)
`);
    board.start(source, fileName);
    for (let i = 0; i < 50 && board.run().reason === 'budget'; i++);
    const result = board.run();
    expect(result).toEqual({ reason: 'waiting', until: Number.POSITIVE_INFINITY });
    board.interrupt();
    for (let i = 0; i < 20; i++) board.run({ bytes: 50_000 });
    board.interrupt();
    for (let i = 0; i < 50 && board.run({ bytes: 50_000 }).reason === 'budget'; i++);
    expect(out.text).toBe('interrupted\nTrue\n');
  });

  it('goes on at the prompt, until a soft reset', () => {
    let out = '';
    const options: BoardOptions = {
      stdout: (bytes) => {
        out += String.fromCharCode(...bytes);
      },
    };
    const board: Board = createBoard(options);
    const type = (text: string): string => {
      board.input(Uint8Array.from(text, (c) => c.charCodeAt(0)));
      for (let i = 0; i < 60; i++) {
        const r = board.run({ bytes: 20_000 });
        if (r.reason !== 'waiting') continue;
        const next = Math.min(r.until, board.vm.clock.nextDue());
        if (next === Number.POSITIVE_INFINITY) break;
        board.skipTo(next);
      }
      const got = out;
      out = '';
      return got;
    };
    board.startRepl();
    type('import _thread\rn = 0\r');
    // in paste mode nothing is indented
    type('\x05def f():\r    global n\r    while True: n += 1\r_thread.start_new_thread(f, ())\r\x04');
    const count = (): number => Number(/\n(\d+)/.exec(type('n\r'))?.[1]);
    const first = count();
    expect(first).toBeGreaterThan(0);
    expect(count()).toBeGreaterThan(first);
    expect(type('\x04')).toContain('soft reboot');
    expect(type("print('n' in globals())\r")).toContain('False\r\n');
    expect(board.vm.threads?.yields).toBe(false);
  });
});
