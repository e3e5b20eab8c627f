# Floats as dict keys and in containers: equal to equal ints, nan is itself only by identity.
d = {1: "int", 2.5: "half", 10**20: "big"}
print(d[1.0], d[2.5], 1.0 in d, 2.0 in d, hash(1.0) == hash(1), hash(0.0) == hash(-0.0))
d[1.0] = "float"
print(len(d), d[1], d[True])
s = {1, 1.0, True, 2, 2.0}
print(len(s), sorted(s))
nan = float("nan")
print(nan == nan, [1.5, 2.5].index(2.5), (0.5, 0.5).count(0.5), 1.5 in (1, 1.5), 2 in [2.0])
print(sorted({0.5: "a", 0.25: "b"}.items()))
print(-0.0 in {0.0}, {0.0: 1}[-0.0])
