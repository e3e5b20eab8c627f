"""Building text: a table with alignment, totals and a bar chart, through format, % and f-strings."""

SALES = """
bolts;north;1200;0.05
nuts;north;1800;0.02
bolts;south;300;0.055
washers;east;12500;0.004
gears;south;14;24.9
nuts;east;950;0.02
gears;north;3;26
springs;west;0;1.15
"""


class Table:
    """Columns are (title, alignment, format); a cell is formatted first and aligned afterwards."""

    def __init__(self, *columns):
        self.columns = columns
        self.rows = []

    def add(self, *values):
        self.rows.append([fmt.format(v) if v is not None else "" for v, (_, _, fmt) in zip(values, self.columns)])

    def widths(self):
        return [max([len(title)] + [len(row[i]) for row in self.rows]) for i, (title, _, _) in enumerate(self.columns)]

    def lines(self):
        widths = self.widths()
        rule = "+" + "+".join("-" * (w + 2) for w in widths) + "+"

        def line(cells, aligns):
            return "|" + "|".join(" {:{}{}} ".format(c, a, w) for c, a, w in zip(cells, aligns, widths)) + "|"

        yield rule
        yield line([c[0] for c in self.columns], "^" * len(widths))
        yield rule
        for row in self.rows:
            yield line(row, [c[1] for c in self.columns])
        yield rule


def money(cents):
    """1234567 -> '12,345.67'"""
    sign = "-" if cents < 0 else ""
    units, rest = divmod(abs(cents), 100)
    return "{}{:,}.{:02}".format(sign, units, rest)


def roman(n):
    out = ""
    for value, letters in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while n >= value:
            out, n = out + letters, n - value
    return out


def centred(text, width, fill="="):
    left = (width - len(text) - 2) // 2
    return fill * left + " " + text + " " + fill * (width - len(text) - 2 - left)


records = []
for line in SALES.strip().split("\n"):
    name, region, count, price = line.split(";")
    records.append((name, region, int(count), float(price)))

table = Table(("no", ">", "{}"), ("part", "<", "{}"), ("region", "^", "{}"), ("count", ">", "{:,}"), ("each", ">", "{:.3f}"), ("value", ">", "{}"))
total = 0
for i, (name, region, count, price) in enumerate(records, 1):
    cents = int(count * price * 100 + 0.5)
    total += cents
    table.add(roman(i), name, region, count, price, money(cents))
table.add("", "total", "", sum(r[2] for r in records), None, money(total))

lines = list(table.lines())
print(centred("SALES", len(lines[0])))
print("\n".join(lines))

regions = {}
for name, region, count, price in records:
    regions[region] = regions.get(region, 0.0) + count * price
most = max(regions.values())
print(centred("BY REGION", 40, "-"))
for region in sorted(regions, key=lambda r: -regions[r]):
    value = regions[region]
    print(f"{region:<6}{value:>9.2f} {value / sum(regions.values()):>6.1%} {'*' * int(value / most * 16)}")

print(centred("NUMBERS", 40, "-"))
for n in (0, 7, 255, 65536, -42):
    print("%8d %8x %#8o %+8d %08d" % (n, n & 0xFFFFF, abs(n), n, n), "{:b}".format(n & 31), sep="|")
for x in (0.5, 2 / 3, 1234.5678, 1e-6):
    print("%10.3f %10.2e %10g" % (x, x, x), "{:<12.4f}|{:^12.1f}|{:>12.0%}".format(x, x, x), sep="|")
print("{0}{1}{0} {name!r} {{braces}} {0:>{width}}".format("a", "b", name="quoted", width=4))
parts = []
for i in range(1, 16):
    parts.append("fizz" * (i % 3 == 0) + "buzz" * (i % 5 == 0) or str(i))
print(" ".join(parts))
