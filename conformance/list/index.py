# Item get, set and delete.
a = [10, 20, 30, 40]
print(a[0], a[3], a[-1], a[-4], a[True], a[1 + 1])
a[0] = "x"
a[-1] = None
print(a)
del a[1]
del a[-1]
print(a, len(a))
def go(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
def put(i):
    a[i] = 1
def rem(i):
    del a[i]
for i in (2, -3, "a", 1.0, None, 10**20, (0,)):
    go(lambda: a[i])
    go(lambda: put(i))
    go(lambda: rem(i))
go(lambda: [][0])
m = [[1, 2], [3, 4]]
m[1][0] += 10
m[0], m[1] = m[1], m[0]
print(m, m[0][-1], a)
