# struct, array and memoryview: formats, sizes, ranges and wrong values.
import struct
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
for f, a in (("b", (1,)), ("b", (200,)), ("b", (-129,)), ("B", (-1,)), ("B", (256,)), ("h", (40000,)), ("<H", (258,)), (">H", (258,)), ("!I", (1,)), ("<i", (-2,)), ("<q", (-3,)), (">Q", (1 << 63,)), ("<f", (1.5,)), (">d", (-2.25,)), ("<e", (1.5,)), ("3s", (b"abcd",)), ("5s", (b"ab",)), ("s", (b"",)), ("3s", ("abc",)), ("<bH", (1, 2)), ("@bi", (1, 2)), ("=bi", (1, 2)), ("2h", (1, 2)), ("2h", (1,)), ("h", (1, 2)), ("h", ()), ("x", ()), ("2xb", (5,)), ("z", (1,)), ("", ()), ("h", ("a",)), ("h", (1.5,)), ("f", (1,)), ("f", ("a",)), ("?", (True,)), ("c", (b"a",)), ("<l", (1 << 31,)), ("<L", (1 << 32,)), ("p", (b"a",)), ("0s", (b"a",)), ("0h", ()), ("< h", (1,)), ("<hh h", (1, 2, 3)), ("10x", ()), ("<Q", (-1,)), ("<q", (1 << 64,)), ("I", (1 << 32,))):
    t(lambda: struct.pack(f, *a))
for f, b in (("b", b"\xff"), ("B", b"\xff"), ("<h", b"\x01\xff"), (">h", b"\x01\xff"), ("<I", b"\xff\xff\xff\xff"), ("<i", b"\xff\xff\xff\xff"), ("<q", b"\xff" * 8), ("<Q", b"\xff" * 8), ("<f", b"\0\0\xc0\x3f"), (">d", b"\x3f\xf8\0\0\0\0\0\0"), ("3s", b"abc"), ("<bxh", b"\x01\0\x02\0"), ("h", b"\x01"), ("h", b"\1\0\2\0"), ("", b""), ("2b", b"\1\2"), ("z", b""), ("<e", b"\0\x3e"), ("b", "a"), ("b", 5), ("b", bytearray(b"\5")), ("b", memoryview(b"\6"))):
    t(lambda: struct.unpack(f, b))
b = bytearray(8)
t(lambda: struct.pack_into("<HH", b, 2, 1, 2)); print(b)
t(lambda: struct.pack_into("<HH", b, 6, 1, 2))
t(lambda: struct.pack_into("<H", b, -2, 9)); print(b)
t(lambda: struct.pack_into("<H", b, -9, 9))
t(lambda: struct.pack_into("<H", b"abcd", 0, 9))
t(lambda: struct.pack_into("<H", b))
t(lambda: struct.unpack_from("<H", b, 2)); t(lambda: struct.unpack_from("<H", b, 7)); t(lambda: struct.unpack_from("<H", b, -2)); t(lambda: struct.unpack_from("<H", b))
for f in ("b", "h", "i", "q", "bh", "bi", "hb", "<bq", "3s", "0s", "2x", "bxh", "5b2h", "z", "", "@", "=i", "f", "d"):
    t(lambda: struct.calcsize(f))
from array import array
t(lambda: array("i", [1, 2]) + array("i", [3])); t(lambda: array("i", [1]) + array("h", [2])); t(lambda: array("z", [])); t(lambda: array("i", "ab")); t(lambda: array("B", b"ab")); t(lambda: array("h", b"\1\0\2\0")); t(lambda: array("f", [1, 2.5])); t(lambda: array("i", [1.5])); t(lambda: array("b", [300])); t(lambda: array("i")[0]); t(lambda: array("i", 3)); t(lambda: array()); t(lambda: array("i", (x for x in range(3)))); t(lambda: array("d", range(3))); t(lambda: array("Q", [1 << 63])); t(lambda: array("i", [1, 2, 3])[::2]); t(lambda: array("i", [1, 2, 3])[1:]); t(lambda: array("i", [1, 2]) == array("i", [1, 2])); t(lambda: array("i", [1]) == array("h", [1])); t(lambda: array("i", [1]) < array("i", [2])); t(lambda: bytes(array("h", [1, 2]))); t(lambda: 2 in array("i", [1, 2])); t(lambda: list(array("i", [1, 2]))); t(lambda: len(array("q", [1]))); t(lambda: str(array("i", [1]))); t(lambda: hash(array("i")))
m = memoryview(bytearray(b"abcdef"))
t(lambda: m[0]); t(lambda: m[1:3]); t(lambda: bytes(m[1:3])); t(lambda: m[::2]); t(lambda: bytes(m[-2:])); t(lambda: m[10]); t(lambda: len(m)); t(lambda: m == b"abcdef")
m[0] = 65; m[1:3] = b"XY"; print(bytes(m))
def s(code):
    try: exec(code, {"m": m, "memoryview": memoryview}); print(bytes(m))
    except Exception as e: print(type(e).__name__, e)
for c in ("m[0] = 300", "m[0] = 'a'", "m[0:2] = b'a'", "m[0:2] = 5", "m[9] = 1", "del m[0]", "memoryview(b'abc')[0] = 1", "memoryview('abc')", "memoryview(5)", "memoryview([1])", "m[:] = m", "m[1:] = m[:-1]"):
    s(c)
