# * and ** in calls.
def f(*a, **k):
    return a, sorted(k.items())
print(f(*[1, 2]), f(*(), **{}), f(0, *"ab", 3), f(*range(2), *[7, 8]), f(**{"x": 1}, y=2), f(1, *[2], z=3, **{"w": 4}), f(*{5: 6}), f(*(i for i in "gh")), f(*[], *[], **{}, **{"a": 1}))
def g(a, b=2, *c, d=4, **e):
    return a, b, c, d, sorted(e.items())
print(g(*[1]), g(*[1, 5, 6, 7]), g(1, **{"b": 9, "d": 8, "z": 7}), g(**{"a": 1}), g(*"xy", d="D", **{"q": 1}))
kw = {"sep": "-", "end": "!\n"}
print(1, 2, **kw)
print(*[1, 2], sep="+")
class D:
    def keys(self):
        return ["p", "q"]
    def __getitem__(self, k):
        return k * 2
print(f(**D()))
class It:
    def __iter__(self):
        yield 1
        yield 2
print(f(*It()), max(*[3, 1, 2]), [].append(*[1]), dict(**{"a": 1}) == {"a": 1}, "{} {k}".format(*[1], **{"k": 2}))
class C:
    def __init__(self, *a, **k):
        self.v = (a, sorted(k))
    def m(self, *a, **k):
        return a, sorted(k)
print(C(*[1], **{"k": 1}).v, C().m(*"ab", **{"z": 0}), (lambda *a, **k: (a, sorted(k)))(*[1], **{"k": 2}))
many = list(range(40))
print(len(f(*many)[0]), sum(f(*many)[0]), len(f(**{"k%d" % i: i for i in range(30)})[1]))
def h(a, b):
    return a - b
print(h(*[5, 3]), h(**{"b": 1, "a": 10}), h(5, **{"b": 2}))
for src in ("f(*5)", "f(**5)", "f(**{1: 2})", "h(*[1])", "h(*[1, 2, 3])", "h(1, **{'a': 2})", "f(a=1, a=2)", "f(**{}, *[])", "f(a=1, 2)", "f(x=1, **{'x': 2})", "h(1, c=2)", "f(**None)", "f(*None)", "f(1=2)", "f(a b)", "f(**{'a': 1}, **{'a': 2})", "f(a.b=1)", "f(*[1], 2, *[3])"):
    try:
        print(src, eval(src))
    except Exception as e:
        print(src, type(e).__name__, e)
