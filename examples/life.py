"""Conway's Life and an elementary automaton on bytearrays, with memoryviews over the rows."""


class Life:
    """A torus of cells, one byte each. Two buffers are swapped, so a step allocates nothing large."""

    def __init__(self, width, height):
        self.width, self.height = width, height
        self.now = bytearray(width * height)
        self.next = bytearray(width * height)

    def rows(self, buffer):
        view = memoryview(buffer)
        return [view[y * self.width : (y + 1) * self.width] for y in range(self.height)]

    def draw(self, x, y, pattern):
        rows = self.rows(self.now)
        for dy, line in enumerate(pattern.split("/")):
            for dx, c in enumerate(line):
                rows[(y + dy) % self.height][(x + dx) % self.width] = c == "O"

    def step(self):
        old, new = self.rows(self.now), self.rows(self.next)
        width = self.width
        for y in range(self.height):
            above, here, below = old[y - 1], old[y], old[(y + 1) % self.height]
            out = new[y]
            for x in range(width):
                left, right = x - 1, (x + 1) % width
                around = (
                    above[left] + above[x] + above[right] + here[left] + here[right] + below[left] + below[x] + below[right]
                )
                out[x] = around == 3 or (around == 2 and here[x])
        self.now, self.next = self.next, self.now

    def population(self):
        return sum(self.now)

    def show(self, title):
        print(title, "- alive:", self.population())
        for row in self.rows(self.now):
            print("  " + "".join("#" if cell else "." for cell in row))


def period(life, limit):
    """Steps until the same picture comes back, or None."""
    first = bytes(life.now)
    for n in range(1, limit + 1):
        life.step()
        if life.now == first:
            return n
    return None


def rule(number, width, generations):
    """Wolfram's elementary automata: the new cell is a bit of the rule number."""
    row = bytearray(width)
    row[width // 2] = 1
    for _ in range(generations):
        yield row
        new = bytearray(width)
        for x in range(width):
            key = row[x - 1] << 2 | row[x] << 1 | row[(x + 1) % width]
            new[x] = number >> key & 1
        row = new


life = Life(16, 8)
life.draw(1, 0, ".O./..O/OOO")  # a glider
life.draw(11, 2, "OOO")  # a blinker
life.show("start")
for _ in range(4):
    life.step()
life.show("after 4 steps")

populations = []
for _ in range(20):
    life.step()
    populations.append(life.population())
print("population:", populations)

for name, pattern, size in (("block", "OO/OO", 6), ("blinker", "OOO", 6), ("glider", ".O./..O/OOO", 5), ("toad", ".OOO/OOO.", 8), ("line of ten", "OOOOOOOOOO", 14)):
    small = Life(size, size)
    small.draw(1 if size < 8 else 2, size // 2 - 1, pattern)
    print("{:<12} period {}".format(name, period(small, 40)))

for number in (90, 30):
    print("rule", number)
    for row in rule(number, 31, 8):
        print("  " + "".join("*" if cell else " " for cell in row).rstrip())

view = memoryview(life.now)
checksum = 0
for i in range(0, len(view), life.width):
    checksum = (checksum * 31 + sum(view[i : i + life.width])) & 0xFFFF
print("checksum", checksum)
