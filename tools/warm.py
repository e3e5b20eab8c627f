# What the command runs when it is built: V8's code of all that this takes is kept, so the first program of a user does not wait for it.
# It has what programs commonly have, and nothing that is loaded late (see bin-late.mjs).
import sys
import time
from collections import namedtuple

LIMIT = 10
Point = namedtuple("Point", ("x", "y"))


class Shape:
    count = 0

    def __init__(self, name, sides=3, *args, **kwargs):
        self.name = name
        self.sides = sides
        Shape.count += 1

    def area(self):
        return self.sides * 1.5

    @property
    def title(self):
        return self.name.upper()

    def __repr__(self):
        return "<%s %d>" % (self.name, self.sides)

    def __eq__(self, other):
        return isinstance(other, Shape) and self.sides == other.sides


class Square(Shape):
    def __init__(self, name):
        super().__init__(name, 4)

    def area(self):
        return super().area() ** 2 / 2.0 - 0.25

    @staticmethod
    def make():
        return Square("square")


def primes(n):
    found = []
    for i in range(2, n):
        for p in found:
            if i % p == 0:
                break
        else:
            found.append(i)
    return found


def count(n):
    i = 0
    while i < n:
        yield i
        i += 1


def outer(a, b=2, *, c=None):
    total = 0

    def inner(x):
        nonlocal total
        total += x
        return total

    for x in (a, b, c or 0):
        inner(x)
    return total


def risky(n):
    try:
        if n > 1:
            raise ValueError("too large", n)
        assert n >= 0, "negative"
        return 10 // n
    except ZeroDivisionError as e:
        return str(e)
    except (ValueError, AssertionError) as e:
        return e.args[0]
    finally:
        global LIMIT
        LIMIT -= 1


shapes = [Shape("triangle"), Square.make()]
print(shapes, [s.area() for s in shapes], shapes[0] == shapes[1], shapes[0].title, Shape.count)
print(primes(30), sum(count(5)), list(count(3)), outer(1, c=3), [risky(n) for n in (-1, 0, 1, 2)], LIMIT)
table = {"one": 1, "two": 2.5, 3: None, (1, 2): b"bytes\x00"}
for key, value in sorted(table.items(), key=lambda kv: str(kv[0])):
    print("{}: {!r:>8}".format(key, value), end="; ")
print(len(table), "one" in table, table.get("zero", -1), {x % 3 for x in range(9)}, {x: x * x for x in range(3)})
text = "a line, and another line"
words = text.split(", ")
print(words, "-".join(words), text[2:6], text[::2] if len(text) > 100 else text.find("line"), text.replace("line", "word"))
print(f"{LIMIT:04d} {1 / 3:.3f} {text!r}", 0x1F & 0b1010 | 1 << 4, -7 // 2, ~5 ^ 3, not text, 1 < 2 <= 3, 1e3, 2**40, 3.0e-2)
data = bytearray(8)
data[0:2] = b"\x01\x02"
data[3] = 0xFF
view = memoryview(data)[1:4]
a, b, *rest = data
print(bytes(view), a, b, rest, int("42") + float("0.5"), ord("a"), chr(98), min(3, 1), max([1, 2]), abs(-1), round(2.6))
items = [3, 1, 2]
items.sort()
items += [4]
items.insert(0, 0)
del items[1]
print(items, items.pop(), items[-1], any(items), all(items), list(zip(items, "ab")), list(enumerate(items)), list(map(str, items)))
print(Point(1, 2), Point(1, 2).x, type(shapes[0]), isinstance(1, int), hasattr(shapes[0], "name"), getattr(shapes[0], "none", None))
start = time.ticks_ms()
time.sleep_ms(1)
print(time.ticks_diff(time.ticks_ms(), start) >= 0, sys.platform is None, id(data) == 0)
if __name__ != "__main__":
    print("imported")
elif LIMIT > 100:
    print("large")
else:
    pass
