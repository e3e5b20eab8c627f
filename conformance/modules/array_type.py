# array.array: type codes, limits, growth, slices, errors.
from array import array
for code, vals in (("b", [-128, 127]), ("B", [0, 255]), ("h", [-32768, 32767]), ("H", [0, 65535]), ("i", [-(2**31), 2**31 - 1]), ("I", [0, 2**32 - 1]), ("l", [-1, 1]), ("L", [0, 5]), ("q", [-(2**63), 2**63 - 1]), ("Q", [0, 2**64 - 1]), ("f", [0.5, -2.25]), ("d", [0.1, 1e100])):
    a = array(code, vals)
    print(a, len(a), list(a), a[0], a[-1])
a = array("i", [1, 2, 3])
print(list(iter(a)))
a.append(4)
a.extend(array("i", [5]))
a.extend([6])
a[0] = 10
print(a, a[1:3], a + array("i", [9]), len(a), sum(a), max(a), list(a)[::-1], a == array("i", [10, 2, 3, 4, 5, 6]), bytes(array("H", [1, 2])), array("B", b"abc"), array("i"), bool(array("i")), array("B", range(3)), array("f", (1, 2)))
a[1:3] = array("i", [7, 7, 7])
print(a)
b = array("B", [250])
b[0] += 10
b.append(300)
print(b, array("b", [200]), array("H", [70000, -1]))
a += array("i", [1])
print(a)
for f in (lambda: array(), lambda: 3 in a, lambda: array("z"), lambda: array("i", 5), lambda: array("i", ["a"]), lambda: a[99], lambda: a["x"], lambda: a.append("x"), lambda: a.append(1.5), lambda: array("i", [2**40]), lambda: a.pop(), lambda: a < a, lambda: a * 2, lambda: a[::2], lambda: hash(a), lambda: array("f", ["a"]), lambda: a.foo):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
