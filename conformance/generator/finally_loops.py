# try/finally in generators with break, continue, return; nested loops.
def g1():
    for i in range(5):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            yield i
        finally:
            print("f", i)
    yield "end"
print(list(g1()))
def g2():
    try:
        for x in "abc":
            try:
                yield x
                if x == "b":
                    return "r"
            finally:
                yield x + "!"
    finally:
        yield "outer"
print(list(g2()))
def g3():
    with_ctx = Ctx()
    with with_ctx as c:
        yield c
        yield "in"
    yield "out"
class Ctx:
    def __enter__(self):
        print("enter")
        return "ctx"
    def __exit__(self, t, v, tb):
        print("exit", t)
print(list(g3()))
g = g3()
print(next(g), next(g))
g.close()
g = g3()
next(g)
try:
    g.throw(ValueError("x"))
except ValueError:
    print("propagated")
def g4():
    for i in range(2):
        for j in range(2):
            try:
                yield i, j
            except KeyError:
                print("key", i, j)
                break
g = g4()
print(next(g), g.throw(KeyError), next(g), next(g, "end"))
