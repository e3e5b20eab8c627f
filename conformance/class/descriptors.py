# __get__, __set__, __delete__, __set_name__.
class D:
    def __set_name__(self, owner, name):
        print("set_name", owner.__name__, name)
        self.name = name
    def __get__(self, obj, owner):
        print("get", obj is None, owner.__name__, end=" ")
        return "value of " + self.name
    def __set__(self, obj, value):
        print("set", value)
    def __delete__(self, obj):
        print("delete")
class A:
    d = D()
    e = D()
a = A()
print(a.d, a.e)
a.d = 5
del a.d
print(a.d)
class ReadOnly:
    def __get__(self, obj, owner):
        return 42
class B:
    r = ReadOnly()
b = B()
print(b.r)
try:
    b.r = 1
    print(b.r)
except AttributeError as e:
    print(type(e).__name__, e)
class Sub(A):
    pass
print(Sub().d)
class Typed:
    def __init__(self, t):
        self.t = t
    def __set_name__(self, owner, name):
        self.key = "_" + name
    def __get__(self, obj, owner):
        return getattr(obj, self.key)
    def __set__(self, obj, v):
        if not isinstance(v, self.t):
            raise TypeError("%s must be %s" % (self.key[1:], self.t.__name__))
        setattr(obj, self.key, v)
class P:
    name = Typed(str)
    age = Typed(int)
    def __init__(self, name, age):
        self.name, self.age = name, age
p = P("ann", 30)
p.age += 1
print(p.name, p.age)
try:
    p.age = "old"
except TypeError as e:
    print(e)
