# Indexing gives ints, slicing gives the same type.
for T in (bytes, bytearray):
    b = T(b"abcdef")
    print(b[0], b[-1], b[1:3], b[:], b[::1], b[4:1], b[-2:], b[:-2], b[10:], b[True], len(b), len(T()))
    for f in (lambda: b[6], lambda: b[-7], lambda: b["a"], lambda: b[1.0], lambda: b[None], lambda: b[::0], lambda: b[::2]):
        try:
            print(f())
        except Exception as e:
            print(type(e).__name__, e)
b = b"abc"
for stmt in ("b[0] = 1", "del b[0]", "b[0:1] = b'x'"):
    try:
        exec(stmt)
    except Exception as e:
        print(stmt, type(e).__name__, e)
print(list(b), tuple(bytearray(b"xy")), [hex(c) for c in b"\x00\xff"], 97 in b, b"b" in b, b"bc" in b)
for i, c in enumerate(b"hi"):
    print(i, c)
