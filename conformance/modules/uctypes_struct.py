# uctypes: scalars, bit fields, nested structures, arrays and pointers, in each layout; what is wrong raises.
import uctypes

desc = {
    "u8": uctypes.UINT8 | 0,
    "i8": uctypes.INT8 | 1,
    "u16": uctypes.UINT16 | 2,
    "i16": uctypes.INT16 | 4,
    "u32": uctypes.UINT32 | 8,
    "i32": uctypes.INT32 | 12,
    "u64": uctypes.UINT64 | 16,
    "i64": uctypes.INT64 | 24,
    "f": uctypes.FLOAT32 | 32,
    "d": uctypes.FLOAT64 | 40,
    "low": uctypes.BFUINT16 | 2 | 0 << uctypes.BF_POS | 4 << uctypes.BF_LEN,
    "mid": uctypes.BFUINT16 | 2 | 4 << uctypes.BF_POS | 9 << uctypes.BF_LEN,
    "top": uctypes.BFUINT32 | 8 | 31 << uctypes.BF_POS | 1 << uctypes.BF_LEN,
    "sub": (48, {"a": uctypes.UINT8 | 0, "b": uctypes.UINT16 | 1}),
    "bytes": (uctypes.ARRAY | 0, uctypes.UINT8 | 4),
    "words": (uctypes.ARRAY | 0, uctypes.INT16 | 3),
    "pairs": (uctypes.ARRAY | 48, 2, {"x": uctypes.UINT8 | 0, "y": uctypes.INT8 | 1}),
    "ptr": (uctypes.PTR | 52, uctypes.UINT8),
    "sptr": (uctypes.PTR | 52, {"first": uctypes.UINT16 | 0}),
}

for layout in (uctypes.LITTLE_ENDIAN, uctypes.BIG_ENDIAN, uctypes.NATIVE):
    buf = bytearray((i * 37 + 11) & 0xFF for i in range(56))
    s = uctypes.struct(uctypes.addressof(buf), desc, layout)
    print(layout, uctypes.sizeof(s), uctypes.sizeof(desc, layout))
    print(s.u8, s.i8, s.u16, s.i16, s.u32, s.i32, s.u64, s.i64)
    print(s.low, s.mid, s.top, s.sub.a, s.sub.b, s.bytes, [s.words[i] for i in range(3)], s.pairs[1].y)
    s.u8 = 300
    s.i8 = -2
    s.u16 = 0x12345
    s.i16 = -3
    s.u32 = 0xFFFFFFFF
    s.i32 = -1 << 31
    s.u64 = 1 << 63
    s.i64 = -5
    s.f = 1.5
    s.d = -2.25
    s.low = 0x1F
    s.mid = 0x155
    s.top = 0
    s.sub.b = 0xABCD
    s.words[1] = -7
    s.pairs[0].x = 9
    print(s.u8, s.i8, s.u16, s.i16, s.u32, s.i32, s.u64, s.i64, s.f, s.d)
    print(buf)
    s.bytes[0] = 1
    del s.u8
    print(buf[0], uctypes.sizeof(s.bytes), uctypes.sizeof(s.words), uctypes.sizeof(s.sub), bytes(s)[:4] == bytes(buf)[:4])

target = bytearray(b"pointed at")
holder = bytearray(56)
n = uctypes.struct(uctypes.addressof(holder), desc)
holder[52:56] = uctypes.addressof(target).to_bytes(4, "little")
print(n.ptr[0], n.ptr[3], n.sptr[1].first, int(n.ptr) == uctypes.addressof(target))
print(uctypes.bytes_at(uctypes.addressof(target), 7), uctypes.bytearray_at(uctypes.addressof(target) + 8, 2))
uctypes.bytearray_at(uctypes.addressof(target), 3)[1] = 0x2D
print(target)


def fails(f):
    try:
        print("no error", f())
    except (TypeError, KeyError, IndexError, ValueError) as e:
        print(type(e).__name__, e)


words = uctypes.struct(uctypes.addressof(holder), (uctypes.ARRAY | 0, uctypes.UINT16 | 2))
print(words[0], words[1])
fails(lambda: n.nothing)
fails(lambda: words[2])
fails(lambda: words.x)
fails(lambda: n[0])
fails(lambda: n.sub[0])
fails(lambda: setattr(n, "sub", 1))
fails(lambda: uctypes.sizeof(uctypes.UINT8))
fails(lambda: uctypes.sizeof("x"))
fails(lambda: uctypes.sizeof((uctypes.ARRAY | 0, 1, 2, 3)))
fails(lambda: uctypes.sizeof((0,)))
fails(lambda: uctypes.sizeof({"x": "y"}))
fails(lambda: uctypes.sizeof(n, uctypes.NATIVE))
fails(lambda: uctypes.struct(0))
fails(lambda: uctypes.addressof(1))
print(uctypes.sizeof({}, uctypes.LITTLE_ENDIAN), uctypes.sizeof({"p": (uctypes.PTR | 4, uctypes.VOID)}))
