# with: enter and exit order, as targets, several managers, nesting.
class C:
    def __init__(self, name):
        self.name = name
    def __enter__(self):
        print("enter", self.name)
        return self.name.upper()
    def __exit__(self, t, v, tb):
        print("exit", self.name, t, v, tb is None)
with C("a"):
    print("body")
with C("a") as x:
    print(x)
with C("a") as x, C("b") as y:
    print(x, y)
with C("a"), C("b") as y, C("c"):
    print(y)
with C("o") as o:
    with C("i") as i:
        print(o, i)
class T:
    def __enter__(self):
        return 1, (2, 3)
    def __exit__(self, *a):
        print("args", len(a), a[0])
with T() as (a, (b, c)):
    print(a, b, c)
d = {}
with T() as d["k"]:
    print(d)
obj = C("attr")
with obj as obj.val:
    print(obj.val)
with (C("paren")) as p:
    print(p)
cm = C("reused")
for _ in range(2):
    with cm:
        pass
