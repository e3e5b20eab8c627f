# Ordering with nan, infinities, ints of both sizes.
inf = float("inf")
nan = float("nan")
vals = [-inf, -1e20, -1.5, -0.0, 0.0, 1.5, 1e20, inf]
for a in vals:
    print(a, [(a < b) * 4 + (a == b) * 2 + (a > b) for b in vals])
print([nan < b or nan > b or nan == b for b in vals], nan == nan, nan != nan, nan < nan, nan <= nan)
ints = [0, 1, -2, 2**30, 10**20, -(10**20)]
for i in ints:
    print(i, [(i < b) * 4 + (i == b) * 2 + (i > b) for b in vals])
    print(i, [(b < i) * 4 + (b == i) * 2 + (b > i) for b in vals])
print(inf > 10**300, -inf < -(10**300), 1.5 == "1.5", 1.5 != None, 1.0 == True)
print(max(1, 2.5, 2), min(1, 0.5, True), sorted([2, 1.5, True, -0.5]))
for f in (lambda: 1.5 < "a", lambda: 1.5 >= None, lambda: "a" < 1.5):
    try:
        print(f())
    except TypeError as e:
        print(type(e).__name__, e)
