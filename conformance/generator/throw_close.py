# Generators: throw, close, return values, delegation, cleaning up.
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e, e.args)
def g():
    try:
        x = yield 1
        print("got", x)
        y = yield 2
        print("got", y)
    except GeneratorExit:
        print("exit"); raise
    except ValueError as e:
        print("caught", e); yield "recovered"
    finally:
        print("fin")
a = g(); t(lambda: a.send(5)); t(lambda: next(a)); t(lambda: a.send("hi")); t(lambda: a.throw(ValueError("v"))); t(lambda: next(a)); t(lambda: next(a)); t(lambda: a.close())
a = g(); next(a); t(lambda: a.close()); t(lambda: next(a)); t(lambda: a.close())
a = g(); t(lambda: a.throw(KeyError, "k")); t(lambda: next(a))
a = g(); next(a); t(lambda: a.throw(KeyError("k")))
def bad():
    try: yield 1
    except GeneratorExit: yield 2
b = bad(); next(b); t(lambda: b.close())
def ret():
    yield 1
    return "value"
def outer():
    r = yield from ret()
    print("r", r)
    r2 = yield from [10, 20]
    print("r2", r2)
    r3 = yield from outer2()
    return r3
def outer2():
    try:
        yield "o2"
    except ValueError as e:
        yield "handled %s" % e
    return "done"
o = outer(); print([next(o) for _ in range(4)]); t(lambda: o.throw(ValueError("zz"))); t(lambda: next(o))
def w():
    with open_() as f: yield f
class open_:
    def __enter__(self): print("enter"); return "f"
    def __exit__(self, *a): print("exit", a[0])
x = w(); next(x); t(lambda: x.close())
x = w(); next(x); t(lambda: x.throw(OSError(5)))
x = w(); next(x); t(lambda: next(x))
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
def take(n, it):
    for i, v in zip(range(n), it): yield v
print(list(take(15, fib())), sum(take(10, fib())), max(take(5, fib())))
def primes():
    ps = []
    n = 2
    while 1:
        if all(n % p for p in ps): ps.append(n); yield n
        n += 1
print(list(take(10, primes())))
print(sum(x * x for x in range(10) if x % 2), dict((k, v) for k, v in zip("ab", (1, 2))), tuple(i for i in ()))
def rec(t):
    if isinstance(t, list):
        for x in t: yield from rec(x)
    else: yield t
print(list(rec([1, [2, [3, [4]], 5], [[6]]])))
t(lambda: (i for i in 5)); t(lambda: list(i for i in [1] if i.x)); t(lambda: next(i for i in [])); t(lambda: g().x); t(lambda: g()()); t(lambda: len(g())); t(lambda: g()[0]); t(lambda: g().send(1, 2)); t(lambda: g().throw()); t(lambda: g().throw(5)); t(lambda: g().throw(int))
def stop():
    raise StopIteration(9)
    yield
t(lambda: list(stop())); t(lambda: next(stop()))
def inner_stop():
    yield 1
    next(iter([]))
    yield 2
t(lambda: list(inner_stop()))
def self_call():
    yield next(me)
me = self_call(); t(lambda: next(me))
def args(*a, **k): yield a; yield sorted(k.items())
print(list(args(1, 2, x=3)))
print([x for x in (y for y in range(3))], {x: y for x, y in enumerate("ab")}, {x % 2 for x in range(5)})
def loop():
    for i in range(3):
        try: yield i
        finally: print("f", i)
for v in loop():
    if v == 1: break
print("after")
