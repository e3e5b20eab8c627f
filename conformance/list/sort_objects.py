# Sorting objects through __lt__, and key functions that raise.
class V:
    calls = 0
    def __init__(self, n):
        self.n = n
    def __lt__(self, other):
        V.calls += 1
        return self.n < other.n
    def __repr__(self):
        return "V%d" % self.n
vs = [V(n) for n in (3, 1, 2, 5, 4)]
vs.sort()
print(vs, V.calls > 0, sorted(vs, reverse=True), min(vs, key=lambda v: v.n), max(vs, key=lambda v: -v.n))
class NoLt:
    pass
try:
    sorted([NoLt(), NoLt()])
except TypeError as e:
    print(type(e).__name__, e)
def key(x):
    if x == 3:
        raise ValueError("no key for 3")
    return x
a = [5, 4, 3, 2]
try:
    a.sort(key=key)
except ValueError as e:
    print(e, len(a), sum(a))
class Bad(V):
    def __lt__(self, other):
        raise RuntimeError("lt")
try:
    [Bad(1), Bad(2)].sort()
except RuntimeError as e:
    print(type(e).__name__, e)
people = [("ann", 30), ("bob", 25), ("cat", 30), ("dan", 25)]
print(sorted(people, key=lambda p: (-p[1], p[0])), sorted(people, key=lambda p: (p[1], p[0])))
