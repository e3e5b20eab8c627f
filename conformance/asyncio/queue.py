# the reference has no _asyncio
from _asyncio import Task, TaskQueue


def numbers(seed):
    while True:
        seed = (seed * 1103515245 + 12345) & 0x3FFFFFFF
        yield seed >> 12


# against a list that is searched: earliest first, equal ones in the order of their coming
for seed in range(6):
    rnd = numbers(seed)
    queue = TaskQueue()
    model = []
    order = 0
    span = (1, 3, 50, 5000, 100, 10)[seed]
    for i in range(300):
        what = next(rnd) % 8
        if what < 4 or not model:
            key = next(rnd) % span
            t = Task(i, {})
            queue.push(t, key)
            model.append((key, order, t))
            order += 1
        elif what < 6:
            first = min(model)
            assert queue.peek() is first[2], "peek"
            assert queue.pop() is first[2], "pop"
            model.remove(first)
        else:
            gone = model[next(rnd) % len(model)]
            queue.remove(gone[2])
            model.remove(gone)
    while model:
        first = min(model)
        assert queue.pop().coro == first[2].coro, "drain"
        model.remove(first)
    print(seed, queue.peek())

# times go round
queue = TaskQueue()
period = 1 << 30
for t in (period - 5, 3, period - 1, 0):
    queue.push(Task(t, {}), t)
print([queue.pop().coro for _ in range(4)] == [period - 5, period - 1, 0, 3])
try:
    queue.pop()
except IndexError as e:
    print(e)

t = Task(5)
print(t.coro, t.data, t.state, t.ph_key, t.done())
t.data = 1
t.state = None
print(t.data, t.state, t.done())
for name in ("coro", "ph_key"):
    try:
        setattr(t, name, 1)
    except AttributeError:
        print(name, "is read-only")
