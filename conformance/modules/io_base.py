# io: streams written in Python (IOBase), and what streams refuse.
import io


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


class Source(io.IOBase):
    def __init__(self, data):
        self.data = data

    def readinto(self, buf):
        n = min(len(buf), len(self.data))
        buf[:n] = self.data[:n]
        self.data = self.data[n:]
        return n


class Sink(io.IOBase):
    def __init__(self):
        self.data = b''

    def write(self, buf):
        self.data += bytes(buf)
        return len(buf)


sink = Sink()
print('to a stream', 1, 2, file=sink)
print(sink.data)
attempt(lambda: print('x', file=5))
attempt(lambda: print('x', file=Source(b'')))
s = io.StringIO('line 1\nline 2\nlast')
print([s.readline(), list(s), s.read(), s.seek(0), s.read(3), s.tell()])
s = io.BytesIO(b'abc')
b = bytearray(2)
print(s.readinto(b), b, s.readinto(b), b, s.readinto(b))
s.close()
attempt(lambda: s.read())
attempt(lambda: io.StringIO(5).getvalue())
attempt(lambda: io.BytesIO('text').getvalue())
attempt(lambda: io.BytesIO(b'abc').seek(-5))
attempt(lambda: io.StringIO().write(5))
attempt(lambda: io.IOBase().readinto)
with io.StringIO() as t:
    t.write('inside')
    print(t.getvalue())
