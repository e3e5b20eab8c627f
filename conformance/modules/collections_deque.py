# deque: both ends, maxlen, overflow flag, indexing, iteration.
from collections import deque
d = deque((), 3)
print(len(d), bool(d))
for i in range(5):
    d.append(i)
print(list(d), len(d), d.popleft(), d.popleft(), list(d))
d.appendleft(9)
d.extend([7, 8])
print(list(d), d[0], d[-1], d.pop(), list(d))
d[0] = "set"
print(list(d), [x for x in d], sorted(map(str, d)))
s = deque((1, 2), 2, 1)
for f in (lambda: s.append(3), lambda: s.appendleft(0), lambda: s.extend([5]), lambda: deque(), lambda: deque(5, 5), lambda: deque([], -1), lambda: deque([], "a"), lambda: deque([], 0).append(1), lambda: deque((), 2).pop(), lambda: deque((), 2).popleft(), lambda: d[9], lambda: d["a"], lambda: d.insert(0, 1), lambda: d == d, lambda: list(deque([1, 2, 3], 2)), lambda: d + d, lambda: d[0:1]):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
q = deque([0], 100)
seen = []
while q:
    n = q.popleft()
    seen.append(n)
    for m in (2 * n + 1, 2 * n + 2):
        if m < 10:
            q.append(m)
print(seen)
ring = deque((), 4)
for c in "abcdefgh":
    ring.append(c)
    if c in "cg":
        ring.popleft()
print(list(ring), len(ring))
