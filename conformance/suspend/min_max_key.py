# sleep in key functions, comparisons and iteration for min and max.
from time import sleep_ms
def key(x):
    sleep_ms(1)
    return -x
print(min([3, 1, 2], key=key), max([3, 1, 2], key=key), min(3, 1, 2, key=key), max(3, 1, 2, key=lambda x: sleep_ms(1) or x))
def gen():
    for x in (2, 9, 4):
        sleep_ms(1)
        yield x
print(min(gen()), max(gen()), min(gen(), key=key), max(gen(), key=key), max(gen(), default=0), max((x for x in gen() if x > 50), default="none"))
class V:
    def __init__(self, n):
        self.n = n
    def __lt__(self, o):
        sleep_ms(1)
        return self.n < o.n
    def __gt__(self, o):
        sleep_ms(1)
        return self.n > o.n
vs = [V(2), V(7), V(5)]
print(min(vs).n, max(vs).n, min(*vs).n, max(V(1), V(2)).n)
def bad(x):
    sleep_ms(1)
    if x == 2:
        raise ValueError("key failed")
    return x
try:
    max([1, 2, 3], key=bad)
except ValueError as e:
    print(e)
try:
    min(x for x in gen() if sleep_ms(1))
except ValueError as e:
    print(e)
