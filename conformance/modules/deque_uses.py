# deque: limits, overflow flag, rotation by hand, as queue and stack, iteration, errors.
from collections import deque
d = deque((), 3)
for i in range(5): d.append(i)
print(list(d), len(d)); d.appendleft(9); print(list(d)); print(d.pop(), d.popleft(), len(d), bool(d)); d.pop(); print(bool(d), list(d))
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t(lambda: d.pop()); t(lambda: d.popleft()); t(lambda: deque()); t(lambda: deque((), -1)); t(lambda: deque((1, 2), "a")); t(lambda: deque(5, 5)); t(lambda: deque((1, 2, 3), 2)[0]); t(lambda: deque((1, 2, 3), 5)[-1]); t(lambda: deque((1,), 5)[3]); t(lambda: list(deque("abc", 5))); t(lambda: deque((), 0).append(1)); t(lambda: len(deque((), 0))); t(lambda: hash(deque((), 1))); t(lambda: deque((1,), 2) == deque((1,), 2)); t(lambda: deque((1, 2), 3)[1:]); t(lambda: 2 in deque((1, 2), 3)); t(lambda: sum(deque((1, 2), 3)))
e = deque((), 2, 1); e.append(1); e.append(2)
for f in (lambda: e.append(3), lambda: e.appendleft(0), lambda: e.extend([4])): t(f)
print(list(e))
q = deque((1, 2, 3, 4), 4); q[0] = "x"; q[-1] = "y"; print(list(q))
def s(i, v): q[i] = v
t(lambda: s(9, 1)); t(lambda: s("a", 1))
r = deque(range(6), 6)
for _ in range(2): r.append(r.popleft())
print(list(r)); r.extend([7, 8]); print(list(r))
seen = []; todo = deque(((0, 0),), 50); marks = {(0, 0)}
while todo:
    x, y = todo.popleft(); seen.append((x, y))
    for n in ((x + 1, y), (x, y + 1)):
        if n[0] < 3 and n[1] < 3 and n not in marks: marks.add(n); todo.append(n)
print(seen)
