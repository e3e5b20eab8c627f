# Small-int operators at the edges of their range and with every sign, through variables so that nothing is folded.
values = [-(1 << 30), -(1 << 30) + 1, -7, -2, -1, 0, 1, 2, 7, (1 << 30) - 2, (1 << 30) - 1]


def show(name, f):
    row = []
    for a in values:
        for b in values:
            try:
                row.append(str(f(a, b)))
            except ZeroDivisionError:
                row.append("Z")
            except ValueError:
                row.append("V")
    print(name, " ".join(row))


show("mod", lambda a, b: a % b)
show("floordiv", lambda a, b: a // b)
show("xor", lambda a, b: a ^ b)
show("div", lambda a, b: a / b)
shifts = [-1, 0, 1, 15, 29, 30, 31, 32, 63, 1000]
for a in values:
    row = []
    for n in shifts:
        try:
            row.append(str(a >> n))
        except ValueError:
            row.append("V")
    print(a, " ".join(row))


def inplace(a, b):
    x = a
    x %= b
    y = a
    y //= b
    z = a
    z ^= b
    w = a
    w >>= 3
    v = a
    v /= b
    return x, y, z, w, v


for a in values:
    for b in (-7, -1, 1, 3):
        print(inplace(a, b))

# ints with floats, both ways round
for i in (-3, 0, 5):
    for f in (-1.5, 0.0, 2.5):
        print(i + f, f + i, i - f, f - i, i * f, i < f, f < i, i <= f, i >= f, f > i)
        try:
            print(i / f)
        except ZeroDivisionError:
            print("Z")
        try:
            print(f / i)
        except ZeroDivisionError:
            print("Z")
nan = float("nan")
print(1 < nan, nan > 1, nan <= 1, 1 >= nan)

for reverse in (False, True):
    l = [(i * 7919) % 101 - 50 for i in range(60)]
    l.sort(reverse=reverse)
    print(l)
l = [3, 1, 2.5, True, -4]
l.sort()
print(l)
