/** Code objects, weak references, help(), what ends iterators and what the scheduler does in callbacks. */
import { describe, expect, it } from 'vitest';
import { program } from './program.js';

const CODE = `
def f(x, y):
    a = x + y
    return [a for _ in 'ab']
c = f.__code__
print(c.co_name, c.co_firstlineno, c.co_consts[0].co_name, c.co_consts[1:])
print(list(c.co_lines())[-1][1] == len(c.co_code), len(c.co_lnotab) % 2)
g = type(f)(c, {'__name__': 'other'})
print(g(1, 2), g.__globals__)
print(eval(compile('k + 1', 'x', 'eval'), {'k': 4}))
`;

const WEAK = `
import gc, weakref
class A: pass
def cb(r): print('gone', r() is None)
def make(keep):
    a = A()
    keep.append(weakref.ref(a, cb))
    weakref.finalize(a, print, 'end', sep='-')
    return keep[0]() is a
refs = []
print(make(refs))
clean = [0] * 20
gc.collect()
try: weakref.ref(1)
except TypeError as e: print(e)
`;

const SCHEDULE = `
import micropython
def inner(_): print('inner')
def outer(_):
    micropython.schedule(inner, 0)
    for i in range(100): pass
    print('outer')
micropython.schedule(outer, 0)
for i in range(3): pass
try:
    micropython.schedule(micropython.kbd_intr, None)
    micropython.schedule(micropython.kbd_intr, None)
    for i in range(3): pass
    print('no')
except KeyboardInterrupt: print('interrupt')
`;

describe('inspection', () => {
  it('shows code objects and makes functions of them', () => {
    expect(program(CODE)).toBe("f 3 <listcomp> (None,)\nTrue 0\n[3, 3] {'__name__': 'other'}\n5\n");
    expect(program('def f(): pass\nprint(hasattr(f, "__code__"), compile("1", "", "eval"))', { board: 'unix32' })).toBe(
      'False <code>\n',
    );
  });
  it('tells when weakly referenced objects go', () => {
    expect(program(WEAK)).toBe('True\nend\ngone True\nnot a heap object\n');
    expect(program(WEAK, { stress: true })).toContain('end\ngone True\n');
  });
  it('keeps what a StopIteration carries, but for items by index', () => {
    const source = `
class A:
    def __iter__(self): return self
    def __next__(self): raise StopIteration(42)
class B:
    def __getitem__(self, i): raise StopIteration(42)
for it in (enumerate(A()), map(abs, A()), zip(A()), iter(B()), iter([])):
    try: next(it)
    except StopIteration as e: print(e.args, end=' ')
`;
    expect(program(source)).toBe('(42,) (42,) (42,) () () ');
  });
  it('runs one scheduled callback at a time', () => {
    expect(program(SCHEDULE)).toBe('outer\ninner\ninterrupt\n');
  });
  it('describes objects', () => {
    expect(program('help(1)')).toBe(
      'object 1 is of type int\n  from_bytes -- <classmethod>\n  to_bytes -- <function>\n',
    );
    expect(program("help('modules')")).toMatch(/^__main__ {10}\w+[\s\S]*Plus any modules on the filesystem\n$/);
  });
});
