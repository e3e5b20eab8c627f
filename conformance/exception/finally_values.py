# finally while the stack holds values: in expressions, loops over iterators, calls.
def f(n):
    try:
        return [n, g(n)]
    finally:
        print("f finally", n)
def g(n):
    try:
        if n == 2:
            raise ValueError(n)
        return n * 10
    finally:
        print("g finally", n)
for i in (1, 2):
    try:
        print(f(i))
    except ValueError as e:
        print("caught", e)
def nested_loops():
    out = []
    for a in [1, 2]:
        for b in (x for x in "ab"):
            try:
                for c in {0: 0}:
                    try:
                        if b == "b":
                            continue
                        out.append((a, b, c))
                    finally:
                        out.append("c")
            finally:
                out.append("b")
    return out
print(nested_loops())
def break_out():
    total = 0
    for a in range(10):
        try:
            for b in range(10):
                try:
                    total += 1
                    if b == 2:
                        break
                finally:
                    total += 100
            if a == 1:
                break
        finally:
            total += 1000
    return total
print(break_out())
def ret_in_except():
    try:
        raise KeyError("k")
    except KeyError:
        return "from except"
    finally:
        print("finally after return")
print(ret_in_except())
def exc_name():
    e = "before"
    try:
        raise ValueError("v")
    except ValueError as e:
        pass
    try:
        return e
    except NameError as x:
        return type(x).__name__, str(x)
print(exc_name())
def deep(n):
    try:
        if n == 0:
            raise RuntimeError("bottom")
        return deep(n - 1)
    finally:
        order.append(n)
order = []
try:
    deep(6)
except RuntimeError as e:
    print(e, order)
def assign():
    try:
        x = 1
        y = x / 0
    except ZeroDivisionError:
        y = "inf"
    else:
        y = "else"
    finally:
        z = (x, y)
    return z
print(assign())
