/** `vfs.VfsRom`: what programs see, where the data is, and images that are damaged. */
import { describe, expect, it } from 'vitest';
import { loadVm, saveVm } from '@tsmp/vm';
import { TestBoard } from './kit.js';

type Tree = { readonly [name: string]: Uint8Array | Tree };

/** A number of variable length. */
function number(n: number): number[] {
  const bytes = [n & 0x7f];
  for (let rest = n >> 7; rest > 0; rest >>= 7) bytes.unshift(0x80 | (rest & 0x7f));
  return bytes;
}
function record(kind: number, payload: readonly number[]): number[] {
  return [...number(kind), ...number(payload.length), ...payload];
}
function entries(tree: Tree): number[] {
  return Object.entries(tree).flatMap(([name, what]) => {
    const head = [...number(name.length), ...Buffer.from(name)];
    if (what instanceof Uint8Array) return record(5, [...head, ...record(1, [0, 0]), ...record(2, [...what])]);
    return record(4, [...head, ...entries(what)]);
  });
}
const image = (tree: Tree): number[] => record(0x14a6b1, entries(tree));
const literal = (bytes: readonly number[]): string =>
  `b'${bytes.map((b) => `\\x${b.toString(16).padStart(2, '0')}`).join('')}'`;
const text = (s: string): Uint8Array => new TextEncoder().encode(s);

/**
 * `text = "a string that is rather long"`, `data = b"some bytes, too"`, `pair = ("inside a tuple", 1.5)` and
 * `def f(x): return x + 1`, compiled by mpy-cross.
 */
const MPY = Buffer.from(
  '4d06001f0703122f746d702f6d2e7079000f026600087465787400086461746100087061697200027800051c6120737472696e67207468' +
    '617420697320726174686572206c6f6e6700060f736f6d652062797465732c20746f6f000a02050e696e736964652061207475706c6500' +
    '0803312e3581440008012424242300160323011604230216053200160251630150110802066020b081f263',
  'hex',
);

const TREE: Tree = {
  'hello.txt': text('one\ntwo\nthree'),
  lib: { 'plain.py': text('import time\ntime.sleep_ms(1)\nx = 5\n'), 'code.mpy': MPY, sub: { 'empty.bin': text('') } },
  last: text('!'),
};

const HEAD = `
import vfs, os, sys, uctypes
rom = ${literal(image(TREE))}
fs = vfs.VfsRom(rom)
def t(f):
    try:
        print(f())
    except Exception as e:
        print(repr(e))
`;

