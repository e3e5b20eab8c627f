# isinstance and issubclass with tuples, natives, bools, exceptions.
class A: pass
class B(A): pass
class L(list): pass
values = (1, True, 1.5, "s", None, [], L(), (), {}, set(), b"", A(), B(), A, int, ValueError(), print, lambda: 0, ...)
types = (int, bool, float, str, list, tuple, dict, set, bytes, A, B, type, Exception, object)
for v in values:
    print([t.__name__ for t in types if isinstance(v, t)])
print([[issubclass(a, b) for b in types] for a in (bool, L, B, KeyError)])
print(isinstance(1, (str, int)), isinstance(1, ()), issubclass(int, (str, object)), issubclass(A, A), issubclass(bool, int))
for f in (lambda: isinstance(1, 1), lambda: isinstance(1, "int"), lambda: isinstance(1, [int]), lambda: isinstance(1, (int, 1)), lambda: isinstance(1, (1, int)), lambda: issubclass(1, int), lambda: issubclass(int, 1), lambda: isinstance(1), lambda: issubclass(A(), A), lambda: isinstance(1, None), lambda: isinstance(1, (str, (float, int)))):
    try:
        print(f())
    except TypeError as e:
        print(type(e).__name__, e)
