# Tracebacks of chained, re-raised, nested and generated exceptions, without file names.
import sys, io
def deep(n):
    if n == 0:
        raise ValueError("bottom", n)
    try:
        deep(n - 1)
    finally:
        pass
def show(e):
    s = io.StringIO()
    sys.print_exception(e, s)
    for line in s.getvalue().split("\n"):
        print(line[line.find(", line"):] if line.startswith("  File") else line)
try:
    deep(3)
except ValueError as e:
    show(e)
try:
    try:
        1 / 0
    except ZeroDivisionError as z:
        raise KeyError("k")
except KeyError as e:
    show(e)
try:
    try:
        {}["a"]
    except KeyError:
        raise
except KeyError as e:
    show(e)
class E(Exception):
    def __str__(self):
        return "custom text"
try:
    raise E(1, 2)
except E as e:
    show(e); print(repr(e), str(e), e.args)
class F(ValueError):
    pass
try:
    raise F
except F as e:
    show(e); print(repr(e))
class G(OSError): pass
try:
    raise G(2, "x")
except OSError as e:
    show(e); print(e.errno, repr(e), str(e))
def gen():
    yield 1
    raise IndexError("in gen")
try:
    for x in gen(): pass
except IndexError as e:
    show(e)
try:
    list(map(lambda x: x.foo, [1]))
except AttributeError as e:
    show(e)
try:
    sorted([1, 2], key=lambda v: v[0])
except TypeError as e:
    show(e)
try:
    [1 // x for x in (1, 0)]
except ZeroDivisionError as e:
    show(e)
try:
    exec("a = 1\n\nb = a.x\n")
except AttributeError as e:
    show(e)
try:
    eval("1 +")
except SyntaxError as e:
    show(e)
try:
    exec("def f():\n  return 1\n x")
except SyntaxError as e:
    show(e)
class CM:
    def __enter__(self): return self
    def __exit__(self, t, v, tb):
        print(t, v, type(tb))
        raise RuntimeError("in exit")
try:
    with CM():
        raise ValueError("inner")
except RuntimeError as e:
    show(e)
class P:
    @property
    def x(self): return self.y
    def __getattr__(self, n): raise AttributeError("no " + n)
try:
    P().x
except AttributeError as e:
    show(e)
try:
    raise StopIteration
except StopIteration as e:
    show(e); print(e.value)
try: assert False
except AssertionError as e: show(e)
try: assert 0, ("t", 1)
except AssertionError as e: show(e)
for bad in (1, "s", None, int, object()):
    try:
        raise bad
    except TypeError as e:
        print(e)
    except Exception as e:
        print("other", e)
