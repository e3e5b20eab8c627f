# exp: the WebAssembly MicroPython is older
# DeflateIO compressing: every format and window, matches of all lengths, pieces, streams that fail
import deflate, io, binascii


def pack(pieces, *args):
    b = io.BytesIO()
    with deflate.DeflateIO(b, *args) as d:
        for p in pieces:
            d.write(p)
    return b.getvalue()


x = 1


def noise(n, mask):
    global x
    r = bytearray(n)
    for i in range(n):
        x = (x * 1103515245 + 12345) & 0x3FFFFFFF
        r[i] = (x >> 16) & mask
    return r


for format in range(4):
    for wbits in (0, 5, 8, 9, 12):
        print(format, wbits, pack(["hello hello hello hello", b"\x00\xff" * 9], format, wbits))
for n in (0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 18, 19, 34, 35, 66, 67, 130, 131, 200):
    print(n, pack([b"\x90" * n], deflate.RAW, 10))
for n in (257, 258, 259, 260, 261, 262, 263, 520):
    v = pack([b"ab", b"a" * n], deflate.RAW, 10)
    print(n, v, len(deflate.DeflateIO(io.BytesIO(v), deflate.RAW, 10).read()))
for mask in (1, 3, 15, 255):
    data = noise(300, mask)
    for step in (1, 5, 300):
        v = pack([data[i : i + step] for i in range(0, 300, step)], deflate.ZLIB, 8)
        print(mask, step, len(v), binascii.crc32(v))
data = noise(60, 255)
for wbits in (5, 6, 7):
    v = pack([data, data, bytes(reversed(data)), data], deflate.GZIP, wbits)
    print(wbits, len(v), binascii.crc32(v))


class S(io.IOBase):
    def __init__(self, n):
        self.n = n

    def write(self, b):
        print("write", bytes(b))
        self.n -= 1
        return len(b) if self.n >= 0 else -5

    def ioctl(self, request, arg):
        print("ioctl", request, arg)
        return 0


for format in (1, 2, 3):
    for n in (0, 1, 3, 9):
        d = deflate.DeflateIO(S(n), format, 0, True)
        for f in (lambda: d.write("abc"), lambda: d.write("abcabc"), d.close, d.close, lambda: d.write("x")):
            try:
                print(f())
            except OSError as e:
                # what a stream that failed gets next is not defined
                print(repr(e))
                break
