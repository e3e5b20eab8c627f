# Parameters of every kind and the binding of arguments to them.
def a0(): return "a0"
def a1(a): return a
def d(a, b=2, c=3): return a, b, c
def v(a, *args): return a, args
def k(a, **kw): return a, sorted(kw.items())
def ko(*, x, y=5): return x, y
def mix(a, b=2, *args, c, d=4, **kw): return a, b, args, c, d, sorted(kw.items())
def star(a, *, b): return a, b
print(a0(), a1(1), a1(a=2), d(1), d(1, 5), d(1, c=9), d(c=1, b=2, a=3), v(1), v(1, 2, 3), k(1), k(1, z=2), k(a=1, b=2), ko(x=1), ko(y=1, x=2))
print(mix(1, c=3), mix(1, 2, 3, 4, c=5, d=6, e=7), mix(c=1, a=2), mix(1, c=0, z=1, y=2), star(1, b=2), (lambda: 1)(), (lambda x, *y, z=3, **w: (x, y, z, sorted(w)))(1, 2, z=4, q=5))
for f in (lambda: a0(1), lambda: a1(), lambda: a1(1, 2), lambda: a1(b=1), lambda: a1(1, a=2), lambda: d(), lambda: d(1, 2, 3, 4), lambda: d(1, d=4), lambda: v(), lambda: v(a=1, b=2), lambda: k(), lambda: k(1, 2), lambda: k(1, a=2), lambda: ko(), lambda: ko(1), lambda: ko(x=1, z=2), lambda: mix(1), lambda: mix(c=1), lambda: mix(1, 2, b=3, c=4), lambda: star(1, 2), lambda: star(1), lambda: star(b=1)):
    try:
        print(f())
    except TypeError as e:
        print(type(e).__name__, e)
def many(a, b, c, d, e, f, g, h, i, j, k, l=12, *m, n, o=15, **p):
    return a + b + c + d + e + f + g + h + i + j + k + l + n + o, m, sorted(p)
print(many(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, n=14), many(*range(20), n=0, o=0, x=1))
def nested(f, *a):
    return f(*a)
print(nested(nested, nested, a1, 7), nested(lambda *x: sum(x), 1, 2, 3))
def ret():
    return
def implicit():
    pass
def tup():
    return 1, 2
def cond(x):
    if x:
        return "yes"
print(ret(), implicit(), tup(), cond(1), cond(0))
def rec(n, acc=1):
    return acc if n == 0 else rec(n - 1, acc * n)
print(rec(10), (lambda f, n: f(f, n))(lambda f, n: n if n < 2 else f(f, n - 1) + f(f, n - 2), 10))
def doc():
    "docstring"
    return 1
def annotated(a: int, b: "str" = "x", *c: list, d: float = 1.0, **e: dict) -> tuple:
    return a, b, c, d, e
print(doc(), annotated(1), annotated.__name__, doc is doc)
