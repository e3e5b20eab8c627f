# Unpacking assignment: nesting, any iterable, targets of all kinds, errors.
a, b = 1, 2
(c, d) = [3, 4]
[e, f] = "ef"
g, = (5,)
(h, (i, j)), k = (1, (2, 3)), 4
print(a, b, c, d, e, f, g, h, i, j, k)
a, b = b, a
x = y = z = [0]
p, q = {1: "one", 2: "two"}
print(a, b, x is y is z, sorted((p, q)))
lst, d, o = [0, 0], {}, type("O", (), {})()
lst[0], d["k"], o.attr, (lst[1], *rest) = 1, 2, 3, (4, 5, 6)
print(lst, d, o.attr, rest)
for (a, b), c in [((1, 2), 3), ((4, 5), 6)]:
    print(a + b + c, end=" ")
print()
a, b, c = range(3)
print(a, b, c, *map(str, (a, b)))
a, b = (i * i for i in (2, 3))
print(a, b)
m, n = b"xy"
print(m, n)
def gen():
    print("gen start", end=" ")
    yield 1
    print("mid", end=" ")
    yield 2
    print("end", end=" ")
r, s = gen()
print(r, s)
def go(src):
    try:
        exec(src)
        print(src, "ok")
    except Exception as e:
        print(src, type(e).__name__, e)
for src in ("a, b = 1", "a, b = 1, 2, 3", "a, b = 1,", "a, b = None", "(a, b), c = 1, 2", "a, b = gen(), ", "a, b, c = gen()", "a, = gen()", "a, = 1", "a, b = {}", "[] = []", "() = ()", "[a] = [1, 2]", "a, b = 'abc'", "a, b = 5 = c", "f() = 1", "1 = a", "a + b = 1", "(a, 5) = 1, 2", "a, b += 1, 2", "() = 1", "[] = [1]"):
    go(src)
