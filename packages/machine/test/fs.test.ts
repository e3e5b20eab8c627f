import { describe, expect, it } from 'vitest';
import { MemoryFolder } from '../src/index.js';
import { TestBoard } from './kit.js';

function text(folder: MemoryFolder, path: string): string {
  return new TextDecoder().decode(folder.read(path));
}
function board(
  files: Record<string, string | Uint8Array> = {},
  name = 'pico-w',
): { readonly board: TestBoard; readonly folder: MemoryFolder } {
  const folder = new MemoryFolder(files);
  return { folder, board: new TestBoard({ folder, board: name }) };
}
/** The output of a program on a board with these files. */
function program(source: string, files: Record<string, string | Uint8Array> = {}, name = 'pico-w'): string {
  return board(files, name).board.run(source);
}

describe('open', () => {
  it('reads text and bytes in every way', () => {
    expect(
      program(
        `
f = open('/a.txt')
print(f, f.read(2), f.readline(), f.tell(), f.readlines(), f.read())
print(f.seek(3), f.read(1), f.seek(-3, 2), f.read(), f.seek(0))
print([l for l in f])
f.close(); f.close()
with open('a.txt', 'rb') as f:
    b = bytearray(4); print(f.readinto(b), b, f.read(3), f.readline(2))
try: f.read()
except ValueError as e: print(e)
`,
        { 'a.txt': 'one\ntwo\nthrée' },
      ),
    ).toBe(`<io.TextIOWrapper> on e
 4 ['two\\n', 'thrée'] 
3 
 11 ée 0
['one\\n', 'two\\n', 'thrée']
4 bytearray(b'one\\n') b'two' b'\\n'
I/O operation on closed file
`);
  });

  it('writes, appends and updates', () => {
    const { board: b, folder } = board();
    expect(
      b.run(`
f = open('x', 'w'); print(f.write('hello')); f.close()
f = open('x', 'a'); f.write(' world'); f.flush()
print(open('x').read())
f.close()
f = open('x', 'r+'); f.write('J'); print(f.read()); f.seek(0); print(f.read()); f.close()
f = open('x', 'a+b'); f.seek(0); print(f.read(3)); f.write(b'!'); f.close()
with open('y', 'w+') as f:
    f.seek(3); f.write('z'); f.seek(0); print(repr(f.read()))
def t(*a):
    try: open(*a)
    except OSError as e: print(e.errno, end=' ')
t('nope'); t('x', 'x'); t('/', 'w'); t('no/x', 'w'); t('x/y')
try: open('x').write('a')
except OSError as e: print(e.errno)
`),
    ).toBe("5\nhello world\nello world\nJello world\nb'Jel'\n'\\x00\\x00\\x00z'\n2 17 1 2 2 9\n");
    expect(text(folder, '/x')).toBe('Jello world!');
    expect(folder.stat('/y')?.size).toBe(4);
  });

  it('closes what is collected, and can be saved while open', () => {
    const { board: b, folder } = board({ a: '0123456789' });
    b.run(
      'f = open("a"); f.read(4)\ng = open("b", "w"); g.write("not yet")\ndef h(): open("c", "w").write("c")\nh()\nimport gc\nfor i in range(50): []\ngc.collect()',
    );
    expect(text(folder, '/c')).toBe('c');
    expect(text(folder, '/b')).toBe('');
    const state = JSON.parse(JSON.stringify(b.machine.save()));
    b.run('f.read(); g.close(); f.close()');
    b.machine.load(state);
    expect(b.machine.files?.isOpen(3)).toBe(true);
    b.machine.files?.sync();
    expect(text(folder, '/b')).toBe('not yet');
  });

  it('has a device number on unix profiles only', () => {
    expect(
      program('print(open("a"), open("a").fileno() > 2, open(1)); open(1, "wb").write(b"out\\n")', { a: '' }, 'unix32'),
    ).toBe('<io.TextIOWrapper 3> True <io.TextIOWrapper 1>\nout\n');
    expect(program('print(hasattr(open("a"), "fileno"))', { a: '' })).toBe('False\n');
  });
});

