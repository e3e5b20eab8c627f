# sleep in the functions and sources of map, filter, zip, enumerate and reversed.
from time import sleep_ms
def dbl(x):
    sleep_ms(1)
    return x * 2
def odd(x):
    sleep_ms(1)
    return x % 2
def src(n):
    for i in range(n):
        sleep_ms(1)
        yield i
print(list(map(dbl, [1, 2])), list(map(dbl, src(3))), list(map(lambda a, b: sleep_ms(1) or a + b, src(2), src(3))))
print(list(filter(odd, range(5))), list(filter(odd, src(5))), list(filter(None, src(3))))
print(list(zip(src(2), "ab")), list(zip(src(3), src(2))), list(enumerate(src(2))), dict(zip("ab", map(dbl, src(2)))) == {"a": 0, "b": 2})
m = map(dbl, src(4))
print(next(m), next(m), list(m))
for x in filter(odd, map(dbl, map(lambda v: v + 0.5, src(3)))):
    sleep_ms(1)
    print(x, end=" ")
print()
class S:
    def __len__(self):
        sleep_ms(1)
        return 3
    def __getitem__(self, i):
        sleep_ms(1)
        return i * 10
print(list(reversed(S())))
def bad(x):
    sleep_ms(1)
    if x == 1:
        raise ValueError("bad item")
    return x
it = map(bad, [0, 1, 2])
print(next(it))
try:
    next(it)
except ValueError as e:
    print(e)
print(next(it), next(it, "end"), next(filter(odd, [2, 4]), "none odd"))
class T:
    def __bool__(self):
        sleep_ms(1)
        return True
print(len(list(filter(None, [T(), T()]))), len(list(filter(lambda x: T(), [1, 2]))))
