/** `vfs.VfsFat` from a program's side. */
import { describe, expect, it } from 'vitest';
import { loadVm, saveVm } from '@tsmp/vm';
import { program, TestBoard } from './kit.js';

const RAM = `
import vfs, os
class Ram:
    def __init__(self, blocks, size=512):
        self.size = size
        self.data = bytearray(blocks * size)
    def readblocks(self, n, buf):
        at = n * self.size
        buf[:] = memoryview(self.data)[at:at + len(buf)]
    def writeblocks(self, n, buf):
        at = n * self.size
        self.data[at:at + len(buf)] = buf
    def ioctl(self, op, arg):
        if op == 4:
            return len(self.data) // self.size
        if op == 5:
            return self.size
def errno(f, *args):
    try:
        return f(*args)
    except OSError as e:
        return 'OSError %d' % e.errno
`;

const EVERYTHING = `${RAM}
ram = Ram(100)
print(errno(vfs.mount, ram, '/m'))
vfs.mount(ram, '/m', mkfs=True)
os.chdir('/m')
print(os.getcwd(), os.listdir(), os.statvfs('/m'))
with open('Greeting.txt', 'w') as f:
    print(f.write('hello\\n'), f.tell())
with open('greeting.TXT', 'a') as f:
    f.write('world\\n')
with open('Greeting.txt', 'r+b') as f:
    f.seek(2)
    f.write(b'LL')
    f.seek(-3, 2)
    print(f.read(), f.seek(0), f.readline(), f.readlines())
os.mkdir('sub')
os.mkdir('sub/deeper')
os.rename('Greeting.txt', 'sub/deeper/note')
os.chdir('sub')
print(os.getcwd(), list(os.ilistdir()), list(os.ilistdir(b'deeper')))
os.chdir('deeper')
print(os.getcwd(), os.stat('note')[:7], os.stat('..')[0] == 0x4000)
os.chdir('/')
open('/m/other', 'w').close()
os.rename('/m/sub/deeper/note', '/m/other')
print(open('/m/other').read().split(), os.listdir('/m/sub/deeper'))
for f, args in ((os.remove, ('/m/sub',)), (os.rmdir, ('/m/sub',)), (os.rmdir, ('/m/other',)), (os.remove, ('/m/none',)),
        (os.mkdir, ('/m/sub',)), (open, ('/m/none/x', 'w')), (open, ('/m/other', 'x')), (open, ('/m/sub',)),
        (open, ('/m/a*b', 'w')), (os.listdir, ('/m/other',)), (os.chdir, ('/m/none',)), (os.rename, ('/m/other', '/m/sub'))):
    print(errno(f, *args))
f = open('/m/other')
print(errno(f.write, 'x'))
f.close()
print(errno(f.read), f.close())
f = open('/m/big', 'w')
print(errno(f.write, bytes(60000)))
f.close()
print(os.stat('/m/big')[6], os.statvfs('/m')[3])
`;
const PRINTED = `OSError 19
/m [] (512, 512, 66, 66, 66, 0, 0, 0, 0, 255)
6 6
b'ld\\n' 0 b'heLLo\\n' [b'world\\n']
/m/sub [('deeper', 16384, 0, 0)] [(b'note', 32768, 0, 12)]
/m/sub/deeper (32768, 0, 0, 0, 0, 0, 12) True
['heLLo', 'world'] []
OSError 21
OSError 13
OSError 20
OSError 2
OSError 17
OSError 2
OSError 17
OSError 2
OSError 22
OSError 2
OSError 2
OSError 21
OSError 13
OSError 22 None
OSError 28
32256 0
`;

