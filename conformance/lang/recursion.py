# Recursive functions: depth within limits, mutual recursion, ackermann, hanoi, flood fill.
def down(n):
    return 0 if n == 0 else 1 + down(n - 1)
print(down(30))
def even(n):
    return True if n == 0 else odd(n - 1)
def odd(n):
    return False if n == 0 else even(n - 1)
print(even(20), odd(7))
def ack(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ack(m - 1, 1)
    return ack(m - 1, ack(m, n - 1))
print(ack(2, 3))
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print([fib(n) for n in range(12)])
moves = []
def hanoi(n, a, b, c):
    if n:
        hanoi(n - 1, a, c, b)
        moves.append(a + b)
        hanoi(n - 1, c, b, a)
hanoi(4, "A", "C", "B")
print(len(moves), "".join(moves[:5]))
def depth(x):
    return 1 + max([depth(i) for i in x] + [0]) if isinstance(x, list) else 0
print(depth([1, [2, [3, []], 4]]))
grid = [list("..#.."), list(".##.."), list("#...#")]
def fill(r, c):
    if 0 <= r < 3 and 0 <= c < 5 and grid[r][c] == ".":
        grid[r][c] = "o"
        return 1 + fill(r + 1, c) + fill(r - 1, c) + fill(r, c + 1) + fill(r, c - 1)
    return 0
print(fill(0, 4), ["".join(r) for r in grid])
def power_set(s):
    if not s:
        return [[]]
    rest = power_set(s[1:])
    return rest + [[s[0]] + r for r in rest]
print(power_set([1, 2, 3]))
def gcd(a, b):
    return a if not b else gcd(b, a % b)
print(gcd(1071, 462))
def count_change(amount, coins):
    if amount == 0:
        return 1
    if amount < 0 or not coins:
        return 0
    return count_change(amount, coins[1:]) + count_change(amount - coins[0], coins)
print(count_change(30, [10, 5, 2, 1]))
def binary(n):
    return str(n) if n < 2 else binary(n // 2) + str(n % 2)
print(binary(37))
