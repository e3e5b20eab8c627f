# send, throw and close called while the generator sleeps on resumption.
from time import sleep_ms
log = []
def worker(name):
    try:
        while True:
            cmd = yield
            sleep_ms(1)
            log.append((name, cmd))
    except RuntimeError as e:
        sleep_ms(1)
        log.append((name, "error", str(e)))
        yield "acknowledged"
    finally:
        sleep_ms(1)
        log.append((name, "closed"))
ws = [worker(n) for n in "abc"]
for w in ws:
    next(w)
for i in range(2):
    for w in ws:
        w.send(i)
print(ws[0].throw(RuntimeError("stop a")))
for w in ws:
    w.close()
print(log)
def inner():
    try:
        yield "inner"
    finally:
        sleep_ms(1)
        print("inner closed")
def outer():
    try:
        yield from inner()
    finally:
        sleep_ms(1)
        print("outer closed")
g = outer()
print(next(g))
g.close()
g = outer()
next(g)
try:
    g.throw(ValueError("through"))
except ValueError as e:
    print(e)
