# Indentation, line joining, comments, blank lines, semicolons.
x = (1 +
     2 +  # comment inside
     3)
y = [
    1,

    2,
]
z = {"a": 1,
     "b": 2}
w = 1 + \
    2
s = "joined " \
    "string"
print(x, y, len(z), w, s)
if x:
        print("eight spaces")
        if y:
         print("one more")
if x:
	print("tab")
def f(a,
      b=(1,
         2)):
    # comment first

    return a, b
    # trailing comment
# comment at wrong indentation
    # another
print(f(1)); print("semi"); x = 1; y = 2
class C: x = 1; y = 2
if x == 1: print("a"); print("b")
for i in range(2): print(i); x += i
def g(): a = 1; return a + 1
print(C.y, x, g())
if True:
    pass
    # only comment after pass
else:
    print("never")
for src in ("if 1:\nx = 1", "if 1:\n  x = 1\n    y = 2", "if 1:\n    x = 1\n  y = 2", "  x = 1", "x = 1\n  y = 2", "if 1:\n\tx = 1\n        y = 2", "def f():\n    pass\n   x = 1", "if 1:\n    if 2:\n        x = 1\n      y = 1", "x = 1;; y = 2", "x = 1;", ";", "if 1: x = 1\n  y = 2", "(1 +\n2)", "x = [1,\n2\n,3]", "def f(): pass; pass", "if 1: pass; else: pass", "\n\n\nx = 1\n\n", "# comment", "x = 1 # c", "if 1:\n    # c\n    pass", "if 1:\n# c\n    pass\n# d", "x = 5 \\\n+ 6", "x = \\\n", "if 1:\n\n    pass\n\n\n    x = 2"):
    try:
        exec(src)
        print(repr(src), "ok")
    except Exception as e:
        print(repr(src), type(e).__name__, e)
