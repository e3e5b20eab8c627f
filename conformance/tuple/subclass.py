# Subclasses of tuple.
class Vec(tuple):
    def __add__(self, other):
        return Vec(a + b for a, b in zip(self, other))
    def norm(self):
        return sum(a * a for a in self) ** 0.5
v = Vec((3, 4))
print(v, v.norm(), v + Vec((1, 1)), len(v), v[0], v == (3, 4), isinstance(v, tuple), type(v + v).__name__, v[1:], 4 in v, list(v))
x, y = v
print(x, y, (1, 2) + tuple(v), sorted([Vec((2, 1)), Vec((1, 2))]))
class Pair(tuple):
    def __new__(cls, a, b):
        return super().__new__(cls, (a, b))
    def first(self):
        return self[0]
try:
    p = Pair(1, 2)
    print(p, p.first())
except Exception as e:
    print(type(e).__name__, e)
