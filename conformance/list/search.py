# index, count, in.
a = [1, 2, 3, 2, 1, "a", None, 2.0, True, [1]]
for v in (1, 2, "a", None, 2.0, [1], True, False, 99, "zz", 0):
    try:
        where = a.index(v)
    except ValueError as e:
        where = "ValueError " + str(e)
    print(v, v in a, v not in a, a.count(v), where)
print(a.index(2, 2), a.index(1, 1, 5), a.index(2, -3))
for f in (lambda: a.index(2, 4, 6), lambda: a.index(), lambda: a.index(1, "x"), lambda: a.count(), lambda: 1 in 5, lambda: a.index(3, 3)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
class Loud:
    def __init__(self, n):
        self.n = n
    def __eq__(self, other):
        print("eq", self.n, other)
        return self.n == other
items = [Loud(1), Loud(2), Loud(3)]
print(2 in items, items.index(2), items.count(3))
