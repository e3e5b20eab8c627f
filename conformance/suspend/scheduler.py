# Cooperative tasks made of generators that sleep, with deadlines kept in order.
import time
log = []
def task(name, steps, pause):
    for i in range(steps):
        log.append("%s%d" % (name, i))
        yield pause
    return name + " done"
def run(tasks):
    ready = [(0, n, t) for n, t in enumerate(tasks)]
    now, results = 0, []
    while ready:
        ready.sort(key=lambda r: r[:2])
        due, n, t = ready.pop(0)
        if due > now:
            time.sleep_ms(due - now)
            now = due
        try:
            ready.append((now + t.send(None), n, t))
        except StopIteration as e:
            results.append(e.value)
    return results
t0 = time.ticks_ms()
print(run([task("a", 3, 2), task("b", 2, 5), task("c", 4, 1)]))
print(log, 8 <= time.ticks_diff(time.ticks_ms(), t0) < 2000)
def ping(other, n):
    for i in range(n):
        time.sleep_ms(1)
        other.append(("ping", i))
        yield
def pong(other, n):
    for i in range(n):
        time.sleep_ms(1)
        other.append(("pong", i))
        yield
box = []
for _ in zip(ping(box, 2), pong(box, 2)):
    pass
print(box)
