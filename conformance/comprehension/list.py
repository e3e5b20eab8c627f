# List comprehensions: filters, nested loops, conditions, unpacking targets.
print([x for x in range(5)], [x * 2 for x in range(6) if x % 2], [x for x in range(20) if x % 2 if x % 3], [(x, y) for x in range(3) for y in "ab"], [(x, y) for x in range(4) for y in range(x) if x + y > 2])
print([a + b for a, b in [(1, 2), (3, 4)]], [a for a, *b in ["xyz", "pq"]], [b for (a, (b, c)) in [(1, (2, 3))]], [x if x > 2 else -x for x in range(5)])
print([[i * j for j in range(3)] for i in range(3)], [[c for c in w] for w in ("ab", "c")], [len(w) for w in "the quick fox".split()], [x for x in []], [[] for _ in range(2)])
m = [[1, 2, 3], [4, 5, 6]]
print([row[i] for i in range(3) for row in m], [[row[i] for row in m] for i in range(3)], [v for row in m for v in row if v % 2 == 0])
print([f(3) for f in [lambda x: x + 1, lambda x: x * x]], [y for x in range(3) for y in [x * 10]], [c for c in "hello"], [k for k in {1: 2}], [v for v in map(str, range(3))])
def f(n):
    return [n * k for k in range(n)]
print(f(3), [f(i) for i in range(3)], [x for x in (y for y in range(3))], [i for i in range(5) if not i % 2 or i == 3])
for g in (lambda: [x for x in 5], lambda: [1 / x for x in (1, 0)], lambda: [undefined for x in (1,)], lambda: [a for a, b in [(1,)]], lambda: [x.y for x in "a"]):
    try:
        print(g())
    except Exception as e:
        print(type(e).__name__, e)
