# sleep in every clause of list, dict, set and generator comprehensions.
from time import sleep_ms
def s(v):
    sleep_ms(1)
    return v
def it(n):
    for i in range(n):
        sleep_ms(1)
        yield i
print([s(x) for x in it(3)], [x for x in range(4) if s(x) % 2], [(s(x), y) for x in it(2) for y in it(x + 1) if s(True)])
d = {s(k): s(k * 2) for k in it(3) if s(k) != 1}
print(sorted(d.items()), sorted({s(x % 2) for x in it(4)}))
g = (s(x) for x in it(3) if s(x))
print(next(g), list(g), sum(s(x) for x in it(4)), list(y for x in it(2) for y in (s(x), s(-x))))
print([[s(i * j) for j in it(2)] for i in it(2)], [f(3) for f in [lambda v: s(v), lambda v: s(v * 2)]], {k: [s(v) for v in it(k)] for k in it(2)} == {0: [], 1: [0]})
def outer(n):
    sleep_ms(1)
    return [n + s(i) for i in it(n)]
print(outer(3), [outer(i) for i in it(3)])
try:
    [1 / s(x) for x in (1, 0)]
except ZeroDivisionError as e:
    print(e)
class C:
    vals = [s(v) for v in it(2)]
print(C.vals, [w for x in it(3) if (w := s(x * 2)) > 1])
