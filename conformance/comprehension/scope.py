# Comprehension variables, closures over them, walrus, class bodies.
x = "global"
print([x for x in range(3)], x)
def f():
    y = "local"
    r = [y for y in range(3)]
    return r, y
print(f())
fs = [lambda: i for i in range(3)]
print([g() for g in fs], [g() for g in [lambda k=k: k for k in range(3)]])
def outer(n):
    return [[n + i + j for j in range(2)] for i in range(2)], {i: (lambda: i + n)() for i in range(2)}
print(outer(10))
class C:
    items = [1, 2]
    doubled = [v * 2 for v in items]
    names = {k: v for k, v in zip("ab", items)}
print(C.doubled, sorted(C.names.items()))
def walrus():
    data = [1, 5, 2, 8]
    out = [w for v in data if (w := v * 2) > 5]
    return out
print(walrus())
print([last := v for v in range(4)], last)
def exc():
    try:
        return [1 / (2 - i) for i in range(5)]
    except ZeroDivisionError:
        return "stopped"
print(exc())
def nested():
    return [(a, b, c) for a in range(2) for b in [a + 1] for c in [lambda: (a, b)]][1][2]()
print(nested())
try:
    print([undefined_inner for z in range(1)], z)
except NameError as e:
    print(type(e).__name__, e)
try:
    print(z)
except NameError as e:
    print(type(e).__name__, e)
print([i for i in range(3) for i in range(i)], [i for i in [i for i in range(3)]])
