# Many inserts and deletes: nothing lost on rehash.
d = {}
for i in range(500):
    d[i * 7 % 501] = i
print(len(d), sum(d), sum(d.values()), all(d[i * 7 % 501] == i for i in range(500)))
for i in range(0, 500, 2):
    del d[i * 7 % 501]
print(len(d), sum(d.values()))
for i in range(500):
    d["k" + str(i)] = i
print(len(d), d["k0"], d["k499"], "k500" in d, sum(v for k, v in d.items() if isinstance(k, str)))
for i in range(250):
    d.pop("k" + str(i))
print(len(d), sorted(k for k in d if isinstance(k, str))[:3])
for k in list(d):
    del d[k]
print(d, len(d))
memo = {}
def fib(n):
    if n < 2:
        return n
    if n not in memo:
        memo[n] = fib(n - 1) + fib(n - 2)
    return memo[n]
print(fib(30), len(memo))
mixed = {}
for i in range(60):
    mixed[(i, str(i))] = i
    mixed[float(i) + 0.5] = i
    mixed[str(i).encode()] = i
print(len(mixed), mixed[7, "7"], mixed[8.5], mixed[b"59"])