describe('VfsRom', () => {
  it('lists, tells and reads', () => {
    const source = `${HEAD}
print(list(fs.ilistdir('')), [e[0] for e in fs.ilistdir(b'/lib')])
print(fs.stat('/lib/plain.py'), fs.stat('lib')[:1], fs.statvfs('')[2] == len(rom) - 5)
for path in ('hello', 'lib/', 'lib/none', 'lib/plain.py/x', 'hello.txt/', 'lib/sub/empty.bin'):
    t(lambda: fs.stat(path)[6])
vfs.mount(fs, '/rom')
print(os.listdir('/rom'), os.listdir('/rom/lib/sub'))
os.chdir('/rom')
print(os.getcwd(), os.listdir(), open('hello.txt').read())
with open('/rom/hello.txt') as f:
    print(f.readline(), f.readlines(), f.read(), f.seek(4), f.read(2), f.tell(), f.seek(-2, 2), f.read(), f.seek(99))
print(list(open('hello.txt', 'rb')))
for args in (('hello.txt', 'w'), ('hello.txt', 'r+'), ('nothing',), ('/rom/lib',)):
    t(lambda: open(*args))
t(lambda: os.chdir('/rom/lib'))
t(lambda: os.mkdir('/rom/new'))
t(lambda: vfs.VfsRom(b'RM1'))
t(lambda: vfs.VfsRom(b'\\xd2\\xcd\\x31\\x01'))
t(lambda: fs.mount(True, True))
os.chdir('/')
vfs.umount('/rom')
t(lambda: open('/rom/hello.txt'))
`;
    expect(new TestBoard({ stress: true }).run(source).trimEnd().split('\n')).toEqual([
      "[('hello.txt', 32768, 0, 13), ('lib', 16384, 0, 248), ('last', 32768, 0, 1)] [b'plain.py', b'code.mpy', b'sub']",
      '(32768, 0, 0, 0, 0, 0, 35, 0, 0, 0) (16384,) True',
      'OSError(2,)',
      '248',
      'OSError(2,)',
      'OSError(2,)',
      'OSError(2,)',
      '0',
      "['hello.txt', 'lib', 'last'] ['empty.bin']",
      "/rom ['hello.txt', 'lib', 'last'] one",
      'two',
      'three',
      'one',
      " ['two\\n', 'three']  4 tw 6 11 ee 13",
      "[b'one\\n', b'two\\n', b'three']",
      'OSError(30,)',
      'OSError(30,)',
      'OSError(2,)',
      'OSError(21,)',
      'OSError(95,)',
      "AttributeError(\"'VfsRom' object has no attribute 'mkdir'\",)",
      'OSError(19,)',
      'OSError(19,)',
      'OSError(1,)',
      'OSError(2,)',
    ]);
  });

  it('leaves data where it is', () => {
    const source = `${HEAD}
first, last = uctypes.addressof(rom), uctypes.addressof(rom) + len(rom)
def inside(o):
    return first <= uctypes.addressof(o) < last
vfs.mount(fs, '/rom')
sys.path.append('/rom/lib')
import plain, code
print(plain.x, plain.__file__, code.__file__, code.f(2), code.pair)
print(inside(code.text), inside(code.data), inside(code.pair[0]), code.text, code.data)
with open('/rom/hello.txt', 'rb') as f:
    print(inside(f), bytes(memoryview(f)[:3]))
    t(lambda: f.readinto(f))
`;
    expect(new TestBoard({ stress: true }).run(source).trimEnd().split('\n')).toEqual([
      "5 /rom/lib/plain.py /rom/lib/code.mpy 3 ('inside a tuple', 1.5)",
      "True True True a string that is rather long b'some bytes, too'",
      "True b'one'",
      "TypeError('object with buffer protocol required',)",
    ]);
  });

  it('goes on from a snapshot', () => {
    const first = new TestBoard();
    first.run(`${HEAD}vfs.mount(fs, '/rom')\nf = open('/rom/hello.txt')\nprint(f.read(5))\n`);
    const second = new TestBoard();
    loadVm(second.vm, saveVm(first.vm));
    expect(second.run("print(f.read(), os.listdir('/rom/lib/sub'))\n")).toBe("wo\nthree ['empty.bin']\n");
  });

  it('reads nothing outside of a damaged image, and raises nothing but OSError', () => {
    let state = 99;
    const random = (n: number): number => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return (state >>> 8) % n;
    };
    const plain = image({ a: text('first file'), d: { b: text('second'), e: { c: text('third') } }, p: text('') });
    const lines = [
      'import vfs, uctypes',
      'def walk(fs, path, depth):',
      '  for e in fs.ilistdir(path):',
      '    p = path + b"/" + e[0]',
      '    try:',
      '      fs.stat(p)',
      '      if e[1] == 0x4000:',
      '        if depth < 6: walk(fs, p, depth + 1)',
      '      else:',
      '        f = fs.open(p, "rb")',
      '        n = len(f.read())',
      '        a = uctypes.addressof(f)',
      '        if n != e[3] or a < first or a + n > last: print("outside", p, n)',
      '    except (OSError, UnicodeError): pass',
      'def t(b):',
      '  global first, last',
      '  first = uctypes.addressof(b); last = first + len(b)',
      '  try: fs = vfs.VfsRom(b)',
      '  except OSError: return',
      '  walk(fs, b"", 0)',
      '  for p in ("a", "d/b", "d/e/c", "d/e", "zz"):',
      '    try: fs.open(p, "rb").read()',
      '    except OSError: pass',
    ];
    for (let i = 0; i < 120; i++) {
      const bytes = plain.slice();
      for (let k = random(3); k >= 0; k--) {
        const at = random(8) === 0 ? random(bytes.length) : 3 + random(bytes.length - 3);
        bytes[at] = ([0, 1, 2, 3, 4, 5, 0x7f, 0x80, 0xff, random(256)] as const)[random(10)] as number;
      }
      lines.push(`t(${literal(random(5) === 0 ? bytes.slice(0, random(bytes.length)) : bytes)})`);
    }
    expect(new TestBoard().run(`${lines.join('\n')}\nprint('end')\n`)).toBe('end\n');
  });
});
