# Generators with arguments of every kind and enough locals to need a large frame.
def g(a, b=2, *args, c, d=4, **kw):
    yield a, b, args, c, d, sorted(kw.items())
    x1 = x2 = x3 = x4 = x5 = x6 = 1
    y1, y2, y3, y4, y5 = range(5)
    for i in range(3):
        z = x1 + x2 + x3 + y5 + i
        yield [z, (x4, (x5, (x6, y1 + y2 + y3 + y4 + (yield z) if i == 1 else 0)))]
    yield locals().__class__ is dict
it = g(1, c=3)
print(next(it), [it.send(v) for v in (None, 10, 20, 30, 40)])
print(next(g(1, 9, 8, 7, c=0, e=5, d=6)))
for f in (lambda: g(), lambda: g(1), lambda: g(1, 2), lambda: g(c=1), lambda: g(1, c=1, a=2)):
    try:
        f()
    except TypeError as e:
        print(type(e).__name__, e)
def deep():
    yield ((1 + ((2 + ((3 + ((4 + (yield "ask"))))))))) * 2
d = deep()
print(next(d), d.send(5))
def gen_star(*args):
    yield from args
    yield len(args)
print(list(gen_star()), list(gen_star(1, 2)), list(gen_star(*range(5))))
