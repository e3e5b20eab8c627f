# sys.print_exception into a file object: structure only, file names removed.
import sys, io
def inner():
    raise ValueError("deep")
def outer(x):
    if x:
        inner()
    else:
        {}["key"]
def show(f):
    try:
        f()
    except Exception as e:
        buf = io.StringIO()
        sys.print_exception(e, buf)
        for line in buf.getvalue().splitlines():
            if line.strip().startswith("File"):
                line = '  File "x"' + line[line.index('",') + 1:]
            print(line)
show(lambda: outer(1))
show(lambda: outer(0))
show(lambda: 1 / 0)
class C:
    def method(self):
        return [self.fail(i) for i in range(2)]
    def fail(self, i):
        return "abc"[i + 5]
show(C().method)
def gen():
    yield 1
    raise KeyError("gen")
show(lambda: list(gen()))
def chain():
    try:
        inner()
    except ValueError:
        raise TypeError("second")
show(chain)
def reraise():
    try:
        inner()
    except ValueError:
        raise
show(reraise)
class Custom(Exception):
    def __str__(self):
        return "custom text"
def custom():
    raise Custom(1, 2)
show(custom)
def bare():
    raise RuntimeError
show(bare)
never_raised = ValueError("no traceback")
buf = io.StringIO()
sys.print_exception(never_raised, buf)
print(buf.getvalue(), end="")
def multi(
    a,
    b
):
    return (
        a
        +
        b
    )
show(lambda: multi(1, "x"))
