# hash and id: stability, equality rules, unhashables.
print(hash(5), hash(-1), hash(0), hash(True), hash(2**29), hash(1.0), hash(0.0), hash(1) == hash(1.0) == hash(True))
print(hash("a") == hash("a"), hash("") == hash(""), hash(b"a") == hash(b"a"), hash((1, 2)) == hash((1, 2)), hash(None) == hash(None), hash(...) == hash(...), hash(int) == hash(int), hash(print) == hash(print))
s = "abc" * 10
t = "".join(["abc"] * 10)
print(hash(s) == hash(t), s == t, {s: 1}[t], id(s) == id(s), id(None) == id(None), id([]) is not None, isinstance(id(5), int))
a = []
b = a
print(id(a) == id(b), id(a) == id([1]), (lambda: 0) is (lambda: 0))
for x in ([], {}, set(), bytearray(), [1], slice, type):
    try:
        h = hash(x)
        print(type(x).__name__, "hashable", isinstance(h, int))
    except TypeError as e:
        print(type(e).__name__, e)
for f in (lambda: hash(), lambda: hash(1, 2), lambda: id(), lambda: hash((1, [2])), lambda: hash(frozenset([1])) == hash(frozenset([1]))):
    try:
        print(f())
    except TypeError as e:
        print(type(e).__name__, e)
