# The class tree of built-in exceptions.
names = ("BaseException", "Exception", "ArithmeticError", "ZeroDivisionError", "OverflowError", "LookupError", "IndexError", "KeyError", "AttributeError", "AssertionError", "EOFError", "ImportError", "MemoryError", "NameError", "OSError", "RuntimeError", "NotImplementedError", "StopIteration", "StopAsyncIteration", "SyntaxError", "IndentationError", "TypeError", "ValueError", "UnicodeError", "SystemExit", "KeyboardInterrupt", "GeneratorExit")
import builtins
classes = [getattr(builtins, n) for n in names]
for c in classes:
    print(c.__name__, [d.__name__ for d in classes if issubclass(c, d) and c is not d])
for c in (ZeroDivisionError, KeyError, NotImplementedError, IndentationError, SystemExit, GeneratorExit):
    got = []
    for handler in (ArithmeticError, LookupError, RuntimeError, SyntaxError, Exception, BaseException):
        try:
            raise c("x")
        except handler:
            got.append(handler.__name__)
        except BaseException:
            got.append("-")
    print(c.__name__, got)
