# super(): attributes, methods, chains, two-argument form, in other method kinds.
class A:
    attr = "A.attr"
    def __init__(self, *a):
        self.log = ["A"] + list(a)
    def m(self, x):
        return "A.m", x
    @classmethod
    def c(cls):
        return "A.c " + cls.__name__
    @staticmethod
    def s():
        return "A.s"
    @property
    def p(self):
        return "A.p"
class B(A):
    attr = "B.attr"
    def __init__(self, *a):
        super().__init__("from B", *a)
        self.log.append("B")
    def m(self, x):
        return super().m(x + 1) + ("B.m",)
    @classmethod
    def c(cls):
        return super().c() + "!"
    @staticmethod
    def s():
        return A.s() + "!"
    @property
    def p(self):
        return str(type(super().p)) + "!"
    def attrs(self):
        return super().attr, self.attr
class C(B):
    def m(self, x):
        return super(C, self).m(x), super(B, self).m(x)
    def f(self):
        return (lambda: A.m(self, 0))()
b, c = B(1), C()
print(b.log, c.log, b.m(1), c.m(1), b.attrs(), c.f())
print(B.s(), b.p)
def go(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
go(B.c)
go(b.c)
class D(A):
    def bad(self):
        return super().missing
    def setit(self):
        super().x = 5
        return self.x
    def rep(self):
        return super().__repr__()[:3]
go(D().bad)
go(D().setit)
go(lambda: super(D))
go(lambda: super(D, D()).m(3))
go(lambda: super(5, D()))
go(lambda: super(A, D()).m(1))
class E(Exception):
    def __init__(self, code):
        super().__init__("code %d" % code)
        self.code = code
go(lambda: (E(5).args, E(5).code, str(E(6))))
class L(list):
    def append(self, v):
        super().append(v)
        super().append(-v)
l = L()
l.append(4)
print(l)
