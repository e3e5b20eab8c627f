# sleep in unary operators, comparisons, containment and hashing of user objects.
from time import sleep_ms
class V:
    def __init__(self, n):
        self.n = n
    def __neg__(self):
        sleep_ms(1)
        return V(-self.n)
    def __pos__(self):
        sleep_ms(1)
        return "pos"
    def __invert__(self):
        sleep_ms(1)
        return "inv"
    def __abs__(self):
        sleep_ms(1)
        return abs(self.n)
    def __lt__(self, o):
        sleep_ms(1)
        return self.n < o.n
    def __le__(self, o):
        sleep_ms(1)
        return self.n <= o.n
    def __gt__(self, o):
        sleep_ms(1)
        return self.n > o.n
    def __ge__(self, o):
        sleep_ms(1)
        return self.n >= o.n
    def __eq__(self, o):
        sleep_ms(1)
        return isinstance(o, V) and self.n == o.n
    def __ne__(self, o):
        sleep_ms(1)
        return not isinstance(o, V) or self.n != o.n
    def __contains__(self, k):
        sleep_ms(1)
        return k == self.n
    def __int__(self):
        sleep_ms(1)
        return self.n
a, b, c = V(1), V(2), V(3)
print((-a).n, +a, ~a, abs(-b), (--c).n, int(b))
print(a < b, a <= b, a > b, a >= b, a == b, a != b, a == V(1), a == 5, a != None)
print(a < b < c, a < c > b, not a < b, 1 in a, 2 in a, 2 not in a, (a if a < b else b).n)
if a < b and b < c or c < a:
    print("ordered")
while b < c:
    b = V(b.n + 1)
print(b.n, [x.n for x in (c, a) if x > a], a is a)
