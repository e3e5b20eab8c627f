# powers that are squares and roots
inf = float("inf")
nan = float("nan")
for x in (2.0, -2.5, 0.0, -0.0, inf, -inf, nan, 1e200, 1e-200, 3.3, 134217729.0, 1e154):
    print(x, x**2, pow(x, 2.0), x**-2 if x else "-")
for x in (2.0, 0.0, -0.0, inf, -inf, nan, 1e308, 5e-324, 0.1, 3):
    print(x, x**0.5, pow(x, 0.5))
print(2**2.0, 3**0.5, True**2.0, (-4.0) ** 2, (-8) ** 2.0)
x = 3.3
x **= 2
print(x)
x **= 0.5
print(x)
