# get, setdefault, pop, popitem, clear.
d = {1: "a", 2: "b"}
print(d.get(1), d.get(9), d.get(9, "def"), d.get(1, "def"), d.setdefault(1), d.setdefault(3), d.setdefault(4, "d"), d.setdefault(4, "e"), sorted(d))
print(d.pop(1), d.pop(9, "none"), d.pop(9, None), sorted(d))
groups = {}
for w in ("apple", "avocado", "banana", "blueberry", "cherry"):
    groups.setdefault(w[0], []).append(w)
print(sorted(groups.items()))
d = {5: "only"}
print(d.popitem(), d)
d = {i: i * i for i in range(10)}
seen = []
while d:
    seen.append(d.popitem())
print(sorted(seen))
d = {1: 2}
print(d.clear(), d, d.get(1))
for f in (lambda: {}.popitem(), lambda: {}.pop(1), lambda: {1: 2}.pop("x"), lambda: d.get(), lambda: d.get([]), lambda: d.setdefault(), lambda: d.pop(), lambda: d.pop(1, 2, 3), lambda: d.setdefault([], 1), lambda: d.get(1, 2, 3), lambda: d.clear(1)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
