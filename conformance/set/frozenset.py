# frozenset: hashing and immutability.
f = frozenset([1, 2, 2, 3])
print(len(f), sorted(f), 2 in f, f == frozenset((3, 2, 1)), f == {1, 2, 3}, hash(f) == hash(frozenset((3, 1, 2))), frozenset(), frozenset("a"))
d = {f: "key"}
print(d[frozenset((1, 2, 3))], frozenset((1,)) in d, len({frozenset((1,)), frozenset((1,))}), frozenset((1,)) in {frozenset((1,))})
print(sorted(f | {4}), sorted(f - {1}), sorted(f & frozenset((1, 9))), f < frozenset((1, 2, 3, 4)), f.issuperset((1,)), isinstance(f, set), isinstance(f, frozenset), type(f))
for g in (lambda: frozenset(5), lambda: f.add(1), lambda: frozenset([[]]), lambda: f[0], lambda: frozenset(1, 2), lambda: f.discard(1)):
    try:
        print(g())
    except Exception as e:
        print(type(e).__name__, e)
