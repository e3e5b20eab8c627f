# micropython.const: folded constants, private names, errors.
from micropython import const
A = const(10)
B = const(A * 2 + 1)
_HIDDEN = const(0x1F)
_MASK = const(_HIDDEN << 3 | 1)
NEG = const(-5)
INV = const(~0xF0 & 0xFF)
TXT = const("text")
TUP = const((1, "a", None))
print(A, B, _HIDDEN, _MASK, NEG, INV, TXT, TUP, A + B, -A, A ** 2, A if B else 0)
def f(x=A):
    if x == _HIDDEN:
        return "hidden"
    return x + B
print(f(), f(_HIDDEN), f(1))
class C:
    K = const(7)
    def m(self):
        return self.K + A
print(C.K, C().m())
print([A for _ in range(2)], {A: B}, "%d" % A, f"{A}", A < B, A << 2, A // 3, A % 3, A & 6, A | 5, A ^ 3)
BIG = const(1 << 40)
FL = const(2.5)
print(BIG, FL, const(5), const("x"))
for src in ("from micropython import const\nX = const(y)", "from micropython import const\nX = const(1)\nX = 2\nprint(X)", "from micropython import const\nX = const(1 / 0)", "from micropython import const\nX = const([1])\nprint(X)", "from micropython import const\nX = const()", "from micropython import const\nX = const(1, 2)", "from micropython import const\nX = const(len('abc'))", "from micropython import const\nY = 1\nX = const(Y)", "from micropython import const\n_P = const(3)\nprint('_P' in globals(), _P)"):
    try:
        exec(src)
        print("ok")
    except Exception as e:
        print(repr(src.split("\n", 1)[1]), type(e).__name__, e)
