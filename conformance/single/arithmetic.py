# exp: single-precision floats, which the WebAssembly build has not
# Floats of 32 bits: operators, mixed with ints, functions of math and cmath, complex numbers.
import cmath
import math

values = (0.1, 1 / 3, 2.5, -7.25, 1e20, 1e-20, 12345.678)
for a in values:
    for b in (0.3, -3.0, 7, 1e10):
        print(a + b, a - b, a * b, a / b, a // b, a % b, divmod(a, b))
    print(abs(a), -a, a == a, a < 1, math.floor(a), math.ceil(a), math.trunc(a))
for f in ('sqrt', 'exp', 'log', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'tanh', 'fabs', 'degrees', 'radians', 'log2', 'log10', 'expm1', 'erf'):
    try:
        print(f, [getattr(math, f)(x) for x in (0.25, 0.5, 1.0)])
    except (ValueError, OverflowError, AttributeError) as e:
        print(f, type(e).__name__)
print(math.pi, math.e, math.inf, math.nan)
print(math.frexp(12.3), math.ldexp(0.75, 5), math.modf(3.7), math.fmod(7.5, 2), math.copysign(2.0, -0.0), math.pow(2, 0.5))
print(2 ** 0.5, 2.0 ** -1, 10.0 ** 10, 0.1 ** 3, (-8) ** 2.0)
print(7 // 2.0, 7 % 2.5, 2 ** 40 / 3, 2 ** 100 * 0.5, 10 ** 30 + 0.0)
print(1j * 1j, (1 + 2j) / (3 - 1j), abs(3 + 4j), (1 + 1j) ** 2, 0.1j + 0.2)
print(cmath.sqrt(-1) if hasattr(cmath, 'sqrt') else '', cmath.phase(1j), cmath.polar(1 + 1j), cmath.rect(1, 1), cmath.exp(1j))
for bad in (lambda: 1.0 / 0, lambda: 1.0 // 0, lambda: 1.0 % 0, lambda: math.sqrt(-1), lambda: int(float('nan')), lambda: int(float('inf')), lambda: math.log(0), lambda: 1e30 ** 2, lambda: (-1.0) ** 0.5):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
