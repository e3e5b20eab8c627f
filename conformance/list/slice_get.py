# Reading slices, any step.
a = list(range(8))
bounds = (None, 0, 2, 5, 8, 20, -1, -3, -8, -20)
for start in bounds:
    print(start, [a[start:stop] for stop in bounds])
for step in (1, 2, 3, 10, -1, -2, -3, -10):
    print(step, a[::step], a[2::step], a[:5:step], a[6:1:step], a[1:6:step], a[-2:-7:step])
print([][:], [][::-1], [1][::-1], [1][5:], a[:] == a, a[:] is a)
for f in (lambda: a[::0], lambda: a["a":], lambda: a[1.0:], lambda: a[:None:None], lambda: a[1:2, 3]):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
