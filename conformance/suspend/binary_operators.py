# sleep in binary, reflected and in-place operator methods.
from time import sleep_ms
names = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "lshift", "rshift", "and", "or", "xor", "matmul")
syms = ("+", "-", "*", "/", "//", "%", "**", "<<", ">>", "&", "|", "^", "@")
class V:
    def __init__(self, n):
        self.n = n
def install(prefix):
    for n in names:
        def op(self, o, n=n):
            sleep_ms(1)
            return "%s%s(%s,%s)" % (prefix, n, self.n, o.n if isinstance(o, V) else o)
        setattr(V, "__%s%s__" % (prefix, n), op)
install("")
install("r")
a, b = V(1), V(2)
for s in syms:
    print(eval("a %s b" % s), eval("a %s 5" % s), eval("5 %s a" % s))
class I:
    def __init__(self):
        self.log = []
    def __iadd__(self, o):
        sleep_ms(1)
        self.log.append(o)
        return self
    def __isub__(self, o):
        sleep_ms(1)
        return "replaced by %s" % o
i = j = I()
i += 1
i += a + b
print(i.log, i is j)
i -= 3
print(i)
class N:
    def __add__(self, o):
        sleep_ms(1)
        return NotImplemented
print((N() + a)[:4])
try:
    N() + 1
except TypeError as e:
    print(e)
class Num:
    def __init__(self, v):
        self.v = v
    def __add__(self, o):
        sleep_ms(1)
        return Num(self.v + (o.v if isinstance(o, Num) else o))
    __radd__ = __add__
print((Num(1) + Num(2) + 3).v, (1 + Num(2)).v, sum([Num(1), Num(2)]).v)
d = {"k": Num(1)}
d["k"] += 5
l = [Num(2)]
l[0] += Num(3)
print(d["k"].v, l[0].v)
