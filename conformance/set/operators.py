# | & - ^ and their in-place forms, comparisons.
a, b, e = {1, 2, 3}, {3, 4}, set()
print(sorted(a | b), sorted(a & b), sorted(a - b), sorted(b - a), sorted(a ^ b), sorted(a | e), a & e, sorted(a - e))
print(a == {3, 2, 1}, a != b, a < {1, 2, 3, 4}, a <= a, a < a, a > {1}, a >= b, e < a, {1} <= {2}, a == [1, 2, 3])
c = a
c |= {9}
print(sorted(a), c is a)
c &= {1, 9, 5}
print(sorted(a))
c -= {9}
print(sorted(a))
c ^= {1, 7}
print(sorted(a), c is a)
f = frozenset((1, 2))
g = f
f |= {3}
print(sorted(f), sorted(g), type(f).__name__, type(g | {5}).__name__, type({5} | g).__name__, g == {1, 2}, {1, 2} == g)
for op in (lambda: a | [1], lambda: a & "x", lambda: a - None, lambda: [1] | a, lambda: a < [1], lambda: a < 5, lambda: a ^ {}, lambda: a + a, lambda: a * 2, lambda: -a, lambda: ~a):
    try:
        print(op())
    except Exception as x:
        print(type(x).__name__, x)
