# sort in place: reverse, key, errors that leave the list usable.
a = [5, 2, 9, -1, 2, 0]
print(a.sort(), a, a.sort(reverse=True), a)
w = ["banana", "Apple", "cherry", "date"]
w.sort()
print(w)
w.sort(key=str.lower)
print(w)
w.sort(key=len)
print([len(x) for x in w])
w.sort(key=lambda s: s[-1], reverse=True)
print([x[-1] for x in w])
print(sorted([3, 1, 2]), sorted((3, 1, 2), reverse=True), sorted("hello"), sorted({3: 1, 1: 2}), sorted([[2], [1, 5], [1]]), sorted([(1, "b"), (1, "a")]), sorted([1.5, 1, True, -2]))
pseudo = 12345
big = []
for i in range(200):
    pseudo = (pseudo * 1103515245 + 12345) & 0x7FFFFFFF
    big.append(pseudo >> 16)
big.sort()
print(all(big[i] <= big[i + 1] for i in range(199)), len(big))
big.sort(reverse=True)
print(all(big[i] >= big[i + 1] for i in range(199)))
for f in (lambda: [1, "a"].sort(), lambda: [None, None].sort(), lambda: [1, 2].sort(lambda x: x), lambda: [1].sort(5), lambda: [2, 1].sort(key=5), lambda: [1, 2].sort(foo=1), lambda: sorted(5), lambda: sorted([1j, 2j]), lambda: sorted(), lambda: [3, 1].sort(key=None, reverse=1)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
