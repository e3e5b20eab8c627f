# exp: the figures are the 32-bit unix port's. What *args, **kwargs, defaults and keyword-only parameters allocate, measured in the call.
import gc

gc.disable()
alloc = gc.mem_alloc


def star(*args):
    return alloc()


def one_star(a, *args):
    return alloc()


def kw(**kwargs):
    return alloc()


def both(*args, **kwargs):
    return alloc()


def default(a, b=2, c=3):
    return alloc()


def only(a, *, b=2, c=3):
    return alloc()


def wrap(*args, **kwargs):
    return both(*args, **kwargs)


def show(name, inside, before, after):
    print(name, inside - before, after - before)


T3 = (1, 2, 3)
L3 = [1, 2, 3]
D2 = {'p': 1, 'q': 2}


def generate():
    yield 1
    yield 2


def measure():
    out = [0] * 60
    n = 0
    for turn in range(2):
        n = 0
        t = alloc()
        out[n] = star() - t
        out[n + 1] = alloc() - t
        n += 2
        t = alloc()
        out[n] = star(1, 2, 3) - t
        out[n + 1] = alloc() - t
        n += 2
        t = alloc()
        out[n] = one_star(1) - t
        out[n + 1] = alloc() - t
        n += 2
        t = alloc()
        out[n] = one_star(1, 2, 3, 4, 5) - t
        out[n + 1] = alloc() - t
        n += 2
        t = alloc()
        out[n] = star(*T3) - t
        out[n + 1] = alloc() - t
        n += 2
        t = alloc()
        out[n] = star(1, *L3) - t
        out[n + 1] = alloc() - t
        n += 2
        t = alloc()
        out[n] = star(*generate()) - t
        out[n + 1] = alloc() - t
        n += 2
        t = alloc()
        out[n] = kw() - t
        out[n + 1] = alloc() - t
        n += 2
        t = alloc()
        out[n] = kw(a=1) - t
        out[n + 1] = alloc() - t
        n += 2
        t = alloc()
        out[n] = kw(a=1, b=2, c=3, d=4, e=5) - t
        out[n + 1] = alloc() - t
        n += 2
        t = alloc()
        out[n] = kw(**D2) - t
        out[n + 1] = alloc() - t
        n += 2
        t = alloc()
        out[n] = both(1, 2, p=3) - t
        out[n + 1] = alloc() - t
        n += 2
        t = alloc()
        out[n] = both(*T3, **D2) - t
        out[n + 1] = alloc() - t
        n += 2
        t = alloc()
        out[n] = wrap(1, p=3) - t
        out[n + 1] = alloc() - t
        n += 2
        t = alloc()
        out[n] = default(1) - t
        out[n + 1] = alloc() - t
        n += 2
        t = alloc()
        out[n] = default(1, c=5) - t
        out[n + 1] = alloc() - t
        n += 2
        t = alloc()
        out[n] = only(1, c=5) - t
        out[n + 1] = alloc() - t
        n += 2
    return out, n


out, n = measure()
for i in range(0, n, 2):
    print(i // 2, out[i], out[i + 1])
