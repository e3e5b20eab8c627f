# dir() of instances, classes, modules, natives; the module list of names.
class A:
    x = 1
    def m(self):
        pass
a = A()
a.y = 2
print([n for n in ("x", "m", "y", "zz") if n in dir(a)], [n for n in ("x", "m", "y") if n in dir(A)], "append" in dir([]), "append" in dir(list), "join" in dir(""), "keys" in dir({}), "upper" in dir(5))
local_name = 1
print("local_name" in dir(), "A" in dir(), "zz" in dir())
import math, sys
print("pi" in dir(math), "path" in dir(sys), sorted(n for n in dir(math) if n.startswith("is")))
print(isinstance(dir(), list), isinstance(dir([]), list), all(isinstance(n, str) for n in dir(a)))
def f():
    inner = 1
    return type(dir()).__name__
print(f())
try:
    dir(1, 2)
except TypeError as e:
    print(type(e).__name__, e)
