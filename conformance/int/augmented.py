# Augmented assignment on ints rebinds and never mutates.
a = b = 5
a += 3
print(a, b)
for op in ("+=", "-=", "*=", "//=", "%=", "/=", "**=", "<<=", ">>=", "&=", "|=", "^="):
    for start, arg in ((13, 3), (-13, 3), (2**35, 5)):
        ns = {"x": start, "y": start}
        exec("x %s %d" % (op, arg), ns)
        print(op, start, arg, ns["x"], ns["y"])
class Box:
    n = 1
    items = [1, 2, 3]
box = Box()
box.n += 10
box.items[1] += 40
box.items[-1] **= 2
print(box.n, Box.n, box.items)
def idx():
    print("idx once")
    return 0
box.items[idx()] += 5
print(box.items)
try:
    nope += 1
except NameError as e:
    print(type(e).__name__, e)
