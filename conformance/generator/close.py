# close(): GeneratorExit, finally, ignoring it, yielding in it.
def f():
    try:
        yield 1
        yield 2
    except GeneratorExit:
        print("exit seen")
        raise
    finally:
        print("cleanup")
g = f()
print(next(g), g.close(), g.close(), next(g, "closed"))
g = f()
print(g.close(), next(g, "never started"))
def swallow():
    try:
        yield 1
    except GeneratorExit:
        print("swallowed")
g = swallow()
next(g)
print(g.close(), next(g, "closed"))
def stubborn():
    while True:
        try:
            yield 1
        except GeneratorExit:
            print("no!")
g = stubborn()
next(g)
try:
    g.close()
except RuntimeError as e:
    print(type(e).__name__, e)
def raising():
    try:
        yield 1
    finally:
        raise ValueError("in finally")
g = raising()
next(g)
try:
    g.close()
except ValueError as e:
    print(type(e).__name__, e)
def returning():
    try:
        yield 1
    except GeneratorExit:
        return "value"
g = returning()
next(g)
print(g.close())
g = f()
for x in g:
    print("loop", x)
    break
print(next(g))
g.close()
g = f()
list(g)
print(g.close())
