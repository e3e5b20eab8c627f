# abs, round, pow, divmod on every numeric type.
for x in (0, 5, -5, 2**40, -(2**40), 1.5, -1.5, True, 3 + 4j):
    print(x, abs(x))
print(divmod(7, 3), divmod(-7, 3), divmod(7.5, 2), divmod(2**40, 7), divmod(True, 2), pow(2, 3), pow(2, 3, 5), pow(2.0, 3), pow(-2, 3), round(5), round(2.5), round(-0.5), round(1.25, 1), round(1234, -2))
for f in (lambda: abs("a"), lambda: abs(None), lambda: abs([]), lambda: abs(), lambda: abs(1, 2), lambda: divmod(1), lambda: divmod("a", 1), lambda: pow(1), lambda: pow(1, 2, 3, 4), lambda: pow(2, 3, 1.5), lambda: pow(2, -1, 5), lambda: round(), lambda: round(1, 2, 3), lambda: round([])):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
