# print: separators, ends, files, nothing, everything; objects whose text raises.
import io
print(); print(""); print(1, "a", None, 2.5, [1], (2,), {"k": 1}, b"b", True, sep="|"); print("a", end=""); print("b", end="\n\n"); print("c", "d", sep=""); print("e", sep="x", end="!\n"); print(*"abc", sep="-"); print(*[], sep="-"); print([], {}, (), set(), "", b"", sep=",")
f = io.StringIO(); print("to file", 5, file=f, end="."); print(repr(f.getvalue()))
class S:
    def __str__(self): return "S-str"
    def __repr__(self): return "S-repr"
class O:
    def __repr__(self): return "O-repr"
class E:
    def __str__(self): raise ValueError("no text")
    __repr__ = __str__
print(S(), O(), [S(), O()], {"k": S()}, (O(),), {O(): 1}); print(str(S()), repr(S()), "%s %r" % (S(), S()), "{} {!r}".format(O(), O()))
for bad in (lambda: print(E()), lambda: print([E()]), lambda: str(E()), lambda: print(1, sep=1), lambda: print(1, end=None), lambda: print(1, sep=None), lambda: print(1, file=5), lambda: print(x=1), lambda: print(1, 2, sep=b"x")):
    try: bad()
    except Exception as e: print("|", type(e).__name__, e)
print(1, 2, 3, sep="\n"); print("tab\there", "nl\nx"); print("quote'", 'q"', repr("quote'"), repr('q"'), repr('\'"'))
print(0.1, 1e100, -0.0, 1.0, 1e-7, 123456789012345678, 1e16, float("inf"), float("nan"), 1j, -1.5 + 2j)
print([0.1, "a'b", None, [True, [()]]], {1: {2: {3: {}}}}, ((),), ((1,),), [[]], [[], []], {"a": [1, {"b": (2,)}]})
print(range(3), range(1, 9, 2), Ellipsis, NotImplemented, int, str, type, len.__name__ if hasattr(len, "__name__") else "", ValueError, ValueError("x"), KeyError("k"))
l = [1]; l.append(l); print(len(l), l[1] is l)
