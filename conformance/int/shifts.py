# Left and right shifts: growth into big ints, arithmetic right shift, errors.
for n in (0, 1, 15, 16, 29, 30, 31, 32, 33, 63, 64, 100):
    print(n, 1 << n, -1 << n, 5 << n, -5 << n)
for n in (0, 1, 2, 29, 30, 31, 32, 40, 100):
    print(n, (2**31 - 1) >> n, -(2**31) >> n, 12345678901234567890 >> n, -12345678901234567890 >> n)
print(0 << 100, 0 >> 100, 1 >> 1000, -1 >> 1000)
print(1 << True, 8 >> True, True << 3)
for f in (lambda: 1 << -1, lambda: 1 >> -1, lambda: 10**20 << -1, lambda: 10**20 >> -1,
          lambda: 1 << 1.0, lambda: 1.0 << 1, lambda: 1 << "1", lambda: 1 >> None):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