describe('os', () => {
  it('works on folders', () => {
    expect(
      program(
        `
import os
print(os.getcwd(), os.listdir(), os.listdir('/lib'), os.listdir(b'lib'))
os.mkdir('d'); os.chdir('d'); print(os.getcwd()); open('f', 'w').close(); print(os.listdir(), os.listdir('..'))
os.rename('f', '/g'); print(os.listdir(), sorted(os.listdir('/')))
os.chdir('/'); os.rmdir('d'); os.remove('g'); os.unlink('main.py'); print(os.listdir(), os.listdir('/'))
print(list(os.ilistdir('lib')), os.stat('lib'), os.stat('/lib/m.py')[:7], os.stat('/')[0])
print(os.statvfs('/')[0], os.sep, os.uname().sysname, len(os.urandom(5)))
def t(f, *a):
    try: f(*a)
    except OSError as e: print(e.errno, end=' ')
t(os.stat, 'x'); t(os.remove, 'lib'); t(os.rmdir, 'lib'); t(os.mkdir, 'lib'); t(os.chdir, 'lib/m.py'); t(os.listdir, 'x'); t(os.rename, 'x', 'y'); t(os.mkdir, '/')
`,
        { 'main.py': '', 'lib/m.py': 'x = 1\n' },
      ),
    ).toBe(`/ ['lib', 'main.py'] ['m.py'] [b'm.py']
/d
['f'] ['d', 'lib', 'main.py']
[] ['d', 'g', 'lib', 'main.py']
['lib'] ['lib']
[('m.py', 32768, 0, 6)] (16384, 0, 0, 0, 0, 0, 0, 0, 0, 0) (32768, 0, 0, 0, 0, 0, 6) 16384
4096 / rp2 5
2 21 39 17 20 2 2 17 `);
  });

  it('keeps a listing open when one that has ended is collected', () => {
    const source = `
import gc, os
ended = os.ilistdir('/')
list(ended)
still = os.ilistdir('/')
next(still)
ended = None
for i in range(50): []
gc.collect()
print(len(list(still)))
`;
    expect(program(source, { a: '', b: '', c: '' })).toBe('2\n');
  });

  it('has nothing without a folder and a flash', () => {
    expect(
      new TestBoard({ flash: false }).run(`
import os
print(os.listdir(), os.getcwd())
try: open('x')
except OSError as e: print(e)
`),
    ).toBe('[] /\n[Errno 19] ENODEV\n');
  });
});

describe('import', () => {
  it('finds modules in the folder and in packages', () => {
    expect(
      program('import m, p.q\nfrom p import r\nprint(m.x, p.q.y, r.z, m.__file__, p.__path__)', {
        'lib/m.py': 'x = 1\n',
        'p/__init__.py': '',
        'p/q.py': 'y = 2\n',
        'p/r.py': 'z = open("p/q.py").read()\n',
      }),
    ).toBe('1 2 y = 2\n /lib/m.py p\n');
  });

  it('reads modules from a filesystem written in Python, which may sleep', () => {
    expect(
      program(`
import vfs, sys, io, time
class F(io.IOBase):
    def __init__(self, d): self.d = d; self.i = 0
    def readinto(self, b):
        time.sleep_ms(5)
        n = min(len(b), len(self.d) - self.i)
        b[:n] = self.d[self.i:self.i + n]; self.i += n
        return n
    def ioctl(self, r, a):
        return 16 if r == 11 else 0
class Fs:
    files = {'/mod.py': b"print('in mod', __file__)\\nvalue = 42\\n"}
    def mount(self, ro, mkfs): print('mount', ro, mkfs)
    def umount(self): print('umount')
    def stat(self, p):
        if p not in self.files: raise OSError(2)
        return (0x8000, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    def open(self, p, m): print('open', p, m); return F(self.files[p])
fs = Fs()
vfs.mount(fs, '/py', readonly=True)
sys.path.append('/py')
t = time.ticks_ms()
import mod
print(mod.value, time.ticks_ms() - t >= 15, vfs.mount()[0][0] is fs)
vfs.umount('/py')
`),
    ).toBe('mount True False\nopen /mod.py rb\nin mod /py/mod.py\n42 True True\numount\n');
  });
});
