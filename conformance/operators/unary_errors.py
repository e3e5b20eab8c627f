# Unary operators over all built-in types.
import sys
values = (5, -5, 0, True, 2**40, 1.5, "s", b"b", [1], (1,), {1: 1}, {1}, None, 1j, range(2), print, int, sys, ..., lambda: 0, bytearray(b"x"), memoryview(b"x"))
for name, f in (("-", lambda v: -v), ("+", lambda v: +v), ("~", lambda v: ~v), ("not", lambda v: not v), ("abs", abs)):
    for v in values:
        try:
            r = f(v)
            print(name, type(v).__name__, r if isinstance(r, (int, float, complex)) else type(r).__name__)
        except TypeError as e:
            print(name, e)
