# Large tables: dicts and sets of strings, ints and tuples, nearly full, with deletions; the order of their items shows where they lie.
seed = 12345


def rand(n):
    global seed
    seed = (seed * 1103515245 + 12345) & 0x3FFFFFFF
    return (seed >> 8) % n


def order(items):
    h = 0
    n = 0
    for x in items:
        n += 1
        tuples = isinstance(x, tuple)
        if isinstance(x, tuple):
            x = x[0] * 31 + (x[1] if isinstance(x[1], int) else len(x[1]))
        elif isinstance(x, str):
            x = int(x[3:])
        elif x is None:
            x = 77
        # the hash of a tuple depends on an address, so the order of tuples is not compared
        h = (h + x * x if tuples else h * 33 + int(x)) & 0xFFFFFF
    return n, h


def key(kind, n):
    if kind == 0:
        return "key%d" % n
    if kind == 1:
        return n
    if kind == 2:
        return (n, n % 7)
    if kind == 3:
        return (n % 50, "k" * (n // 50))
    if kind == 4:
        return [None, True, 0, False, 1][n] if n < 5 else n * 3
    return float(n) if n % 64 == 0 else n


for kind in range(6):
    size = 280
    d = {}
    s = set()
    for i in range(size):
        d[key(kind, i)] = i
        s.add(key(kind, i))
    print(kind, len(d), len(s), order(d), order(s))
    for i in range(1200):
        k = key(kind, rand(size + 60))
        what = rand(6)
        if what == 0:
            d[k] = i
            s.add(k)
        elif what == 1:
            d.pop(k, None)
            s.discard(k)
        elif what == 2:
            assert (k in d) == (d.get(k, -1) != -1)
            assert (k in s) == (len(s & {k}) == 1)
        elif what == 3 and k in d:
            del d[k]
        elif what == 4 and k in s:
            s.remove(k)
            s.add(k)
        elif what == 5:
            d.setdefault(k, i)
    print(kind, len(d), len(s), order(d), order(s), sum(d.values()))
    c = d.copy()
    t = set(s)
    for i in range(90 if kind not in (2, 3) else 0):
        k, v = c.popitem()
        del d[k]
        t.remove(s.pop())
    print(kind, order(c), order(d), order(s), order(t), order(s | t), order(s & t), c == d)
    for k in list(d):
        assert d[k] == c[k]
        del d[k]
    print(len(d), order(d))
    c.clear()
    c[key(kind, 1)] = 5
    print(c)

# a class and a module with many names
class Many:
    pass


m = Many()
for i in range(300):
    setattr(m, "attr%d" % i, i)
for i in range(0, 300, 3):
    delattr(m, "attr%d" % i)
print(sum(getattr(m, "attr%d" % i, -1) for i in range(320)), hasattr(m, "attr150"), m.attr151)
big = {}
exec("\n".join("name%d = %d" % (i, i) for i in range(300)), big)
print(sum(big["name%d" % i] for i in range(300)), big["name299"])


class Odd:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return self.n % 10

    def __eq__(self, other):
        return isinstance(other, Odd) and self.n == other.n


d = {i: i for i in range(200)}
for i in range(60):
    d[Odd(i)] = i
print(len(d), [d[Odd(i)] for i in (0, 9, 59)], d[199], 5.0 in d, 5.5 in d)
