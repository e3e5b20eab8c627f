# Bare raise, re-raising by name, replacing, and raising inside handlers.
def again():
    try:
        raise ValueError("one")
    except ValueError:
        print("handling")
        raise
try:
    again()
except ValueError as e:
    print("again", e)
def by_name():
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise e
try:
    by_name()
except ZeroDivisionError as e:
    print(e)
def replace():
    try:
        {}["x"]
    except KeyError as e:
        raise ValueError("was " + str(e))
try:
    replace()
except ValueError as e:
    print(e)
def nested():
    try:
        raise ValueError("outer")
    except ValueError:
        try:
            raise KeyError("inner")
        except KeyError as k:
            print("inner", k)
        raise
try:
    nested()
except Exception as e:
    print(type(e).__name__, e)
def loop():
    for i in range(3):
        try:
            try:
                raise ValueError(i)
            except ValueError:
                if i == 1:
                    raise
                print("swallow", i)
        except ValueError as e:
            print("outer", e)
loop()
def in_finally():
    try:
        try:
            raise ValueError("lost")
        finally:
            raise KeyError("wins")
    except Exception as e:
        return type(e).__name__, str(e)
print(in_finally())
def conditional(n):
    try:
        raise IndexError(n)
    except IndexError as e:
        if n:
            raise
        return "zero"
print(conditional(0))
try:
    conditional(5)
except IndexError as e:
    print(e)
saved = []
for x in (1, 0):
    try:
        saved.append(10 // x)
    except ZeroDivisionError as e:
        saved.append(e)
print(saved)
try:
    raise saved[1]
except ZeroDivisionError as e:
    print(e is saved[1])
