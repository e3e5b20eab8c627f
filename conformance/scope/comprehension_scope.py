# Comprehensions: their own names, outer names, conditions, several fors, nesting, errors inside.
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
x = "outer"
print([x for x in range(3)], x, {x: x for x in "ab"} == {"a": "a", "b": "b"}, x, sorted({x for x in (1, 1, 2)}), x, list(x for x in ()), x)
def f(n):
    m = 10
    return [i * m for i in range(n) if i % 2], [[i + j for j in range(i)] for i in range(n)], {i: [k for k in range(i)] for i in range(3)}, [(lambda q=i: q * m)() for i in range(3)]
print(f(5))
print([(a, b) for a in range(3) for b in range(a)], [a for a in range(10) if a > 2 if a % 3 == 0], [b for a in [[1, 2], [3]] for b in a], [a if a else "zero" for a in range(2)], [[y for y in z] for z in ("ab", "c")])
print([i for i in [j for j in [k for k in range(3)]]], sum(i for i in range(5)), max((i * 7) % 5 for i in range(5)), any(i > 3 for i in range(3)), dict((i, i * i) for i in range(3)), tuple(i for i in "ab"), "".join(c for c in "hello" if c != "l"))
t(lambda: [1 // i for i in (1, 0)]); t(lambda: [nope for i in range(1)]); t(lambda: [i for i in 5]); t(lambda: {[]: 1 for i in range(1)}); t(lambda: {[] for i in range(1)}); t(lambda: [a for a, b in [(1, 2), (3,)]]); t(lambda: [a + b for a, b in [(1, 2), (3, 4)]]); t(lambda: [a for a, *b in [(1, 2, 3)]]); t(lambda: next(i for i in ())); t(lambda: [i for i in iter(int, 1)][0] if False else 0)
class C:
    n = 3
    l = [i for i in range(3)]
    try: m = [n for i in range(2)]
    except NameError as e: m = str(e)
print(C.l, C.m)
fs = [lambda: i for i in range(3)]; print([g() for g in fs]); fs = [lambda i=i: i for i in range(3)]; print([g() for g in fs])
print([last := i for i in range(3)], last); print([y := 5, y + 1], y)
def gen(): return ((i, j) for i in range(2) for j in "ab")
print(list(gen())); g = (i for i in [1, 2, 3]); print(next(g), list(g), list(g))
m = [[1, 2, 3], [4, 5, 6]]; print([[r[i] for r in m] for i in range(3)], [list(c) for c in zip(*m)], [v for r in m for v in r if v % 2])
print({k: v for k, v in zip("abc", range(3)) if v}, {v: k for k, v in {"x": 1}.items()}, len({(i, j) for i in range(3) for j in range(3)}))
