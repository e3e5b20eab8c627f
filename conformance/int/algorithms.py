# Integer algorithms that lean on / and % of both sizes: gcd, primes, modular inverse, isqrt, Collatz.
def gcd(a, b):
    while b:
        a, b = b, a % b
    return a
print(gcd(2**40 * 9, 2**35 * 15), gcd(0, 5), gcd(17**20, 17**13 * 4))
def inverse(a, m):
    r0, r1, s0, s1 = a, m, 1, 0
    while r1:
        q = r0 // r1
        r0, r1, s0, s1 = r1, r0 - q * r1, s1, s0 - q * s1
    return s0 % m
m = 2**61 - 1
print(inverse(12345, m), inverse(12345, m) * 12345 % m)
def isqrt(n):
    x = n
    y = (x + 1) // 2
    while y < x:
        x, y = y, (y + n // y) // 2
    return x
print([isqrt(n) for n in (1, 2, 15, 16, 10**10, 10**40, 2 * 10**60)])
sieve = [True] * 60
for i in range(2, 8):
    if sieve[i]:
        for j in range(i * i, 60, i):
            sieve[j] = False
print([i for i in range(2, 60) if sieve[i]])
n, steps, top = 97, 0, 0
while n != 1:
    n = 3 * n + 1 if n & 1 else n >> 1
    steps += 1
    top = max(top, n)
print(steps, top)
def is_prime(n):
    d, s = n - 1, 0
    while not d & 1:
        d >>= 1
        s += 1
    for a in (2, 3, 5, 7, 11, 13):
        if a % n == 0:
            continue
        x = pow(a, d, n)
        if x in (1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True
print([n for n in range(3, 100, 2) if is_prime(n)], is_prime(2**61 - 1), is_prime(2**59 - 1))
