# Numeric loops whose rounding must match IEEE double arithmetic exactly.
def newton(n):
    x = n
    for _ in range(30):
        x = 0.5 * (x + n / x)
    return x
print([newton(float(n)) for n in (2, 3, 10)])
total = 0.0
for i in range(1000):
    total += 0.1
print(total, total == 100.0, abs(total - 100) < 1e-9)
def simpson(f, a, b, n):
    h = (b - a) / n
    s = f(a) + f(b)
    for i in range(1, n):
        s += f(a + i * h) * (4 if i % 2 else 2)
    return s * h / 3
print("%.10f %.10f" % (simpson(lambda x: x * x, 0, 3, 10), simpson(lambda x: 1 / x, 1, 2, 100)))
x, y = 0.1, 0.0
for i in range(50):
    x, y = 1 - 1.4 * x * x + y, 0.3 * x
print("%.6f %.6f" % (x, y))
eps = 1.0
while 1.0 + eps / 2 != 1.0:
    eps /= 2
print(eps == 2.0**-52)
tiny = 1.0
count = 0
while tiny > 0:
    tiny /= 2
    count += 1
print(count)
mean = 0.0
m2 = 0.0
for n, v in enumerate((2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0)):
    delta = v - mean
    mean += delta / (n + 1)
    m2 += delta * (v - mean)
print(mean, m2 / 8)
