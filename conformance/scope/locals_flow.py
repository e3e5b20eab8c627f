# Local variables through branches, loops, exceptions and deletion.
def f(n):
    if n > 0:
        a = "pos"
    elif n < 0:
        a = "neg"
    else:
        return "zero"
    for i in range(n if n > 0 else 1):
        b = i
    try:
        c = 10 // n
    except ZeroDivisionError:
        c = None
    return a, b, c
print(f(3), f(-2), f(0))
def swap(a, b, c):
    a, b, c = c, a, b
    return a, b, c
print(swap(1, 2, 3))
def many():
    a = b = c = d = e = f = g = h = i = j = k = l = m = n = o = p = q = r = s = t = 1
    a += t
    t += a
    return a, t, sum((a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t))
print(many())
def redefine():
    x = 1
    def x2():
        return x
    first = x2()
    x = 2
    return first, x2()
print(redefine())
def delete_and_reuse():
    v = 1
    del v
    v = 2
    return v
print(delete_and_reuse())
def loop_var():
    for i in range(3):
        pass
    else:
        i += 10
    return i
print(loop_var())
def with_exc():
    try:
        raise ValueError("x")
    except ValueError as err:
        kept = err
    return kept.args
print(with_exc())
def unused(a, _, *__, **___):
    return a, _, __, ___
print(unused(1, 2, 3, k=4))
def nested_def():
    def f(x):
        if x == 0:
            return 0
        return x + f(x - 1)
    return f(4)
print(nested_def())
def star_locals(*args, **kw):
    args += (9,)
    kw["new"] = 1
    return args, sorted(kw)
print(star_locals(1, a=2))
def same_name(f):
    f = f + 1
    return f
print(same_name(1))
def early(x):
    if x:
        return "early"
    y = 1
    return y
print(early(1), early(0))
