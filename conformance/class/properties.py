# property: get, set, delete, inheritance, the decorator and the call form.
class T:
    def __init__(self):
        self._c = 0
    @property
    def c(self):
        print("get")
        return self._c
    @c.setter
    def c(self, v):
        print("set", v)
        self._c = v
    @c.deleter
    def c(self):
        print("del")
        self._c = None
    @property
    def ro(self):
        return "read only"
    def _g(self):
        return "g"
    def _s(self, v):
        print("s", v)
    gs = property(_g, _s)
    g = property(_g)
    none = property()
    so = property(None, _s)
t = T()
print(t.c)
t.c = 5
t.c += 2
print(t.c)
del t.c
print(t._c, t.ro, t.gs, t.g)
t.gs = 1
t.so = 2
def setro():
    t.ro = 1
def delro():
    del t.ro
def setg():
    t.g = 1
for f in (setro, delro, setg, lambda: t.none, lambda: t.so):
    try:
        print(f())
    except AttributeError as e:
        print(type(e).__name__, e)
class U(T):
    @property
    def c(self):
        return "U " + str(super().c)
    ro = "plain attribute"
u = U()
print(u.c, u.ro, type(T.c), hasattr(t, "c"))
try:
    u.c = 1
except AttributeError as e:
    print(type(e).__name__, e)
class P:
    @property
    def fails(self):
        raise ValueError("in getter")
    @property
    def attr_error(self):
        return self.nope
for f in (lambda: P().fails, lambda: P().attr_error, lambda: getattr(P(), "attr_error", "default"), lambda: hasattr(P(), "attr_error"), lambda: hasattr(P(), "fails")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
t.__class__.late = property(lambda self: "late")
print(t.late)
