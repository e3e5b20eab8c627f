# Code in class bodies: loops, conditions, functions, names, scoping, exceptions.
log = []
def note(x):
    log.append(x)
    return x
class A:
    note("start")
    for i in range(3):
        note(i)
    total = sum(range(4))
    if total > 5:
        size = "big"
    else:
        size = "small"
    try:
        1 / 0
    except ZeroDivisionError:
        caught = True
    def helper(n):
        return n * 2
    doubled = helper(4)
    a = b = 7
    c, *d = 1, 2, 3
    del a
    table = {k: k * 2 for k in (1, 2)}
    print("name is", __name__ == "__main__", __qualname__)
    with_default = lambda self, x=total: x
print(log, A.total, A.size, A.caught, A.doubled, A.b, hasattr(A, "a"), A.c, A.d, A.i, A().with_default(), sorted(A.table))
x = "global"
class B:
    x = "class"
    def m(self):
        return x
    y = x
print(B().m(), B.y, B.x)
def f():
    x = "local"
    class C:
        z = x
        x = "own"
        def m(self):
            return x
    return C.z, C.x, C().m()
try:
    print(f())
except NameError as e:
    print(type(e).__name__, e)
class Nested:
    v = 1
    class In:
        try:
            w = v
        except NameError as e:
            print(type(e).__name__, e)
            w = None
try:
    class Broken:
        raise ValueError("in body")
except ValueError as e:
    print(e, "Broken" in globals())
class G:
    global made_global
    made_global = "yes"
print(made_global, hasattr(G, "made_global"))
class Annotated:
    n: int = 5
    m: str
print(Annotated.n, hasattr(Annotated, "m"))
for src in ("class X: return 1", "class X: yield 1", "class X: nonlocal q", "class X(): break", "class X:\npass", "class 5: pass", "class X(a=1, 2): pass"):
    try:
        exec(src)
        print("ok", src)
    except Exception as e:
        print(repr(src), type(e).__name__, e)
