# sleep in __iter__ and __next__ under for, comprehensions and unpacking.
from time import sleep_ms
class It:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        sleep_ms(1)
        self.i = 0
        return self
    def __next__(self):
        sleep_ms(1)
        if self.i == self.n:
            raise StopIteration
        self.i += 1
        return self.i
for x in It(3):
    sleep_ms(1)
    print(x, end=" ")
else:
    print("done")
for x in It(5):
    if x == 2:
        break
print(x, [v for v in It(3)], [a * b for a in It(2) for b in It(2)], {k: k for k in It(2)} == {1: 1, 2: 2}, list(v for v in It(2)))
a, b, c = It(3)
d, *e = It(4)
print(a, b, c, d, e, next(iter(It(1))), 3 in It(4), 9 in It(2))
class Raises(It):
    def __next__(self):
        sleep_ms(1)
        if self.i == 2:
            raise ValueError("in next")
        return super().__next__()
try:
    for x in Raises(5):
        print(x)
except ValueError as e:
    print(e)
class Seq:
    def __getitem__(self, i):
        sleep_ms(1)
        if i == 3:
            raise IndexError
        return i * 10
print(list(Seq()), [x for x in Seq()], 20 in Seq())
class Gen:
    def __iter__(self):
        for i in range(2):
            sleep_ms(1)
            yield i
print(list(Gen()), sorted(Gen()))
