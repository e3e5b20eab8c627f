# sleep in generators and operators under sum, any, all, in, and next.
from time import sleep_ms
def g(*vals):
    for v in vals:
        sleep_ms(1)
        yield v
print(sum(g(1, 2, 3)), sum(g(1.5, 2), 10), any(g(0, 0, 3)), any(g(0, "")), all(g(1, 2)), all(g(1, 0, 2)), any(g()), all(g()), sum(g()))
it = g(0, 5, 6)
print(any(it), list(it))
it = g(1, 0, 7)
print(all(it), list(it))
class N:
    def __init__(self, v):
        self.v = v
    def __add__(self, o):
        sleep_ms(1)
        return N(self.v + (o.v if isinstance(o, N) else o))
    def __radd__(self, o):
        sleep_ms(1)
        return N(self.v + o)
    def __bool__(self):
        sleep_ms(1)
        return self.v > 1
print(sum([N(1), N(2)]).v, sum((N(i) for i in g(1, 2, 3)), N(10)).v, any([N(1), N(2)]), all([N(2), N(1)]), any(map(N, g(0, 1))))
print(3 in g(1, 3, 5), 9 in g(1, 2), next(g(7)), next(g(), "empty"), 2 not in g(1))
it = g(1, 2, 3)
print(2 in it, list(it))
def bad():
    yield 0
    sleep_ms(1)
    raise KeyError("k")
for f in (sum, any, max, list):
    try:
        print(f(bad()))
    except KeyError as e:
        print(f is sum, "KeyError", e)
