# insert, pop, remove, clear, reverse, copy.
a = []
for i, v in ((0, "a"), (0, "b"), (1, "c"), (-1, "d"), (100, "e"), (-100, "f")):
    a.insert(i, v)
    print(a)
print(a.pop(), a.pop(0), a.pop(-1), a.pop(1), a)
a = [1, 2, 3, 2, 1, 2.0, True]
print(a.remove(2), a, a.remove(True), a)
b = a.copy()
print(a.reverse(), a, b, b is a, b.clear(), b, a)
[].reverse()
for f in (lambda: [].pop(), lambda: [1].pop(1), lambda: [1].pop(-2), lambda: [1].pop("a"), lambda: [1].remove(5), lambda: [].remove(1), lambda: a.insert(0), lambda: a.insert("a", 1), lambda: a.remove(), lambda: a.copy(1), lambda: a.pop(1, 2), lambda: [1].pop(None)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
stack = list(range(30))
out = []
while stack:
    out.append(stack.pop())
print(out, stack)
queue = [1, 2, 3]
while len(out) > 25:
    queue.append(out.pop(0))
print(queue)
