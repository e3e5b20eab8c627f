# except clauses: order, tuples, expressions, non-classes, base classes.
class A(Exception):
    pass
class B(A):
    pass
def match(exc, *handlers):
    for i, h in enumerate(handlers):
        try:
            raise exc
        except h:
            return i
        except BaseException:
            pass
print(match(B(), ValueError, B, A), match(B(), A, B), match(A(), B, Exception), match(KeyError(), (ValueError, LookupError)), match(B, (), (A,)))
def dynamic():
    return (ValueError, KeyError)
try:
    raise KeyError("d")
except dynamic() as e:
    print(type(e).__name__)
handlers = [IndexError, TypeError]
try:
    [1][5]
except handlers[0] as e:
    print(e)
for bad in (5, "s", None, int, object(), (ValueError, 5), [ValueError]):
    try:
        try:
            raise ValueError("v")
        except bad:
            print("matched", bad)
    except BaseException as e:
        print(type(e).__name__, e)
def order():
    try:
        raise B("b")
    except ValueError:
        return "value"
    except A:
        return "A first"
    except B:
        return "B second"
print(order())
def evaluated():
    def pick(n, t):
        print("pick", n)
        return t
    try:
        raise A()
    except pick(1, ValueError):
        pass
    except pick(2, A):
        print("two")
    except pick(3, B):
        pass
evaluated()
try:
    undefined_thing
except (NameError, AttributeError) as e:
    print(type(e).__name__, e)
try:
    try:
        raise A("orig")
    except undefined_handler:
        pass
except NameError as e:
    print(e)
