# bytearray item and slice assignment, append, extend.
b = bytearray(b"hello")
b[0] = 72
b[-1] = ord("O")
print(b)
b.append(33)
b.extend(b"??")
b.extend([1, 2])
b.extend(bytearray(b"z"))
print(b, len(b))
b[1:3] = b"EL"
print(b)
b[1:3] = b"longer piece"
print(b, len(b))
b[2:12] = b""
print(b, len(b))
b[len(b):] = b"end"
b[:0] = b"start"
print(b)
b[:] = b"all new"
print(b, len(b))
for i in range(len(b)):
    b[i] = (b[i] + 1) & 0xFF
print(b)
for i in range(100):
    b.append(i)
print(len(b), b[-1], b[50])
def go(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
def setit(i, v):
    x = bytearray(b"abc")
    x[i] = v
    return x
for i, v in ((3, 1), (-4, 1), (0, "a"), (0, None), (0, 1.5), ("a", 1), (slice(0, 1) if hasattr(slice, "indices") else 0, 2), (0, -1), (0, 256), (0, 300)):
    go(lambda: setit(i, v))
go(lambda: bytearray(b"a").append("a"))
go(lambda: bytearray(b"a").append(256))
go(lambda: bytearray(b"a").append(-1))
go(lambda: bytearray(b"a").append())
go(lambda: bytearray(b"a").extend(5))
go(lambda: bytearray(b"a").extend("abc"))
go(lambda: bytearray(b"a").pop())
