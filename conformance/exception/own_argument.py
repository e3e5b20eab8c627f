# What holds itself ends in RuntimeError when it is printed.
class E(Exception):
    def __init__(self):
        super().__init__(self)
e = E()
for f in print, repr, str:
    try:
        f(e)
    except RuntimeError as x:
        print(x)
class L(list): pass
l = L(); l.append(l)
d = {}
d[1] = d.values()
for x in (l, d, [d.items()]):
    try:
        s = repr(x)
        print(len(s) > 5)
    except RuntimeError as x:
        print(x)
