# __setattr__ and __delattr__, and how object's own are reached.
class S:
    def __setattr__(self, name, value):
        print("set", name, value)
        object.__setattr__(self, name, value)
    def __delattr__(self, name):
        print("del", name)
        object.__delattr__(self, name)
s = S()
s.x = 5
s.x += 1
print(s.x)
setattr(s, "y", 2)
del s.y
delattr(s, "x")
print(hasattr(s, "x"), hasattr(s, "y"))
S.cls_attr = "no hook"
print(s.cls_attr)
class Init:
    def __init__(self):
        self.a = 1
        super().__setattr__("b", 2)
    def __setattr__(self, n, v):
        super().__setattr__(n, v * 10)
i = Init()
print(i.a, i.b)
class Frozen:
    def __setattr__(self, n, v):
        raise AttributeError("frozen " + n)
    def __delattr__(self, n):
        raise AttributeError("frozen " + n)
f = Frozen()
def set_it():
    f.x = 1
def del_it():
    del f.x
class Plain:
    pass
def del_plain():
    del Plain().zz
def set_int():
    (5).x = 1
def set_list():
    [].x = 1
def set_fn():
    print.x = 1
def del_str():
    del "s".upper
for g in (set_it, del_it, del_plain, set_int, set_list, set_fn, del_str, lambda: object.__setattr__(5, "x", 1), lambda: object.__setattr__(Plain(), 1, 1), lambda: object().__setattr__("x", 1)):
    try:
        print(g())
    except Exception as e:
        print(type(e).__name__, e)
p = Plain()
object.__setattr__(p, "z", 3)
print(p.z)
a = Plain()
a.n, a.m = 1, 2
for a.k in range(3):
    pass
with_list = [a.n, a.m, a.k]
print(with_list)
