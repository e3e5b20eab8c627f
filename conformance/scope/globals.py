# global statements, reads before writes, deletion, shadowed built-ins.
x = 1
def read():
    return x
def write():
    global x
    x = 2
def local():
    x = 3
    return x
print(read(), local(), x)
write()
print(read(), x)
def unbound():
    print(x)
    x = 5
def aug():
    x += 1
def cond(flag):
    if flag:
        y = 1
    return y
def loop():
    for i in []:
        pass
    return i
def deleted():
    z = 1
    del z
    return z
def del_unbound():
    del w
    w = 1
def del_global():
    global gone
    del gone
for f in (unbound, aug, lambda: cond(False), loop, deleted, del_unbound, del_global):
    try:
        f()
    except (NameError, KeyError) as e:
        print(type(e).__name__, e)
print(cond(True))
def multi():
    global p, q
    p, q = 1, 2
    def inner():
        global p
        p = 10
    inner()
multi()
print(p, q)
gone = 1
del_global()
print("gone" in globals())
len_ = len
def len(x):
    return "shadow " + str(len_(x))
print(len("abc"))
del len
print(len("abc"))
def g():
    global h
    def h():
        return "nested global function"
g()
print(h())
def params(a, b=x):
    x = a + b
    return x
x = 100
print(params(1))
for src in ("def f():\n x = 1\n global x", "def f(a):\n global a", "def f():\n global x\n nonlocal x", "global top\ntop = 1", "def f():\n global 5", "def f():\n print(x)\n global x"):
    try:
        exec(src)
        print(repr(src), "ok")
    except SyntaxError as e:
        print(repr(src), type(e).__name__, e)
