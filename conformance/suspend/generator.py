# sleep inside a generator body, between and after yields, in its finally.
from time import sleep_ms
def g(n):
    sleep_ms(1)
    for i in range(n):
        sleep_ms(1)
        got = yield i
        sleep_ms(1)
        if got:
            print("got", got)
    sleep_ms(1)
    return "end value"
print([x for x in g(3)], list(g(2)), sum(g(4)))
it = g(2)
print(next(it), it.send("hello"))
try:
    next(it)
except StopIteration as e:
    print(e.value)
def f():
    try:
        yield 1
        yield 2
    except ValueError as e:
        sleep_ms(1)
        yield "caught %s" % e
    except GeneratorExit:
        sleep_ms(1)
        print("exit")
        raise
    finally:
        sleep_ms(1)
        print("finally")
it = f()
print(next(it), it.throw(ValueError("v")), next(it, "stop"))
it = f()
next(it)
it.close()
it = f()
next(it)
try:
    it.throw(KeyError("k"))
except KeyError as e:
    print("out", e)
for x in g(5):
    if x == 2:
        sleep_ms(1)
        break
print(x)
