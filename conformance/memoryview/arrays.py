# memoryview over array.array items of several sizes.
from array import array
for code, vals in (("b", [-1, 2, 3]), ("B", [1, 200, 3]), ("h", [-300, 2, 3]), ("H", [1, 60000, 3]), ("i", [-70000, 2, 3]), ("I", [1, 4000000000, 3]), ("q", [-(2**40), 2, 3]), ("f", [1.5, 2.25, -3.0]), ("d", [0.1, 2.0, -3.5])):
    a = array(code, vals)
    m = memoryview(a)
    print(code, len(m), list(m), m[1], list(m[1:]), m[-1], list(m[:1]))
    m[0] = 7
    m[1:2] = m[2:3]
    print(a, list(m))
a = array("H", [1, 2, 3, 4])
m = memoryview(a)
m[1:3] = array("H", [20, 30])
print(a, bytes(m), len(bytes(m)), bytes(memoryview(array("h", [-1]))))
for f in (lambda: m[0:2] == m[0:2], lambda: list(memoryview(m)), lambda: list(m[3:1])):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
def bad1():
    m[1:3] = b"ab"
def bad2():
    m[0:1] = array("H", [1, 2])
def bad3():
    m[0] = 1.5
def bad4():
    m[0] = None
for f in (bad1, bad2, bad3, bad4):
    try:
        print(f(), a)
    except Exception as e:
        print(type(e).__name__, e)
