# Misuse: re-entering, wrong attributes, StopIteration raised inside, closures in generators.
def reenter():
    yield 1
    try:
        next(g)
    except ValueError as e:
        print(type(e).__name__, e)
    yield 2
g = reenter()
print(list(g))
def raises():
    yield 1
    raise StopIteration("inside")
try:
    print(list(raises()))
except RuntimeError as e:
    print(type(e).__name__, e)
def boom():
    yield 1
    raise ValueError("boom")
g = boom()
print(next(g))
try:
    next(g)
except ValueError as e:
    print(type(e).__name__, e)
print(next(g, "finished after error"))
def call_next():
    yield next(iter([]))
try:
    print(list(call_next()))
except Exception as e:
    print(type(e).__name__, e)
for name in ("send", "throw", "close", "__next__", "gi_frame", "foo"):
    print(name, hasattr(boom(), name))
def outer():
    n = 0
    def gen():
        nonlocal n
        while n < 3:
            n += 1
            yield n
    return gen
h = outer()
a, b = h(), h()
print(next(a), next(b), next(a), next(b, "end"))
fs = [f for f in ((lambda i=i: i) for i in range(3))]
print([f() for f in fs])
class G:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        for i in range(self.n):
            yield i
print(list(G(3)), list(G(3)), 2 in G(3), sorted(G(3), reverse=True), *G(2))
