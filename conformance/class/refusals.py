# What classes and instances refuse, and what odd special methods answer.
def t(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__name__, e)
class A:
    def m(self, x): return x
    @property
    def ro(self): return 1
    @staticmethod
    def s(a): return a
t(lambda: type(A(1)))
t(A().m)
t(A().m, 1, 2)
t(A.m, 1)
t(A.m, A(), 1)
t(lambda: A().nope)
t(lambda: A.nope)
t(lambda: setattr(A(), "ro", 2))
t(lambda: delattr(A(), "ro"))
t(lambda: delattr(A(), "x"))
t(lambda: delattr(A, "x"))
t(lambda: A()[0])
t(lambda: A()())
t(lambda: len(A()))
t(lambda: iter(A()))
t(lambda: A() + 1)
t(lambda: 1 + A())
t(lambda: -A())
t(lambda: A() < 1)
t(lambda: 1 in A())
t(lambda: int(A()))
t(lambda: float(A()))
t(lambda: bytes(A()))
t(lambda: "a" + A())
t(lambda: [] + A())
t(lambda: A() @ A())
t(lambda: hash([]))
t(lambda: {[]: 1})
t(lambda: {1, {}})
t(lambda: type("X", (A, 1), {}))
t(lambda: type("X", (int, str), {}))
t(lambda: type("X", (bool,), {}))
t(lambda: type(1, (), {}))
t(lambda: type("X", (), {"a": 5})().a)
t(lambda: object.__new__(A).m(3))
t(lambda: super(A, 1))
t(lambda: super().x)
class NoInit:
    def __init__(self): return 5
t(NoInit)
class N2:
    def __new__(cls, *a): print("new", a); return 42
t(N2, 1)
class N3:
    def __new__(cls): return object.__new__(cls)
    def __init__(self): self.z = 1
t(lambda: N3().z)
class Sub(N3):
    def __init__(self): super().__init__(); self.w = 2
t(lambda: (Sub().z, Sub().w))
class G:
    def __getattr__(self, n): return n * 2
t(lambda: G().ab)
t(lambda: hasattr(G(), "q"))
class H:
    def __getattr__(self, n): raise ValueError(n)
t(lambda: H().q)
t(lambda: hasattr(H(), "q"))
t(lambda: getattr(H(), "q", 1))
class I1:
    def __iter__(self): return 5
t(lambda: list(I1()))
class I2:
    def __iter__(self): return self
t(lambda: list(I2()))
class I3:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
t(lambda: list(I3()))
t(lambda: 20 in I3())
t(lambda: [a for a in I3()])
class St:
    def __str__(self): return 5
t(lambda: str(St()))
class Re:
    def __repr__(self): return None
t(lambda: repr(Re()))
class Le:
    def __len__(self): return "x"
t(lambda: len(Le()))
t(lambda: bool(Le()))
class Bo:
    def __bool__(self): return 5
t(lambda: bool(Bo()))
t(lambda: not Bo())
class Ha:
    def __hash__(self): return "h"
t(lambda: hash(Ha()))
class Co:
    def __contains__(self, x): return "yes"
t(lambda: 1 in Co())
class Eq:
    def __eq__(self, o): return "eq"
t(lambda: Eq() == 1)
t(lambda: Eq() != 1)
t(lambda: [Eq()] == [1])
t(lambda: [Eq()].index(1))
t(lambda: A.__dict__ if hasattr(A, "__dict__") else 0) if False else None
t(lambda: A().__class__)
t(lambda: A().__module__)
t(lambda: A.__init__)
t(lambda: A.m.__name__)
