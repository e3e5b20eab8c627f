# struct: formats, byte orders, padding, sizes, pack_into, unpack_from.
import struct
for fmt, args in (("<b", (-1,)), ("<B", (255,)), ("<h", (-2,)), (">H", (258,)), ("<i", (-5,)), (">I", (0x01020304,)), ("<l", (7,)), ("<q", (-(2**40),)), (">Q", (2**63,)), ("<f", (1.5,)), (">d", (-0.1,)), ("<3s", (b"ab",)), ("<2h", (1, 2)), ("<bHi", (1, 2, 3)), ("bHi", (1, 2, 3)), (">B", (1,)), ("<5sB", (b"hello!", 9)), ("", ()), ("<2B", (1, 2))):
    packed = struct.pack(fmt, *args)
    print(fmt, struct.calcsize(fmt), packed, struct.unpack(fmt, packed))
buf = bytearray(10)
struct.pack_into("<Hh", buf, 2, 513, -1)
struct.pack_into(">I", buf, -4, 0xDEADBEEF)
print(buf, struct.unpack_from("<H", buf, 2), struct.unpack_from(">I", buf, -4), struct.unpack_from("<B", buf), struct.unpack("<BB", bytearray(b"\x01\x02")), struct.unpack("<H", memoryview(b"\x05\x00")))
print(struct.calcsize("<bi"), struct.calcsize("bi"), struct.calcsize(">qb"), struct.calcsize("4s"), struct.calcsize("hhi"))
for f in (lambda: struct.pack("<z", 1), lambda: struct.unpack("<I", b"ab"), lambda: struct.pack("<I", "a"), lambda: struct.pack_into("<I", buf, 8, 1), lambda: struct.unpack_from("<I", buf, 8), lambda: struct.pack("<s", 5), lambda: struct.pack(), lambda: struct.unpack("<B", "a"), lambda: struct.pack_into("<B", b"ro", 0, 1), lambda: struct.calcsize(5), lambda: struct.pack("<f", "x"), lambda: struct.unpack_from("<B", buf, -20)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
