# Class statement, instances, methods, class and instance attributes.
class A:
    "doc string"
    shared = []
    n = 1
    def __init__(self, x, y=2):
        self.x, self.y = x, y
    def total(self, extra=0):
        return self.x + self.y + extra
    def chain(self):
        self.x += 1
        return self
a, b = A(1), A(10, 20)
print(a.x, a.y, b.x, b.y, a.total(), b.total(5), a.total(extra=7), A.total(b), A.total(a, 1))
a.n = 5
a.shared.append(1)
print(a.n, b.n, A.n, b.shared, A.shared is a.shared)
A.n = 9
print(a.n, b.n)
del a.n
print(a.n, a.chain().chain().x, type(a) is A, isinstance(a, A), A.__name__)
class Empty:
    pass
e = Empty()
e.attr = 1
e.method = lambda: "no self"
print(e.attr, e.method(), hasattr(e, "attr"), hasattr(e, "zz"), getattr(e, "zz", "default"))
A.added = lambda self, k: self.x * k
print(b.added(3))
m = b.total
print(m(), m(1), [f() for f in (a.total, b.total)])
for f in (lambda: A(), lambda: A(1, 2, 3), lambda: a.zz, lambda: A.zz, lambda: a.total(1, 2), lambda: A.total(), lambda: a(), lambda: Empty(a=1).zz, lambda: a.zz(), lambda: A(y=1), lambda: A(1, z=2)):
    try:
        print(f())
    except Exception as x:
        print(type(x).__name__, x)
try:
    del a.zz
except AttributeError as x:
    print(type(x).__name__, x)
