# Matrices and numbers: products, determinants, inverses, powers, life, pascal, primes, gcd, bases, fixed point.
class M:
    def __init__(self, r): self.r = [list(x) for x in r]
    def __repr__(self): return "M(%r)" % self.r
    def __eq__(self, o): return isinstance(o, M) and self.r == o.r
    def __add__(self, o): return M([[a + b for a, b in zip(x, y)] for x, y in zip(self.r, o.r)])
    def __mul__(self, o):
        if isinstance(o, M): return M([[sum(a * b for a, b in zip(x, c)) for c in zip(*o.r)] for x in self.r])
        return M([[a * o for a in x] for x in self.r])
    __rmul__ = lambda self, o: self * o
    def __pow__(self, n):
        r = M([[int(i == j) for j in range(len(self.r))] for i in range(len(self.r))]); b = self
        while n:
            if n & 1: r = r * b
            b = b * b; n >>= 1
        return r
    def __getitem__(self, ij): return self.r[ij[0]][ij[1]]
    def __setitem__(self, ij, v): self.r[ij[0]][ij[1]] = v
    def T(self): return M(zip(*self.r))
    def det(self):
        if len(self.r) == 1: return self.r[0][0]
        return sum((-1) ** j * a * M([x[:j] + x[j + 1:] for x in self.r[1:]]).det() for j, a in enumerate(self.r[0]))
a = M([[1, 2], [3, 4]])
print(a + a, a * a, a * 2, 2 * a, a ** 10, a.T(), a.det(), a[1, 0], a == M([[1, 2], [3, 4]]), a != 5, M([[2, 0, 1], [1, 3, 2], [1, 1, 1]]).det())
a[0, 1] = 9; print(a)
try: a[5, 5]
except IndexError as e: print(e)
try: a["x"]
except TypeError as e: print(e)
print((M([[1, 1], [1, 0]]) ** 90)[0, 1])
def life(cells):
    n = {}
    for x, y in cells:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy: n[x + dx, y + dy] = n.get((x + dx, y + dy), 0) + 1
    return {c for c, k in n.items() if k == 3 or k == 2 and c in cells}
g = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)}
for _ in range(4): g = life(g)
print(sorted(g))
row = [1]
for _ in range(6): print(row); row = [x + y for x, y in zip([0] + row, row + [0])]
def gcd(a, b):
    while b: a, b = b, a % b
    return a
print(gcd(1071, 462), gcd(2 ** 90, 6 ** 40) == 2 ** 40, [n for n in range(2, 50) if all(n % p for p in range(2, int(n ** 0.5) + 1))])
def base(n, b): return base(n // b, b) + "0123456789abcdefghijklmnopqrstuvwxyz"[n % b] if n >= b else "0123456789abcdefghijklmnopqrstuvwxyz"[n]
print([base(1234567, b) for b in (2, 3, 16, 36)], all(int(base(98765, b), b) == 98765 for b in range(2, 37)))
def fix(x): return int(x * 65536)
print(fix(1.5) * fix(2.25) >> 32, (fix(-1.5) * fix(2.25)) / 65536 ** 2, fix(-0.5) >> 16, -7 // 2, -7 % 2, 7 // -2, divmod(-7, 2))
def hanoi(n, a, b, c): return hanoi(n - 1, a, c, b) + [(a, c)] + hanoi(n - 1, b, a, c) if n else []
print(len(hanoi(6, "A", "B", "C")), hanoi(2, "A", "B", "C"))
def queens(n, r=()):
    if len(r) == n: yield r
    else:
        for c in range(n):
            if all(c != q and abs(c - q) != len(r) - i for i, q in enumerate(r)): yield from queens(n, r + (c,))
print(next(queens(6)), len(list(queens(5))))
def collatz(n):
    s = 0
    while n != 1: n = n // 2 if n % 2 == 0 else 3 * n + 1; s += 1
    return s
print([collatz(n) for n in range(1, 12)], max(range(1, 30), key=collatz))
