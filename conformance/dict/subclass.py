# Subclasses of dict.
class D(dict):
    def __getitem__(self, k):
        return super().get(k, "missing")
    def __setitem__(self, k, v):
        super().__setitem__(k, v * 2)
d = D({1: "a"})
d[2] = "b"
print(d[1], d[2], d[9], len(d), sorted(d), 2 in d, d.get(9), isinstance(d, dict), sorted(d.items()))
class Counter(dict):
    def add(self, k, n=1):
        self[k] = self.get(k, 0) + n
        return self
c = Counter()
for ch in "mississippi":
    c.add(ch)
print(sorted(c.items()), sorted(c, key=lambda k: (-c[k], k)), c == {"m": 1, "i": 4, "s": 4, "p": 2}, bool(Counter()), type(c).__name__)
class Attr(dict):
    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name)
a = Attr(x=5)
a.y = 6
print(a.x, a.y, "y" in a)
try:
    a.z
except AttributeError as e:
    print(type(e).__name__, e)
class M(dict):
    def __missing__(self, key):
        return "made " + str(key)
try:
    print(M()[5])
except KeyError as e:
    print("KeyError", e)
