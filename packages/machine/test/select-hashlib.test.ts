import { createHash } from 'node:crypto';
import { loadVm, saveVm } from '@tsmp/vm';
import { describe, expect, it } from 'vitest';
import { TestBoard } from './kit.js';

const hex = (name: string, text: string): string => createHash(name).update(text, 'latin1').digest('hex');

describe('hashlib', () => {
  it.each(['sha256', 'sha1', 'md5'])('%s agrees with the host, in pieces and at block borders', (name) => {
    const out = new TestBoard({ stress: true }).run(
      [
        'import hashlib',
        `for n in (0, 1, 55, 56, 63, 64, 65, 200):`,
        `    h = hashlib.${name}(b'a' * (n // 2))`,
        `    h.update(bytearray(b'a' * (n - n // 2)))`,
        `    print(h.digest().hex())`,
      ].join('\n'),
    );
    const expected = [0, 1, 55, 56, 63, 64, 65, 200].map((n) => hex(name, 'a'.repeat(n)));
    expect(out.trim().split(/\r?\n/)).toEqual(expected);
  });

  it('is final after digest()', () => {
    const source = `
import hashlib
h = hashlib.sha1(b'x')
h.digest()
for f in (h.digest, lambda: h.update(b'y')):
    try:
        f()
    except ValueError as e:
        print(e)
`;
    expect(new TestBoard().run(source)).toBe('hash is final\nhash is final\n');
  });

  it('goes on from a snapshot, since its state is in the board’s memory', () => {
    const first = new TestBoard();
    first.run("import hashlib\nh = hashlib.md5(b'one ')\nh.update(b'two ')\n");
    const second = new TestBoard();
    loadVm(second.vm, saveVm(first.vm));
    expect(second.run("h.update(b'three')\nprint(h.digest().hex())\n")).toBe(`${hex('md5', 'one two three')}\n`);
  });
});

describe('select', () => {
  it('reports streams that are ready, by poll, ipoll and select', () => {
    const source = `
import select, sys
p = select.poll()
p.register(sys.stdout, select.POLLOUT)
p.register(sys.stdin, select.POLLIN)
print([e for _, e in p.poll(0)])
print([e for _, e in p.ipoll(0)])
p.modify(sys.stdout, select.POLLIN)
print(p.poll(0))
p.unregister(sys.stdout)
try:
    p.modify(sys.stdout, 1)
except OSError as e:
    print(e.errno)
r = select.select([sys.stdin], [sys.stdout], [], 0)
print([len(x) for x in r])
`;
    expect(new TestBoard().run(source)).toBe('[4]\n[4]\n[]\n2\n[0, 1, 0]\n');
  });

  it('waits as long as asked, on the board’s clock', () => {
    const source = `
import select, sys, time
p = select.poll()
p.register(sys.stdin, select.POLLIN)
t = time.ticks_ms()
print(p.poll(250), time.ticks_diff(time.ticks_ms(), t))
t = time.ticks_ms()
print(select.select([sys.stdin], [], [], 0.125), time.ticks_diff(time.ticks_ms(), t))
`;
    expect(new TestBoard().run(source)).toBe('[] 250\n([], [], []) 125\n');
  });

  it('wakes for input', () => {
    const board = new TestBoard();
    board.vm.journal.replay([{ ns: 5e7, kind: 'input', bytes: [65, 10] }]);
    const source = `
import select, sys, time
p = select.poll()
p.register(sys.stdin, select.POLLIN)
print(len(p.poll()), time.ticks_ms(), sys.stdin.readline())
`;
    expect(board.run(source)).toBe('1 50 A\n\n');
  });

  it('asks streams in Python until they are ready; an event mask of one shot is used up', () => {
    const source = `
import io, select
class Late(io.IOBase):
    asked = 0
    def ioctl(self, request, arg):
        if request != 3:
            return -1
        self.asked += 1
        return arg & 1 if self.asked > 3 else 0
p, s = select.poll(), Late()
p.register(s, select.POLLIN)
print([e for _, e in p.ipoll(-1, 1)], s.asked)
print(list(p.ipoll(0)))
class Bad(io.IOBase):
    def ioctl(self, request, arg):
        return -1000
p.register(Bad())
try:
    p.poll(0)
except OSError as e:
    print(e.errno)
try:
    p.register([])
except OSError as e:
    print(e)
`;
    expect(new TestBoard().run(source)).toBe('[1] 4\n[]\n1000\nstream operation not supported\n');
  });

  it('takes file descriptors on the unix port', () => {
    const source = `
import select
p = select.poll()
p.register(1)
p.register(7)
print(sorted(p.poll()))
try:
    p.register(-1)
except ValueError as e:
    print(repr(e))
`;
    expect(new TestBoard({ board: 'unix32' }).run(source)).toBe('[(1, 4), (7, 32)]\nValueError()\n');
  });
});
