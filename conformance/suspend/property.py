# sleep in property getters, setters and deleters.
from time import sleep_ms
class P:
    def __init__(self):
        self._v = 1
    @property
    def v(self):
        sleep_ms(1)
        return self._v
    @v.setter
    def v(self, x):
        sleep_ms(1)
        self._v = x
    @v.deleter
    def v(self):
        sleep_ms(1)
        self._v = None
        print("deleted")
    @property
    def fails(self):
        sleep_ms(1)
        raise AttributeError("from getter")
    @property
    def method(self):
        sleep_ms(1)
        return lambda *a: ("method", a)
p = P()
print(p.v, p.v + p.v)
p.v = 10
p.v += 5
print(p.v, [p.v for _ in range(2)], p.method(1, 2), getattr(p, "v"), hasattr(p, "v"))
setattr(p, "v", 3)
p.v, x = p.v * 2, p.v
print(p.v, x)
del p.v
print(p.v)
try:
    p.fails
except AttributeError as e:
    print(e)
for p.v in range(3):
    pass
print(p.v)
with type("W", (), {"__enter__": lambda s: 7, "__exit__": lambda s, *a: None})() as p.v:
    print(p.v)
p2 = P()
p2.v = p.v = 4
print(p2.v, p.v, f"{p.v:>3}", "%d" % p.v, p.v if p.v else 0, p.v == p2.v, -p.v, p.v in [4])
