# Construction, membership, add, remove, discard, pop, clear.
print(set(), set([3, 1, 2, 1]) == {1, 2, 3}, len({1, 1.0, True}), sorted(set("hello")), sorted({c for c in "abca"}), set(range(3)) == {0, 1, 2}, frozenset() == set())
s = {1, 2}
print(s.add(3), s.add(2), sorted(s), 2 in s, 9 in s, 9 not in s, len(s), bool(s), bool(set()))
print(s.remove(1), s.discard(99), s.discard(2), sorted(s), s.pop(), len(s))
s.update([5, 6], (7,), {8})
print(sorted(s), s.clear(), s)
t = {1, "a", None, (1, 2), 2.5}
print(len(t), "a" in t, None in t, (1, 2) in t, 2.5 in t, "x" in t)
u = t.copy()
u.add("more")
print(len(t), len(u), t == u, t is t)
for f in (lambda: set().pop(), lambda: s.remove(5), lambda: s.add([]), lambda: {[]}, lambda: set(5), lambda: set(1, 2), lambda: s.add(), lambda: s[0], lambda: [] in s, lambda: hash(s), lambda: {set()}, lambda: s.remove("x"), lambda: s.update(5), lambda: s + s, lambda: s.foo):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
