# and, or, not, conditional expressions: values, short circuit, precedence.
def v(x, name):
    print(name, end=" ")
    return x
print(v(1, "a") and v(2, "b"), v(0, "a") and v(2, "b"), v(1, "a") or v(2, "b"), v(0, "a") or v(2, "b"))
print(v(0, "a") or v("", "b") or v([], "c"), v(1, "a") and v(2, "b") and v(3, "c"), v(0, "a") and v(1, "b") or v(3, "c"), v(1, "a") or v(0, "b") and v(0, "c"))
print(1 and 2 or 3, 0 or 0 and 1, not 1 or 1, not (1 or 1), not not 5, not [] and not "", 1 or 1 / 0, 0 and 1 / 0)
print(1 if 2 else 3, 1 if 0 else 3, 1 if 0 else 2 if 0 else 3, (1 if 1 else 2) if 0 else 4, v("t", "t") if v(1, "c") else v("f", "f"), [1 if x else 2 for x in (0, 1)], (lambda x: 1 if x else 0)(5))
print("" or "default", None or 0 or [] or {}, [] and 1, None and None.x, 5 and "last", 1 and 0.0, () or ())
if not 0 and 1 or 0:
    print("yes")
while not (x := 5) or x < 5:
    pass
a = b = None
c = a or b or "c"
d = a is None and b is None and "both None"
print(c, d, x, not a == b, a is not b, not a is b, a not in [1], not a in [None])
def f(x):
    return x > 0 and "pos" or x < 0 and "neg" or "zero"
print(f(1), f(-1), f(0))
print(bool(1 and []), bool([0] or 0), any([]) or all([]), (not 1) + 1, -1 and 2, ~0 or 5)
n = 0
for i in range(5):
    if i % 2 == 0 and i > 0 or i == 1:
        n += i
print(n)
