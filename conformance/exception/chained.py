# raise ... from parses; __cause__ and friends are not kept.
def f():
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise ValueError("wrapped", e)
try:
    f()
except ValueError as e:
    print(e.args[0], type(e.args[1]).__name__, e.args[1], hasattr(e, "__cause__"), hasattr(e, "__context__"), hasattr(e, "__traceback__"), hasattr(e, "with_traceback"), hasattr(e, "add_note"))
class Wrapped(Exception):
    def __init__(self, msg, cause):
        super().__init__(msg)
        self.cause = cause
def layer(n):
    try:
        if n == 0:
            raise KeyError("root")
        layer(n - 1)
    except Exception as e:
        raise Wrapped("layer %d" % n, e)
try:
    layer(3)
except Wrapped as e:
    while isinstance(e, Wrapped):
        print(e)
        e = e.cause
    print("root cause:", repr(e))
def suppress(*types):
    class S:
        def __enter__(self):
            pass
        def __exit__(self, t, v, tb):
            return t is not None and issubclass(t, types)
    return S()
with suppress(KeyError, ValueError):
    raise ValueError("gone")
with suppress(LookupError):
    [][0]
try:
    with suppress(KeyError):
        1 / 0
except ZeroDivisionError as e:
    print("not suppressed", e)
def retry(n, f):
    for attempt in range(n):
        try:
            return f(attempt)
        except ValueError as e:
            last = e
    raise last
print(retry(3, lambda a: a if a == 2 else int("x")))
try:
    retry(2, lambda a: int("bad"))
except ValueError as e:
    print("gave up:", e)
