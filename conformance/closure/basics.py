# Captured variables: reading, sharing, outliving the call.
def make(n):
    def get():
        return n
    return get
a, b = make(1), make("two")
print(a(), b(), make([3])()[0])
def counter():
    n = 0
    def up(k=1):
        nonlocal n
        n += k
        return n
    def get():
        return n
    return up, get
up, get = counter()
print(up(), up(), up(10), get())
up2, get2 = counter()
print(up2(), get(), get2())
def adders():
    return [lambda x, i=i: x + i for i in range(3)], [lambda x: x + i for i in range(3)]
bound, late = adders()
print([f(10) for f in bound], [f(10) for f in late])
def compose(*fs):
    def run(x):
        for f in fs:
            x = f(x)
        return x
    return run
print(compose(lambda x: x + 1, lambda x: x * 2, str)(4))
def outer(a):
    def middle(b):
        def inner(c):
            return a, b, c
        return inner
    return middle
print(outer(1)(2)(3))
def rec(n):
    def fact(k):
        return 1 if k < 2 else k * fact(k - 1)
    return fact(n)
print(rec(10))
def late_bound():
    def f():
        return x
    x = 5
    r = f()
    x = 6
    return r, f()
print(late_bound())
