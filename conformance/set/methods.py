# union, intersection, difference and friends with any iterable.
a = {1, 2, 3, 4}
print(sorted(a.union([5, 6])), sorted(a.intersection([1, 2, 9])), sorted(a.difference([1], [2])), sorted(a.symmetric_difference([4, 5])))
print(a.isdisjoint([9]), a.isdisjoint([1]), a.issubset(range(10)), a.issuperset([1, 2]), a.issubset([1]), a.issuperset(()), set().issubset([]))
s = a.copy()
print(s.intersection_update([1, 2, 3]), sorted(s), s.difference_update([1]), sorted(s), s.symmetric_difference_update([3, 9]), sorted(s), s.update(), sorted(s))
print(a.difference() == a, sorted(a.intersection(range(2, 4))), sorted(a))
f = frozenset((1, 2))
print(sorted(f.union([3])), type(f.union([3])).__name__, f.isdisjoint({3}), sorted(f.copy()), f.difference({1}) == {2})
for g in (lambda: f.add(3), lambda: f.update([1]), lambda: f.remove(1), lambda: a.union(5), lambda: a.union([1], [2]), lambda: a.union(), lambda: a.intersection(), lambda: a.intersection([1], [2]), lambda: a.isdisjoint(), lambda: a.issubset(5), lambda: a.difference(5), lambda: a.symmetric_difference([1], [2]), lambda: f.clear(), lambda: f.pop()):
    try:
        print(g())
    except Exception as e:
        print(type(e).__name__, e)
