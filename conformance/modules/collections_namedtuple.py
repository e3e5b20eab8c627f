# namedtuple.
from collections import namedtuple
P = namedtuple("P", ("x", "y"))
Q = namedtuple("Q", "a b c")
p = P(1, 2)
q = Q(a=1, c=3, b=2)
print(p, q, p.x, p[1], p == (1, 2), (1, 2) == p, p == P(1, 2), len(q), list(q), p + (3,), p * 2, q[1:], 2 in p, hash(p) == hash((1, 2)), {p: "k"}[(1, 2)], sorted([P(2, 1), P(1, 5)]), max(P(1, 2), P(1, 3)))
x, y = p
print(x, y, P(*"ab"), P(**{"x": 1, "y": 2}), P(1, y=5), isinstance(p, tuple), type(p).__name__, P.__name__, bool(namedtuple("E", "")()), namedtuple("L", ["m"])(5), "%s" % (p,), "%d-%d" % p)
class R(P):
    def norm(self):
        return self.x + self.y
    @property
    def swap(self):
        return R(self.y, self.x)
r = R(3, 4)
print(r.norm(), r.swap, r.x, r == (3, 4))
def setx():
    p.x = 5
for f in (lambda: P(1), lambda: P(1, 2, 3), lambda: P(1, z=2), lambda: P(1, x=2), lambda: p.z, setx, lambda: p[5], lambda: namedtuple("X"), lambda: namedtuple("X", 5), lambda: P(), lambda: p.index(2), lambda: P(1, 2, y=3), lambda: namedtuple(5, "a")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
