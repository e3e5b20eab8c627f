# Multi-digit arithmetic: carries, borrows, long multiplication and division, signs.
a = 123456789012345678901234567890
b = 987654321098765432109876543210
print(a + b, a - b, b - a, -a + b, -a - b)
print(a * b, -a * b, a * -b, -a * -b)
print(b // a, b % a, -b // a, -b % a, b // -a, b % -a)
print(a * a // a == a, (a * b) // b == a, (a * b + 17) % b)
p = 1
for i in range(1, 41):
    p *= i
print(p)
for i in range(40, 0, -1):
    p, r = divmod(p, i)
    if r:
        print("remainder", i, r)
print(p)
print(2**64 - 1 + 1 == 2**64, 2**64 - 2**64, 0xFFFF * 0xFFFF, 0x10000 * 0x10000, 0xFFFFFFFF * 0xFFFFFFFF)
print((2**48 - 1) * (2**48 - 1), (2**48) // (2**16 - 1), (2**128 - 1) // (2**64 + 1), (2**128) % (2**64 - 59))
fa, fb = 0, 1
for i in range(200):
    fa, fb = fb, fa + fb
print(fa)
x = a
x += 1
x -= b
x *= 3
x //= 7
x %= 1000003
x <<= 40
x >>= 3
x |= 1
x ^= 0xFFFF
x &= ~0xF0
print(x)
