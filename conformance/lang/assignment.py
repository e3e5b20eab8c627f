# Chained, tuple, attribute, item assignments; annotations; swaps with side effects.
a = b = c = []
a.append(1)
print(b, c, a is c)
x, y = y, x = 1, 2
print(x, y)
i = 0
l = [10, 20, 30]
i, l[i] = 1, "changed"
print(i, l)
l[0], l[1], l[2] = l[2], l[0], l[1]
print(l)
class O:
    pass
o = p = O()
o.a = p.b = 5
print(o.a, o.b)
o.n, o.m = o, 1
print(o.n.n.m)
d = {}
d["x"] = d["y"] = d
print(d["x"]["y"] is d)
n: int = 5
m: str
q: list = [1]
o.t: int = 7
l[0]: int = "ann"
print(n, q, o.t, l[0], "m" in globals())
def f():
    z: int = 3
    w: str
    return z
print(f())
(g) = 5
[h, (j, k)] = 1, (2, 3)
print(g, h, j, k)
r = s = 0
while r < 3: r, s = r + 1, s + r
print(r, s)
fib = [0, 1]
for _ in range(8): fib[0], fib[1] = fib[1], sum(fib)
print(fib)
first, second = second, first = "ab"
print(first, second)
t = t1, = [9]
print(t, t1)
u = v = w = lambda: 0
print(u is w)
