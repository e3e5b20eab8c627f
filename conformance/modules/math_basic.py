# math: rounding, roots, powers, predicates, constants.
import math
print(math.pi, math.e, math.tau, math.inf, math.nan, -math.inf)
for x in (0, 1, -1, 2.5, -2.5, 100, 0.1):
    print(x, math.floor(x), math.ceil(x), math.trunc(x), math.fabs(x), math.copysign(1, x), math.isfinite(x))
for x in (0, 1, 2, 4, 10, 0.25, 1e10):
    print(x, "%.12g %.12g %.12g" % (math.sqrt(x), math.pow(x, 2), math.exp(min(x, 5))))
for x in (0.5, 1, 2, 10, 1000, 1e-5):
    print(x, "%.12g %.12g %.12g" % (math.log(x), math.log2(x), math.log10(x)), "%.12g" % math.log(x, 3))
print(math.fmod(7, 3), math.fmod(-7, 3), math.fmod(7.5, -2), math.modf(2.75), math.modf(-2.75), math.modf(5), math.frexp(8), math.frexp(0.3), math.ldexp(0.5, 4), math.ldexp(1.5, -2))
print([math.isnan(v) for v in (1, math.nan, math.inf)], [math.isinf(v) for v in (1, math.nan, -math.inf)], [math.isfinite(v) for v in (1, math.nan, math.inf)])
print(math.degrees(math.pi), "%.12g" % math.radians(180), math.factorial(0), math.factorial(5), math.factorial(20), math.factorial(30), math.isclose(1, 1 + 1e-10), math.isclose(1, 1.1), math.isclose(1, 1.1, rel_tol=0.2), math.isclose(0, 1e-12), math.isclose(0, 1e-12, abs_tol=1e-9))
print(math.copysign(3, -0.0), math.floor(-0.5), math.ceil(-0.5), math.floor(1e20), math.ceil(2**40), math.trunc(-1e10))
