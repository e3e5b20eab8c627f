# Starred targets in every position.
for src in ("a, *b = 1, 2, 3", "*a, b = 1, 2, 3", "a, *b, c = 1, 2, 3, 4", "a, *b = 1,", "*a, = 1, 2", "a, *b, c = 1, 2", "*a, b = 'xyz'", "[a, *b] = range(4)", "(a, *b), *c = (1, 2, 3), 4, 5", "a, (b, *c) = 1, (2, 3)", "*a, b = {1: 2}"):
    ns = {}
    exec(src, ns)
    print(src, "->", [ns[k] for k in "abc" if k in ns])
def g():
    yield from range(6)
a, *b, c = g()
print(a, b, c)
class O:
    pass
o = O()
o.x, *o.y = 1, 2, 3
l = [0, 0]
*l[0], l[1] = 7, 8, 9
print(o.x, o.y, l)
for first, *rest in ([1, 2, 3], "ab", (5,)):
    print(first, rest)
head, *tail = [1]
print(head, tail)
def split(x):
    if not x:
        return []
    h, *t = x
    return [h] + split(t)
print(split([1, 2, 3, 4]))
for src in ("*a = 1, 2", "*a, *b = 1, 2", "a, *b = ()", "a, *b, c = 1,", "*a, b = ()", "a, *b = 5", "b = *a", "*a + 1", "a = *1, 2", "(*a)", "print(*)", "for *a in [1]: pass", "del *a", "*a, b, *c = 1", "[*a]", "{*a}", "*1, a = 2"):
    try:
        exec(src)
        print(src, "ok")
    except Exception as e:
        print(src, type(e).__name__, e)
