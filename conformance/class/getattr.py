# __getattr__ as a fallback, for attributes, methods and hasattr.
class G:
    real = "class attr"
    def __init__(self):
        self.inst = 1
    def __getattr__(self, name):
        print("getattr", name, end=" ")
        if name.startswith("no"):
            raise AttributeError(name)
        if name == "bad":
            raise ValueError("bad name")
        if name == "method":
            return lambda *a: ("called", a)
        return name.upper()
g = G()
print(g.real, g.inst, g.thing, g.method(1, 2), getattr(g, "dyn"), getattr(g, "nope", "default"), hasattr(g, "x"), hasattr(g, "nothing"))
g.thing = "set"
print(g.thing)
del g.thing
print(g.thing)
for f in (lambda: g.nothing, lambda: g.bad, lambda: getattr(g, "bad", 1), lambda: hasattr(g, "bad"), lambda: G.unknown, lambda: len(g), lambda: g + 1, lambda: g(), lambda: g[0]):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
class Proxy:
    def __init__(self, target):
        self._t = target
    def __getattr__(self, name):
        return getattr(self._t, name)
p = Proxy([3, 1, 2])
p.sort()
p.append(9)
print(p._t, p.index(2), p.count(9))
class Lazy:
    def __getattr__(self, name):
        print("computing", name)
        v = len(name)
        setattr(self, name, v)
        return v
l = Lazy()
print(l.four + l.four)
class Sub(G):
    def __getattr__(self, name):
        return "sub:" + super().__getattr__(name)
print(Sub().foo)
class Rec:
    def __getattr__(self, n):
        return Rec() if len(n) < 3 else n
print(Rec().a.b.c.end)
