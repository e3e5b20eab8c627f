# Generators: next, exhaustion, default of next(), independence, laziness.
def count(n):
    print("start", n)
    i = 0
    while i < n:
        yield i
        i += 1
    print("end", n)
g = count(3)
print("made", type(g))
print(next(g), next(g), next(g))
for _ in range(2):
    try:
        next(g)
    except StopIteration as e:
        print("StopIteration", e.args, e.value)
print(next(g, "default"), list(count(2)), sum(count(4)))
a, b = count(2), count(5)
print(next(a), next(b), next(b), next(a), next(b), next(a, "a done"))
def empty():
    return
    yield
print(list(empty()), next(empty(), None))
def just_yield():
    x = yield
    print("got", x)
    yield (yield)
g = just_yield()
print(next(g), next(g), next(g), next(g, "over"))
def two():
    yield 1, 2
    yield [3]
    yield
print(list(two()), iter(a) is a)
for f in (lambda: next(5), lambda: next(), lambda: count(), lambda: len(count(1)), lambda: count(1)[0], lambda: next(count), lambda: count(1)(), lambda: list(count)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
