# Subclasses of list keep list behaviour and may override it.
class L(list):
    def total(self):
        return sum(self)
    def append(self, x):
        super().append(x * 2)
a = L([1, 2])
a.append(3)
print(a, a.total(), len(a), a[0], a[1:], isinstance(a, list), a == [1, 2, 6], a + [1], 6 in a, list(a), type(a[:]).__name__)
a[0] = 10
del a[1]
a.tag = "attr"
print(a, a.tag, [x for x in a], sorted(a), a.pop())
class Default(list):
    def __getitem__(self, i):
        return "item %s" % i
d = Default((1, 2))
print(d[0], d[5], len(d), d.pop(), bool(Default()), bool(d))
class Init(list):
    def __init__(self, n):
        super().__init__(range(n))
        self.n = n
i = Init(3)
print(i, i.n, i == [0, 1, 2])
try:
    L(1, 2, 3)
except TypeError as e:
    print(type(e).__name__, e)
x, y = L([7, 8])
print(x, y, ",".join(L(["p", "q"])), dict(L([(1, 2)])))
