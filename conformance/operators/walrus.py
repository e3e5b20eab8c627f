# Assignment expressions.
if (n := len("abc")) > 2:
    print(n)
while (line := "ab"[0 if n == 3 else 1:]) and n:
    print(line, n)
    n -= 1
print((x := 5) + (y := x * 2), x, y, [z := 1, z + 1], (w := 1, 2), [v for i in range(4) if (v := i * i) > 1])
def f():
    return (r := 10) + r
print(f())
def g(a, b=(d := 3)):
    return a + b
print(g(1), d)
print(any((hit := c) == "b" for c in "abc"), hit if "hit" in globals() else "not leaked")
def running():
    total = 0
    vals = [total := total + i for i in range(5)]
    return vals, total
print(running())
data = {"k": 1}
if (val := data.get("k")) is not None and (other := val + 1):
    print(val, other)
print((lambda: (k := 5) + k)())
for src in ("t = 0; r = [t := t + i for i in range(3)]", "r = [u := i for i in range(3)]; print(r, u)", "x := 5", "(x := 5)", "f(x := 1)", "a = x := 1", "[x := 1, 2]", "x.y := 1", "(x.y := 1)", "(x[0] := 1)", "def f(a = x := 1): pass", "(x := )", "lambda: x := 1", "(x := y := 1)", "{x := 1}", "d = {}; d[x := 'k'] = 1", "assert (x := 1)", "del (x := 1)", "x := 1 if 1 else 2", "with (x := open): pass"):
    try:
        exec(src)
        print(src, "ok")
    except Exception as e:
        print(src, type(e).__name__, e)
