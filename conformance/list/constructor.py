# list() and list displays.
print([], [1], [1, "a", None], list(), list("abc"), list((1, 2)), list(range(3)), list({5: 1}), list(i * i for i in range(4)), list(b"ab"), list(map(abs, [-1, 2])))
a = [1, [2, [3]]]
b = list(a)
print(a == b, a is b, a[1] is b[1], [[]] * 2, len([0] * 10))
x = [[0]] * 3
x[0].append(1)
print(x, x[0] is x[1])
print([1, 2, ][0], [(1)], [(1,)], [[], [[]]], [lambda: 1][0]())
for args in ((5,), (None,), (1, 2), (1.5,), (object,)):
    try:
        print(list(*args))
    except TypeError as e:
        print(args[0], type(e).__name__, e)
try:
    list(sequence=[1])
except TypeError as e:
    print(type(e).__name__, e)
