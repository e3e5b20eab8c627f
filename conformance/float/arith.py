# Float arithmetic and its mixes with int and bool.
vals = [0.0, 1.0, -1.5, 2.25, 1e10, -3.0]
for a in vals:
    print(a, [(a + b, a - b, a * b) for b in vals])
print(1.5 + 1, 1 + 1.5, 2 * 0.25, 0.5 * True, 10**20 + 0.5, 3 - 0.5, 1e3 - 10**3)
print(7.5 / 2, 7 / 2.5, -7.5 // 2, 7.5 // -2, 7.5 % 2, -7.5 % 2, 7.5 % -2, 1e300 * 1e300, -1e300 * 1e300)
print(divmod(7.5, 2), divmod(-7.5, 2), divmod(7, 2.5), divmod(-1.0, 3))
print(2.0**3, 2.0**-1, 4.0**0.5, 0.0**0, (-2.0) ** 3, 1.5**2)
print(-0.0, 0.0 == -0.0, +1.5, -1.5, abs(-2.5), abs(-0.0))
for f in (lambda: 1.0 / 0, lambda: 1.0 // 0.0, lambda: 1.0 % 0.0, lambda: divmod(1.0, 0), lambda: 0.0 / 0.0,
          lambda: 1.0 + "a", lambda: 1.0 * [], lambda: 1.0 & 1, lambda: 1.0 << 1, lambda: -"a", lambda: 1.5[0]):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
