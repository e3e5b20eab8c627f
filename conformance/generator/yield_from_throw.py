# Exceptions crossing several levels of yield from; delegate without throw or close.
log = []
def level(n):
    try:
        if n == 0:
            yield "bottom"
        else:
            yield from level(n - 1)
        yield "after %d" % n
    except ValueError as e:
        log.append("caught %d %s" % (n, e))
        if n < 2:
            raise ValueError("from %d" % n)
        yield "handled %d" % n
    finally:
        log.append("finally %d" % n)
g = level(3)
print(next(g), g.throw(ValueError("boom")), list(g))
print(log)
log.clear()
g = level(2)
next(g)
g.close()
print(log)
class Bare:
    def __iter__(self):
        return self
    def __next__(self):
        return "bare"
def d():
    try:
        yield from Bare()
    except ValueError as e:
        print("outer handles", e)
        yield "ok"
g = d()
print(next(g), g.throw(ValueError("no throw method")), next(g, "end"))
g = d()
next(g)
print(g.close())
class WithThrow(Bare):
    def throw(self, *args):
        print("throw called", args[0])
        return "from throw"
    def close(self):
        print("close called")
def w():
    yield from WithThrow()
g = w()
print(next(g), g.throw(ValueError("vt")), next(g))
g.close()
def stop():
    raise StopIteration("five")
    yield
def uses():
    r = yield from stop()
    print("never" if r is None else r)
try:
    print(list(uses()))
except Exception as e:
    print(type(e).__name__, e)
