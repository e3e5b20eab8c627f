# __new__: singletons, returning other types, arguments.
class S:
    inst = None
    def __new__(cls, *a):
        print("new", cls.__name__, a)
        if cls.inst is None:
            cls.inst = object.__new__(cls)
        return cls.inst
    def __init__(self, *a):
        print("init", a)
        self.a = a
x, y = S(1), S(2)
print(x is y, x.a)
class Other:
    def __new__(cls):
        return 5
    def __init__(self):
        print("init never runs")
print(Other())
class T:
    def __new__(cls, v):
        self = super().__new__(cls)
        self.made = v
        return self
t = T("m")
print(t.made, type(t).__name__)
class U(T):
    def __new__(cls, v):
        return T.__new__(cls, v + "+")
    def __init__(self, v):
        self.v = v
u = U("u")
print(u.made, u.v, isinstance(u, T))
class Pool:
    made = []
    def __new__(cls, k):
        for p in cls.made:
            if p.k == k:
                return p
        p = object.__new__(cls)
        p.k = k
        cls.made.append(p)
        return p
print(Pool(1) is Pool(1), Pool(1) is Pool(2), len(Pool.made))
class I(int):
    def __new__(cls, v):
        return super().__new__(cls, v * 2)
try:
    print(I(4))
except Exception as e:
    print(type(e).__name__, e)
class V(T):
    def __new__(cls, v):
        return super().__new__(cls, v)
class W:
    def __init__(self):
        return 5
class N:
    def __new__(cls):
        pass
for f in (lambda: W(), lambda: N(), lambda: object.__new__(5), lambda: T(), lambda: V("v"), lambda: object.__new__()):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
