# throw() into a generator: caught, uncaught, at the start, after the end, forms of arguments.
def f():
    while True:
        try:
            x = yield "ready"
            print("x", x)
        except ValueError as e:
            print("caught", e, e.args)
        except TypeError:
            print("type error, leaving")
            return "bye"
        finally:
            print("finally")
g = f()
print(next(g), g.throw(ValueError("one")), g.throw(ValueError), g.send(5))
try:
    g.throw(TypeError())
except StopIteration as e:
    print("stop", e.value)
try:
    g.throw(KeyError("late"))
except (KeyError, StopIteration) as e:
    print("after the end", type(e).__name__, e)
g = f()
try:
    g.throw(ValueError("before start"))
except ValueError as e:
    print("raised through", e)
print(next(g, "dead"))
g = f()
next(g)
try:
    g.throw(KeyError("uncaught"))
except KeyError as e:
    print("uncaught", e)
print(next(g, "dead"))
def swap():
    try:
        yield 1
    except ValueError:
        raise RuntimeError("swapped")
g = swap()
next(g)
try:
    g.throw(ValueError)
except RuntimeError as e:
    print("RuntimeError", e)
g = f()
next(g)
print(g.throw(ValueError, ValueError("val")))
print(g.throw(ValueError, None))
for args in ((), (5,), (int,), ("str",)):
    g = f()
    next(g)
    try:
        print(g.throw(*args))
    except BaseException as e:
        print(args, type(e).__name__, e)
