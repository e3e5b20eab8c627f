# min and max: arguments, iterables, key, default.
print(min(3, 1, 2), max(3, 1, 2), min([3, 1]), max("hello"), min({5: 0, 4: 0}), max(x % 5 for x in range(9)), min(1.5, 1), max(True, 2), max([1], [2], [1, 9]), min("b", "a"), max((1, 2), (1, 3)))
print(max(["a", "bbb", "cc"], key=len), min(["a", "bbb", "cc"], key=len), max(3, -5, key=abs), min([1, -2, 3], key=lambda x: -x), max("aB", key=str.lower), min([(2, "x"), (1, "y")], key=lambda p: p[0]))
print(max([], default="empty"), min((), default=None), max([1], default=5), max([5, 5.0]), min([True, 1]), max([0.0, -0.0]))
seen = []
print(max([3, 1, 2], key=lambda x: seen.append(x) or x), seen)
ties = [("a", 1), ("b", 1), ("c", 0)]
print(max(ties, key=lambda p: p[1]), min(ties, key=lambda p: p[1]), max(ties[:2], key=lambda p: p[1]), min(ties[:2], key=lambda p: p[1]))
for f in (lambda: max(), lambda: min([]), lambda: max(5), lambda: max(1, "a"), lambda: min([1, None]), lambda: max([1], key=5), lambda: max([], key=len), lambda: max(1, 2, default=3), lambda: min([1], foo=1), lambda: max({}), lambda: max([1, 2], key=None)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
