# reversed and sorted.
print(list(reversed([1, 2, 3])), list(reversed("abc")), list(reversed((1, 2))), list(reversed(range(4))), list(reversed(b"ab")), list(reversed(bytearray(b"cd"))), list(reversed([])), "".join(reversed("olleh")))
class S:
    def __len__(self):
        return 3
    def __getitem__(self, i):
        return i * 10
print(list(reversed(S())))
r = reversed([1, 2])
print(next(r), next(r), next(r, "end"), iter(r) is r)
print(sorted([]), sorted("bca"), sorted({3: 0, 1: 0}), sorted((2, 1), reverse=True), sorted([3, 1, 2], key=lambda x: -x), sorted(range(5), key=lambda x: x % 3), sorted([True, False]), sorted(["B", "a"], key=str.lower), sorted([(1, 2), (1, 1), (0, 9)]), sorted(x for x in (2, 1)), sorted(b"cab"), sorted([0.5, 1, 0.25]), sorted("a b".split(), reverse=True), sorted([[2], [1]], key=None))
a = [3, 1, 2]
b = sorted(a)
print(a, b, b is a)
for f in (lambda: reversed(5), lambda: reversed({1: 2}), lambda: list(reversed({1})), lambda: reversed(iter([])), lambda: reversed(), lambda: sorted(), lambda: sorted(5), lambda: sorted([1, "a"]), lambda: sorted([1], 2), lambda: sorted([1], foo=2), lambda: sorted([1, 2], key=5), lambda: sorted([None, None]), lambda: sorted([{}, {}]), lambda: sorted([1], key=lambda: 0)):
    try:
        r = f()
        print(r if isinstance(r, list) else "made")
    except Exception as e:
        print(type(e).__name__, e)
