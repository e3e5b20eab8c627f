# Tuples as records: swapping, returning several values, sorting, nesting.
def minmax(seq):
    return min(seq), max(seq)
lo, hi = minmax([3, 1, 4, 1, 5])
print(lo, hi)
a, b, c = 1, 2, 3
a, b, c = c, a, b
print(a, b, c)
points = [(1, 2), (3, -1), (0, 0), (1, -2)]
print(sorted(points), sorted(points, key=lambda p: p[0] ** 2 + p[1] ** 2), [x + y for x, y in points])
(x, y), z = (1, 2), 3
print(x, y, z, [(i, v) for i, v in enumerate("ab")], dict([(1, "a"), (2, "b")]))
tree = (1, (2, None, None), (3, (4, None, None), None))
def walk(node):
    if node is None:
        return []
    v, l, r = node
    return walk(l) + [v] + walk(r)
print(walk(tree))
for (i, (j, k)) in [(1, (2, 3)), (4, (5, 6))]:
    print(i * j * k)
print(tuple(zip((1, 2), (3, 4))), tuple(sorted((3, 1, 2))), tuple({1: 2}.items()), sum((1, 2, 3)), any((0, 1)), all((0, 1)))
print((lambda *a: a)(1, 2), (lambda: ())(), "%s-%s" % (1, 2), (1, 2) is not (1, 3), ((1, 2),)[0][1])
