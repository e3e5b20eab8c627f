# Deleting slices.
bounds = (None, 0, 1, 3, 6, 9, -1, -4, -9)
for start in bounds:
    row = []
    for stop in bounds:
        a = [0, 1, 2, 3, 4, 5]
        del a[start:stop]
        row.append(a)
    print(start, row)
a = list(range(6))
for expr in ("del a[::2]", "del a[::-1]", "del a[1:5:1]", "del a[10]", "del a['x':]", "del a[:]", "del a[0]"):
    try:
        exec(expr)
        print(expr, a)
    except Exception as e:
        print(expr, type(e).__name__, e)
