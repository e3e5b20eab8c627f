# Exceptions raised, caught and passing through generators and iterators.
def g(n):
    for i in range(n):
        try:
            yield 10 // (2 - i)
        except ZeroDivisionError:
            yield "inf"
    yield "end"
try:
    print([x for x in g(4)])
except ZeroDivisionError as e:
    print(type(e).__name__, e)
def h():
    for i in range(3):
        try:
            if i == 1:
                raise ValueError(i)
            yield i
        except ValueError as e:
            yield "caught %s" % e
        finally:
            yield "f%d" % i
print(list(h()))
def outer():
    try:
        yield from inner()
    except KeyError as e:
        yield "outer got %s" % e
    finally:
        yield "outer finally"
def inner():
    yield 1
    raise KeyError("from inner")
print(list(outer()))
def consume(it):
    out = []
    while True:
        try:
            out.append(next(it))
        except StopIteration:
            return out
        except ValueError as e:
            out.append("err " + str(e))
class Flaky:
    def __init__(self):
        self.n = 0
    def __iter__(self):
        return self
    def __next__(self):
        self.n += 1
        if self.n == 2:
            raise ValueError("flaky")
        if self.n > 3:
            raise StopIteration
        return self.n
print(consume(iter(Flaky())))
def handler():
    while True:
        try:
            cmd = yield
            print("cmd", eval(cmd))
        except (ZeroDivisionError, NameError) as e:
            print("bad", type(e).__name__)
x = handler()
next(x)
for c in ("1 + 1", "1 / 0", "nope", "2 * 3"):
    x.send(c)
x.close()
def ctx():
    try:
        yield "res"
    except ValueError as e:
        print("inside", e)
        yield "swallowed"
c = ctx()
print(next(c), c.throw(ValueError("thrown in")), next(c, "done"))
