# sleep in sources of tuple unpacking, star targets and star arguments.
from time import sleep_ms
def g(*vals):
    for v in vals:
        sleep_ms(1)
        yield v
a, b = g(1, 2)
c, *d = g(3, 4, 5)
*e, f = g("x", "y", "z")
(h, (i, *j)), k = g(g(1, g(2, 3, 4)), 5)
print(a, b, c, d, e, f, h, i, j, k)
def fn(*a, **kw):
    sleep_ms(1)
    return a, sorted(kw.items())
print(fn(*g(1, 2)), fn(0, *g(1), *g(2, 3), 4), fn(*g(), **{"k": 1}), max(*g(4, 9, 2)), fn(*(x for x in g("p"))))
for x, (y, z) in g((1, (2, 3)), (4, g(5, 6))):
    print(x, y, z)
for bad in ("a, b = g(1)", "a, b = g(1, 2, 3)", "a, *b, c = g(1)", "a, b = g(1, g(2))[0]"):
    try:
        exec(bad)
    except Exception as ex:
        print(bad, type(ex).__name__, ex)
def failing():
    yield 1
    sleep_ms(1)
    raise ValueError("while unpacking")
for f in (lambda: fn(*failing()), lambda: [a for a, b in [failing()]]):
    try:
        f()
    except ValueError as ex:
        print(ex)
class Map:
    def keys(self):
        sleep_ms(1)
        return ["m", "n"]
    def __getitem__(self, key):
        sleep_ms(1)
        return key * 2
print(fn(**Map()), fn(*g(1), **Map()))
print(list(map(str, g(1))), (lambda a, b: a - b)(*g(9, 4)), list(zip(*g((1, 2), (3, 4)))))
