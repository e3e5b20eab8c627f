# Generators as coroutines and pipelines, a round-robin scheduler.
def source(n):
    for i in range(n):
        print("src", i, end="; ")
        yield i
def double(it):
    for x in it:
        yield x * 2
def only(it, pred):
    for x in it:
        if pred(x):
            yield x
print(list(only(double(source(5)), lambda x: x % 4 == 0)))
def task(name, n):
    for i in range(n):
        yield "%s%d" % (name, i)
    return name.upper()
queue = [task("a", 2), task("b", 3), task("c", 1)]
while queue:
    t = queue.pop(0)
    try:
        print(t.send(None), end=" ")
        queue.append(t)
    except StopIteration as e:
        print("[%s]" % e.value, end=" ")
print()
def sink(out):
    while True:
        out.append((yield))
def tee(*targets):
    while True:
        x = yield
        for t in targets:
            t.send(x)
o1, o2 = [], []
s1, s2 = sink(o1), sink(o2)
t = tee(s1, s2)
for c in (s1, s2, t):
    next(c)
for i in "xyz":
    t.send(i)
print(o1, o2)
def chain(*its):
    for it in its:
        for x in it:
            yield x
def islice(it, a, b):
    for i, x in enumerate(it):
        if i >= b:
            return
        if i >= a:
            yield x
print(list(islice(chain("abc", range(3), (9,)), 2, 6)))
def lines(text):
    start = 0
    while True:
        end = text.find("\n", start)
        if end < 0:
            yield text[start:]
            return
        yield text[start:end]
        start = end + 1
print(list(lines("one\ntwo\n\nthree")))
