# range: arguments, length, indexing, slicing, iteration.
for args in ((5,), (0,), (-3,), (2, 6), (6, 2), (0, 10, 3), (10, 0, -3), (0, 10, -1), (5, 5), (1, 2, 100), (-5, 5, 4), (0, -10, -4)):
    r = range(*args)
    print(args, r, len(r), list(r), bool(r))
r = range(10, 30, 5)
print(r[0], r[-1], r[3], r[1:3], r[::-1], r[::2], r[5:], list(r[1:]), r.start, r.stop, r.step)
print(10 in r, 11 in r, 30 in r, 25 in r, r == [10, 15, 20, 25])
for f in (lambda: range(), lambda: range(1, 2, 0), lambda: range(1, 2, 3, 4), lambda: range("a"), lambda: range(1.5), lambda: range(None), lambda: r[4], lambda: r[-5], lambda: r["a"], lambda: range(3) + range(2), lambda: range(1, "b"), lambda: r.foo, lambda: range(3) < range(4)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
try:
    r[0] = 1
except TypeError as e:
    print(type(e).__name__, e)
