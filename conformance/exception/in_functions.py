# Exceptions crossing functions, methods, callbacks, comprehensions, sort keys.
def a(n):
    return b(n) + 1
def b(n):
    return c(n) * 2
def c(n):
    if n < 0:
        raise ValueError("negative: %d" % n)
    return n
print(a(5))
try:
    a(-1)
except ValueError as e:
    print(e)
def fail(x):
    if x == 3:
        raise ValueError("three")
    return x
for f in (lambda: list(map(fail, range(5))), lambda: [fail(x) for x in range(5)], lambda: sorted(range(5), key=fail), lambda: max(range(5), key=fail), lambda: sum(fail(x) for x in range(5)), lambda: any(fail(x) > 9 for x in range(5)), lambda: {fail(x): 1 for x in range(5)},
          lambda: ",".join(str(fail(x)) for x in range(5)), lambda: dict((fail(x), x) for x in range(5)), lambda: list(filter(fail, range(5))), lambda: tuple(fail(x) for x in range(5)), lambda: set(fail(x) for x in range(5)), lambda: list(zip(range(9), map(fail, range(9)))), lambda: print(*(fail(x) for x in range(5))), lambda: list(enumerate(map(fail, range(5)))), lambda: bytes(fail(x) for x in range(5)), lambda: exec("fail(3)"), lambda: eval("fail(3)"), lambda: "%s" % fail(3), lambda: (lambda v: v)(fail(3)), lambda: getattr(fail(3), "x"), lambda: int(str(fail(3)))):
    try:
        print(f())
    except ValueError as e:
        print("ValueError", e)
log = []
class M:
    def __init__(self, v):
        log.append("init")
        if v:
            raise TypeError("init")
    def __getitem__(self, i):
        raise KeyError(i)
    def __len__(self):
        raise IndexError("len")
    def __eq__(self, o):
        raise RuntimeError("eq")
    def __contains__(self, o):
        raise OSError(5)
for f in (lambda: M(1), lambda: M(0)["k"], lambda: len(M(0)), lambda: M(0) == 1, lambda: 1 in M(0), lambda: M(0) in [1], lambda: [M(0)].index(1), lambda: [1] == [M(0)]):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(len(log))
