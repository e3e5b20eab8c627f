# In-place operator methods and their fall back to the plain ones.
class A:
    def __init__(self, n):
        self.n = n
    def __iadd__(self, o):
        self.n += o
        return self
    def __isub__(self, o):
        return "replaced"
    def __mul__(self, o):
        return A(self.n * o)
a = b = A(1)
a += 5
print(a.n, b.n, a is b)
a *= 3
print(a.n, b.n, a is b)
a -= 1
print(a)
for name, op in (("iadd", "+="), ("isub", "-="), ):
    class X:
        pass
    ns = {"X": X}
    exec("def f(self, o): return ('%s', o)" % name, ns)
    setattr(X, "__%s__" % name, ns["f"])
    ns["x"] = X()
    try:
        exec("x %s 4" % op, ns)
        print(ns["x"])
    except TypeError as e:
        print(type(e).__name__, e)
class C:
    items = [1]
c = C()
c.items += [2]
print(c.items, C.items, c.items is C.items)
d = {"k": A(1)}
d["k"] += 4
print(d["k"].n)
class NI:
    def __iadd__(self, o):
        return NotImplemented
    def __add__(self, o):
        return "add"
n = NI()
try:
    n += 1
    print(n)
except TypeError as e:
    print(type(e).__name__, e)
