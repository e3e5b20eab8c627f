# Return values travel in StopIteration and through yield from.
def a(v):
    yield 1
    return v
for v in (None, 5, "x", (1, 2), [3], StopIteration("odd")):
    g = a(v)
    next(g)
    try:
        next(g)
    except StopIteration as e:
        print(repr(v), repr(e.value), len(e.args))
def outer():
    r = yield from a("inner result")
    print("r =", r)
    r2 = yield from a(None)
    print("r2 =", r2)
    return r
g = outer()
print(list(g))
def drive(g):
    out = []
    try:
        while True:
            out.append(next(g))
    except StopIteration as e:
        return out, e.value
print(drive(outer()), drive(a(7)), drive(x for x in "ab"))
def nested(n):
    if n == 0:
        yield "leaf"
        return 0
    r = yield from nested(n - 1)
    return r + n
print(drive(nested(6)))
def conditional(x):
    if x:
        return "early"
    yield 1
print(drive(conditional(True)), drive(conditional(False)))
