# sleep in __init__ and __new__, with inheritance, keywords and exceptions.
from time import sleep_ms
class A:
    def __init__(self, x, y=2):
        sleep_ms(1)
        self.x = x
        sleep_ms(1)
        self.y = y
class B(A):
    def __init__(self, *a, **k):
        super().__init__(*a, **k)
        sleep_ms(1)
        self.z = self.x + self.y
class N:
    def __new__(cls, v):
        sleep_ms(1)
        self = object.__new__(cls)
        self.made = v
        return self
    def __init__(self, v):
        sleep_ms(1)
        self.v = v * 2
class Fails:
    def __init__(self):
        sleep_ms(1)
        raise ValueError("init failed")
class L(list):
    def __init__(self, n):
        super().__init__(range(n))
        sleep_ms(1)
        self.append("end")
print(B(1).z, B(1, y=5).z, N(3).made, N(3).v, L(2), [B(i).z for i in range(3)], list(map(A, "ab"))[1].x)
try:
    Fails()
except ValueError as e:
    print(e)
def make(n):
    return B(n, n) if n else make(1)
print(make(0).z, sorted([B(3), B(1)], key=lambda b: b.z)[0].x, {N(i).v for i in range(2)} == {0, 2})
class R:
    def __init__(self):
        sleep_ms(1)
        return 5
try:
    R()
except TypeError as e:
    print(e)
class E(Exception):
    def __init__(self, a):
        sleep_ms(1)
        super().__init__(a, "extra")
try:
    raise E("x")
except E as e:
    print(e.args)
