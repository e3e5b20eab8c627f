# args, str() and repr() of built-in exceptions with no, one and several arguments.
for cls in (Exception, ValueError, KeyError, TypeError, OSError, StopIteration, SystemExit, AttributeError, ImportError, IndexError, NotImplementedError, RuntimeError, OverflowError, MemoryError, AssertionError, EOFError, GeneratorExit, KeyboardInterrupt, NameError, SyntaxError, UnicodeError, ZeroDivisionError, ArithmeticError, LookupError):
    print(cls.__name__, [(str(e), repr(e), e.args) for e in (cls(), cls("one"), cls(1, 2))])
print(str(KeyError("k")), str(KeyError(5)), str(KeyError((1,))), repr(KeyError("k")), "%s" % ValueError("v"), "{}".format(ValueError(1)), f"{ValueError('f')!r}")
print(ValueError([1, 2]), ValueError(None), ValueError(ValueError("nested")), str(ValueError("")), str(ValueError(b"b")))
e = ValueError(1, 2)
print(e.args[0], len(e.args), isinstance(e.args, tuple))
for f in (lambda: e.message, lambda: setattr(e, "foo", 1), lambda: ValueError(x=1), lambda: e[0], lambda: len(e), lambda: e == ValueError(1, 2), lambda: e == e, lambda: e.value, lambda: e(), lambda: e < e):
    try:
        print(f())
    except Exception as x:
        print(type(x).__name__, x)
