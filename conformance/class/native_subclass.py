# Subclassing int, str, float, tuple, dict, list, exceptions: what is kept.
class I(int):
    extra = "e"
    def double(self):
        return self * 2
i = I(21)
print(i, i.double(), i + 1, -i, i == 21, i < 30, hash(i) == hash(21), bool(I(0)), [10, 20, 30][I(1)], int(i), str(i), "%d" % i, {21: "x"}.get(i), i.extra, range(I(3)), isinstance(i, int), type(i + 1) is int)
class F(float):
    def half(self):
        return self / 2
f = F(5)
print(f, f.half(), f + 1, f > 4, f == 5)
class St(str):
    def __len__(self):
        return 99
s = St("abc")
print(s, len(s), s.upper(), s[1], s + "d", s == "abc", "b" in s, list(s), s.join(["1", "2"]), {"abc": 5}.get(s), "%s" % s, s.find("c"))
class B(bytes):
    pass
for g in (lambda: B(b"xy"), lambda: B(b"xy") == b"xy", lambda: B(b"xy").upper(), lambda: len(B(b"xy")), lambda: B(b"xy") + b"z", lambda: B(b"xy")[0]):
    try:
        print(g())
    except Exception as e:
        print(type(e).__name__, e)
class E(ValueError):
    level = 3
    def __init__(self, a, b):
        super().__init__(a)
        self.b = b
try:
    raise E("first", "second")
except ValueError as e:
    print(type(e).__name__, e, e.args, e.b, e.level, repr(e))
class K(KeyError):
    pass
try:
    raise K("key")
except LookupError as e:
    print(e, repr(e), e.args)
class Set(set):
    def add_all(self, it):
        for x in it:
            self.add(x)
        return self
print(sorted(Set([1]).add_all([2, 3])), len(Set()), 1 in Set((1,)), sorted(Set([1, 2]) & {2}))
class R(range):
    pass
class Obj(object):
    pass
for g in (lambda: list(R(3)), lambda: Obj() is None, lambda: type("G", (type(x for x in ()),), {})(), lambda: type("Fn", (type(print),), {}), lambda: type("N", (type(None),), {}), lambda: type("B", (bool,), {})(1), lambda: 1 + i, lambda: int(f), lambda: round(f), lambda: 1 + f, lambda: I("zz"), lambda: I(1, 2, 3)):
    try:
        print(g())
    except Exception as e:
        print(type(e).__name__, e)
