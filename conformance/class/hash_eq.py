# __hash__ with and without __eq__, ids of instances as keys.
class Both:
    def __init__(self, n):
        self.n = n
    def __eq__(self, o):
        return isinstance(o, Both) and self.n == o.n
    def __hash__(self):
        return hash(self.n)
class EqOnly:
    def __eq__(self, o):
        return True
class HashOnly:
    def __hash__(self):
        return 7
print(hash(Both(5)) == hash(5), len({Both(1), Both(1), Both(2)}), Both(3) in {Both(3): 1}, {Both("k"): "v"}[Both("k")])
print(hash(HashOnly()), len({HashOnly(), HashOnly()}), HashOnly() in {HashOnly()})
class Child(Both):
    pass
class ChildEq(Both):
    def __eq__(self, o):
        return super().__eq__(o)
print(hash(Child(4)) == hash(4), Child(4) == Both(4), {Child(4)} == {Both(4)})
for f in (lambda: hash(EqOnly()), lambda: {EqOnly(): 1}, lambda: hash(ChildEq(1)) == hash(1), lambda: hash(object()) is None, lambda: EqOnly() in {1: 2}):
    try:
        print(f())
    except TypeError as e:
        print(type(e).__name__, e)
class H:
    def __init__(self, v):
        self.v = v
    def __hash__(self):
        return self.v
for v in (0, -1, 2**29, -(2**30), 2**31, 2**40, True):
    print(v, hash(H(v)))
for v in ("s", None, 1.5):
    try:
        print(hash(H(v)))
    except TypeError as e:
        print(type(e).__name__, e)
