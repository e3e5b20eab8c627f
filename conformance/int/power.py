# ** and pow(), with negative bases, big results and the three-argument form.
for base in (0, 1, -1, 2, -2, 3, 10, -7):
    print(base, [base**e for e in range(8)])
print(2**100, (-2) ** 101, 3**60, 10**40)
print(0**0, 5**0, (10**20) ** 0, (10**20) ** 1, (10**20) ** 2)
print(2**0.5 == 2.0**0.5, 4**0.5, 2**-3, (2**40) ** 0.5)
print(pow(2, 10), pow(3, 4), pow(2, -1), pow(2, 3.0))
print(pow(2, 10, 1000), pow(7, 0, 13), pow(123456789, 987654321, 1000000007), pow(10**20, 10**5, 97))
print(pow(3, 5, 1), pow(-3, 3, 7))
print(-(2**2), -(2) ** 2, (-2) ** 2, 2**3**2)
x = 3
x **= 4
print(x)
for f in (lambda: pow(2, "a"), lambda: 2 ** None, lambda: pow(2, 3, 0), lambda: pow("a", 2), lambda: pow(2), lambda: [] ** 2):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
