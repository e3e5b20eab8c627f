# sleep in key functions and in __lt__ for sorted and list.sort.
from time import sleep_ms
def key(x):
    sleep_ms(1)
    return -x
a = [3, 1, 4, 1, 5]
print(sorted(a, key=key), sorted(a, key=key, reverse=True), sorted((x for x in a), key=key))
a.sort(key=key)
print(a)
a.sort(key=lambda x: (sleep_ms(1), x % 3, x)[1:])
print(a)
class V:
    def __init__(self, n):
        self.n = n
    def __lt__(self, o):
        sleep_ms(1)
        return self.n < o.n
vs = [V(n) for n in (5, 2, 9, 1)]
print([v.n for v in sorted(vs)], [v.n for v in sorted(vs, reverse=True)])
vs.sort()
print([v.n for v in vs])
def bad(x):
    sleep_ms(1)
    if x == 4:
        raise ValueError("bad key")
    return x
b = [5, 4, 3]
try:
    b.sort(key=bad)
except ValueError as e:
    print(e, sum(b))
def slow_items():
    for x in (2, 1, 3):
        sleep_ms(1)
        yield x
print(sorted(slow_items()), sorted(slow_items(), key=key))
print(sorted("bca", key=lambda c: sleep_ms(1) or c), sorted([V(2), V(1)], key=lambda v: sleep_ms(1) or v)[0].n)
print(sorted(range(20), key=lambda x: sleep_ms(1) or (x * 7) % 20)[:5])
