# Names deleted from classes and instances; methods replaced at run time.
class A:
    def f(self):
        return "f"
    def g(self):
        return "g"
    k = 1
a = A()
del A.f
try:
    a.f()
except AttributeError as e:
    print(type(e).__name__, e)
A.g = lambda self: "new g"
print(a.g())
a.g = lambda: "instance g"
print(a.g(), A().g())
del a.g
print(a.g())
try:
    del a.k
except AttributeError as e:
    print(type(e).__name__, e)
try:
    del A.nope
except AttributeError as e:
    print(type(e).__name__, e)
A.f = A.g
print(a.f())
def outside(self, x=1):
    return type(self).__name__, x
A.h = outside
print(a.h(), a.h(5), A.h(a))
class B(A):
    def g(self):
        return "B" + super().g()
b = B()
print(b.g())
A.g = lambda self: "patched"
print(b.g())
for f in (lambda: setattr(int, "x", 1), lambda: delattr(str, "upper"), lambda: setattr(A, "y", 2), lambda: A.y, lambda: delattr(A, "y"), lambda: A.y, lambda: setattr(A, 5, 1), lambda: getattr(A, 5)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
