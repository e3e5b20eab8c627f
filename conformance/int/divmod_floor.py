# Floor division and modulo take the sign of the divisor, for small and big operands.
values = [7, -7, 3, -3, 1, -1, 10**20, -(10**20), 2**30, -(2**30), 2**31 - 1]
for a in values:
    for b in values:
        q, r = divmod(a, b)
        ok = q * b + r == a and (r == 0 or (r < 0) == (b < 0)) and abs(r) < abs(b)
        print(a, b, q, r, a // b == q, a % b == r, ok)
for f in (lambda: 1 // 0, lambda: 1 % 0, lambda: divmod(1, 0), lambda: 10**20 // 0, lambda: 10**20 % 0,
          lambda: 0 // False):
    try:
        print(f())
    except ZeroDivisionError as e:
        print(type(e).__name__, e)
