# del of names, items, attributes, slices, tuples.
a = 1
del a
b = c = d = 1
del b, (c, d)
for n in "abcd":
    print(n in globals(), end=" ")
print()
l = [0, 1, 2, 3, 4, 5]
del l[0], l[-1]
del l[1:2]
print(l)
class O:
    pass
o = O()
o.x, o.y, o.d = 1, 2, {"k": {"m": 1}}
del o.x, o.d["k"]["m"]
print(o.d, hasattr(o, "x"), o.y)
[x, y] = 1, 2
del (x), (y)
def f():
    v = 1
    def g():
        return v
    r = g()
    del v
    try:
        g()
    except NameError as e:
        return r, str(e)
print(f())
def loop():
    out = []
    for i in range(3):
        t = i
        out.append(t)
        del t
    return out
print(loop())
for src in ("del nope", "del l[99]", "del o.zz", "del d2['x']", "del l['a']", "x = y = 1; del [x, y]", "del (1)", "del f()", "del 'a'", "del a + b", "del ()", "del []", "del (l[0])", "del l[0][0]", "del None", "del f.x", "del len.x", "del print"):
    try:
        exec(src)
        print(src, "ok")
    except Exception as e:
        print(src, type(e).__name__, e)
