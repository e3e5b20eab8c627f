# Assigning to slices: same size, growing, shrinking, self, iterables.
def run(start, stop, value):
    a = [0, 1, 2, 3, 4]
    try:
        a[start:stop] = value
        print(start, stop, value, a, len(a))
    except Exception as e:
        print(start, stop, value, type(e).__name__, e)
for start, stop in ((0, 0), (1, 3), (None, None), (5, None), (3, 1), (-2, None), (0, 100), (None, 2), (-100, 1), (10, 20)):
    for value in ([], ["x"], ["x", "y"], ["p", "q", "r", "s"], ("t", "u")):
        run(start, stop, value)
for value in ("ab", range(2), {1: 2}, 5, None, (i for i in range(2))):
    a = [0, 1, 2]
    try:
        a[1:2] = value
        print(a)
    except Exception as e:
        print(type(e).__name__, e)
a = [1, 2, 3]
a[1:1] = a
print(a)
a[:] = a[::-1]
print(a)
a = [1, 2, 3, 4]
try:
    a[::2] = [9, 9]
    print(a)
except Exception as e:
    print(type(e).__name__, e, a)
# a list stored into a slice of itself
for a in range(5):
    for b in range(5):
        l = [1, 2, 3, 4]
        l[a:b] = l
        print(a, b, l)
