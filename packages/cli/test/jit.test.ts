/** Functions that run as JavaScript: nothing but speed may differ. */
import { corpusPrograms } from '@tsmp-internal/testkit';
import { describe, expect, it } from 'vitest';
import { cli, figures, runProgram, sourceProgram } from './programs.js';

/** Runs a program with and without translation; answers its output. */
function same(text: string, board = 'unix32', options: object = {}): string {
  const program = sourceProgram(text);
  const interpreted = runProgram(program, { board, ...options, jit: false });
  const translated = runProgram(program, { board, ...options, jit: 'at once' });
  expect(interpreted.board.vm.jit).toBeNull();
  expect(translated.board.vm.jit?.translated).toBeGreaterThan(0);
  expect(figures(translated)).toEqual(figures(interpreted));
  // entered and left at other places
  const sliced = runProgram(program, { board, ...options, jit: 'at once' }, () => ({ bytes: 40 }));
  expect(sliced.stdout).toBe(interpreted.stdout);
  return interpreted.stdout;
}

describe('translated functions', () => {
  it('are interrupted where they are without translation, from the first entry on', () => {
    const attempt = `
try:
    schedule(kbd_intr, None)
except ValueError:
    print('none')
try:
    sleep(0)
    sleep(0)
    print('none')
except KeyboardInterrupt:
    print('caught')
`;
    const text = `from micropython import kbd_intr, schedule\nfrom time import sleep\n${attempt.repeat(9)}`;
    for (const jit of [true, 'at once'] as const) {
      const o = runProgram(sourceProgram(text), { board: 'coverage32', jit });
      expect(o.stdout).toBe('caught\n'.repeat(9));
    }
  });

  it('handle exceptions, finally and with', () => {
    const out = same(`
class C:
    def __enter__(self):
        return self
    def __exit__(self, *a):
        print('exit', a[0])
        return a[0] is KeyError
def f(n):
    for i in range(n):
        try:
            with C():
                if i % 3 == 0:
                    raise KeyError(i)
                if i % 5 == 1:
                    raise ValueError(i)
            if i == 4:
                continue
        except ValueError as e:
            print('caught', e)
        finally:
            print('finally', i)
            if i == 7:
                break
    try:
        return i
    finally:
        print('left')
def unbound(x):
    if x:
        y = 1
    return y
print(f(10))
for x in (1, 0):
    try:
        print(unbound(x))
    except NameError as e:
        print(e)
`);
    expect(out).toContain('caught 1');
    expect(out).toContain('left\n7\n1\nlocal variable referenced before assignment\n');
  });

  it('give generators their values, exceptions and ends', () => {
    expect(
      same(`
def g(n):
    total = 0
    while total < n:
        try:
            got = yield total
        except ValueError:
            got = 100
        total += got or 1
    return total
def outer(n):
    r = yield from g(n)
    yield ('end', r)
it = outer(120)
print(next(it), it.send(5), it.throw(ValueError()), list(it)[-1])
print(sum(x * y for x in g(5) for y in range(3)))
def early():
    for x in g(10):
        if x == 3:
            return x
print(early(), [early() for _ in range(3)])
`),
    ).toBe("0 5 105 ('end', 120)\n30\n3 [3, 3, 3]\n");
  });

  it('see changed globals, classes and members', () => {
    expect(
      same(`
class A:
    def m(self):
        return 'A'
class B(A):
    pass
def call(o):
    return o.m()
def count(x):
    return len(x)
b = B()
out = [call(b) for _ in range(3)]
B.m = lambda self: 'B'
out += [call(b) for _ in range(2)]
b.m = lambda: 'own'
out += [call(b)]
del b.m
del B.m
out += [call(b), call(A())]
print(out)
print(count([1, 2]))
len = lambda x: 'mine'
print(count([1, 2]))
del len
print(count([1, 2]))
def member(o):
    o.x = o.y
    o.z = o.x + 1
    return o.z
class P: pass
p = P(); p.y = 1
q = P(); q.z = 0; q.a = 2; q.y = 5
print([member(o) for o in (p, q, p, q)])
`),
    ).toBe("['A', 'A', 'A', 'B', 'B', 'own', 'A', 'A']\n2\nmine\n2\n[2, 6, 2, 6]\n");
  });

  it('do arithmetic at the edges of small ints', () => {
    expect(
      same(`
def f(a, b):
    return a + b, a - b, a * b, a & b, a | b, a ^ b, a < b, a == b
M = 0x3fffffff
for a in (M, -M - 1, 1, 0, -1):
    for b in (M, -M - 1, 1, -1, 1.5):
        try:
            print(f(a, b))
        except TypeError as e:
            print(e)
def g(a, b):
    return a // b, a % b, a >> 3, a << 3
for a in (M, -M - 1, 7, -7):
    for b in (3, -3, M):
        print(g(a, b))
`),
    ).toContain("unsupported types for __and__: 'int', 'float'");
  });

  it('suspend where they are, deep in calls', () => {
    expect(
      same(`
import time
class T:
    @property
    def p(self):
        time.sleep_ms(1)
        return 3
    def __add__(self, o):
        time.sleep_ms(1)
        return o
    def __iter__(self):
        for i in range(2):
            time.sleep_ms(1)
            yield i
def deep(n, t):
    if n == 0:
        return t.p + (t + 4)
    return deep(n - 1, t) + sum([x for x in t])
print([deep(5, T()) for _ in range(3)], time.ticks_ms() > 0)
`),
    ).toBe('[12, 12, 12] True\n');
  });

  it('are interrupted when they are without translation', () => {
    same(
      `
from machine import Timer
import micropython
hits = []
def soft(t):
    hits.append(work(3))
def work(n):
    s = 0
    for i in range(n):
        s += i
    return s
t = Timer(period=1, callback=soft)
total = 0
for i in range(400):
    total += work(50)
t.deinit()
print(total, len(hits) > 3)
`,
      'pico-w',
    );
  });

  it('go with their bytecode when it is collected', () => {
    expect(
      same(
        `
import gc
def make(i):
    d = {}
    exec('def f(x):\\n    s = %d\\n    for k in range(4):\\n        s += x * k\\n    return s\\n' % i, d)
    return d['f']
out = 0
for i in range(60):
    f = make(i)
    for _ in range(5):
        out += f(i)
    f = None
    gc.collect()
print(out)
`,
        'unix32',
        { heap: 40_000 },
      ),
    ).toBe('61950\n');
  });

  it('go on from a snapshot', () => {
    const program = sourceProgram(
      'def f(n):\n    s = 0\n    for i in range(n):\n        s += i & 3\n    return s\nfor k in range(20):\n    print(f(500))\n',
    );
    const whole = runProgram(program, { board: 'unix32', jit: 'at once' });
    let text = '';
    const write = (b: Uint8Array): void => {
      text += new TextDecoder().decode(b);
    };
    const board = new cli.Board({ board: 'unix32', jit: 'at once', stdout: write });
    board.start(program.source, program.fileName);
    for (let i = 0; i < 30; i++) board.run({ bytes: 700 });
    const fork = cli.Board.restore(board.save(), { jit: 'at once', stdout: write });
    fork.runToEnd();
    expect(text).toBe(whole.stdout);
  });

  it('take part in deep recursion as the interpreter does', () => {
    expect(
      same(
        'def f(n):\n    return f(n + 1)\nfor _ in range(3):\n    try:\n        f(0)\n    except RuntimeError as e:\n        print(e)\n',
      ),
    ).toBe('maximum recursion depth exceeded\n'.repeat(3));
  });

  it('run all examples to the same clock and heap', { timeout: 60_000 }, () => {
    for (const program of corpusPrograms('examples')) {
      const interpreted = runProgram(program, { board: 'pico-w', jit: false });
      const translated = runProgram(program, { board: 'pico-w', jit: 'at once' });
      expect(figures(translated), program.name).toEqual(figures(interpreted));
    }
  });
});

describe('where text cannot become code', () => {
  it('the interpreter does it all', () => {
    const original = globalThis.Function;
    globalThis.Function = class {
      constructor() {
        throw new EvalError('refused');
      }
    } as unknown as FunctionConstructor;
    try {
      const o = runProgram(sourceProgram('print(sum([i for i in range(1000)]))'), { board: 'unix32', jit: 'at once' });
      expect(o.board.vm.jit).toBeNull();
      expect(o.stdout).toBe('499500\n');
    } finally {
      globalThis.Function = original;
    }
  });
});
