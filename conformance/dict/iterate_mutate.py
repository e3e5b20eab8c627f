# Looping over dicts, and changing them while looping.
d = {i: chr(97 + i) for i in range(6)}
print(sorted(k for k in d), sorted(d.values()), sorted((v, k) for k, v in d.items()))
for k in list(d):
    if k % 2:
        del d[k]
print(sorted(d.items()))
for k in d:
    d[k] = d[k] * 2
print(sorted(d.items()))
total = 0
for k, v in d.items():
    total += k * len(v)
print(total, sum(d), max(d), min(d.values()), sorted(d, reverse=True), list(map(d.get, [0, 1, 2])), [k for k in d if k > 2])
inverse = {}
for k, v in {"a": 1, "b": 2, "c": 1}.items():
    inverse.setdefault(v, []).append(k)
print(sorted((k, sorted(v)) for k, v in inverse.items()))
it = iter({1: 2})
print(next(it), next(it, "end"))
print(dict(sorted({3: 1, 1: 2}.items())) == {1: 2, 3: 1}, any({0: 1}), all({1: 0}), sorted(enumerate({7: 0})), sorted(zip({1: 0}, {2: 0})))
