# Reflected operators and NotImplemented.
class R:
    def __init__(self, n):
        self.n = n
for name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "lshift", "rshift", "and", "or", "xor", "matmul"):
    ns = {}
    exec("def f(self, o): return ('r%s', self.n, o)" % name, ns)
    setattr(R, "__r%s__" % name, ns["f"])
r = R(9)
print(1 + r, 1 - r, 2.5 * r, "s" + r, [1] + r, 1 / r, 1 // r, 1 % r, 2**r, 1 << r, 1 >> r, 1 & r, 1 | r, 1 ^ r, None + r, 5 @ r)
class L:
    def __add__(self, o):
        return NotImplemented
    def __sub__(self, o):
        return "L sub"
print((L() + r)[0], L() - r)
for f in (lambda: L() + 1, lambda: r + 1, lambda: L() + L(), lambda: 1 + L(), lambda: r + r):
    try:
        v = f()
        print(v if not isinstance(v, tuple) else v[0])
    except TypeError as e:
        print(type(e).__name__, e)
class Both(R):
    def __add__(self, o):
        return ("add", self.n, o)
b = Both(3)
print(b + 1, 1 + b)
class NI(R):
    def __radd__(self, o):
        return NotImplemented
try:
    print(1 + NI(1))
except TypeError as e:
    print(type(e).__name__, e)
x = 5
x += r
print(x)
x = [1]
try:
    x += r
    print(x)
except TypeError as e:
    print(type(e).__name__, e)
class Num:
    def __init__(self, v):
        self.v = v
    def __add__(self, o):
        return Num(self.v + (o.v if isinstance(o, Num) else o))
    __radd__ = __add__
print(sum([Num(1), Num(2), Num(3)]).v, (1 + Num(2) + 3).v)
class M(int):
    def __radd__(self, o):
        return "M.radd"
    def __add__(self, o):
        return "M.add"
print(1 + M(2), M(2) + 1)
