# Scopes of functions, exec, eval and compile; decorators, defaults, walrus, loops.
def t(f, *a):
    try: print(f(*a))
    except Exception as e: print(type(e).__name__, e)
x = 10
def f1(): return x
def f2():
    x = 1
    def g():
        nonlocal x
        x += 1
        return x
    return g(), g(), x
def f3():
    global x
    x = 99
    return x
t(f1); t(f2); t(f3); print(x)
def f4():
    print(y)
    y = 1
t(f4)
def f5():
    del q
t(f5)
def f6():
    z = 1
    del z
    return z
t(f6)
def f7():
    for i in range(3): pass
    return i
t(f7)
def f8():
    try: 1 / 0
    except ZeroDivisionError as e: pass
    return e
t(f8)
def f9():
    l = [lambda: i for i in range(3)]
    return [g() for g in l], [g() for g in [lambda i=i: i for i in range(3)]]
t(f9)
def f10():
    r = []
    for i in range(3):
        def h(): return i
        r.append(h)
    return [h() for h in r]
t(f10)
d = {}
exec("a = 1\nb = a + 1\ndef k(): return a", d)
print(d["a"], d["b"], d["k"]())
def f11():
    exec("loc = 5")
    return loc
t(f11)
t(lambda: eval("x + n", {"x": 1, "n": 2})); t(lambda: eval("x", {}, {"x": 5})); t(lambda: eval("nope", {})); t(lambda: eval("x", {"x": 1}, {"x": 2}))
t(lambda: exec("q1 = 5", {})); t(lambda: exec(5)); t(lambda: eval("")); t(lambda: eval("a = 1")); t(lambda: exec("1 +")); t(lambda: eval("(1,\n2)")); t(lambda: eval("[i for i in range(3)]")); t(lambda: eval("lambda: 5")()); t(lambda: eval(" 1")); t(lambda: eval("1 "))
c = compile("y9 = 7", "fn", "exec"); exec(c); print(y9)
t(lambda: eval(compile("1 + 2", "", "eval"))); t(lambda: compile("1", "", "foo")); t(lambda: exec(compile("print(8)", "f", "single")))
def deco(n):
    def w(f):
        def inner(*a, **k): return (n, f(*a, **k))
        return inner
    return w
@deco(1)
@deco(2)
def dd(a, *, b=3): return a + b
t(dd, 1); t(lambda: dd(1, b=5)); t(lambda: dd()); t(lambda: dd(1, c=2))
class K:
    v = 1
    w = [v for _ in range(2)] if False else v
    def m(self): return v
t(lambda: K().m())
class Q:
    x = x
    y = (lambda: x)()
t(lambda: (Q.x, Q.y))
t(lambda: (lambda *a, k=1, **kw: (a, k, kw))(1, 2, k=3, z=4)); t(lambda: (lambda: (yield))()) if False else None
def defaults(a, l=[]): l.append(a); return l
print(defaults(1), defaults(2), defaults(3, []))
def annotated(a: int, b: "str" = "x") -> list: return [a, b]
print(annotated(1))
if (n := 5) > 3: print(n)
print([m for v in range(4) if (m := v * 2) > 2], m)
a = b = c = []; a.append(1); print(b, c is a)
a, b = 1, 2; a, b = b, a; print(a, b)
(a, b), *c = (1, 2), 3, 4; print(a, b, c)
for a, (b, *c) in [(1, (2, 3, 4)), (5, (6,))]: print(a, b, c)
x = 5 if False else 6 if True else 7; print(x, not x, x and 0 or "z", None or [], 1 < 2 < 3, 1 < 2 > 1, 3 > 2 > 2)
print(globals()["x"], "x" in globals(), locals() is globals(), __name__)
while True:
    x -= 1
    if x == 4: continue
    if x < 2: break
else: print("no")
print(x)
for i in []: pass
else: print("else")
del a
t(lambda: a)
assert True, "fine"
print(1 if 0 else 2, [1, 2, 3][1], "abc"[1], (1, 2)[0], {"a": 1}["a"])
