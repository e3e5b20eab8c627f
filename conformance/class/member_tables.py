# Members stored, replaced, deleted and found in instances whose tables differ, and many names with the same hash position.
class A:
    pass


objs = []
for k in range(12):
    o = A()
    names = ["n%d" % ((i * 5 + k) % 12) for i in range(k + 1)]
    for i, n in enumerate(names):
        setattr(o, n, i)
    objs.append(o)
for o in objs:
    print(sorted((n, getattr(o, n)) for n in dir(o) if n.startswith("n")))
for k, o in enumerate(objs):
    for i in range(0, k + 1, 2):
        delattr(o, "n%d" % ((i * 5 + k) % 12))
    o.n0 = "again"
    o.extra = k
for o in objs:
    print(sorted((n, str(getattr(o, n))) for n in dir(o) if n.startswith("n") or n == "extra"))
    print(hasattr(o, "n3"), hasattr(o, "n99"))


class Shadow:
    def f(self):
        return "method"


s = Shadow()
print(s.f())
s.f = lambda: "member"
print(s.f())
del s.f
print(s.f())


class E1(Exception):
    pass


class E2(E1):
    def extra(self):
        return self.args


for e in (E1(), E1(1), E2(1, 2)):
    try:
        raise e
    except E1 as x:
        print(repr(x), x.args, isinstance(x, E2))
print("{}".format("é") + "{}{}".format(5, -7), "{!r}".format("e"), "{!s}".format(True))
print("|".join("é,ü,日本".split(",")), len("é,ü".split(",")), ",".join(["é", "日本"]))
