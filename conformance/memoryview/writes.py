# Writing through memoryviews: into bytearrays and arrays, by item and by slice, sizes and ranges.
from array import array
def t(code):
    b = bytearray(b"abcdef"); a = array("h", [1, 2, 3]); ns = {"b": b, "a": a, "m": memoryview(b), "n": memoryview(a), "array": array}
    try: exec(code, ns); print(code, "->", bytes(b), list(a))
    except Exception as e: print(code, "!", type(e).__name__, e)
for code in ("m[0] = 65", "m[-1] = 66", "m[6] = 1", "m[0] = 256", "m[0] = -1", "m[0] = 'a'", "m[0] = 1.5", "m[0:2] = b'XY'", "m[0:2] = b'X'", "m[0:2] = bytearray(b'XY')", "m[0:2] = [1, 2]", "m[0:2] = 'XY'", "m[0:2] = m[2:4]", "m[1:] = m[:-1]", "m[:-1] = m[1:]", "m[3:1] = b''", "m[1:3][0] = 90", "n[0] = 7", "n[1] = -1", "n[2] = 40000", "n[9] = 1", "n[0:2] = n[1:3]", "n[0:2] = array('h', [8, 9])", "n[0:1] = array('b', [1])", "n[0:2] = b'abcd'", "n[:] = a", "m[0:2] = n[0:1]", "del m[0]", "memoryview(b'abc')[0] = 1", "memoryview(b'abc')[0:1] = b'x'", "m.x = 1", "b.append(1); m[0] = 1"):
    t(code)
