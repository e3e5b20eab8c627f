# Sorting: stability, keys, reverse, mixed numbers, errors in keys and comparisons, sorting while looking.
data = [(3, "c"), (1, "b"), (3, "a"), (2, "z"), (1, "a")]
print(sorted(data), sorted(data, key=lambda p: p[0]), sorted(data, key=lambda p: -p[0]), sorted(data, key=lambda p: p[1], reverse=True))
l = data[:]; l.sort(key=lambda p: p[0], reverse=True); print(l)
print(sorted([3, 1.5, True, -2, 1 << 40, 0.1]), sorted("bAc"), sorted("bAc", key=str.upper), sorted(["b", "aa", "ccc"], key=len), sorted({3: 1, 1: 2}), sorted({2, 1}), sorted(range(5, 0, -1)), sorted(x % 3 for x in range(6)), sorted([]), sorted([[2], [1, 5], []]), sorted([(), (0,), (0, 0)]), sorted([b"b", b"a"]))
class V:
    def __init__(self, n): self.n = n
    def __lt__(self, o): return self.n < o.n
    def __repr__(self): return "V%d" % self.n
print(sorted([V(3), V(1), V(2)]), sorted([V(3), V(1), V(2)], reverse=True), min(V(2), V(1)))
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t(lambda: sorted([1, "a"])); t(lambda: sorted([1, None])); t(lambda: sorted([{}, {}])); t(lambda: sorted([1j, 2j])); t(lambda: sorted([1, 2], key=1)); t(lambda: sorted([1, 2], key=lambda: 0)); t(lambda: sorted([1, 2], lambda a: a)); t(lambda: sorted(5)); t(lambda: sorted([1], cmp=1)); t(lambda: [2, 1].sort(1)); t(lambda: sorted([2, 0, 1], key=lambda x: 10 // x)); t(lambda: sorted([V(1), 5])); t(lambda: [3, 2, 1].sort()); t(lambda: sorted([1, 2, 3], reverse=5)); t(lambda: sorted([2, 1], key=None)); t(lambda: sorted("ab", reverse="x"))
class Bad:
    def __lt__(self, o): raise ValueError("cmp")
t(lambda: sorted([Bad(), Bad()])); t(lambda: len(sorted([Bad()]))); t(lambda: min(Bad(), Bad()))
l = [5, 3, 8]
r = l.sort(); print(r, l)
words = "the quick brown fox jumps over the lazy dog".split()
count = {}
for w in words: count[w] = count.get(w, 0) + 1
print(sorted(count.items(), key=lambda kv: (-kv[1], kv[0])))
