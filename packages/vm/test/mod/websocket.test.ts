import { describe, expect, it } from 'vitest';
import { program } from '../obj/program.js';

const HEAD = `
import websocket, io
def t(f):
    try:
        print(f())
    except Exception as e:
        print(repr(e))
class S(io.IOBase):
    # reads from one list of pieces and writes to another
    def __init__(self, *pieces):
        self.pieces = list(pieces)
        self.out = b''
    def readinto(self, b):
        if not self.pieces:
            return 0
        p = self.pieces.pop(0)
        if p is None or isinstance(p, int):
            return p
        n = min(len(b), len(p))
        b[:n] = p[:n]
        if n < len(p):
            self.pieces.insert(0, p[n:])
        return n
    def write(self, b):
        self.out += bytes(b)
        return len(b)
    def ioctl(self, request, arg):
        print('ioctl', request)
        return 0
    def setblocking(self, on):
        print('blocking', on)
`;

describe('websocket', () => {
  it('reads frames in any pieces', () => {
    const source = `${HEAD}
frame = b'\\x81\\x85mask' + bytes(a ^ b for a, b in zip(b'hello', b'maskm'))
s = S(frame, b'\\x89\\x02hi', b'\\x02\\xfe\\x00\\x81abcd', b'abcd' * 32, b'a', b'\\x80\\x01!', b'\\x01\\x00')
ws = websocket.websocket(s)
print(ws.read(3), ws.ioctl(8), ws.read(2), ws.ioctl(8), ws.read(200), ws.ioctl(8), ws.ioctl(9, 2), ws.ioctl(9, 1))
s = S(b'\\x81', b'\\x01', b'x', None, b'\\x81\\x01y', -5)
ws = websocket.websocket(s)
for _ in range(6):
    t(lambda: ws.read(1))
`;
    expect(program(source).trimEnd().split('\n')).toEqual([
      `b'hel' 1 b'lo' 1 b'${'\\x00'.repeat(129)}!' 1 1 2`,
      'None',
      "b'x'",
      'None',
      "b'y'",
      'OSError(5,)',
      "b''",
    ]);
  });

  it('writes short and long frames, blocking if asked', () => {
    const source = `${HEAD}
for args in ((), (True,), (1,)):
    s = S()
    ws = websocket.websocket(s, *args)
    print(ws.write(b'pong'), s.out)
s = S()
ws = websocket.websocket(s)
ws.ioctl(9, 2)
for n in (0, 125, 126, 65535, 65536):
    s.out = b''
    t(lambda: ws.write(bytes(n)))
    print(len(s.out), s.out[:5])
ws.close()
for bad in (5, io.BytesIO):
    t(lambda: websocket.websocket(bad))
t(lambda: ws.ioctl(3, 1))
`;
    expect(program(source).trimEnd().split('\n')).toEqual([
      "4 b'\\x81\\x04pong'",
      'blocking True',
      'blocking False',
      "4 b'\\x81\\x04pong'",
      "4 b'\\x81\\x04pong'",
      '0',
      "0 b''",
      '125',
      "127 b'\\x82}\\x00\\x00\\x00'",
      '126',
      "130 b'\\x82~\\x00~\\x00'",
      '65535',
      "65539 b'\\x82~\\xff\\xff\\x00'",
      'OSError(105,)',
      "0 b''",
      'ioctl 4',
      "OSError('stream operation not supported',)",
      "OSError('stream operation not supported',)",
      'OSError(22,)',
    ]);
  });

  it('answers a close frame, and closes what it cannot read', () => {
    const source = `${HEAD}
s = S(b'\\x88\\x02\\x03\\xe8', b'rest')
ws = websocket.websocket(s)
print(ws.read(9), s.out)
ws = websocket.websocket(S(b'\\x82\\x7f\\x00'))
t(lambda: ws.read(1))
`;
    expect(program(source)).toBe("b'' b'\\x88\\x00'\nioctl 4\nOSError(5,)\n");
  });

  it('answers any frames with something or an error, also when its stream reads from it', () => {
    const source = `${HEAD}
x = 7
def random(n):
    global x
    x = (x * 1103515245 + 12345) & 0x3fffffff
    return (x >> 12) % n
class Again(S):
    again = True
    def readinto(self, b):
        if self.again and random(3) == 0:
            self.again = False
            try:
                self.ws.read(random(9))
            except (OSError, RuntimeError):
                pass
        return super().readinto(b)
    def ioctl(self, request, arg):
        return 0
for i in range(50):
    data = bytes((0x80, 0x81, 0x88, 0x8a, 1, 0, 126, 127, 2, 200, random(256))[random(11)] for _ in range(random(40)))
    s = (Again if random(4) == 0 else S)(*[data[k:k + 3] for k in range(0, len(data), 3)])
    s.ioctl = lambda *a: 0
    s.ws = websocket.websocket(s)
    for _ in range(5):
        try:
            s.ws.read(random(300))
        except OSError:
            pass
print('end')
`;
    expect(program(source).replaceAll('ioctl 4\n', '')).toBe('end\n');
  });
});
