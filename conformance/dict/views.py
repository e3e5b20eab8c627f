# keys, values, items: iteration, length, membership, printing, liveness.
d = {1: "a", 2: "b", 3: "c"}
k, v, i = d.keys(), d.values(), d.items()
print(k, v, i)
print(sorted(k), sorted(v), sorted(i), list(d) == list(k), [x for x in i] == list(zip(k, v)))
print(1 in k, 9 in k, "a" in v, (1, "a") in i)
for f in (lambda: len(k), lambda: k[0], lambda: k == k, lambda: k == [1, 2, 3], lambda: len(v), lambda: bool(k), lambda: hash(k), lambda: k.foo, lambda: d.keys(1), lambda: k + k):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
d[4] = "d"
print(sorted(k), sorted(v))
it = iter(d.items())
first = next(it)
print(first in list(d.items()), type(first), max(d.values()), sum(d.keys()), sorted(d, key=lambda q: -q), {b: a for a, b in d.items()}["b"])
print({}.keys(), {}.values(), {}.items(), list({}.items()))
