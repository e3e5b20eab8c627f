# Decorators: plain, with arguments, stacked, on methods and classes.
def trace(f):
    def wrapped(*args, **kw):
        r = f(*args, **kw)
        print("call", args, sorted(kw.items()), "->", r)
        return r
    return wrapped
@trace
def add(a, b=1):
    return a + b
add(1)
add(2, b=5)
def repeat(n):
    def deco(f):
        def run(*a):
            return [f(*a) for _ in range(n)]
        return run
    return deco
@repeat(3)
def hi(x):
    return "hi " + x
print(hi("bob"))
def tag(t):
    return lambda f: lambda *a: "<%s>%s</%s>" % (t, f(*a), t)
@tag("b")
@tag("i")
def text(s):
    return s
print(text("x"))
registry = []
def register(cls):
    registry.append(cls.__name__)
    cls.tag = "registered"
    return cls
@register
class A:
    @trace
    def m(self_, k):
        return k * 2
    @staticmethod
    def s(x):
        return x + 1
    @classmethod
    def c(cls, x):
        return cls.__name__ + x
    @property
    def p(self):
        return "prop"
print(registry, A.tag, A.s(1), A().s(2), A.c("!"), A().p)
class Args(tuple):
    pass
def memo(f):
    cache = {}
    def g(n):
        if n not in cache:
            cache[n] = f(n)
        return cache[n]
    g_ref = g
    return g_ref
@memo
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(20))
class Call:
    def __init__(self, f):
        self.f, self.n = f, 0
    def __call__(self, *a):
        self.n += 1
        return self.f(*a)
@Call
def sq(x):
    return x * x
print(sq(3), sq(4), sq.n)
def none(f):
    return None
@none
def gone():
    pass
print(gone)
for src in ("@5\ndef f(): pass", "@undefined\ndef f(): pass", "@none\nx = 1", "@none"):
    try:
        exec(src)
    except Exception as e:
        print(repr(src), type(e).__name__, e)
