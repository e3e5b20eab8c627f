# repr of built-in objects.
print(repr(1), repr(-2**40), repr(1.5), repr("a'b"), repr(b"x"), repr(None), repr(True), repr(...), repr(NotImplemented), repr([1, "a"]), repr((1,)), repr({1: "x"}), repr(range(1, 5, 2)), repr(1j), repr(int), repr(ValueError), repr(ValueError("x")))
print(repr(set()), repr({5}), repr(frozenset()), repr(frozenset((5,))), repr(bytearray(b"q")), repr(type), repr(type(None)), repr(object), repr(slice))
def named():
    pass
class K:
    pass
for x in (named, lambda: 0, K(), print, [].append, iter([]), (i for i in ()), map(str, []), zip(), enumerate([]), reversed([]), K().__init__ if hasattr(K(), "__init__") else 0, memoryview(b"a"), property(), super):
    r = repr(x)
    print(r.split(" at ")[0].split(" 0x")[0][:14])
import sys
print(repr(sys)[:13], repr("\n\t\\\x00"), repr(""), repr('"'))
for f in (lambda: repr(), lambda: repr(1, 2)):
    try:
        print(f())
    except TypeError as e:
        print(type(e).__name__, e)
