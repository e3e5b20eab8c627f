# Cells: shared, rebound, deleted, in loops, classes, comprehensions and generators.
def counter():
    n = 0
    def inc(by=1):
        nonlocal n
        n += by
        return n
    def get(): return n
    return inc, get
i, g = counter(); j, h = counter()
print(i(), i(5), g(), j(), h())
def late():
    fs = []
    for k in range(3): fs.append(lambda: k)
    k = "end"
    return [f() for f in fs]
print(late(), [f() for f in [lambda k=k: k for k in range(3)]], [f() for f in [lambda: k for k in range(3)]])
def outer():
    x = "o"
    class C:
        x = "c"
        y = x
        def m(self): return x
    return C.y, C().m()
try: print(outer())
except NameError as e: print(e)
def unbound():
    def inner(): return v
    try: inner()
    except NameError as e: print(type(e).__name__, e)
    v = 1
    print(inner())
    del v
    try: inner()
    except NameError as e: print(type(e).__name__, e)
unbound()
def three():
    a = 1
    def two():
        b = 2
        def one():
            nonlocal a, b
            a += 10; b += 20
            return a, b
        return one(), one(), b
    return two(), a
print(three())
def args(a, *b, c=3, **d):
    def show(): return a, b, c, sorted(d.items())
    a += 1; c = "changed"
    return show()
print(args(1, 2, 3, c=4, e=5))
def gen():
    n = 0
    def bump():
        nonlocal n
        n += 1
    while n < 3:
        yield n
        bump()
print(list(gen()))
def compose(*fs):
    def run(x):
        for f in reversed(fs): x = f(x)
        return x
    return run
print(compose(lambda x: x + 1, lambda x: x * 2, str)(5) if False else compose(str, lambda x: x * 2, lambda x: x + 1)(5))
def memo(f):
    seen = {}
    def w(*a):
        if a not in seen: seen[a] = f(*a)
        return seen[a]
    return w
@memo
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(9))
x = "global"
def shadow():
    print(x)
    def inner():
        x = "inner"
        return x
    return inner(), x
print(shadow())
def glob():
    global newname
    newname = 5
    def deeper():
        global newname
        newname += 1
    deeper()
glob(); print(newname)
for code in ("def f():\n  nonlocal q", "nonlocal q", "def f(a):\n  global a", "def f():\n  x = 1\n  global x", "def f():\n  x = 1\n  def g():\n    x = 2\n    nonlocal x"):
    try: exec(code, {}); print("ok")
    except SyntaxError as e: print(e)
