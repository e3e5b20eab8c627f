# exp: the figures are the 32-bit unix port's. What a call allocates by the size of its state, measured in the call.
import gc

gc.disable()
alloc = gc.mem_alloc


def few(a):
    return alloc()


def eleven(a, b, c, d, e, f, g, h):
    return alloc()


def more(a, b, c, d, e, f, g, h, i, j):
    return alloc()


def many(a):
    b = c = d = e = f = g = h = i = j = k = m = n = o = p = a
    return alloc()


def deep(a):
    return alloc() if a else [a, [a, [a, [a, [a, [a, [a, [a, [a, [a, [a, [a]]]]]]]]]]]]


def inner_more(a):
    x = more(a, a, a, a, a, a, a, a, a, a)
    return x


def recurse(n):
    b = c = d = e = f = g = h = i = j = k = n
    if n:
        return recurse(n - 1)
    return alloc()


def show(name, f, *args):
    f(*args)
    before = alloc()
    inside = f(*args)
    after = alloc()
    print(name, inside - before, after - before)


def measure():
    for _ in range(2):
        t = few(1)
    t0 = alloc()
    a = few(1)
    t1 = alloc()
    b = eleven(1, 2, 3, 4, 5, 6, 7, 8)
    t2 = alloc()
    c = more(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
    t3 = alloc()
    d = many(1)
    t4 = alloc()
    e = deep(1)
    t5 = alloc()
    print('few', a - t0, t1 - t0)
    print('eleven', b - t1, t2 - t1)
    print('more', c - t2, t3 - t2)
    print('many', d - t3, t4 - t3)
    print('deep', e - t4, t5 - t4)


measure()
show('inner more', inner_more, 1)
show('recurse 0', recurse, 0)
show('recurse 3', recurse, 3)
show('many by show', many, 1)
show('lambda', lambda: alloc())
show('lambda of 4', lambda a, b, c, d: alloc(), 1, 2, 3, 4)
