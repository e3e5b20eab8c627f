# Captured parameters, defaults, *args, **kwargs, loop variables, exception variables, imports.
def f(a, b=2, *args, c=3, **kw):
    def g():
        return a, b, args, c, sorted(kw.items())
    a += 1
    return g
print(f(1)(), f(1, 5, 6, 7, c=8, d=9)())
def params(x):
    x = x * 2
    def g():
        nonlocal x
        x += 1
        return x
    return g
g = params(5)
print(g(), g())
def default(x, acc=[]):
    def add():
        acc.append(x)
        return acc
    return add
print(default(1)(), default(2)(), default(3, [])())
def exc():
    try:
        raise ValueError("kept")
    except ValueError as e:
        msg = str(e)
        def g():
            return msg
    return g
print(exc()())
def imports():
    import sys as s
    def g():
        return s.__name__
    return g()
print(imports())
def star():
    first, *rest = [1, 2, 3]
    return (lambda: (first, rest))()
print(star())
def with_class():
    n = 7
    class C:
        k = n
        def m(self):
            return n, self.k
    n = 8
    return C().m()
print(with_class())
def comp():
    k = 3
    return [k * i for i in range(3)], {i: k for i in range(2)}, list(map(lambda v: v + k, [1]))
print(comp())
def many():
    a, b, c, d, e, g, h = range(7)
    def f():
        nonlocal a, c, e, h
        a, c, e, h = h, e, c, a
        return [a, b, c, d, e, g, h]
    return f(), f()
print(many())
