# Recursive generators: trees, permutations, hanoi, tokens.
def inorder(t):
    if t:
        l, v, r = t
        yield from inorder(l)
        yield v
        yield from inorder(r)
tree = (((None, 1, None), 2, (None, 3, None)), 4, ((None, 5, None), 6, None))
print(list(inorder(tree)))
def perms(s):
    if len(s) <= 1:
        yield s
    else:
        for i in range(len(s)):
            for p in perms(s[:i] + s[i + 1:]):
                yield s[i] + p
print(list(perms("abc")), sum(1 for _ in perms("abcde")))
def hanoi(n, a="A", b="B", c="C"):
    if n:
        yield from hanoi(n - 1, a, c, b)
        yield a + c
        yield from hanoi(n - 1, b, a, c)
print(" ".join(hanoi(3)), sum(1 for _ in hanoi(7)))
def flatten(x):
    if isinstance(x, (list, tuple)):
        for y in x:
            yield from flatten(y)
    else:
        yield x
print(list(flatten([1, [2, (3, [4, []]), 5], 6])))
def combos(items, k):
    if k == 0:
        yield ()
    elif items:
        for rest in combos(items[1:], k - 1):
            yield (items[0],) + rest
        yield from combos(items[1:], k)
print(list(combos("abcd", 2)))
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
def take(n, it):
    for _ in range(n):
        yield next(it)
print(list(take(15, fib())))
def sieve(it):
    p = next(it)
    yield p
    yield from sieve(x for x in it if x % p)
def nat(n):
    while True:
        yield n
        n += 1
print(list(take(10, sieve(nat(2)))))
