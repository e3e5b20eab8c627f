# Classic list algorithms: quicksort, merge, binary search, permutations, matrix transpose, sieve, josephus.
def quick(a):
    if len(a) < 2:
        return a
    p = a[0]
    return quick([x for x in a[1:] if x < p]) + [p] + quick([x for x in a[1:] if x >= p])
print(quick([5, 3, 8, 1, 9, 2, 7, 3]))
def merge_sort(a):
    if len(a) < 2:
        return a
    m = len(a) // 2
    l, r, out = merge_sort(a[:m]), merge_sort(a[m:]), []
    while l and r:
        out.append(l.pop(0) if l[0] <= r[0] else r.pop(0))
    return out + l + r
print(merge_sort([5, 3, 8, 1, 9, 2, 7, 3]))
def bisect(a, x):
    lo, hi = 0, len(a)
    while lo < hi:
        mid = (lo + hi) // 2
        if a[mid] < x:
            lo = mid + 1
        else:
            hi = mid
    return lo
print([bisect([1, 3, 5, 7], x) for x in range(9)])
def perms(a):
    if not a:
        return [[]]
    return [[a[i]] + p for i in range(len(a)) for p in perms(a[:i] + a[i + 1:])]
print(perms([1, 2, 3]), len(perms([1, 2, 3, 4, 5])))
m = [[1, 2, 3], [4, 5, 6]]
print([list(r) for r in zip(*m)], [[m[i][j] for i in range(2)] for j in range(3)])
people = list(range(1, 42))
i = 0
while len(people) > 1:
    i = (i + 2) % len(people)
    people.pop(i)
print(people)
subsets = [[]]
for x in "abc":
    subsets += [s + [x] for s in subsets]
print(["".join(s) for s in subsets])
tri = [[1]]
for _ in range(7):
    p = tri[-1]
    tri.append([1] + [p[i] + p[i + 1] for i in range(len(p) - 1)] + [1])
print(tri[-1])
