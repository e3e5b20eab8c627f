# dir, __dict__, __class__, __name__, __qualname__, __module__, hasattr on many things.
class A:
    x = 1
    def m(self):
        pass
class B(A):
    y = 2
b = B()
b.z = 3
d = dir(b)
print("x" in d, "m" in d, "y" in d, "z" in d, "zz" in d)
print(sorted(k for k in A.__dict__ if not k.startswith("__")), sorted(b.__dict__.items()), b.__class__ is B, B.__name__, b.__class__.__name__, A.__module__)
print([k for k in dir(B) if not k.startswith("_")] != [], hasattr(b, "__class__"), hasattr(B, "__bases__"), hasattr(b, "__init__"), hasattr(A, "m"), B.__bases__ == (A,), A.__bases__ == (object,) or A.__bases__)
print(B.__qualname__, b.m.__class__.__name__ if hasattr(b.m, "__class__") else "", A.m.__name__, (lambda: 0).__name__, print.__name__ if hasattr(print, "__name__") else "builtin has no __name__")
for f in (lambda: b.__dict__["zz"], lambda: A.__mro__, lambda: A.m.__doc__, lambda: b.m.__name__, lambda: b.m.__self__, lambda: A.__doc__, lambda: (5).__class__, lambda: None.__class__, lambda: b.__name__, lambda: A.__dict__["x"], lambda: b.__module__, lambda: (1).__dict__):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
try:
    b.__dict__["w"] = 4
    print(b.w)
except TypeError as e:
    print(type(e).__name__, e)
try:
    b.__class__ = A
    print(type(b))
except Exception as e:
    print(type(e).__name__, e)
print(isinstance(b, (int, A)), isinstance(b, (int, str)), isinstance(b, ()), issubclass(B, (int, A)))