describe('VfsFat', () => {
  it('does what a filesystem does', () => {
    expect(program(EVERYTHING)).toBe(PRINTED);
  });
  it('does so with a collection at every allocation', () => {
    const b = new TestBoard({ stress: true });
    expect(b.run(EVERYTHING)).toBe(PRINTED);
    b.vm.heap.check();
  });

  it('is imported from, and mounted again by itself', () => {
    expect(
      program(`${RAM}
import sys
ram = Ram(60)
vfs.VfsFat.mkfs(ram)
vfs.mount(ram, '/m')
os.mkdir('/m/pkg')
for name in ('__init__', 'inner'):
    with open('/m/pkg/%s.py' % name, 'w') as f:
        f.write('print("imported", __name__)')
vfs.umount('/m')
vfs.mount(vfs.VfsFat(ram), '/again', readonly=True)
sys.path[:] = ['/again']
import pkg.inner
print(errno(open, '/again/new', 'w'), errno(os.remove, '/again/pkg/inner.py'))
`),
    ).toBe('imported pkg\nimported pkg.inner\nOSError 30 OSError 30\n');
  });

  it('takes devices with the old protocol, with other sectors, without writeblocks, and bad ones', () => {
    expect(
      program(`${RAM}
class Old:
    def __init__(self):
        self.data = bytearray(60 * 512)
    readblocks = Ram.readblocks
    writeblocks = Ram.writeblocks
    size = 512
    def count(self): return 60
    def sync(self): print('sync')
old = Old()
vfs.VfsFat.mkfs(old)
fs = vfs.VfsFat(old)
fs.open('a', 'w').close()
print(list(fs.ilistdir()))
big = Ram(40, 2048)
vfs.VfsFat.mkfs(big)
print(vfs.VfsFat(big).statvfs('')[:4])
print(errno(vfs.VfsFat.mkfs, Ram(100, 256)), errno(vfs.VfsFat.mkfs, Ram(100, 600)), errno(vfs.VfsFat.mkfs, Ram(10)))
class ReadOnly:
    def __init__(self, ram):
        self.readblocks = ram.readblocks
        self.ioctl = ram.ioctl
fs = vfs.VfsFat(ReadOnly(big))
print(errno(fs.mkdir, 'd'), errno(vfs.VfsFat.mkfs, ReadOnly(big)))
class Bad(Ram):
    def writeblocks(self, n, buf):
        return -5
print(errno(vfs.VfsFat.mkfs, Bad(100)))
for what in (1, object()):
    try:
        vfs.VfsFat(what)
    except AttributeError as e:
        print(e)
class Raises(Ram):
    def readblocks(self, n, buf):
        raise ValueError(n)
try:
    vfs.VfsFat(Raises(10))
except ValueError as e:
    print('ValueError', e)
`),
    ).toBe(`sync
sync
[('a', 32768, 0, 0)]
(2048, 2048, 30, 30)
OSError 5 OSError 5 OSError 5
OSError 30 OSError 30
OSError 5
'int' object has no attribute 'readblocks'
'object' object has no attribute 'readblocks'
ValueError 0
`);
  });

  it('refuses its own device', () => {
    expect(
      program(`${RAM}
class Again(Ram):
    fs = None
    def writeblocks(self, n, buf):
        if self.fs:
            print(errno(self.fs.stat, 'x'))
            self.fs = None
        super().writeblocks(n, buf)
ram = Again(60)
vfs.VfsFat.mkfs(ram)
fs = vfs.VfsFat(ram)
ram.fs = fs
fs.mkdir('d')
print(list(fs.ilistdir()))
`),
    ).toBe("OSError 16\n[('d', 16384, 0, 0)]\n");
  });

  it('closes files that are collected, with those of a filesystem that goes with them', () => {
    expect(
      program(`${RAM}
import gc
class Plain(Ram):
    # closing runs in a collection, where nothing can be allocated
    def writeblocks(self, n, buf):
        for i in range(512):
            self.data[n * 512 + i] = buf[i]
    def readblocks(self, n, buf):
        for i in range(512):
            buf[i] = self.data[n * 512 + i]
ram = Plain(60)
made = Ram(0)
made.data = ram.data
def write():
    vfs.VfsFat.mkfs(made)
    f = vfs.VfsFat(ram).open('x', 'w')
    f.write('kept')
    f = None
write()
for i in range(100): [i] * 100
gc.collect()
print(vfs.VfsFat(ram).open('x', 'r').read())
`),
    ).toBe('kept\n');
  });

  it('has times of the board', () => {
    expect(
      program(`${RAM}
import machine, time
machine.RTC().datetime((2026, 11, 29, 6, 20, 15, 31, 0))
ram = Ram(60)
vfs.VfsFat.mkfs(ram)
fs = vfs.VfsFat(ram)
fs.open('x', 'w').close()
print(time.gmtime(fs.stat('x')[8])[:6], time.gmtime(fs.stat('')[8])[:6])
`),
    ).toBe('(2026, 11, 29, 20, 15, 30) (2000, 1, 1, 0, 0, 0)\n');
  });

  it('is part of a snapshot: an open file and a listing go on', () => {
    const first = new TestBoard();
    const source = `${RAM}
import time
ram = Ram(60)
vfs.VfsFat.mkfs(ram)
fs = vfs.VfsFat(ram)
for n in ('a', 'b', 'c'):
    with fs.open(n, 'w') as f:
        f.write(n * 700)
it = fs.ilistdir()
next(it)
f = fs.open('b', 'r+')
f.read(600)
time.sleep(1)
print(f.read(3), f.write('!'), f.seek(0), f.read()[599:605], list(it))
f.close()
print(fs.open('b', 'r').read()[599:605])
`;
    first.start(source);
    // up to the sleep
    first.step({ bytecodes: 1_000_000 }, 1);
    const state = { vm: saveVm(first.vm), machine: first.machine.save() };
    const second = new TestBoard();
    loadVm(second.vm, state.vm);
    second.machine.load(state.machine);
    const expected = "bbb 1 0 bbbb!b [('b', 32768, 0, 700), ('c', 32768, 0, 700)]\nbbbb!b\n";
    expect(second.finish()).toBe(expected);
    expect(first.finish()).toBe(expected);
  });
});
