# math: domain errors and argument types.
import math
for src in ("sqrt(-1)", "log(0)", "log(-1)", "log2(0)", "log10(-5)", "log(2, 0)", "log(2, 1)", "acos(2)", "asin(-2)", "acosh(0)", "atanh(1)", "fmod(1, 0)", "factorial(-1)", "factorial(1.5)", "gamma(0)", "lgamma(0)", "pow(0, -1)", "pow(-1, 0.5)", "exp(1000)", "sqrt('a')", "sqrt(None)", "sqrt()", "sqrt(1, 2)", "floor('a')", "ceil([])", "floor(inf)", "ceil(nan)", "trunc(inf)", "sin('x')", "pow(1)", "atan2(1)", "frexp('a')", "ldexp(1, 'a')", "isnan('a')", "sqrt(1j)", "sqrt(True)", "sqrt(2**70)", "sin(10**400)", "nope(1)", "cosh(1000)", "ldexp(1, 5000)", "fmod(inf, 1)", "modf(inf)", "isclose(1)", "isclose(1, 2, rel_tol=-1)", "degrees('a')", "log(inf)", "sqrt(inf)", "exp(-inf)", "exp(inf)", "atan(inf)", "sin(inf)", "copysign(1)", "fabs(-inf)"):
    try:
        print(src, eval("math." + src, {"math": math, "inf": math.inf, "nan": math.nan}))
    except Exception as e:
        print(src, type(e).__name__, e)
