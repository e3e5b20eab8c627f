# classmethod and staticmethod, alternative constructors, bound behaviour.
class A:
    count = 0
    def __init__(self, v):
        self.v = v
        A.count += 1
    @classmethod
    def make(cls, text):
        return cls(int(text))
    @classmethod
    def name(cls, *a, **k):
        return cls.__name__, a, sorted(k.items())
    @staticmethod
    def add(x, y=1):
        return x + y
    def both(self):
        return self.make("5").v + self.add(1) + A.add(1, 2)
class B(A):
    pass
a = A.make("42")
b = B.make("7")
print(type(a).__name__, a.v, type(b).__name__, b.v, A.count, B.count)
print(A.name(1), b.name(2, k=3), B.name(), a.both(), A.add(5), a.add(5, 6), B.add(0))
f, g = B.name, a.add
print(f("x"), g(1))
class C:
    def late(cls):
        return cls.__name__
    late = classmethod(late)
    plain = staticmethod(lambda x: x * 2)
print(C.late(), C().late(), C.plain(4), C().plain(5))
class D(A):
    @classmethod
    def name(cls):
        return "D:" + cls.__name__ + str(A.name()[0])
print(D.name(), D(1).name())
for h in (lambda: A.add(), lambda: A.make(), lambda: a.add(1, 2, 3), lambda: A.name.__name__, lambda: staticmethod(), lambda: A.both(), lambda: classmethod(5)):
    try:
        print(h())
    except Exception as e:
        print(type(e).__name__, e)
