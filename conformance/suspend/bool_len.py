# sleep in __bool__ and __len__ wherever truth or length is asked.
from time import sleep_ms
class T:
    def __init__(self, v):
        self.v = v
    def __bool__(self):
        sleep_ms(1)
        return self.v
class L:
    def __init__(self, n):
        self.n = n
    def __len__(self):
        sleep_ms(1)
        return self.n
t, f, e, n = T(True), T(False), L(0), L(3)
for x in (t, f, e, n):
    print(bool(x), not x, "if" if x else "else", [1 for _ in (1,) if x], (x or "other") is x, (x and "then") is x)
print(len(n), len(e), len(n) + len(n))
def truth(x):
    if not x:
        return "falsy"
    elif x and t:
        return "truthy"
print(truth(t), truth(f), truth(e), truth(n))
count = 0
class Down:
    n = 3
    def __bool__(self):
        sleep_ms(1)
        self.n -= 1
        return self.n >= 0
d = Down()
while d:
    count += 1
print(count)
try:
    assert f, "assert message"
except AssertionError as x:
    print(x)
class R:
    def __bool__(self):
        sleep_ms(1)
        raise ValueError("no truth")
for g in (lambda: not R(), lambda: R() or 1, lambda: 1 if R() else 2, lambda: bool(R())):
    try:
        g()
    except ValueError as x:
        print(x)
class Cmp:
    def __lt__(self, o):
        return T(False)
print((Cmp() < 1 < 2) is not None, bool(Cmp() < 1))
