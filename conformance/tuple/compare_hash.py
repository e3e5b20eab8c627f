# Ordering, equality, hashing and use as dict keys.
ts = [(), (0,), (1,), (1, 2), (1, 2, 3), (2,), (1.0, 2)]
for a in ts:
    print(a, [(a < b) * 4 + (a == b) * 2 + (a > b) for b in ts])
print((1,) == [1], (1,) == 1, () == None, (1, "a") == (1, "a"), ((1,), 2) < ((1,), 3), (1, 2) != (1, 2))
d = {(1, 2): "a", (): "b", ("x", (1,)): "c"}
print(d[1, 2], d[()], d["x", (1,)], (1, 2) in d, (2, 1) in d, d.get((1.0, 2)))
print(hash((1, 2)) == hash((1, 2)), hash(()) == hash(()), hash((1, "a")) == hash((1, "a")), len({(1, 2), (1, 2), (2, 1)}))
for f in (lambda: hash(([],)), lambda: {([],): 1}, lambda: (1,) < ("a",), lambda: (1,) < [1], lambda: (1,) < 1, lambda: (None,) < (None,)):
    try:
        print(f())
    except TypeError as e:
        print(type(e).__name__, e)
print(sorted([(2, "a"), (1, "b"), (1, "a")]), max((1, 5), (2, 0)), min([(3,), (2, 9)]))
