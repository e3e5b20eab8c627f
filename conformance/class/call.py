# __call__, bound and unbound methods, callables of all kinds.
class C:
    def __init__(self, k):
        self.k = k
    def __call__(self, *a, **kw):
        return self.k, a, sorted(kw.items())
    def m(self, *a):
        return a
c = C(7)
print(c(), c(1, 2), c(x=1), c(*[1, 2], **{"z": 3}), callable(c), callable(C), callable(5), callable(print), callable(lambda: 0), callable(c.m), callable("".upper))
print(list(map(c, [1, 2])), sorted([3, 1], key=C(0)), (lambda f: f(9))(c))
m = c.m
print(m(1), C.m(c, 2), type(m) is type(c.m), m == c.m, m is m, [f(5) for f in (m, c)])
class D(C):
    def __call__(self, *a):
        return ("D",) + super().__call__(*a)
print(D(1)(2))
class Meth:
    def __call__(self):
        return "called"
class Holder:
    f = Meth()
    g = len
    h = lambda self: "h"
    i = str.upper
    k = int
h = Holder()
h.inst = Meth()
print(h.f(), h.h(), h.inst(), h.k("12"))
for f in (lambda: h.g(), lambda: h.i(), lambda: h.g([1, 2]), lambda: h.i("x")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
class NoCall:
    pass
for f in (lambda: NoCall()(), lambda: 5(), lambda: "s"(), lambda: None(), lambda: [](), lambda: c.zz(), lambda: C(1)(2).x):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
x = NoCall()
x.__call__ = lambda: "instance attribute"
try:
    print(x())
except TypeError as e:
    print(type(e).__name__, e)
