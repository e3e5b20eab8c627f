# math: trigonometric and hyperbolic functions and inverses, to 12 digits.
import math
def show(name, *args):
    f = getattr(math, name)
    out = []
    for a in args:
        try:
            out.append("%.11g" % (f(*a) if isinstance(a, tuple) else f(a)))
        except ValueError as e:
            out.append("ValueError " + str(e))
    print(name, out)
xs = (0, 0.5, 1, -1, 2, 10)
for n in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "atan", "asinh", "exp", "expm1"):
    show(n, *xs)
show("asin", 0, 0.5, 1, -1, 1.5)
show("acos", 0, 0.5, 1, -1, -2)
show("acosh", 1, 1.5, 10, 0.5)
show("atanh", 0, 0.5, -0.9)
show("atan2", (0, 1), (1, 0), (1, 1), (-1, -1), (0, -1), (5, 3))
show("erf", 0, 0.5, 1, -2)
show("erfc", 0, 0.5, 1, -2)
show("gamma", 1, 0.5, 5, 10)
show("lgamma", 1, 0.5, 5, 100)
print("%.6f %.6f" % (math.sin(math.pi), math.cos(math.pi)), "%.6f" % math.tan(math.pi / 4), "%.10g" % math.hypot(3, 4) if hasattr(math, "hypot") else "no hypot")
