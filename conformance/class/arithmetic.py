# Binary operator methods, one by one.
class V:
    def __init__(self, n):
        self.n = n
for name, op in (("add", "+"), ("sub", "-"), ("mul", "*"), ("truediv", "/"), ("floordiv", "//"), ("mod", "%"), ("pow", "**"), ("lshift", "<<"), ("rshift", ">>"), ("and", "&"), ("or", "|"), ("xor", "^"), ("matmul", "@")):
    ns = {"V": V}
    exec("def f(self, o): return ('%s', self.n, o.n if isinstance(o, V) else o)" % name, ns)
    setattr(V, "__%s__" % name, ns["f"])
    print(op, eval("V(1) %s V(2)" % op), eval("V(1) %s 3" % op), eval("V(1) %s 'x'" % op))
    try:
        print(eval("3 %s V(1)" % op))
    except TypeError as e:
        print(type(e).__name__, e)
    ns["v"] = V(1)
    exec("v %s= V(5)" % op, ns)
    print(ns["v"])
class Bare:
    pass
b = Bare()
for op in ("+", "-", "*", "/", "//", "%", "**", "<<", ">>", "&", "|", "^", "@"):
    try:
        eval("b %s 1" % op)
    except TypeError as e:
        print(e)
    try:
        exec("b %s= 1" % op)
    except TypeError as e:
        print(e)
for f in (lambda: divmod(V(1), 2), lambda: pow(V(1), 2), lambda: pow(V(1), 2, 3), lambda: -V(1), lambda: b + b, lambda: [1] + b, lambda: "a" % b):
    try:
        print(f())
    except TypeError as e:
        print(type(e).__name__, e)
