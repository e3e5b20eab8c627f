# eval and exec with global and local dicts, nesting, results, errors.
x = 10
print(eval("x + 1"), eval("5 "), eval("x", {"x": 99}), eval("a + b", {"a": 1}, {"b": 2}), eval("[i for i in range(3)]"), eval("(lambda v: v * 2)(4)"), eval("eval('1 + 1')"))
exec("y = x * 2")
print(y)
ns = {"k": 5}
exec("z = k + 1\ndef f(n):\n    return n + k\nclass C:\n    v = k", ns)
print(ns["z"], ns["f"](10), ns["C"].v, sorted(k for k in ns if k[0] != "_"))
loc = {}
exec("a = 1\nb = a + g", {"g": 10}, loc)
print(sorted(loc.items()))
def f():
    q = 1
    try:
        return eval("q")
    except NameError as e:
        return str(e)
print(f())
def g():
    exec("made_here = 5")
    try:
        return made_here
    except NameError as e:
        return str(e)
print(g(), "made_here" in globals())
exec("for i in range(3): print(i, end=' ')\nprint()")
exec("")
exec("# only a comment")
exec("if 1:\n    print('block')")
print(exec("1 + 1"), eval("None"))
code = compile("x + 100", "name", "eval")
print(eval(code))
exec(compile("print('compiled', x)", "name", "exec"))
exec(compile("x + 5", "name", "single"))
for src in ("1 +", "x = 1", "for i in x: pass", "", "  ", " 5", "1\n2", "(", "'unclosed", "nope", "1 / 0", "import sys", "yield 1", "return 1", "a b"):
    try:
        print(repr(src), eval(src))
    except Exception as e:
        print(repr(src), type(e).__name__, e)
for args in ((5,), ("1", 5), ("1", {}, 5), (), ("1", None), (b"1 + 2",)):
    try:
        print(eval(*args))
    except Exception as e:
        print(args, type(e).__name__, e)
for args in (("x", "f", "nope"), ("x",), (5, "f", "exec"), ("x =", "f", "exec")):
    try:
        compile(*args)
        print("compiled")
    except Exception as e:
        print(args, type(e).__name__, e)
