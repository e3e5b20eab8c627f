# sleep in descriptor methods and __set_name__.
from time import sleep_ms
class D:
    def __set_name__(self, owner, name):
        sleep_ms(1)
        self.key = "_" + name
    def __get__(self, obj, owner):
        sleep_ms(1)
        return getattr(obj, self.key, "unset")
    def __set__(self, obj, value):
        sleep_ms(1)
        setattr(obj, self.key, value)
    def __delete__(self, obj):
        sleep_ms(1)
        delattr(obj, self.key)
class A:
    x = D()
    y = D()
a = A()
print(a.x)
a.x = 1
a.y = a.x + 1
a.x += 10
print(a.x, a.y)
del a.x
print(a.x, [a.y for _ in range(2)])
class F:
    def __get__(self, obj, owner):
        sleep_ms(1)
        return lambda *args: (owner.__name__, args)
class B:
    m = F()
print(B().m(1, 2), list(map(B().m, [3])))
