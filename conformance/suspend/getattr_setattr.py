# sleep in __getattr__, __setattr__ and __delattr__.
from time import sleep_ms
class G:
    def __getattr__(self, name):
        sleep_ms(1)
        if name.startswith("no"):
            raise AttributeError(name)
        return "<%s>" % name
class S:
    def __setattr__(self, name, value):
        sleep_ms(1)
        object.__setattr__(self, name, ("set", value))
    def __delattr__(self, name):
        sleep_ms(1)
        object.__delattr__(self, name)
g, s = G(), S()
print(g.a, g.b + g.c, getattr(g, "d"), getattr(g, "nope", "default"), hasattr(g, "x"))
try:
    g.nothing
except AttributeError as e:
    print(e)
s.x = 1
s.y = s.x
setattr(s, "z", g.q)
print(s.x, s.y, s.z)
del s.x
delattr(s, "y")
try:
    s.x
except AttributeError as e:
    print(e)
s.n, (s.m, g.plain) = 1, (2, 3)
print(s.n, s.m, g.plain)
for s.i in range(2):
    sleep_ms(1)
print(s.i)
s.i += (9,)
print(s.i)
class M:
    def __getattr__(self, name):
        sleep_ms(1)
        def method(*a):
            sleep_ms(1)
            return name, a
        return method
print(M().call(1), M().other(g.z, *[s.n]), [M().each(i) for i in range(2)])
class Chain:
    def __getattr__(self, n):
        sleep_ms(1)
        return Chain() if n != "end" else "the end"
print(Chain().a.b.c.end)
