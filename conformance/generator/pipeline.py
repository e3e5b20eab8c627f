# Pipelines of generators: sources, filters, batches, windows, round robin, coroutines that collect.
def numbers(n):
    for i in range(n): yield i
def where(it, f):
    for x in it:
        if f(x): yield x
def batch(it, n):
    b = []
    for x in it:
        b.append(x)
        if len(b) == n:
            yield b
            b = []
    if b: yield b
def window(it, n):
    w = []
    for x in it:
        w.append(x)
        if len(w) > n: w.pop(0)
        if len(w) == n: yield tuple(w)
def roundrobin(*its):
    its = [iter(i) for i in its]
    while its:
        for i in list(its):
            try: yield next(i)
            except StopIteration: its.remove(i)
print(list(batch(where(numbers(20), lambda x: x % 3 == 0), 3)), list(window("abcde", 3)), list(roundrobin("abc", [1], (True, None))))
def average():
    total = n = 0
    avg = None
    while True:
        x = yield avg
        if x is None: return n, total
        total += x; n += 1
        avg = total / n
a = average(); next(a)
print([a.send(x) for x in (10, 20, 30)])
try: a.send(None)
except StopIteration as e: print("end", e.value)
def collect(into):
    try:
        while True: into.append((yield len(into)))
    finally: into.append("closed")
out = []; c = collect(out); next(c); c.send("a"); c.send("b"); c.close(); print(out)
def tree(n): return None if n == 0 else (tree(n - 1), n, tree(n - 1))
def walk(t):
    if t:
        yield from walk(t[0])
        yield t[1]
        yield from walk(t[2])
print(list(walk(tree(4))))
def perms(l):
    if len(l) <= 1: yield l
    else:
        for i in range(len(l)):
            for p in perms(l[:i] + l[i + 1:]): yield [l[i]] + p
print(len(list(perms([1, 2, 3, 4]))), list(perms("abc"[:0] and [] or [1, 2, 3]))[3])
def sched(*tasks):
    q = list(tasks)
    while q:
        t = q.pop(0)
        try:
            print(next(t), end=" ")
            q.append(t)
        except StopIteration as e: print("[%s]" % e.value, end=" ")
    print()
def task(name, n):
    for i in range(n): yield "%s%d" % (name, i)
    return name
sched(task("a", 3), task("b", 1), task("c", 2))
def delegating():
    r = yield from task("x", 2)
    s = yield from (y for y in (r, r * 2))
    return s
g = delegating(); print(list(g))
def catching():
    while True:
        try: x = yield
        except ValueError as e: print("VE", e)
        except KeyError: return "stopped"
g = catching(); next(g); g.throw(ValueError("one")); g.throw(ValueError("two"))
try: g.throw(KeyError)
except StopIteration as e: print(e.value)
e = enumerate(x * x for x in range(3)); print(next(e), list(e), list(e))
z = zip(numbers(3), numbers(2)); print(list(z)); m = map(lambda a, b: a * b, numbers(4), [5, 6]); print(list(m))
