# range in for loops: the loop variable, big steps, changes inside.
for i in range(3):
    i *= 10
    print(i, end=" ")
print(i)
for i in range(0):
    print("never")
print(i)
out = []
for i in range(10, 0, -3):
    out.append(i)
print(out, sum(range(101)), sum(range(0, 100, 7)), max(range(5)), min(range(5, 9)))
n = 3
for i in range(n):
    n = 100
print(i, n)
for i in range(2):
    for j in range(i, 3):
        print((i, j), end="")
print()
it = iter(range(3))
print(next(it), list(it), list(it), list(zip(range(3), range(10, 20))), list(reversed(range(4))), list(enumerate(range(5, 7))))
step = 2
print([x for x in range(0, 10, step)], [x for x in range(10, 0, -step)], list(range(-3, 4)), tuple(range(3)))
for i in range(5):
    if i == 3:
        break
else:
    print("no else")
print(i)
def r():
    for i in range(1 << 30, 5):
        pass
    for i in range(3, 10**9, 4 * 10**8):
        yield i
print(list(r()))
try:
    for i in range(0, 5, 0):
        pass
except ValueError as e:
    print(type(e).__name__, e)
try:
    for i in range("x"):
        pass
except TypeError as e:
    print(type(e).__name__, e)
