# Diamonds, super chains, attributes through several bases, class attributes and instances.
class Root:
    tag = "root"
    def who(self): return ["Root"]
class L(Root):
    def who(self): return ["L"] + super().who()
class R(Root):
    tag = "r"
    def who(self): return ["R"] + super().who()
class D(L, R):
    def who(self): return ["D"] + super().who()
class E(R, L): pass
print(D().who(), E().who(), D.tag, E.tag, D().tag, isinstance(D(), R), issubclass(D, Root), D.__bases__ == (L, R))
class Mixin:
    def describe(self): return "%s:%s" % (type(self).__name__, self.value())
class V(Mixin):
    def __init__(self, v): self.v = v
    def value(self): return self.v
class W(V):
    def __init__(self, v): super().__init__(v * 2)
    def value(self): return super().value() + 1
print(V(1).describe(), W(5).describe(), [c.__name__ for c in (V, W)])
class Count:
    n = 0
    items = []
    def __init__(self):
        Count.n += 1
        self.items.append(self.n)
        self.n = "own"
a, b = Count(), Count()
print(Count.n, a.n, b.n, Count.items, a.items is b.items)
del a.n; print(a.n)
try: del a.n
except AttributeError as e: print(e)
Count.extra = 5; print(a.extra, hasattr(b, "extra")); del Count.extra; print(hasattr(a, "extra"))
class P:
    def __init__(self): self._x = 0
    @property
    def x(self): return self._x
    @x.setter
    def x(self, v):
        if v < 0: raise ValueError("negative")
        self._x = v
    @x.deleter
    def x(self): print("deleted"); self._x = None
class Q(P):
    @property
    def y(self): return self.x * 10
q = Q(); q.x = 4; print(q.x, q.y)
try: q.x = -1
except ValueError as e: print(e)
try: q.y = 1
except AttributeError as e: print(e)
del q.x; print(q._x)
class Reg:
    known = {}
    def __init__(self, name): self.name = name; Reg.known[name] = self
    def __repr__(self): return "Reg(%s)" % self.name
    def __lt__(self, o): return self.name < o.name
    def __eq__(self, o): return isinstance(o, Reg) and self.name == o.name
    def __hash__(self): return hash(self.name)
Reg("b"); Reg("a"); Reg("c"); Reg("a")
print(sorted(Reg.known.values()), Reg("a") == Reg("a"), Reg("a") in [Reg("a")], len({Reg("a"), Reg("a")}), Reg("a") != 5)
class Meta1:
    def __init__(self, f): self.f = f
    def __call__(self, *a): return ("wrapped", self.f(*a))
@Meta1
def plain(x): return x
print(plain(3))
class Ctx:
    depth = 0
    def __enter__(self): Ctx.depth += 1; return Ctx.depth
    def __exit__(self, *a): Ctx.depth -= 1; return a[0] is KeyError
with Ctx() as a, Ctx() as b: print(a, b)
with Ctx(): {}["x"]
print(Ctx.depth)
try:
    with Ctx(): 1 / 0
except ZeroDivisionError: print("through", Ctx.depth)
Klass = type("Klass", (V,), {"extra": 1, "value": lambda self: "dyn"})
print(Klass(1).describe(), Klass.extra, Klass.__name__)
class Iter:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n == 0: raise StopIteration
        self.n -= 1
        return self.n
print(list(Iter(3)), sum(Iter(4)), 2 in Iter(5), max(Iter(3)), dict(zip(Iter(3), "abc")), list(map(str, Iter(2))))
