# The order in which small-int keys come out of a plain dict.
d = {}
for k in (5, 3, 11, 1, 100, 7, -1, 0):
    d[k] = k * k
    print(d)
for k in (3, 100, 5):
    del d[k]
    print(list(d))
for k in (3, 64, 33):
    d[k] = 0
    print(list(d))
print({3: 1, 1: 2, 2: 3}, {i: 0 for i in range(12, 0, -1)}, dict(((9, 1), (4, 2), (1, 3))), dict.fromkeys(range(5, 0, -1)))
print({1, 5, 3, 20, 2}, {i for i in range(10, 0, -1)}, set(range(5, -3, -1)), frozenset((9, 8, 7)))
print({10: "a", 20: "b", 30: "c"}.popitem(), list({10: 1, 20: 2}.values()), list({7: 1, 6: 2}.items()))
