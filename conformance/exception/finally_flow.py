# return, break and continue through finally, at several depths.
def f1():
    try:
        return 1
    finally:
        return 2
def f2():
    try:
        raise ValueError
    finally:
        return "swallowed"
def f3():
    for i in range(5):
        try:
            if i == 1:
                continue
            if i == 3:
                break
        finally:
            print("f3", i)
    return i
def f4():
    for i in range(3):
        try:
            raise ValueError
        finally:
            continue
    return "f4 done"
def f5():
    while True:
        try:
            return "try"
        finally:
            break
    return "after loop"
def f6():
    out = []
    try:
        try:
            try:
                return out
            finally:
                out.append(1)
        finally:
            out.append(2)
    finally:
        out.append(3)
def f7(x):
    for a in range(3):
        for b in range(3):
            try:
                try:
                    if x == "ret":
                        return a, b
                    if x == "brk" and b == 1:
                        break
                    if x == "cont" and b == 1:
                        continue
                    if x == "exc" and b == 1:
                        raise ValueError(b)
                finally:
                    print("i", a, b, end=" ")
            except ValueError:
                print("caught", end=" ")
            finally:
                print("o", a, b, end="; ")
    return "end"
print(f1(), f2(), f3(), f4(), f5(), f6())
for x in ("ret", "brk", "cont", "exc"):
    print(f7(x))
def f8():
    x = 1
    try:
        return x
    finally:
        x = 2
        print("x is", x)
print(f8())
def f9():
    try:
        try:
            1 / 0
        finally:
            [][0]
    except IndexError as e:
        return "index wins"
print(f9())
def f10():
    for i in (1, 2):
        try:
            pass
        finally:
            if i == 2:
                return "from finally %d" % i
print(f10())
def f11():
    while True:
        try:
            while True:
                try:
                    return 1
                finally:
                    break
            return "inner broke"
        finally:
            print("outer")
print(f11())
def f12():
    for i in range(3):
        try:
            yield i
        finally:
            if i == 1:
                return
            print("after", i)
print(list(f12()))
