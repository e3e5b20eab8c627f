# __getitem__, __setitem__, __delitem__, __contains__, __len__, __iter__ on a user type.
class C:
    def __init__(self):
        self.d = {}
    def __getitem__(self, k):
        print("get", k)
        return self.d[k]
    def __setitem__(self, k, v):
        print("set", k, v)
        self.d[k] = v
    def __delitem__(self, k):
        print("del", k)
        del self.d[k]
    def __contains__(self, k):
        print("in", k)
        return k in self.d
    def __len__(self):
        return len(self.d)
    def __iter__(self):
        return iter(sorted(self.d))
c = C()
c["a"] = 1
c[1, 2] = "t"
c["a"] += 10
print(c["a"], c[1, 2], len(c), "a" in c, "z" not in c)
del c[1, 2]
c["b"] = 5
print(list(c), sorted(c), [k for k in c], max(c), ",".join(c), dict((k, c[k]) for k in c) == {"a": 11, "b": 5})
a, b = c
print(a, b)
try:
    c["zz"]
except KeyError as e:
    print(type(e).__name__, e)
class Seq:
    def __init__(self, n):
        self.n = n
    def __getitem__(self, i):
        if i >= self.n:
            raise IndexError("end")
        return i * i
s = Seq(4)
print(s[2], list(s), [x for x in s], 9 in s, 5 in s, tuple(s), sum(s), max(s), list(zip(s, s)), list(map(str, s)))
x, y, *z = s
print(x, y, z)
class In:
    def __contains__(self, v):
        return "truthy" if v else 0
print(1 in In(), 0 in In(), 1 not in In())
class OnlyIter:
    def __iter__(self):
        return iter([1, 2])
print(2 in OnlyIter(), 3 in OnlyIter(), 3 not in OnlyIter())
class N:
    pass
def st():
    N()[0] = 1
def de():
    del N()[0]
for f in (lambda: N()[0], st, de, lambda: 1 in N(), lambda: len(N()), lambda: iter(N()), lambda: N[0], lambda: [x for x in N()], lambda: list(N())):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
