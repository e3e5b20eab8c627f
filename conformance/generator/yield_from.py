# yield from over generators and plain iterables; send, throw and close pass through.
def inner():
    try:
        while True:
            x = yield "i"
            print("inner got", x)
            if x == "end":
                return "inner done"
    except ValueError as e:
        print("inner caught", e)
        yield "recovered"
        return "after error"
    finally:
        print("inner finally")
def outer():
    r = yield from inner()
    print("outer r", r)
    yield "o"
g = outer()
print(next(g), g.send(1), g.send("end"), next(g, "stop"))
g = outer()
print(next(g), g.throw(ValueError("v")), next(g), next(g, "stop"))
g = outer()
next(g)
g.close()
g = outer()
next(g)
try:
    g.throw(KeyError("k"))
except KeyError as e:
    print("out:", e)
def over(*its):
    for it in its:
        yield from it
print(list(over([1, 2], (3,), "ab", range(2), {7: 0}, {8}, b"c", map(abs, [-1]), (i for i in "z"))))
class It:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        return self
    def __next__(self):
        if self.n == 0:
            raise StopIteration("it value")
        self.n -= 1
        return self.n
def dele():
    r = yield from It(3)
    print("r =", r)
print(list(dele()))
g = over(It(2))
next(g)
for f in (lambda: g.send(5), lambda: list(over(5)), lambda: list(over(None))):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
