"""Digits of pi, e and the square root of two with unbounded integers."""


def pi_digits():
    """Gibbons' spigot: yields the digits of pi one by one, for ever."""
    q, r, t, k, n, l = 1, 0, 1, 1, 3, 3
    while True:
        if 4 * q + r - t < n * t:
            yield n
            q, r, n = 10 * q, 10 * (r - n * t), 10 * (3 * q + r) // t - 10 * n
        else:
            q, r, t, n, k, l = q * k, (2 * q + r) * l, t * l, (q * (7 * k + 2) + r * l) // (t * l), k + 1, l + 2


def arctan_inverse(x, unity):
    """arctan(1/x) in fixed point."""
    total = term = unity // x
    square = x * x
    divisor = 1
    sign = -1
    while term:
        term //= square
        divisor += 2
        total += sign * (term // divisor)
        sign = -sign
    return total


def machin(digits):
    """The same number by Machin's formula, as one integer."""
    unity = 10 ** (digits + 10)
    return 4 * (4 * arctan_inverse(5, unity) - arctan_inverse(239, unity)) // 10**10


def e_digits(digits):
    unity = 10 ** (digits + 10)
    total = term = unity
    n = 1
    while term:
        term //= n
        total += term
        n += 1
    return total // 10**10


def integer_root(n):
    """The largest integer whose square is not above n, by Newton's method."""
    x = 1 << (len(bin(n)) - 1) // 2 + 1
    while True:
        y = (x + n // x) >> 1
        if y >= x:
            return x
        x = y


def blocks(text, size):
    return " ".join(text[i : i + size] for i in range(0, len(text), size))


COUNT = 60
source = pi_digits()
spigot = "".join(str(next(source)) for _ in range(COUNT))
print("pi     3." + blocks(spigot[1:], 10))
print("machin 3." + blocks(str(machin(COUNT - 1))[1:], 10))
print("agree:", spigot == str(machin(COUNT - 1)))
print("e      2." + blocks(str(e_digits(COUNT - 1))[1:], 10))
print("sqrt2  1." + blocks(str(integer_root(2 * 10 ** (2 * COUNT - 2)))[1:], 10))

counts = [spigot.count(str(d)) for d in range(10)]
print("digit counts:", counts, "sum", sum(counts))
factorial = 1
for i in range(2, 31):
    factorial *= i
print("30! =", factorial)
print("zeros at its end:", len(str(factorial)) - len(str(factorial).rstrip("0")))
mersenne = 2**127 - 1
print("2**127-1 = {} ({} digits, hex {:x})".format(mersenne, len(str(mersenne)), mersenne))
