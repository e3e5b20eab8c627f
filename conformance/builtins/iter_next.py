# iter and next over every built-in iterable.
for x in ([1, 2], (3, 4), "ab", b"cd", bytearray(b"ef"), range(2), {5: 6}, {7}, {8: 9}.items(), {8: 9}.values(), map(str, [1]), zip("a", "b"), enumerate("q"), (i for i in "g"), reversed([1, 2]), filter(None, [1]), memoryview(b"mv"), frozenset((1,))):
    it = iter(x)
    print(next(it), iter(it) is it, next(it, None) is not 5, type(it).__name__)
it = iter([1, 2, 3])
print(next(it), list(it), next(it, "done"), next(it, None))
try:
    next(it)
except StopIteration as e:
    print("StopIteration", e.args)
for f in (lambda: iter(5), lambda: iter(None), lambda: iter(), lambda: next(), lambda: next([1]), lambda: next("a"), lambda: next(iter([]), 1, 2), lambda: iter(print), lambda: iter(int, 0), lambda: iter(object())):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
it = iter("abc")
for c in it:
    print(c, next(it, "none"))
