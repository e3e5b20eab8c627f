# Unary operator methods, abs, and conversions.
class U:
    def __neg__(self):
        return "neg"
    def __pos__(self):
        return "pos"
    def __invert__(self):
        return "invert"
    def __abs__(self):
        return "abs"
    def __bool__(self):
        return False
    def __len__(self):
        return 3
    def __int__(self):
        return 42
    def __float__(self):
        return 2.5
    def __hash__(self):
        return 11
u = U()
print(-u, +u, ~u, abs(u), bool(u), not u, len(u), hash(u), - - U().__len__())
for f in (lambda: int(u), lambda: float(u), lambda: complex(u), lambda: round(u), lambda: [1, 2][u], lambda: chr(u), lambda: range(u), lambda: "%d" % u, lambda: hex(u), lambda: str(u)[:2]):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
class P:
    pass
p = P()
for f in (lambda: -p, lambda: +p, lambda: ~p, lambda: abs(p), lambda: len(p), lambda: int(p), lambda: float(p), lambda: not p, lambda: bool(p)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
class BadLen:
    def __len__(self):
        return "three"
class NegLen:
    def __len__(self):
        return -1
class BadBool:
    def __bool__(self):
        return 5
for f in (lambda: len(BadLen()), lambda: len(NegLen()), lambda: bool(BadBool()), lambda: not BadBool(), lambda: bool(NegLen()), lambda: bool(BadLen())):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
