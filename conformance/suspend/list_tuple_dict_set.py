# sleep in generators consumed by list, tuple, dict, set, frozenset, bytes, bytearray.
from time import sleep_ms
def g(*vals):
    for v in vals:
        sleep_ms(1)
        yield v
print(list(g(1, 2)), tuple(g(3, 4)), sorted(set(g(1, 1, 2))), sorted(frozenset(g(5, 6))), bytes(g(65, 66)), bytearray(g(67, 68)), dict(g((1, 2), (3, 4))) == {1: 2, 3: 4})
a = [0]
a.extend(g(1, 2))
a += g(3)
a[1:1] = list(g("x"))
print(a)
s = {1}
s.update(g(2, 3))
print(sorted(s), sorted(s.union(g(9))), sorted(s & set(g(2, 9))), sorted(s.difference(g(1))))
d = {}
d.update(g(("k", 1), ("j", 2)))
d.update((k, k * 2) for k in g(5))
print(sorted(d.items(), key=str), sorted(dict.fromkeys(g("p", "q"), 0).items()))
class It:
    def __init__(self):
        self.n = 3
    def __iter__(self):
        sleep_ms(1)
        return self
    def __next__(self):
        sleep_ms(1)
        self.n -= 1
        if self.n < 0:
            raise StopIteration
        return self.n
print(list(It()), tuple(It()), sorted(set(It())), bytes(It()))
def bad():
    yield 1
    sleep_ms(1)
    raise ValueError("mid")
for T in (list, tuple, set, bytes, dict):
    try:
        T(bad() if T is not dict else ((x, x) for x in bad()))
    except ValueError as e:
        print(T.__name__, e)
b = [0]
try:
    b.extend(bad())
except ValueError as e:
    print(e, b)
class Keys:
    def keys(self):
        sleep_ms(1)
        return g("m", "n")
    def __getitem__(self, k):
        sleep_ms(1)
        return k.upper()
print(sorted((lambda **k: k)(**Keys()).items()))
