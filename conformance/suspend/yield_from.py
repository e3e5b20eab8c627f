# sleep under several levels of yield from.
from time import sleep_ms
def leaf(tag):
    sleep_ms(1)
    x = yield tag + "1"
    sleep_ms(1)
    y = yield tag + "2", x
    sleep_ms(1)
    return (x, y)
def mid(tag):
    sleep_ms(1)
    r = yield from leaf(tag)
    sleep_ms(1)
    return "mid", r
def top():
    a = yield from mid("a")
    sleep_ms(1)
    b = yield from mid("b")
    return [a, b]
it = top()
out = [it.send(None)]
try:
    for v in (1, 2, 3, 4):
        out.append(it.send(v))
except StopIteration as e:
    out.append(e.value)
print(out)
class Sleepy:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        sleep_ms(1)
        return self
    def __next__(self):
        sleep_ms(1)
        if self.n == 0:
            raise StopIteration("iterator value")
        self.n -= 1
        return self.n
def over():
    r = yield from Sleepy(3)
    yield r
print(list(over()))
def thrower():
    try:
        yield from leaf("t")
    except ValueError as e:
        sleep_ms(1)
        yield "handled %s" % e
it = thrower()
print(next(it), it.throw(ValueError("deep")), next(it, "end"))
