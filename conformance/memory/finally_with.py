# exp: the figures are the 32-bit unix port's. What try, finally, with and exceptions allocate, measured in the call.
import gc

gc.disable()
alloc = gc.mem_alloc


def plain_try(a):
    try:
        return alloc()
    except ValueError:
        pass


def finally_(a):
    try:
        r = alloc()
    finally:
        a = 1
    return r


def in_finally(a):
    try:
        a = 1
    finally:
        a = alloc()
    return a


def return_through(a):
    try:
        return a
    finally:
        a[0] = alloc()


def nested(a):
    try:
        try:
            try:
                return alloc()
            finally:
                a = 2
        finally:
            a = 3
    finally:
        a = 4


def handler(a):
    try:
        raise ValueError
    except ValueError:
        return alloc()


def handler_as(a):
    try:
        raise ValueError('text', 1)
    except ValueError as e:
        return alloc()


def native_error(a):
    try:
        return [][5]
    except IndexError:
        return alloc()


def deep_error(a):
    def f():
        return {}['nothing']

    try:
        f()
    except KeyError:
        return alloc()


class Manager:
    def __enter__(self):
        return self

    def __exit__(self, t, v, tb):
        return True


MANAGER = Manager()


def with_(a):
    with MANAGER:
        return alloc()


def with_as(a):
    with MANAGER as m:
        a = alloc()
    return a


def with_error(a):
    with MANAGER:
        raise ValueError
    return alloc()


def loop_break(a):
    for i in (1, 2, 3):
        try:
            if i == 2:
                break
        finally:
            a = alloc()
    return a


BOX = [0]


def measure(f):
    for _ in range(2):
        t = alloc()
        r = f(BOX)
        u = alloc()
    if r is BOX:
        r = BOX[0]
    print(r - t, u - t)


for f in (plain_try, finally_, in_finally, return_through, nested, handler, handler_as, native_error, deep_error,
          with_, with_as, with_error, loop_break):
    print(f.__name__, end=' ')
    measure(f)
