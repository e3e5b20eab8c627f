import { describe, expect, it } from 'vitest';
import { program } from './program.js';

describe('StringIO and BytesIO', () => {
  it('read characters, lines and everything', () => {
    const source = `
import io
f = io.StringIO('a\\u20acb\\xe9\\nline\\n\\nlast')
print([f.read(3), f.readline(), f.readline(2), f.read(), f.read(), f.readline()])
f.seek(0)
print(list(f), f.tell())
b = io.BytesIO(b'one\\ntwo')
print(b.read(2), b.readline(), b.read(0), b.readinto(bytearray(2)), b.read(-1), b.read(5))
`;
    expect(program(source)).toBe(`['a€b', 'é\\n', 'li', 'ne\\n\\nlast', '', '']
['a€bé\\n', 'line\\n', '\\n', 'last'] 18
b'on' b'e\\n' b'' 2 b'o' b''
`);
  });
  it('write anywhere, and copy shared bytes first', () => {
    const source = `
import io
data = b'abcdef'
b = io.BytesIO(data)
b.seek(2)
b.write(b'XY')
b.seek(8)
b.write(b'wxyz', 1, 2)
print(data, b.getvalue())
b.close()
for f in b.read, b.getvalue, b.tell:
    try: print(f())
    except ValueError as e: print(e)
with io.StringIO() as s:
    print(1, [2], file=s, end='')
    print(repr(s.getvalue()))
try: io.StringIO().seek(-1)
except OSError as e: print(e)
`;
    expect(program(source)).toBe(
      `b'abcdef' b'abXYef\\x00\\x00xy'
I/O operation on closed file
I/O operation on closed file
10
'1 [2]'
[Errno 22] EINVAL
`,
    );
  });
});

describe('streams made of Python methods', () => {
  const CLASS = `
import io, json
class S(io.IOBase):
    def __init__(self, *answers): self.answers = list(answers)
    def readinto(self, b):
        if not self.answers: return 0
        x = self.answers.pop(0)
        if not isinstance(x, bytes): return x
        b[0] = x[0]
        return 1
    def write(self, b):
        n = self.answers.pop(0) if self.answers else len(b)
        print(bytes(b), n)
        return n
    def ioctl(self, request, arg):
        print('ioctl', request)
        return 0
def t(f):
    try: print(f())
    except Exception as e: print(repr(e))
`;
  it('print and json use them', () => {
    const source = `${CLASS}
t(lambda: json.load(S(b'[', b'1', b']')))
t(lambda: json.load(S(b'1', None)))
t(lambda: json.load(S(b'1', -5)))
t(lambda: print('ab', 1, file=S(1)))
t(lambda: print('ab', end='', file=S(None)))
t(lambda: print('ab', file=S(-7)))
t(lambda: print('ab', file=io.IOBase()))
t(lambda: print('ab', file=5))
`;
    expect(program(source)).toBe(`[1]
OSError(11,)
OSError(5,)
b'ab' 1
b'b' 1
b' ' 1
b'1' 1
b'\\n' 1
None
b'ab' None
None
b'ab' -7
ioctl 12
OSError(7,)
AttributeError("'IOBase' object has no attribute 'write'",)
OSError('stream operation not supported',)
`);
  });
  it('BufferedWriter fills whole buffers', () => {
    const source = `${CLASS}
w = io.BufferedWriter(S(), 4)
w.write(b'abc')
w.write(b'defghij')
w.flush()
w.flush()
`;
    expect(program(source)).toBe("b'abcd' 4\nb'efgh' 4\nb'ij' 2\n");
  });
});

describe('RingIO', () => {
  it('wraps around and is never blocked', () => {
    const source = `
from micropython import RingIO
r = RingIO(6)
print(r.write(b'abcdefgh'), r.any(), r.read(4), r.write(b'123456'), r.read(), r.read(), r.readline())
print(RingIO(bytearray(5)).write(b'abcdef'))
for size in 0, 70000, -5:
    try: RingIO(size)
    except (ValueError, MemoryError) as e: print(type(e).__name__)
`;
    expect(program(source)).toBe("6 6 b'abcd' 4 b'ef1234' b'' b''\n4\nValueError\nValueError\nMemoryError\n");
  });
});

describe('waiting for the console', () => {
  it('goes on with what it has read so far', () => {
    const source = `
import sys
print(repr(sys.stdin.read(7)))
print(repr(sys.stdin.readline()))
b = bytearray(6)
print(sys.stdin.buffer.readinto(b), b)
print(repr(sys.stdin.buffer.read(3)))
print([line for line in sys.stdin])
print(repr(sys.stdin.read()), repr(sys.stdin.readline()))
`;
    const input = ['ab', '\u20accd', 'ef', 'gh\nxy', 'z12', '3b', 'in', 'l1\nl2', '\nl3\n', 'l4'];
    const expected = `'ab\u20accdef'
'gh\\n'
6 bytearray(b'xyz123')
b'bin'
['l1\\n', 'l2\\n', 'l3\\n', 'l4']
'' ''
`;
    for (const options of [{ input }, { input, slice: 1 }, { input, stress: true }]) {
      expect(program(source, options)).toBe(expected);
    }
    // a byte at a time: every method waits in the middle of its work
    const bytes = [...input.join('')];
    expect(program(source, { input: bytes, stress: true })).toBe(expected);
  });
  it('reads everything up to the end of the input', () => {
    const input = ['x'.repeat(300), 'y'.repeat(300), 'z'];
    expect(program('import sys\ns = sys.stdin.read()\nprint(len(s), s[299:301], s[-1])', { input })).toBe('601 xy z\n');
  });
  it('lets readlines suspend', () => {
    expect(program('import sys\nprint(sys.stdin.readlines())', { input: ['a\n', 'b'], slice: 1 })).toBe(
      "['a\\n', 'b']\n",
    );
  });
});
