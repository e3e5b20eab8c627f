# SystemExit, KeyboardInterrupt, GeneratorExit: outside Exception.
import sys
for code in ((), (0,), (5,), ("text",), (None,), (1, 2)):
    try:
        sys.exit(*code)
    except SystemExit as e:
        print(type(e).__name__, e.args, e)
    except TypeError as e:
        print(type(e).__name__, e)
for cls in (SystemExit, KeyboardInterrupt, GeneratorExit):
    try:
        try:
            raise cls("x")
        except Exception:
            print("never")
        finally:
            print("finally runs")
    except BaseException as e:
        print(cls.__name__, e)
def f():
    try:
        sys.exit(3)
    except:
        return "bare except catches exit"
print(f())
print(issubclass(SystemExit, Exception), isinstance(KeyboardInterrupt(), Exception))
def g():
    try:
        yield 1
    except Exception:
        print("never")
it = g()
next(it)
it.close()
try:
    try:
        raise SystemExit(9)
    finally:
        print("exiting")
except SystemExit as e:
    print(e.args[0])
