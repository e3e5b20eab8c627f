# OrderedDict keeps insertion order through updates and deletions.
from collections import OrderedDict
d = OrderedDict()
for k in "zebra":
    d[k] = ord(k)
print(d, list(d), list(d.items()), len(d))
d["z"] = 0
del d["b"]
d["new"] = 1
print(list(d.keys()), list(d.values()), "a" in d, d.get("q"), d.pop("e"), list(d))
print(d.popitem(), list(d), d.setdefault("s", 5), list(d))
e = OrderedDict([("b", 1), ("a", 2), ("b", 3)])
print(e, OrderedDict(e) == e, e == {"a": 2, "b": 3}, OrderedDict([("a", 1), ("b", 2)]) == OrderedDict([("b", 2), ("a", 1)]), isinstance(e, dict), e.copy(), bool(OrderedDict()))
e.update([("c", 9), ("a", 0)])
print(e, [k for k in e], sorted(e), e.clear(), e)
big = OrderedDict()
for i in range(50, 0, -1):
    big[i] = i
for i in range(50, 0, -3):
    del big[i]
print(list(big)[:10], len(big))
print(OrderedDict((i, None) for i in (3, 1, 2)), OrderedDict(a=1), type(d).__name__)
for f in (lambda: OrderedDict(5), lambda: d["nope"], lambda: OrderedDict().popitem(), lambda: d[[]], lambda: hash(d)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
