# Multiple inheritance: left to right, depth first; super() in mixins.
class A:
    def who(self):
        return "A"
    only_a = 1
class B:
    def who(self):
        return "B"
    only_b = 2
class C(A, B):
    pass
class D(B, A):
    def who(self):
        return "D" + super().who()
print(C().who(), D().who(), C().only_a, C().only_b, D.only_a, isinstance(C(), B), issubclass(D, A), len(C.__bases__))
class Base:
    def __init__(self):
        print("Base init")
    def run(self):
        return "base"
class Log:
    def run(self):
        return "log(" + super().run() + ")"
class Loud:
    def run(self):
        return super().run().upper() + "!"
class Final(Loud, Base):
    pass
try:
    print(Final().run())
except AttributeError as e:
    print(type(e).__name__, e)
class Left(Base):
    def run(self):
        return "left+" + super().run()
class Right(Base):
    def run(self):
        return "right+" + super().run()
class Both(Left, Right):
    def run(self):
        return "both+" + super().run()
print(Both().run())
class Init1:
    def __init__(self):
        self.one = 1
class Init2:
    def __init__(self):
        self.two = 2
class Inits(Init1, Init2):
    def __init__(self):
        Init1.__init__(self)
        Init2.__init__(self)
i = Inits()
print(i.one, i.two)
class Cmp:
    def __gt__(self, o):
        return not self <= o
    def __le__(self, o):
        return self.k <= o.k
class Named:
    def __repr__(self):
        return "<%s>" % self.k
class Item(Cmp, Named):
    def __init__(self, k):
        self.k = k
print(Item(2) > Item(1), Item(1), Item(3) <= Item(2))
for src in ("class X(int, str): pass", "class X(A, A): pass", "class X(list, dict): pass", "class X(5): pass", "class X(undefined): pass", "class X(A, int): pass\nprint(X(3) + 1)"):
    try:
        exec(src)
        print("ok")
    except Exception as e:
        print(src, type(e).__name__, e)
