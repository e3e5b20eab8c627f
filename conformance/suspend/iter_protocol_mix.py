# Several sleeping protocols at once: a for over a sleeping iterator of sleeping objects.
from time import sleep_ms
class Cell:
    def __init__(self, v):
        sleep_ms(1)
        self._v = v
    @property
    def v(self):
        sleep_ms(1)
        return self._v
    def __lt__(self, o):
        sleep_ms(1)
        return self.v < o.v
    def __add__(self, o):
        sleep_ms(1)
        return Cell(self.v + o.v)
    def __bool__(self):
        sleep_ms(1)
        return self.v % 2 == 0
    def __getattr__(self, name):
        sleep_ms(1)
        return name + str(self.v)
class Row:
    def __init__(self, n):
        self.cells = [Cell(i) for i in range(n)]
    def __iter__(self):
        for c in self.cells:
            sleep_ms(1)
            yield c
    def __getitem__(self, i):
        sleep_ms(1)
        return self.cells[i]
    def __len__(self):
        sleep_ms(1)
        return len(self.cells)
    def __contains__(self, v):
        sleep_ms(1)
        return any(c.v == v for c in self)
    def __enter__(self):
        sleep_ms(1)
        return iter(self)
    def __exit__(self, *a):
        sleep_ms(1)
        return True
row = Row(4)
print([c.v for c in row], [c.v for c in row if c], max(row, key=lambda c: c.v).v, sorted(row, key=lambda c: -c.v)[0].v, len(row), 2 in row, 9 in row)
total = row[0]
for c in row:
    total = total + c
print(total.v, total.name, [c.tag for c in row if not c])
with row as it:
    for c in it:
        if c.v == 2:
            raise ValueError("suppressed by sleeping exit")
        print("cell", c.v)
a, b, *rest = row
print((a + b).v, [r.v for r in rest], (lambda *cs: sum(c.v for c in cs))(*row), min(row).v, dict((c.v, bool(c)) for c in row) == {0: True, 1: False, 2: True, 3: False})
def walk(r):
    for c in r:
        try:
            if c:
                yield c.v
            else:
                raise KeyError(c.v)
        except KeyError as e:
            sleep_ms(1)
            yield "odd %s" % e
        finally:
            sleep_ms(1)
print(list(walk(row)), ",".join(str(x) for x in walk(Row(2))))
