# sums, differences, products and short quotients of ints of all lengths, checked by each other
seed = 12345


def digits(n):
    """An int of up to n 16-bit digits."""
    global seed
    x = 0
    for _ in range(n):
        seed = (seed * 1103515245 + 12345) & 0x3FFFFFFF
        x = x << 16 | seed >> 9 & 0xFFFF
    return x


def check(a, b):
    s = a + b
    d = a - b
    p = a * b
    assert s - b == a and d + b == a and s - a == b and b - a == -d, (a, b)
    assert s * d == a * a - b * b and p == b * a, (a, b)
    if b:
        assert p // b == a and p % b == 0, (a, b)
    c = a
    c += b
    c -= a
    assert c == b
    c *= a
    assert c == p
    return s ^ d ^ p


mix = 0
for i in range(150):
    a = digits(i % 23 + 1)
    b = digits(i * 7 % 19 + 1)
    if i % 11 == 0:
        a = (1 << i) - 1
    if i % 13 == 0:
        b = 1 << i
    for x, y in ((a, b), (-a, b), (a, -b), (-a, -b), (a, a), (a, -a), (a, 0), (0, b), (a, i), (-i, b)):
        mix = mix * 31 + check(x, y) & 0xFFFFFFFF
print(mix)

# big ints that are small, as divmod() leaves them, with small ints and with each other
smalls = [0, 1, -1, 5, -7, 0xFFFF, -0x10000, 0x12345, -0x3FFFFFFF, 0x3FFFFFFF, -0x40000000]
kept = [divmod(x * 10**30, 10**30)[0] for x in smalls]
for x, kept_x in zip(smalls, kept):
    for y, kept_y in zip(smalls, kept):
        for a, b in ((kept_x, y), (x, kept_y), (kept_x, kept_y)):
            assert a * b == x * y and a + b == x + y and a - b == x - y, (x, y)
            if y:
                assert a // b == x // y and a % b == x % y, (x, y)
            mix = mix * 31 + check(a, b) & 0xFFFFFFFF
        mix = mix * 31 + check(kept_x, y << 40) + check(x << 50, kept_y) & 0xFFFFFFFF
print(mix)

# where carries run through
for n in (1, 15, 16, 17, 31, 32, 33, 47, 48, 63, 64, 65, 127, 128, 129):
    a = 1 << n
    print(n, a - 1 + 1 == a, (a - 1) * (a - 1) == a * a - 2 * a + 1, a - (a - 1), (a - 1) - a, -a + a, a * -1 == -a)
print((1 << 30) - 1, (1 << 30) * -1, -(1 << 30) - 1, (1 << 31) - (1 << 30), (1 << 15) * (1 << 15), (1 << 15) * -(1 << 15))

# quotients that the leading digits tell, and those that they do not
for i in range(60):
    b = digits(i % 30 + 4) | 1
    q = digits(i % 3)
    for r in (0, 1, b - 1, b >> 1):
        a = b * q + r
        assert a // b == q and -a // -b == q and a % b == r, (a, b)
        assert -a // b == -(a // b) - (r != 0) and a // -b == -a // b
        c = a
        c //= b
        assert c == q
        mix = mix * 31 + a & 0xFFFFFFFF
print(mix)
b = digits(200) | 1 << 3200
print((b * 7 + 3) // b, (b * 65535) // b, (b * 7 - 1) // b, b // b, (b - 1) // b, (b * 0x3FFFFFFF + 5) // b, (b << 40) // b)
