# Rich comparison: each operator, fallbacks to the other side, ==/!= defaults.
class N:
    def __init__(self, n):
        self.n = n
    def _o(self, o):
        return o.n if isinstance(o, N) else o
    def __lt__(self, o):
        print("lt", end=" ")
        return self.n < self._o(o)
    def __le__(self, o):
        print("le", end=" ")
        return self.n <= self._o(o)
    def __gt__(self, o):
        print("gt", end=" ")
        return self.n > self._o(o)
    def __ge__(self, o):
        print("ge", end=" ")
        return self.n >= self._o(o)
    def __eq__(self, o):
        print("eq", end=" ")
        return self.n == self._o(o)
    def __ne__(self, o):
        print("ne", end=" ")
        return self.n != self._o(o)
a, b = N(1), N(2)
print(a < b, a <= b, a > b, a >= b, a == b, a != b)
print(a < 5, a == 1, a != 1, 1 == a, 1 != a)
for f in (lambda: 5 > a, lambda: 5 < a, lambda: 5 >= a, lambda: 5 <= a, lambda: "s" > a, lambda: [] < a):
    try:
        print(f())
    except TypeError as x:
        print(type(x).__name__, x)
print(a < b < N(3), a < b > a, not a == b)
class Eq:
    def __eq__(self, o):
        print("Eq.eq", end=" ")
        return "truthy"
e = Eq()
print(e == 1, e != 1, 1 == e, 1 != e, e == e, e in [1], [e] == [5], e is e)
class Lt:
    def __lt__(self, o):
        return "lt result"
print(Lt() < 1)
for f in (lambda: Lt() > 1, lambda: 1 > Lt(), lambda: 1 < Lt(), lambda: Lt() <= 1, lambda: Lt() < Lt()):
    try:
        print(f())
    except TypeError as x:
        print(type(x).__name__, x)
class Plain:
    pass
p, q = Plain(), Plain()
print(p == p, p == q, p != q, p != p, p == 1, p == None)
for f in (lambda: p < q, lambda: p >= 1, lambda: 1 < p):
    try:
        print(f())
    except TypeError as x:
        print(type(x).__name__, x)
class NI:
    def __eq__(self, o):
        return NotImplemented
    def __lt__(self, o):
        return NotImplemented
for f in (lambda: NI() == 1, lambda: NI() != 1, lambda: NI() < 1):
    try:
        print(f())
    except TypeError as x:
        print(type(x).__name__, x)
