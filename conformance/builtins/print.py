# print: sep, end, file, flush, objects of every kind.
import sys, io
print()
print(1, "two", 3.0, None, True, [4], (5,), {6: 7}, b"8", sep=" | ")
print("a", "b", sep="")
print("no newline", end="")
print(" then", end="!\n")
print("x", "y", sep="\n", end="\n--\n")
print(*range(4), sep=",")
print(*[], sep="x")
print("", "", sep="-")
print("file", file=sys.stdout)
buf = io.StringIO()
print("to", "buffer", file=buf, end=".")
print(repr(buf.getvalue()))
class F:
    def __init__(self):
        self.got = []
    def write(self, s):
        self.got.append(s)
        return len(s)
try:
    f = F()
    print("hi", 5, file=f)
    print(f.got)
except Exception as e:
    print(type(e).__name__, e)
class S:
    def __str__(self):
        return "S.str"
    def __repr__(self):
        return "S.repr"
print(S(), [S()], "%s" % S(), sep="/")
for args, kw in (((1,), {"sep": 5}), ((1,), {"end": 5}), ((1,), {"sep": None}), ((1,), {"end": None}), ((1,), {"foo": 1}), ((1,), {"flush": True}), ((1,), {"file": 5})):
    try:
        print(*args, **kw)
    except Exception as e:
        print(type(e).__name__, e)
print("é€😀", "\t tab", "nul:\0:", r"\n", "q'\"")
print(print("inner"))
