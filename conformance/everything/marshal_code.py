# exp: the module exists at the highest feature level only, which the WebAssembly build has not
# marshal: code objects as bytes and back: constants of every kind, children, closures, damaged bytes
import marshal

ftype = type(lambda: 0)


def again(f, **names):
    return ftype(marshal.loads(marshal.dumps(f.__code__)), names)


def constants():
    return (1, -5, 1 << 70, 2.5, 1e300, 3j, "text", b"bytes", None, True, False, ..., ("a", (b"b", -(1 << 65))), ())


def many_args(a, b=2, *c, d, e=5, **f):
    return a, b, c, d, e, sorted(f.items())


def outer(x):
    def inner(y):
        return lambda z: x + y + z

    return inner


def gen(n):
    for i in range(n):
        yield i * i


def catches(x):
    try:
        return 10 // x
    except ZeroDivisionError as e:
        return str(e)
    finally:
        print("finally")


print(again(constants)())
print(again(constants)() == constants())
print(again(outer)(1)(2)(3))
print(list(again(gen, range=range)(5)))
f = again(catches, print=print, str=str, ZeroDivisionError=ZeroDivisionError)
print(f(3), f(0))
f = again(many_args, sorted=sorted)
print(f(1, 2, d=4, e=6, g=7))
code = compile("def f(a):\n    return a * k\nk = 7\nprint(f(6))\n", "file.py", "exec")
names = {"print": print}
exec(marshal.loads(marshal.dumps(code)), names)
print(names["f"](3))
data = marshal.dumps(constants.__code__)
print(type(data), data[:4], marshal.dumps(marshal.loads(data)) == data)
print(marshal.dumps(compile("x + y", "file.py", "eval"))[2:])
for bad in (type, constants, 5, None):
    try:
        print(marshal.dumps(bad))
    except ValueError as e:
        print(e)
for bad in (b"M\x05\x00\x1f", b"text"):
    try:
        marshal.loads(bad)
        print("loaded")
    except Exception as e:
        print(type(e).__name__)
