# What the command runs when it is built: V8's code of all that this takes is kept, so the first program of a user does not wait for it.
# It has what programs commonly have, and nothing that is loaded late (see bin-late.mjs).
import io
import sys
import time
import vfs
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


class Memory:
    """A filesystem in Python with one file."""

    def mount(self, readonly, mkfs):
        pass

    def stat(self, path):
        if path != "/warmed.mpy":
            raise OSError(2)
        return (0x8000, 0, 0, 0, 0, 0, 0, 0, 0, 0)

    def open(self, path, mode):
        return io.BytesIO(MODULE)


# a module as `tsmp compile` makes it
MODULE = (
    b'M\x06\x00\x1f\x10\x02\x0ewarm.py\x00\x0f\x08Part\x00\x08t'
    b'ext\x00\nparts\x00#\x02n\x00\x0cdouble\x00\x0c'
    b'LIMITS\x00/-5\x81\x15o\x82\x13\x04by\x00\x05\x13a t'
    b'ext that is long\x00\n\x06\x07\x011\x08\x04'
    b'-2.5\x05\x0cmany of them\x00\x06\x05byt'
    b'es\x00\x07\r1000000000000\x01\x82\x14\x18\n\x01'
    b'\x89\x08\x8c\x08T2\x00\x10\x024\x02\x16\x02S,\x00#\x00\x10\x03b3\x01\x16'
    b'\x04#\x01\x16\x08Qc\x02\x81\\\x08\x06\x02(d\x11\t\x16\n\x10\x02\x16\x0b2'
    b'\x00\x16\x05\x82*\x01S3\x01\x16\x07Qc\x02`\x1a\x08\x05\x0e\x06@\xb1\xb0\x18'
    b'\x06Qcp\x9a\x01\n\x07\x0e\x0f`@\xb0\x13\x06\xb1\xf4c\x83@\xd5\xc8\x80\x80'
    b'@\x10\x04\x0c\x03\x80\t&"S\xb0\x80B]W\xc2H\x0c\x12\x02\xb24\x01\xb1'
    b'*\x02gYJ\x0bW\x12\r\xdfDDY@I\x01]\x81\xe5XZ\xd7C\x1e'
    b'YYQc'
)
vfs.mount(Memory(), "/memory")
sys.path.insert(0, "/memory")
import warmed

print([part.double() for part, _ in warmed.parts(3)], warmed.LIMITS)
