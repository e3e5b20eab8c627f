# what generators yield, gathered in lists, tuples and sets


def count(n):
    for i in range(n):
        r = yield i
        if r is not None:
            print("sent", r)
    return "end"


# more than there is room for at first, and nothing at all
print(list(count(20)), tuple(count(20)), sorted(set(count(40)))[-3:])
print(list(count(0)), tuple(count(0)), set(count(0)))
a = [1]
a.extend(count(9))
a += count(3)
print(a, a.extend(count(1)), len(a))

s = {1, 2}
print(s.update(count(5)), sorted(s))
s.difference_update(count(3))
s |= set(count(2))
print(sorted(s), sorted(s.symmetric_difference(count(9))), sorted(s.union(count(7))))
print(sorted(frozenset(count(3))), sorted(frozenset(x for x in "hello")))

# one that is under way, and has ended
g = count(4)
next(g)
print(list(g), list(g))


# exceptions, of the generator and in it
def broken():
    try:
        yield 1
        raise ValueError("broken")
    finally:
        print("finally")


for f in (list, tuple, set, [].extend, set().update):
    try:
        f(broken())
    except ValueError as e:
        print("ValueError", e)


def stops():
    yield 1
    raise StopIteration


try:
    print(list(stops()))
except RuntimeError as e:
    print("RuntimeError", e)


def itself():
    yield 1
    list(own)
    yield 2


own = itself()
try:
    list(own)
except ValueError as e:
    print("ValueError", e)
print(list(own))

# items that are asked for their hash, or whether they are equal
class Unhashable:
    def __hash__(self):
        raise KeyError("hash")


class One:
    def __hash__(self):
        return 1

    def __eq__(self, other):
        return other == 1


def mixed(*items):
    for i in items:
        yield i


try:
    set(mixed(1, 2, Unhashable(), 3))
except KeyError as e:
    print("KeyError", e)
g = mixed(1, Unhashable(), 3, 4)
try:
    set(g)
except KeyError as e:
    print("KeyError", e, list(g))
print(len(set(mixed(1, One(), 2))), len(set(mixed(2, 1, True, "a", "a", 2.5, 2.5, None, ()))))
print(sorted(set(mixed(*range(100)))) == list(range(100)))
print(sorted(set(mixed(*("k%d" % (i % 50) for i in range(100)))))[:4])


# each of these gathers in the middle of another
def nested(n):
    for i in range(n):
        yield tuple(count(i))


print(list(nested(4)), [sum(list(nested(i)), ()) if 0 else len(list(nested(i))) for i in range(3)])
print(sorted(count(5), reverse=True), "-".join(str(i) for i in count(4)))


# through generators that wait for others
def through(depth, n):
    if depth == 0:
        return (yield from range(n))
    yield from through(depth - 1, n)
    return depth


def outer(n):
    r = yield from through(12, n)
    print("returned", r)


print(list(outer(5)), sum(outer(5)))
g = outer(4)
print(next(g), g.send(None))
g.close()
g = outer(4)
next(g)
try:
    g.throw(IndexError("thrown"))
except IndexError as e:
    print("IndexError", e)


def inner():
    a = yield 1
    b = yield 2
    return (a, b)


def middle():
    try:
        while True:
            x = yield from inner()
            print("got", x)
    except GeneratorExit:
        print("exit")
        raise


def top():
    yield from middle()


g = top()
print(next(g), g.send("A"), g.send("B"), next(g))
g.close()


def deep(n):
    yield n
    yield from deep(n + 1)


try:
    print(list(deep(0)))
except RuntimeError as e:
    print("RuntimeError", e)
