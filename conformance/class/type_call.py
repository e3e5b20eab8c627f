# type() with one and three arguments; classes as objects.
X = type("X", (), {"a": 1, "m": lambda self: self.a})
Y = type("Y", (X,), {"b": 2})
print(X, Y, X().m(), Y().a, Y().b, Y.__name__, Y.__bases__ == (X,), type(Y) is type, isinstance(Y(), X))
print(type(1), type(1.5), type("s"), type(None), type([]), type(print), type(lambda: 0), type(type), type(X), type(X()), type(object()), type(ValueError()), type(...), type(NotImplemented), type(range(1)), type(iter([])), type((i for i in ())), type({}.keys()), type(X().m))
print(type(1) == int, type("") is str, type(True) is bool, type(X()) == X, int == type(5), {int: "i"}[type(3)], [t.__name__ for t in (int, str, list, X)])
def make(n):
    class C:
        val = n
        def get(self):
            return n, self.val
    return C
A, B = make(1), make(2)
print(A().get(), B().get(), A is B, A.__name__ == B.__name__)
C = X
print(C is X, C().a, isinstance(X(), C))
funcs = {"int": int, "up": str.upper, "X": X}
print(funcs["int"]("5"), funcs["up"]("a"), funcs["X"]().a)
class Meta:
    def __call__(self):
        return "instance call"
print(Meta()())
for f in (lambda: type(), lambda: type(1, 2), lambda: type("Z", X, {}), lambda: type("Z", (5,), {}), lambda: type(5, (), {}), lambda: type("Z", (), 5), lambda: X(1) is None, lambda: object(1), lambda: X.nope, lambda: type("Z", (bool,), {})(), lambda: int.__name__, lambda: X.__class__, lambda: X().__class__ is X):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
class Local:
    class Inner:
        v = "inner"
        class Most:
            w = "most"
    def inner(self):
        return self.Inner.Most.w, Local.Inner.v
print(Local().inner(), Local.Inner.Most.w)
