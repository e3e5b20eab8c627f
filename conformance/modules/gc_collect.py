# gc: switching, collecting, and that live objects survive.
import gc
print(gc.isenabled(), gc.disable(), gc.isenabled(), gc.enable(), gc.isenabled())
gc.collect()
free = gc.mem_free()
alloc = gc.mem_alloc()
print(isinstance(free, int), isinstance(alloc, int), free > 0, alloc > 0)
keep = [bytearray(50) for _ in range(20)]
d = {i: [str(i)] * 3 for i in range(30)}
class Node:
    def __init__(self, n):
        self.n, self.ref = n, None
a, b = Node(1), Node(2)
a.ref, b.ref = b, a
def gen():
    local = [1, 2, 3]
    yield 1
    yield local
g = gen()
next(g)
closure = (lambda x: lambda: x)([4, 5])
for _ in range(300):
    junk = [Node(3), {"k": [1] * 10}, "x" * 30, (1, 2, [3])]
gc.collect()
print(len(keep), all(k == bytearray(50) for k in keep), all(d[i] == [str(i)] * 3 for i in range(30)), a.ref.n, b.ref.ref.n, next(g), closure())
gc.collect()
before = gc.mem_alloc()
big = bytearray(5000)
during = gc.mem_alloc()
del big
gc.collect()
after = gc.mem_alloc()
print(during - before >= 5000, isinstance(after, int))
print(gc.threshold(2000), gc.threshold(), gc.threshold(-1), gc.threshold())
x = []
x.append(x)
del x
gc.collect()
cyc = [Node(i) for i in range(10)]
for i in range(10):
    cyc[i].ref = cyc[(i + 1) % 10]
first = cyc[0]
cyc = None
gc.collect()
n, total = first, 0
for _ in range(10):
    total += n.n
    n = n.ref
print(total, n is first)
for f in (lambda: gc.collect(1, 2), lambda: gc.mem_free(1), lambda: gc.threshold("a"), lambda: gc.nope):
    try:
        f()
        print("ok")
    except Exception as e:
        print(type(e).__name__, e)
