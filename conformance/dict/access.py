# Reading, writing, deleting keys; the KeyError texts.
d = {"a": 1, 2: "b", None: 3, (1, 2): 4, 2.5: 5, True: 6}
print(d["a"], d[2], d[None], d[1, 2], d[2.5], d[1], d[True], len(d))
d["a"] = 10
d["new"] = 11
d[2] += "!"
print(d["a"], d["new"], d[2], len(d))
del d["new"]
del d[None]
print(len(d), "new" in d, None in d, "a" in d, "a" not in d)
def go(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e, e.args)
def rem(k):
    del d[k]
for k in ("x", 99, None, 1.5, (3,), ""):
    go(lambda: d[k])
    go(lambda: rem(k))
go(lambda: d[[]])
go(lambda: [] in d)
go(lambda: rem({}))
go(lambda: d.x)
go(lambda: {}[0])
go(lambda: d[1:2])
