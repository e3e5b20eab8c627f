# all, any and sum: empty, short-circuit, iterables of all kinds, start values.
print(all([]), any([]), all([1, 2]), all([1, 0]), any([0, ""]), any([0, 3]), all("abc"), any(""), all({}), any({0}), all(x < 3 for x in range(3)), any(x > 5 for x in range(3)))
def t(x):
    print("t", x, end=" ")
    return x
print(all(t(x) for x in (1, 0, 2)), any(t(x) for x in (0, 3, 4)))
print(sum([]), sum([1, 2, 3]), sum((1.5, 2)), sum(range(101)), sum([2**30, 2**30]), sum([[1], [2]], []), sum([1, 2], 10), sum({1: 9, 2: 9}), sum([True, True]), sum([1j, 2]), sum([0.1] * 10), sum(x * x for x in range(5)), sum([(1,), (2,)], ()))
for f in (lambda: sum("ab"), lambda: sum(["a"], ""), lambda: sum(5), lambda: sum(), lambda: sum([None]), lambda: sum([1], 2, 3), lambda: all(5), lambda: any(None), lambda: all(), lambda: any([], [])):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
