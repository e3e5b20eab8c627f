# sleep in __enter__, __exit__ and the body, with exceptions and suppression.
from time import sleep_ms
class C:
    def __init__(self, name, suppress=False):
        sleep_ms(1)
        self.name, self.suppress = name, suppress
    def __enter__(self):
        sleep_ms(1)
        print("enter", self.name)
        return self.name
    def __exit__(self, t, v, tb):
        sleep_ms(1)
        print("exit", self.name, t and t.__name__)
        return self.suppress
with C("a") as a, C("b", True) as b:
    sleep_ms(1)
    print(a, b)
with C("o"):
    with C("s", True):
        sleep_ms(1)
        raise ValueError("x")
    print("resumed")
def ret():
    with C("r"):
        sleep_ms(1)
        return "returned"
print(ret())
for i in range(3):
    with C(i):
        if i == 0:
            continue
        break
try:
    with C("e"):
        sleep_ms(1)
        1 / 0
except ZeroDivisionError:
    sleep_ms(1)
    print("zero")
def gen():
    with C("g"):
        yield 1
        sleep_ms(1)
        yield 2
print(list(gen()))
class Truthy:
    def __bool__(self):
        sleep_ms(1)
        return True
with C("t", Truthy()):
    raise KeyError("swallowed by sleepy truth")
print("done")
