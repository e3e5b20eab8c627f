# send() values into a generator.
def echo():
    got = None
    while True:
        got = yield got
        print("received", got)
        if got == "stop":
            return "returned"
g = echo()
print(g.send(None), g.send(1), g.send("two"), next(g))
try:
    g.send("stop")
except StopIteration as e:
    print("value", e.value, e.args)
try:
    g.send(1)
except StopIteration as e:
    print("again", e.value)
def averager():
    total = n = 0
    avg = None
    while True:
        x = yield avg
        if x is None:
            break
        total += x
        n += 1
        avg = total / n
    return (n, avg)
g = averager()
next(g)
print(g.send(10), g.send(20), g.send(60))
try:
    g.send(None)
except StopIteration as e:
    print(e.value)
g = averager()
for bad in (lambda: g.send(5), lambda: g.send(), lambda: g.send(1, 2)):
    try:
        bad()
    except TypeError as e:
        print(type(e).__name__, e)
def two():
    a = yield 1
    b = yield a + 1
    yield a, b
g = two()
print(next(g), g.send(10), g.send(20))
def expr():
    print("sum", (yield 1) + (yield 2))
    print([(yield 3), (yield 4)], {"k": (yield 5)})
g = expr()
v = next(g)
try:
    while True:
        v = g.send(v * 10)
except StopIteration:
    print("done")
