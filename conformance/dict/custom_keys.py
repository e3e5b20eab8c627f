# Keys with their own __hash__ and __eq__.
class K:
    def __init__(self, name, h):
        self.name, self.h = name, h
    def __hash__(self):
        return self.h
    def __eq__(self, other):
        return isinstance(other, K) and self.name == other.name
    def __repr__(self):
        return "K(%s)" % self.name
d = {K("a", 1): "A", K("b", 1): "B", K("c", 9): "C"}
print(len(d), d[K("a", 1)], d[K("b", 1)], d[K("c", 9)], K("d", 1) in d, d.get(K("a", 2)))
d[K("a", 1)] = "A2"
print(len(d), d[K("a", 1)], 1 in d)
del d[K("b", 1)]
print(len(d), K("a", 1) in d, K("b", 1) in d)
for i in range(30):
    d[K(str(i), i % 3)] = i
print(len(d), [d[K(str(i), i % 3)] for i in range(30)])
class NoHash:
    def __eq__(self, o):
        return True
class Plain:
    pass
p = Plain()
print({p: 1}[p], p in {p: 1}, Plain() in {p: 1}, {Plain: "class"}[Plain], {print: 1}[print], {None: 0, ...: 1}[...])
class BadHash:
    def __hash__(self):
        raise ValueError("hash failed")
class StrHash:
    def __hash__(self):
        return "x"
for f in (lambda: {NoHash(): 1}, lambda: {BadHash(): 1}, lambda: {StrHash(): 1}, lambda: {[1]: 1}, lambda: {bytearray(b"a"): 1}, lambda: {set(): 1}, lambda: hash(NoHash())):
    try:
        f()
        print("made")
    except Exception as e:
        print(type(e).__name__, e)
class BigHash:
    def __hash__(self):
        return 2**70 + 5
try:
    b = BigHash()
    print({b: 1}[b])
except Exception as e:
    print(type(e).__name__, e)
