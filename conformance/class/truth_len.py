# Truth of instances: __bool__, then __len__, then True; in every place truth is asked.
class T:
    def __init__(self, v):
        self.v = v
    def __bool__(self):
        print("bool", self.v, end="; ")
        return self.v
class L:
    def __init__(self, n):
        self.n = n
    def __len__(self):
        print("len", self.n, end="; ")
        return self.n
for x in (T(True), T(False), L(0), L(2)):
    print("if" if x else "else", not x, bool(x), "and" if x and x else "no", 1 if x else 2)
    n = 0
    while x:
        n += 1
        if n == 2:
            break
    print(n, [i for i in (1,) if x], any([x]), all([x]), list(filter(None, [x])) == [x])
    try:
        assert x, "assert failed"
        print("assert ok")
    except AssertionError as e:
        print(e)
a, b = T(False), T(True)
print((a or b) is b, (a and b) is a, (b or a) is b, (not a) is True)
class P:
    pass
print(bool(P()), not P(), bool(P), bool(L), bool(lambda: 0), bool(print), bool(...), bool(NotImplemented), bool(type))
class Both:
    def __bool__(self):
        return True
    def __len__(self):
        return 0
print(bool(Both()), len(Both()))
class R:
    def __bool__(self):
        raise ValueError("no truth")
for f in (lambda: not R(), lambda: R() or 1, lambda: 1 if R() else 2, lambda: any([R()]), lambda: [x for x in (1,) if R()]):
    try:
        f()
    except ValueError as e:
        print(e)
