# Changing a list inside a loop over it.
a = [1, 2, 3, 4, 5, 6]
for x in a:
    if x % 2 == 0:
        a.remove(x)
print(a)
a = [1, 2, 3]
for x in a:
    if len(a) < 8:
        a.append(x * 10)
print(a)
a = [3, 1, 2]
for x in a:
    a[0] = 99
    print(x, end=" ")
print(a)
a = list(range(6))
for i, x in enumerate(a):
    if x == 2:
        del a[i:]
print(a)
a = [1, 2, 3]
it = iter(a)
print(next(it))
a.clear()
print(next(it, "end"))
a.extend([7, 8, 9])
print(list(it))
a = [1, 2, 3]
for x in a[:]:
    a.insert(0, -x)
print(a)
for x in (b := [1, 2, 3]):
    b = None
print(x, b)
