# Shortest-looking text of floats: integral values, exponents, infinities.
for x in (0.0, 1.0, -1.0, 0.5, 0.1, 0.25, 100.0, 123456.0, 1e5, 1e10, 1e15, 1e16, 1e17, 1e20, 1e100, 1e-1, 1e-3, 1e-4, 1e-5, 1e-10,
          1.5e-7, 123.456, 3.14159, 2.5e20, 1 / 3, 2 / 3, 1e300, 1e-300):
    print(x, repr(x) == str(x), -x)
print(float("inf"), float("-inf"), float("nan"))
print([1.5, -2.0], (0.5,), {1: 2.5}, {0.5: 1})
print("%s %r" % (1.5, 2.5), "{} {!r}".format(1.5, 2.5), f"{1.5} {2.5!r}")
print(type(1.0), type(1e3))
