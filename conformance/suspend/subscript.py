# sleep in __getitem__, __setitem__ and __delitem__, with slices and augmented assignment.
from time import sleep_ms
class C:
    def __init__(self):
        self.d = {}
    def __getitem__(self, k):
        sleep_ms(1)
        return self.d[k] if not isinstance(k, slice) else ("slice", k.start, k.stop, k.step)
    def __setitem__(self, k, v):
        sleep_ms(1)
        self.d[k] = v
    def __delitem__(self, k):
        sleep_ms(1)
        del self.d[k]
def k(x):
    sleep_ms(1)
    return x
c = C()
c["a"] = 1
c[k("b")] = k(2)
c["a"] += 10
c["a"] *= c["b"]
print(c["a"], c[k("b")], c[1:2], c[::3], c[k(1):k(5)])
del c["a"]
try:
    c["a"]
except KeyError as e:
    print("KeyError", e)
try:
    del c["zz"]
except KeyError as e:
    print("KeyError", e)
c["x"], c["y"] = c["b"], k("y value")
print(sorted(c.d.items()))
for c["loop"] in range(3):
    sleep_ms(1)
print(c["loop"], [c[n] for n in ("x", "loop")], f"{c['x']}", "%s" % c["y"], c["x"] + c["loop"])
class Nested:
    def __getitem__(self, i):
        sleep_ms(1)
        return Nested() if i else "leaf"
print(Nested()[1][2][3][0])
m = [c, c]
m[0]["x"] += m[1]["x"]
print(c["x"])
