# round(), int(), floor and ceil of floats.
import math
for x in (0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 2.4, 2.6, -2.4, -2.6, 1e10 + 0.5, 0.0, 1e15, 1e20):
    print(x, round(x), int(x), math.floor(x), math.ceil(x), math.trunc(x), type(round(x)).__name__)
for x, n in ((1.25, 1), (1.35, 1), (2.675, 2), (1234.5678, 2), (1234.5678, -2), (1234.5678, 0), (-1.5, 0), (0.1, 3)):
    print(x, n, round(x, n))
print(round(15, -1), round(25, -1), round(-15, -1), round(1234, -2), round(5), round(10**20, -3), round(7, 2))
for f in (lambda: int(float("inf")), lambda: int(float("nan")), lambda: round(float("inf")), lambda: round(float("nan")),
          lambda: math.floor(float("inf")), lambda: math.ceil(float("nan")), lambda: round("a"), lambda: round(1.5, "a"), lambda: round()):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
