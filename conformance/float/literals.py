# Float and imaginary literals.
print(1., .5, 1.5, 1e3, 1E3, 1e+3, 1e-3, 1.e2, .5e1, 0.0, 00.5, 1e0, 123.456e-2)
print(1_000.5, 1e10, -1.5, - -1.5)
print(1j, 1.5j, -2j, 0j, 1e2j, 3 + 4j)
print(hasattr(1.5, "real"), type(1.5), type(1j))
for src in ("1e", "1.5.5", "1e+", ".e1", "1.x", "1e5x", "1ee5"):
    try:
        print(src, eval(src))
    except (SyntaxError, AttributeError) as e:
        print(src, type(e).__name__, e)
