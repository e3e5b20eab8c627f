# Descriptors, class attributes, subclasses of built-in types and exceptions.
class Meta:
    def __init__(self, name): self.name = name
    def __get__(self, obj, cls): return (self.name, obj is None, cls.__name__)
class A:
    m = Meta("m")
    __slots__ = ("a",)
    x: int = 5
    def __init__(self): self.a = 1; self.b = 2
    def __repr__(self): return "A!"
    def __eq__(self, o): return isinstance(o, A)
    def __lt__(self, o): return True
    def f(self): return __class__
print(A().m, A().f(), A.x)
print(A() == A(), A() != A(), A() == 3, A() < A())
try: print(A() <= A())
except TypeError as e: print(e)
try: print({A(): 1})
except TypeError as e: print(e)
print([A(), A()].count(A()), A() in [1, A()], [1, A()].index(A()))
print("%s|%r|{}|{!r}".format(A(), A()) % (A(), A()))
class B(A):
    def __init__(self, *a, **k):
        super().__init__()
        print(a, sorted(k.items()))
    @classmethod
    def make(cls, *a): return cls(*a, z=3)
    @staticmethod
    def st(x=5): return x
print(B.make(1, 2).b, B.st(), B(1).st(7), B.__bases__, B.__name__, B.__qualname__ if hasattr(B, "__qualname__") else "noq")
print(isinstance(B(), (int, A)), issubclass(B, (int, A)), issubclass(bool, int), isinstance(True, int))
try: issubclass(1, int)
except TypeError as e: print(e)
try: isinstance(1, 1)
except TypeError as e: print(e)
try: isinstance(1, (int, 1))
except TypeError as e: print(e)
class C:
    def __call__(self, *a, **k): return a, k
    def __getitem__(self, i): return i
    def __setitem__(self, i, v): print("set", i, v)
    def __delitem__(self, i): print("del", i)
    def __len__(self): return 7
    def __contains__(self, x): return x == 3
    def __iter__(self): return iter("xyz")
c = C()
print(c(1, b=2), c[1:2], c[1, 2], c[::3], c[...], len(c), 3 in c, 4 in c, list(c), dict(zip(c, c)))
c[1:2] = 3; del c[5]; c[1] = c[2] = 4
a, b, d = c
print(a, b, d, max(c), sorted(c, reverse=True))
class D(dict):
    def __missing__(self, k): return "missing"
    def __getattr__(self, n): return self[n]
d = D(a=1)
print(d.a, d["a"], len(d), list(d.items()), isinstance(d, dict))
try: print(d["zz"])
except KeyError as e: print("KeyError", e)
class L(list):
    def append(self, x): super().append(x * 2)
l = L([1, 2]); l.append(5)
print(l, l[0], len(l), l + [1], l == [1, 2, 10], sorted(l, reverse=True), list(reversed(l)))
class T(tuple):
    def total(self): return sum(self)
t = T((1, 2, 3))
print(t, t.total(), t[1:], t + (4,), hash(t) == hash((1, 2, 3)), t == (1, 2, 3))
class S(str):
    def shout(self): return self.upper() + "!"
s = S("abc")
print(s, s.shout(), s + "d", s == "abc", len(s), s[1], "b" in s, repr(s), "%s" % s, {"abc": 1}.get(s))
class I(int):
    def half(self): return self // 2
i = I(9)
print(i, i.half(), i + 1, -i, i == 9, "%d" % i, [0] * I(2), i * 2, type(i + 1), int(i), bool(I(0)))
class X(Exception):
    def __init__(self, code): super().__init__("code %d" % code); self.code = code
try: raise X(5)
except X as e: print(e, e.code, e.args, repr(e))
class Y(X):
    def __init__(self): X.__init__(self, 7)
try: raise Y()
except Exception as e: print(type(e), e, e.code)
