# + and * on lists.
a = [1, 2]
print(a + [3], a + [], [] + a, a * 2, 2 * a, a * 0, a * -5, [None] * 3, [[]] * 2, a * True)
b = a
b *= 2
print(a, b is a)
b *= 0
print(a)
c = [1] + [2] * 2 + [[3]]
print(c, c + c == c * 2)
n = [0] * 50
n[10] = 1
print(sum(n), len(n + n), n.index(1))
for f in (lambda: a + 1, lambda: a + None, lambda: a + (1,), lambda: a * 1.5, lambda: a * a, lambda: a - a, lambda: -a, lambda: a / 2, lambda: a % 2, lambda: 2 + a, lambda: a * "x"):
    try:
        print(f())
    except TypeError as e:
        print(type(e).__name__, e)
