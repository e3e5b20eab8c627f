/** The loop as WebAssembly: nothing but speed may differ from JavaScript's. The corpus is compared in conformance.test.ts. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cli, figures, Output, runProgram, sourceProgram } from './programs.js';

/** Runs a program with both engines; answers its output. */
function same(text: string, options: object = {}): string {
  const program = sourceProgram(text);
  const js = runProgram(program, { board: 'unix32', ...options, engine: 'js', jit: false });
  const wasm = runProgram(program, { board: 'unix32', ...options, engine: 'wasm' });
  expect(js.board.vm.fastLoop).toBeNull();
  expect(wasm.board.vm.fastLoop).not.toBeNull();
  expect(figures(wasm)).toEqual(figures(js));
  return js.stdout;
}

const ATTEMPT = `
def attempt(f):
    try:
        return f()
    except Exception as e:
        return type(e), e.args
`;

describe('the loop as WebAssembly', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('counts as JavaScript does where numbers of 31 and 32 bits end', () => {
    const operators = '+ - * // % & | ^ << >> < <= == != > >= / **'.split(' ');
    const out = same(`${ATTEMPT}
edges = [-(1 << 31), -(1 << 30) - 1, -(1 << 30), -(1 << 30) + 1, -46341, -32768, -31, -2, -1, 0, 1, 2, 3, 7, 31, 32, 33, 65536, 46341, (1 << 29), (1 << 30) - 1, 1 << 30, (1 << 31) - 1, 1.5, -0.0]
for a in edges:
    for b in edges:
${operators
  // powers and shifts of large numbers would be large indeed
  .map((op) =>
    op === '**' || op === '<<'
      ? `        if -64 < b < 64: print(a, '${op}', b, attempt(lambda: a ${op} b))`
      : `        print(a, '${op}', b, attempt(lambda: a ${op} b))`,
  )
  .join('\n')}
`);
    expect(out.split('\n').length).toBeGreaterThan(9000);
    expect(out).toContain('1073741823 + 1073741823 2147483646\n');
    expect(out).toContain('-1073741824 * -1073741824 1152921504606846976\n');
  });

  it('has room for no more than memory has', () => {
    const out = same(`${ATTEMPT}
for n in (0x1fffffff, 0x20000001, 0x40000001, 1 << 31, 1 << 32, 1 << 40):
    for x in ([0], [0, 1], (0,), (0, 1), 'a', b'ab', bytearray(2)):
        r = attempt(lambda: x * n)
        print(n, x, r if isinstance(r, tuple) else len(r))
    print(attempt(lambda: bytearray(n)), attempt(lambda: [0][n]), attempt(lambda: [0][-n]), attempt(lambda: len(range(n))))
    print(attempt(lambda: [1, 2, 3][n:]), attempt(lambda: [1, 2, 3][-n:n]), attempt(lambda: (1, 2, 3)[::n]))
    l = [1]
    l.insert(n & 0x3fffffff, 2)
    print(l, attempt(lambda: l.pop(n)))
`);
    expect(out).toContain('MemoryError');
  });

  it('interns as many strings as 16 bits number, and no more', () => {
    const out = same(
      `
class A: pass
a = A()
n = 0
try:
    while True:
        getattr(a, 'name_%d' % n, None)
        n += 1
except MemoryError:
    print(65000 > n > 60000)
a.name_5 = 'five'
print([getattr(a, 'name_%d' % i, i) for i in (0, 5, n - 1)], 'name_%d' % 7 == 'name_7', str('abc'), 'a' + 'bc')
try:
    getattr(a, 'name_%d' % n, None)
except MemoryError as e:
    print('none is left')
`,
      { heap: 6 << 20 },
    );
    expect(out).toMatch(/^True\n\['?0'?, 'five', \d+\] True abc abc\nnone is left\n$/);
  });

  it('is entered anew between two bytecodes without what is scheduled being looked at more often', () => {
    const program = `
from micropython import schedule, kbd_intr
from time import sleep_ms
seen = []
def note(x):
    seen.append(x)
    if x: schedule(note, x - 1)
try:
    schedule(kbd_intr, None)
except ValueError:
    print('none')
try:
    sleep_ms(0)
    sleep_ms(0)
    print('fail')
except KeyboardInterrupt:
    print('interrupted')
schedule(note, 3)
n = 0
while len(seen) < 4:
    n += 1
print(n, seen)
i = 0
while i < 200000:
    i += 1
print(i)
`;
    expect(same(program, { board: 'coverage32' })).toContain('interrupted\n');
    // a program of half a second of bytecode enters the loop some hundred times
    const { board } = runProgram(sourceProgram(program), { board: 'coverage32', engine: 'wasm' });
    expect(board.vm.warming).toBeLessThan(1900);
  });

  it('has all ways to leave a frame', () => {
    expect(
      same(`
class M:
    def __enter__(self): print('in'); return self
    def __exit__(self, *a): print('out', a[1]); return a[0] is KeyError
def f(n):
    for i in range(n):
        try:
            with M():
                if i == 1: continue
                if i == 2: raise KeyError(i)
                if i == 3: raise ValueError(i)
                if i == 4: return i
        except ValueError as e:
            print(repr(e))
        finally:
            print('finally', i)
def g():
    try:
        x = yield 1
        print('sent', x)
        yield from (2, 3)
        return 4
    finally:
        print('closed')
def h():
    r = yield from g()
    print('returned', r)
    yield r
print(f(6), list(h()))
it = h()
print(next(it), it.send(5))
try:
    it.throw(RuntimeError('thrown'))
except RuntimeError as e:
    print(repr(e))
it = g()
next(it)
it.close()
print(sorted({k: -k for k in range(5)}, key=lambda k: -k), sum(x for x in range(10) if x & 1))
def deep(n): return n and deep(n - 1)
try:
    deep(100000)
except RuntimeError as e:
    print(e)
`),
    ).toContain('maximum recursion depth exceeded');
  });

  it('goes on in a board that runs with the other engine', () => {
    const text = `
def numbers(n):
    for i in range(n):
        try:
            yield i if i % 7 else [i][1]
        except IndexError:
            yield -i
total = 0
for x in numbers(500):
    total += x
    if x % 100 == 0: print(x, total)
`;
    const program = sourceProgram(text);
    const whole = runProgram(program, { board: 'unix32', engine: 'js', jit: false });
    for (const [first, second] of [
      ['wasm', 'js'],
      ['js', 'wasm'],
    ] as const) {
      const out = new Output();
      const { write } = out;
      let board = new cli.Board({ board: 'unix32', engine: first, jit: false, stdout: write });
      board.start(program.source, program.fileName);
      for (let i = 0; ; i++) {
        const result = board.run({ bytes: 300 });
        if (result.reason !== 'budget') break;
        board = cli.Board.restore(board.save(), { engine: i & 1 ? first : second, jit: false, stdout: write });
      }
      expect(out.text).toBe(whole.stdout);
    }
  });

  it('finds each of its natives in the image', () => {
    const { fastFns } = new cli.Board({ board: 'unix32', engine: 'wasm' }).vm;
    const entries = new Set([...fastFns].filter((n) => n > 0));
    expect(entries.size).toBeGreaterThan(80);
    expect(Math.max(...entries)).toBe(entries.size);
  });

  it('is done without where the host has none, or no more memory for it', () => {
    const program = sourceProgram('print(sum(range(10)))');
    class Memory {
      constructor() {
        throw new RangeError('could not allocate memory');
      }
    }
    for (const stub of [undefined, { Memory }]) {
      vi.stubGlobal('WebAssembly', stub);
      const o = runProgram(program, { board: 'unix32', engine: 'wasm' });
      expect(o.board.vm.fastLoop).toBeNull();
      expect(o.stdout).toBe('45\n');
    }
  });

  it('serves more boards than there is address space for at once', () => {
    const program = sourceProgram('print(sum([i for i in range(100)]))');
    const boards = Array.from({ length: 150 }, () => runProgram(program, { board: 'minimal' }));
    expect(boards.map((o) => o.stdout)).toEqual(boards.map(() => '4950\n'));
  });
});
