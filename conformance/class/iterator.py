# __iter__ and __next__; iterators that are reused, endless or broken.
class Count:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        print("iter", end=" ")
        self.i = 0
        return self
    def __next__(self):
        if self.i >= self.n:
            raise StopIteration
        self.i += 1
        return self.i
c = Count(3)
print([x for x in c], list(c), tuple(c), sum(c), sorted(c), max(c), list(map(str, c)), list(zip(c, "ab")), 2 in c, dict(enumerate(c)))
it = iter(c)
print(next(it), next(it), it is c, next(it), next(it, "end"))
try:
    next(it)
except StopIteration as e:
    print("stop", e.value)
a, *b = c
print(a, b, list(c))
class Fib:
    def __init__(self):
        self.a, self.b = 0, 1
    def __iter__(self):
        return self
    def __next__(self):
        self.a, self.b = self.b, self.a + self.b
        return self.a
for x in Fib():
    if x > 30:
        break
    print(x, end=" ")
print()
class Gen:
    def __iter__(self):
        yield 1
        yield 2
print(list(Gen()), sorted(Gen(), reverse=True))
class NoNext:
    def __iter__(self):
        return self
class IterInt:
    def __iter__(self):
        return 5
class Raises:
    def __iter__(self):
        return self
    def __next__(self):
        raise ValueError("in next")
class Only:
    def __next__(self):
        return 1
for o in (NoNext(), IterInt(), Raises(), Only(), 5, None, Count):
    try:
        for x in o:
            print(x)
        print("finished")
    except Exception as e:
        print(type(e).__name__, e)
print(next(Only()))
try:
    next(Raises(), "default")
except ValueError as e:
    print(e)
