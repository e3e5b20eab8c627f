# A binary protocol with struct: records, checksums, partial buffers, wrong data.
import struct
REC = "<HBhIq4s"
def checksum(b): return sum(b) & 0xff
def pack(kind, temp, id, count, big, name):
    body = struct.pack(REC, kind, temp, id, count, big, name)
    return b"\xaa" + struct.pack(">H", len(body)) + body + bytes([checksum(body)])
def parse(buf):
    i = 0
    while i < len(buf):
        if buf[i] != 0xaa: i += 1; yield "skip"; continue
        if len(buf) - i < 3: yield "short head"; return
        n, = struct.unpack_from(">H", buf, i + 1)
        if len(buf) - i < 3 + n + 1: yield "short body %d" % n; return
        body = buf[i + 3:i + 3 + n]
        if checksum(body) != buf[i + 3 + n]: yield "bad sum"
        else: yield struct.unpack(REC, body)
        i += 4 + n
print(struct.calcsize(REC))
a = pack(1, 200, -5, 70000, -1 << 40, b"ab"); b = pack(65535, 0, 32767, 0xffffffff, 1 << 62, b"toolong")
print(a, len(b))
for x in parse(a + b"\x00" + b + a[:5]): print(x)
c = bytearray(a); c[5] ^= 1
print(list(parse(bytes(c))), list(parse(b"\xaa")), list(parse(b"")))
buf = bytearray(12)
struct.pack_into("<HH", buf, 0, 1, 2); struct.pack_into(">I", buf, -4, 0x01020304); print(buf)
def hexdump(b, w=8):
    for i in range(0, len(b), w):
        row = b[i:i + w]
        print("%04x  %-*s |%s|" % (i, w * 3, " ".join("%02x" % x for x in row), "".join(chr(x) if 32 <= x < 127 else "." for x in row)))
hexdump(a)
for f, v in (("<b", 127), ("<B", 255), ("<h", -32768), (">i", 1), ("<f", 0.1), ("<d", 0.1), (">e", 1.5), ("<?", 1), ("5s", b"x"), ("<3b", 1)):
    try: r = struct.pack(f, v); print(f, r, struct.unpack(f, r))
    except Exception as e: print(f, type(e).__name__, e)
mv = memoryview(a); print(struct.unpack_from("<H", mv, 3), struct.unpack("<H", mv[3:5]), bytes(mv[-2:]))
