# Dicts: views, membership, merging, deletion while looking, keys that are equal across types.
d = {1: "int"}
d[1.0] = "float"; d[True] = "bool"
print(d, len(d), 1 in d, 1.0 in d, True in d, 2 in d)
d = {}
for k in (3, 1, 2): d[k] = k * k
print(sorted(d), sorted(d.values()), sorted(d.items()), len(d.keys()), 3 in d.keys(), (3, 9) in d.items() if hasattr(d.items(), "__contains__") else "")
k = d.keys(); d[7] = 49; print(7 in k, len(list(k)))
print(d.pop(3), d.pop(99, "gone"), d.get(1), d.get(99), d.get(99, 0), d.setdefault(5, []), d.setdefault(1, "no"))
e = {"a": 1}; e.update({"b": 2}, c=3); e.update([("d", 4)]); print(sorted(e.items())); e.update(); print(len(e))
print(dict(e, z=1)["z"], dict([[1, 2]]), dict(zip("ab", "cd")) == {"a": "c", "b": "d"}, {"a": 1} == {"a": 1.0}, {"a": 1} != {"a": 2}, {} == [])
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t(lambda: {}["x"]); t(lambda: {}.pop("x")); t(lambda: {}.popitem()); t(lambda: {1: 2}.popitem()); t(lambda: {[]: 1}); t(lambda: {}.get([])); t(lambda: [] in {}); t(lambda: {}[[]]); t(lambda: dict(1)); t(lambda: dict([1])); t(lambda: dict(["ab", "cd"])); t(lambda: dict("ab")); t(lambda: {}.update(1)); t(lambda: {}.update([1])); t(lambda: {}.fromkeys([1, 2])); t(lambda: dict.fromkeys("aa", 0)); t(lambda: {} < {}); t(lambda: {} + {}); t(lambda: -{}); t(lambda: {}()); t(lambda: {}.x); t(lambda: hash({})); t(lambda: {1: {2: {3: 4}}}[1][2][3]); t(lambda: {None: 1, (): 2, "": 3}[()]); t(lambda: {1: 1}.copy() is {1: 1}); t(lambda: list({}.items()))
def mutate():
    m = {i: i for i in range(5)}
    for x in list(m):
        if x % 2: del m[x]
    return m
print(mutate(), {v: k for k, v in {"a": 1}.items()}, {i: {j: i * j for j in range(2)} for i in range(2)})
m = {"x": [1]}; n = m.copy(); n["x"].append(2); print(m, m["x"] is n["x"]); m.clear(); print(m, len(n))
del n["x"]; print(n)
class K:
    def __init__(self, v): self.v = v
    def __hash__(self): return self.v % 2
    def __eq__(self, o): return self.v == o.v
c = {K(i): i for i in range(6)}
print([c[K(i)] for i in range(6)], K(9) in c, len(c)); del c[K(2)]; print(K(2) in c, c[K(4)], len(c))
