# sleep at the bottom of nested and recursive calls.
from time import sleep_ms
def bottom(n):
    sleep_ms(1)
    return n * 2
def middle(n):
    return bottom(n) + bottom(n + 1)
def top(n):
    return [middle(n), middle(n * 10)]
print(top(1))
def rec(n):
    if n == 0:
        sleep_ms(1)
        return 0
    r = rec(n - 1) + n
    sleep_ms(1)
    return r
print(rec(12))
class A:
    def m(self, k):
        sleep_ms(1)
        return k + 1
    @classmethod
    def c(cls, k):
        sleep_ms(1)
        return cls.__name__, k
    @staticmethod
    def s(k):
        sleep_ms(1)
        return -k
a = A()
print(a.m(1), A.m(a, 2), A.c(3), a.c(4), A.s(5), a.s(6), (lambda x: sleep_ms(1) or x)(7))
bound = a.m
print(bound(bound(bound(0))), sleep_ms(1), [f(1) for f in (a.m, A.s)])
def star(*a, **k):
    sleep_ms(1)
    return a, sorted(k.items())
print(star(bottom(1), *[bottom(2)], k=bottom(3), **{"z": bottom(4)}))
def fin():
    try:
        sleep_ms(1)
        return bottom(5)
    finally:
        sleep_ms(1)
        print("finally after sleep")
print(fin())
