# Default arguments: evaluated once, in the defining scope, in order.
def note(x):
    print("eval", x)
    return x
def f(a=note(1), b=note(2), *, c=note(3)):
    return a, b, c
print(f(), f(9), f(c=7), f(b=8))
def acc(x, lst=[]):
    lst.append(x)
    return lst
print(acc(1), acc(2), acc(3, []), acc(4))
n = 5
def late(x=n):
    return x
n = 6
print(late())
fs = []
for i in range(3):
    def g(k=i, *, m=i * 10):
        return k, m
    fs.append(g)
print([g() for g in fs])
class C:
    size = 3
    def m(self, n=size):
        return n
    def o(self, other=None):
        return self if other is None else other
print(C().m(), C().o(5))
def chain(a, b=lambda: "default fn", c=(1, 2), d={"k": 1}):
    return a, b(), c, d
print(chain(1), chain(1, lambda: "given"))
def sentinel(x=None):
    if x is None:
        x = []
    x.append(1)
    return x
print(sentinel(), sentinel(), sentinel([0]))
print((lambda x, y=2, *z, w=4: (x, y, z, w))(1), (lambda x=1: x)())
for src in ("def f(a=1, b): pass", "def f(*, a=1, b): return a, b\nprint(f(b=2))", "def f(a, a): pass", "def f(*a, *b): pass", "def f(**k, a): pass", "def f(*): pass", "def f(a=): pass", "lambda a=1, b: 0", "def f(a, *, **k): pass"):
    try:
        exec(src)
        print(repr(src), "ok")
    except Exception as e:
        print(repr(src), type(e).__name__, e)
