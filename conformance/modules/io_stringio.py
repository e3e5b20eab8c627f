# io.StringIO and BytesIO: read, write, seek, iteration, context manager.
import io
s = io.StringIO("line one\nline two\n\nlast")
print(repr(s.read(4)), repr(s.readline()), repr(s.readline()), repr(s.read()), repr(s.read()), s.seek(0), list(s), hasattr(s, "readlines"))
w = io.StringIO()
print(w.write("abc"), w.write("defg"), w.getvalue(), w.seek(2), w.write("X"), w.getvalue(), w.tell(), w.seek(0, 2), w.write("end"), w.getvalue())
b = io.BytesIO(b"hello")
print(b.read(2), b.read(), b.seek(1), b.read(1), b.getvalue(), b.seek(0, 2), b.write(b" world"), b.getvalue(), b.seek(-5, 2), b.read())
buf = bytearray(4)
b.seek(0)
print(b.readinto(buf), buf, b.readinto(buf, 2) , buf)
for line in io.StringIO("a\nb\nc"):
    print(repr(line), end=" ")
print()
with io.StringIO() as f:
    f.write("in with")
    print(f.getvalue())
try:
    f.getvalue()
except ValueError as e:
    print(type(e).__name__, e)
print("text", 1, file=w)
print(w.getvalue()[-8:])
p = io.BytesIO()
p.write(bytearray(b"xy"))
p.write(memoryview(b"z"))
print(p.getvalue(), io.StringIO("é€").read(1))
for g in (lambda: io.StringIO(5).read(), lambda: io.BytesIO("str").read(), lambda: w.write(5), lambda: p.write("str"), lambda: w.seek(-1), lambda: w.seek("a"), lambda: w.nope, lambda: io.StringIO("a").read("b")):
    try:
        print(g())
    except Exception as e:
        print(type(e).__name__, e)
