# OrderedDict: order after deletion and new keys, popitem, equality, views, subclassing, text.
from collections import OrderedDict
o = OrderedDict([("b", 1), ("a", 2)]); o["c"] = 3; o["b"] = 9; print(list(o.items()), o)
del o["a"]; o["a"] = 5; print(list(o), list(o.values())); print(o.popitem(), o.pop("b"), list(o))
print(OrderedDict([(1, 2)]) == OrderedDict([(1, 2)]), OrderedDict([(1, 2), (3, 4)]) == OrderedDict([(3, 4), (1, 2)]), OrderedDict([(1, 2)]) == {1: 2})
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t(lambda: OrderedDict()); t(lambda: OrderedDict().popitem()); t(lambda: OrderedDict([(1,)])); t(lambda: OrderedDict(5)); t(lambda: OrderedDict([(1, 2)])["x"]); t(lambda: OrderedDict([(1, 2)]).x); t(lambda: list(OrderedDict([(i, i) for i in (5, 3, 1)]).keys())); t(lambda: OrderedDict(zip("cab", range(3)))); t(lambda: list(OrderedDict.fromkeys("hello"))); t(lambda: OrderedDict([(1, 2)]).copy()); t(lambda: dict(OrderedDict([("z", 1)]))); t(lambda: len(OrderedDict([(1, 1), (1, 2)]))); t(lambda: isinstance(OrderedDict(), dict)); t(lambda: OrderedDict([([], 1)])); t(lambda: bool(OrderedDict())); t(lambda: 1 in OrderedDict([(1, 0)])); t(lambda: OrderedDict({"q": 1}))
u = OrderedDict(); u.update([("x", 1), ("w", 2)]); u.setdefault("v", 3); u.setdefault("x", 9); print(list(u.items())); u.clear(); print(u)
class Lru:
    def __init__(self, n): self.n, self.d = n, OrderedDict()
    def get(self, k):
        v = self.d.pop(k); self.d[k] = v; return v
    def put(self, k, v):
        if k in self.d: del self.d[k]
        elif len(self.d) >= self.n: del self.d[next(iter(self.d))]
        self.d[k] = v
c = Lru(2); c.put("a", 1); c.put("b", 2); c.get("a"); c.put("c", 3); print(list(c.d.items()))
try: c.get("b")
except KeyError as e: print("gone", e)
