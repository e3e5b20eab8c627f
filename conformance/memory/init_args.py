# exp: the figures are the 32-bit unix port's. Memory that a constructor's arguments hold while __init__ runs: a block with function,
# self and arguments, given back when __init__ returns; and that of int()'s message.
import gc


class NoArgs:
    def __init__(self):
        global inside
        inside = gc.mem_alloc()


class Positional:
    def __init__(self, a, b, c):
        global inside
        inside = gc.mem_alloc()


class Native(list):
    def __init__(self, a):
        global inside
        inside = gc.mem_alloc()


class Made:
    def __new__(cls, *args):
        return object.__new__(cls)

    def __init__(self, *args):
        global inside
        inside = gc.mem_alloc()


class Failing:
    def __init__(self, a):
        raise ValueError


def measure(name, make):
    gc.collect()
    before = gc.mem_alloc()
    kept = make()
    after = gc.mem_alloc()
    print(name, inside - before, after - before)
    return kept


inside = after = before = 0
measure("none", lambda: NoArgs())
measure("three", lambda: Positional(1, 2, 3))
measure("keywords", lambda: Positional(1, b=2, c=3))
measure("native base", lambda: Native(()))
measure("with __new__", lambda: Made(1, 2))


def failing():
    global inside
    try:
        Failing(1)
    except ValueError:
        pass
    inside = gc.mem_alloc()


measure("failing", failing)


def message(text):
    try:
        int(text)
    except ValueError:
        return gc.mem_alloc()


for text in ("zz", "z" * 60):
    gc.collect()
    before = gc.mem_alloc()
    print(message(text) - before)
