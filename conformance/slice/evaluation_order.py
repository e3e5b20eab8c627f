# The order in which object, bounds and values are evaluated.
def v(name, value):
    print(name, end=" ")
    return value
class S:
    def __getitem__(self, k):
        print("get", k)
        return 10
    def __setitem__(self, k, x):
        print("set", k, x)
    def __delitem__(self, k):
        print("del", k)
s = S()
v("obj", s)[v("a", 1):v("b", 2):v("c", 3)]
v("obj", s)[v("i", 1)] = v("value", 5)
v("obj", s)[v("i", 1):v("j", 2)] = v("value", 5)
v("obj", s)[v("i", 1)] += v("add", 5)
del v("obj", s)[v("i", 1)]
a = [0, 1, 2]
a[v("x", 0)], a[v("y", 1)] = v("p", "P"), v("q", "Q")
print(a)
i = 0
i, a[i] = 2, "two"
print(i, a)
x = a[v("first", 0)] = v("value", "both")
print(x, a)
d = {v("k1", 1): v("v1", 1), v("k2", 2): v("v2", 2)}
print(len(d))
print((lambda *a, **k: (a, sorted(k.items())))(v("1", 1), *[v("2", 2)], k=v("3", 3), **{"m": v("4", 4)}))
