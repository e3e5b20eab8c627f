# sleep while a class body runs: class attributes, nested classes, decorators, bases.
from time import sleep_ms
def slow(x):
    sleep_ms(1)
    return x
print("before")
class A(slow(object)):
    sleep_ms(1)
    x = slow(5)
    for i in range(2):
        sleep_ms(1)
    try:
        sleep_ms(1)
        raise ValueError
    except ValueError:
        y = slow("caught")
    class Inner:
        sleep_ms(1)
        z = slow(7)
    def m(self, d=slow(9)):
        sleep_ms(1)
        return self.x + d
    table = {slow(k): slow(k * 2) for k in (1, 2)}
print(A.x, A.i, A.y, A.Inner.z, A().m(), sorted(A.table.items()))
def deco(cls):
    sleep_ms(1)
    cls.tag = slow("tagged")
    return cls
@slow(deco)
class B(A):
    pass
print(B.tag, B().m(1))
def local():
    class L:
        v = slow(3)
        sleep_ms(1)
    return L
print(local().v, local() is local())
C = type("C", (slow(B),), {"w": slow(4)})
print(C.w, C.tag)
