# Allocator and collector: short-lived objects of many sizes beside a tree that every collection has to mark.
import gc


def tree(depth):
    return None if depth == 0 else (tree(depth - 1), tree(depth - 1), depth)


def churn(turns):
    n = 0
    for i in range(turns):
        a = [i, a_few]
        b = bytearray(100)
        c = (a, b, i)
        d = [0] * 40
        e = bytearray(900)
        n += len(c) + len(d) + len(e)
    return n


def holes(turns):
    keep = [None] * 64
    for i in range(turns):
        keep[(i * 7) % 64] = bytearray(16 + (i * 37) % 700)
    return sum(len(b) for b in keep if b)


a_few = tree(12)
print(churn(300000))
print(holes(300000))
for _ in range(50):
    gc.collect()
print(gc.mem_alloc() > 60000)
