# sleep in decorators, default arguments, annotations, closures and lambdas.
from time import sleep_ms
def s(v):
    sleep_ms(1)
    return v
def deco(f):
    sleep_ms(1)
    def wrapped(*a, **k):
        sleep_ms(1)
        r = f(*a, **k)
        sleep_ms(1)
        return ("wrapped", r)
    return wrapped
def with_arg(tag):
    sleep_ms(1)
    def d(f):
        sleep_ms(1)
        return lambda *a: (tag, f(*a))
    return d
@deco
def f(a, b=s(2), *, c=s(3)):
    sleep_ms(1)
    return a, b, c
@with_arg(s("outer"))
@with_arg("inner")
def g(x=s([])):
    x.append(s(1))
    return x
print(f(1), f(1, c=9), g(), g(), g([]))
class C:
    @deco
    def m(self, k=s(5)):
        return k
    @staticmethod
    @deco
    def st(x):
        return s(x)
    @property
    @deco
    def p(self):
        return s("p")
    @classmethod
    def cm(cls, d=s("d")):
        sleep_ms(1)
        return cls.__name__, d
print(C().m(), C.st(4), C().p, C.cm())
def counter():
    n = s(0)
    def up():
        nonlocal n
        sleep_ms(1)
        n += s(1)
        return n
    return up
a, b = counter(), counter()
print(a(), a(), b(), (lambda x=s(7): s(x))(), sorted([3, 1], key=lambda v: s(v)))
class Deco:
    def __init__(self, f):
        sleep_ms(1)
        self.f = f
    def __call__(self, *a):
        sleep_ms(1)
        return "Deco", self.f(*a)
@Deco
def h(x):
    return s(x)
print(h(8), list(map(h, [1])))
def rec(n, acc=s(())):
    return acc if n == 0 else rec(s(n - 1), acc + (s(n),))
print(rec(3))
