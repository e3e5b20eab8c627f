# raise with classes, instances, from, nothing, and invalid operands.
class E(Exception):
    pass
class B(BaseException):
    pass
for thing in (ValueError, ValueError(), ValueError("a"), ValueError("a", 2), E, E("e"), B, B("b"), 5, "s", None, object, int, object(), [], StopIteration, (ValueError, KeyError), ValueError("x").args):
    try:
        raise thing
    except BaseException as e:
        print(type(e).__name__, repr(str(e)), e.args)
try:
    raise
except RuntimeError as e:
    print(type(e).__name__, e)
def reraise():
    raise
try:
    reraise()
except RuntimeError as e:
    print(type(e).__name__, e)
try:
    try:
        raise KeyError("k")
    except KeyError:
        reraise()
except Exception as e:
    print(type(e).__name__, e)
class Arg(Exception):
    def __init__(self, needed):
        self.needed = needed
try:
    raise Arg
except TypeError as e:
    print(type(e).__name__, e)
class NotExc:
    pass
for f in (lambda: exec("raise NotExc"), lambda: exec("raise NotExc()"), lambda: exec("raise E('a') from None")):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
