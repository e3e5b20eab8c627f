# enumerate and zip.
print(list(enumerate("abc")), list(enumerate([], 5)), list(enumerate("ab", 10)), list(enumerate("ab", start=-1)), list(enumerate(x for x in "z")), dict(enumerate("xy")))
print(list(zip()), list(zip("ab")), list(zip("abc", (1, 2))), list(zip([1], [], [2])), list(zip(range(3), "abc", {7: 0, 8: 0} and "xyz")), [a + b for a, b in zip("ab", "cd")], dict(zip("k", "v")))
e = enumerate("xyz")
print(next(e), next(e), list(e), next(e, "end"), iter(e) is e)
z = zip(iter([1, 2, 3]), iter([1]))
print(next(z), next(z, "end"))
src = iter([1, 2, 3, 4, 5, 6])
print(list(zip(src, src)), list(zip(*[(1, 2), (3, 4)])), list(zip(*[])))
for i, (a, b) in enumerate(zip("ab", "cd")):
    print(i, a, b)
for f in (lambda: enumerate(), lambda: enumerate(5), lambda: enumerate("a", "b"), lambda: enumerate("a", 1, 2), lambda: zip(5), lambda: zip([], 5), lambda: len(zip()), lambda: enumerate("a")[0], lambda: enumerate("a", foo=1), lambda: zip("a", strict=True)):
    try:
        print(f() and "made")
    except Exception as e:
        print(type(e).__name__, e)
