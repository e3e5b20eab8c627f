# complex numbers: construction, arithmetic, comparison, parts.
a = 3 + 4j
b = complex(1, -2)
print(a, b, complex(), complex(5), complex(1.5), complex("1"), complex(2, 3), 1j, -1j, 2 - 0.5j)
print(a + b, a - b, a * b, a / b, -a, +a, abs(a), a.real, a.imag, b.imag)
print(a + 1, 1 + a, a * 2.0, 2 - a, a / 2, 1 / a, a**2, a**0, True + a)
print(a == 3 + 4j, a == 3, complex(3, 0) == 3, 3 == complex(3, 0), a != b, bool(0j), bool(a), hash(complex(3, 0)) == hash(complex(3, 0)))
print([1j, 2], {1: 1j}, "%s" % a, "{}".format(a), repr(a))
for f in (lambda: a < b, lambda: a // 1, lambda: a % 2, lambda: a & 1, lambda: a / 0, lambda: int(a), lambda: float(a), lambda: ~a,
          lambda: complex("x"), lambda: complex([]), lambda: complex("1", 2), lambda: a[0], lambda: a.foo, lambda: a + "s", lambda: divmod(a, b), lambda: 0j ** -1):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
