# nonlocal at several depths; errors for unbound and undeclared names.
def f():
    x = 1
    def g():
        nonlocal x
        x += 1
        def h():
            nonlocal x
            x *= 10
            return x
        return h
    h = g()
    return h(), x, h(), x
print(f())
def shadow():
    x = "outer"
    def g():
        x = "inner"
        return x
    return g(), x
print(shadow())
def unbound():
    def g():
        return x
    try:
        g()
    except NameError as e:
        print(type(e).__name__, e)
    x = 1
    print(g())
    del x
    try:
        g()
    except NameError as e:
        print(type(e).__name__, e)
unbound()
def loop():
    fs = []
    for i in range(3):
        j = i * 10
        def g():
            return i, j
        fs.append(g)
    return [g() for g in fs]
print(loop())
for src in ("nonlocal x", "def f():\n nonlocal x", "def f():\n x = 1\n def g():\n  x = 2\n  nonlocal x", "def f(x):\n nonlocal x", "def f():\n x = 1\n def g():\n  global x\n  nonlocal x",
            "def f():\n x=1\n def g(x):\n  nonlocal x", "x = 1\ndef f():\n nonlocal x\n x = 2"):
    try:
        exec(src)
        print("ok")
    except SyntaxError as e:
        print(repr(src), type(e).__name__, e)
