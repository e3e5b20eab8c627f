# exp: the figures are the 32-bit unix port's. What generators, closures and comprehensions allocate, measured inside of them.
import gc

gc.disable()
alloc = gc.mem_alloc


def gen(n):
    yield alloc()
    yield alloc()


def gen_many(n):
    a = b = c = d = e = f = g = h = i = j = k = n
    yield alloc()
    yield a + b + c + d + e + f + g + h + i + j + k


def gen_try(n):
    try:
        yield alloc()
    finally:
        n = 1


def outer(n):
    yield from gen(n)


def outer2(n):
    yield from outer(n)


def gen_star(*args):
    yield alloc()


def send_me():
    x = 0
    while True:
        x = yield x


def closure(n):
    def inner():
        return alloc() + n - n

    return inner()


def closure2(n):
    m = n

    def inner(a):
        nonlocal m
        m = a
        return alloc()

    return inner(3)


def counter(n):
    t = [alloc() for _ in (1, 2)]
    return t[0]


def gen_expr(n):
    return next(alloc() for _ in (1,))


def first(g):
    for x in g:
        return x


def loop(n):
    for x in gen(n):
        pass
    return x


def by_next(n):
    g = gen_many(n)
    r = next(g)
    next(g)
    return r


def by_send(n):
    g = send_me()
    next(g)
    t = alloc()
    for i in range(20):
        g.send(i)
    return alloc()


def show(name, f):
    for _ in range(2):
        t = alloc()
        r = f(1)
        u = alloc()
    print(name, r - t, u - t)


show('generator', lambda n: first(gen(n)))
show('many locals', lambda n: first(gen_many(n)))
show('try', lambda n: first(gen_try(n)))
show('yield from', lambda n: first(outer(n)))
show('yield from twice', lambda n: first(outer2(n)))
show('star', lambda n: first(gen_star(n, n, n)))
show('loop', loop)
show('next', by_next)
show('send', by_send)
show('closure', closure)
show('nonlocal', closure2)
show('list comprehension', counter)
show('generator expression', gen_expr)
