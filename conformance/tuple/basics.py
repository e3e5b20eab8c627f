# Construction, indexing, slicing, operators.
t = (1, "a", None, 2.5)
print((), (1,), (1, 2), t, tuple(), tuple([1, 2]), tuple("ab"), tuple(range(3)), tuple(i for i in "xy"), tuple(t) is t)
print(t[0], t[-1], t[1:], t[:-1], t[::1], t[5:], t[:], len(t), t + (3,), t * 2, 2 * (0,), t * 0, () * 5)
a = 1, 2
b = 1,
print(a, b, type(b), (1), ((1)), ((),), (1, (2, (3,))))
print("a" in t, 5 in t, t.index("a"), t.count(1), (1, 1, 2, 1).count(1), (1, 2, 1).index(1, 1), bool(()), bool((0,)))
t += (9,)
t *= 2
print(t)
for f in (lambda: t[20], lambda: t[-20], lambda: t["a"], lambda: t[1.5], lambda: t + [1], lambda: t + 1, lambda: t * 1.5, lambda: (1,).index(2), lambda: tuple(5), lambda: tuple(1, 2), lambda: t.append(1), lambda: -t, lambda: t[::0], lambda: t[::2], lambda: t[::-1]):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
for stmt in ("t[0] = 1", "del t[0]", "t[0:1] = (1,)", "t[0] += 1"):
    try:
        exec(stmt)
    except TypeError as e:
        print(stmt, type(e).__name__, e)
m = ([],)
try:
    m[0] += [1]
except TypeError as e:
    print(type(e).__name__, e, m)
