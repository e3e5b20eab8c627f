# Generator expressions: laziness, conditions, nesting, early evaluation of the first iterable.
g = (x * x for x in range(5))
print(type(g), next(g), list(g), list(g))
print(sum(x for x in range(10) if x % 2), list((x, y) for x in range(3) for y in range(x)), max(len(w) for w in "a bb ccc".split()), ",".join(c for c in "abc" if c != "b"))
def trace(n):
    print("trace", n)
    return n
g = (trace(x) for x in [1, 2, 3] if trace(x * 10))
print("nothing yet", next(g))
print(any(trace(x) > 1 for x in range(5)))
try:
    h = (x for x in trace(5))
except TypeError as e:
    print("eager", type(e).__name__, e)
n = 3
g = (x * n for x in range(3))
n = 10
print(list(g))
print(list(zip((i for i in "ab"), (i for i in range(5)))), dict((k, v) for k, v in [(1, 2)]), sorted(x % 3 for x in range(5)), tuple(i for i in ()))
nested = ((y for y in range(x)) for x in range(4))
print([list(h) for h in nested], list(x for x in (y for y in (z for z in "deep"))))
def f():
    local = 7
    return list(local + x for x in range(3)), (lambda: list(x * local for x in range(2)))()
print(f())
g = (1 / x for x in (1, 0, 2))
print(next(g))
try:
    next(g)
except ZeroDivisionError as e:
    print(e)
print(next(g, "finished"), next((x for x in range(9) if x > 5), None), next((x for x in ()), "none"))
