# dict(), displays, fromkeys, copies.
def show(d):
    print(sorted(d.items()), len(d))
show({})
show(dict())
show({1: "a", 2: "b"})
show(dict(a=1, b=2))
show(dict([(1, 2), (3, 4)]))
show(dict(((1, 2), [3, 4])))
show(dict({1: 2}))
show(dict({"p": 1}, q=2))
show(dict([("a", 1)], a=5))
show(dict(zip("abc", range(3))))
show({1: 1, 1.0: 2, True: 3})
show({"a": 1, "a": 2})
show(dict.fromkeys([1, 2, 1]))
show(dict.fromkeys("ab", 0))
show(dict.fromkeys((), 1))
show(dict((i, i * i) for i in range(4)))
show(dict(["ab", "cd"]))
a = {1: [1]}
b = a.copy()
c = dict(a)
b[1].append(2)
b[2] = 0
show(a)
show(b)
print(a == c, a is c, c[1] is a[1])
for f in (lambda: dict(5), lambda: dict([1]), lambda: dict([(1,)]), lambda: dict([(1, 2, 3)]), lambda: dict({}, {}), lambda: dict(None), lambda: {[]: 1}, lambda: dict.fromkeys(5), lambda: dict("abc"), lambda: dict([("a",)])):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
