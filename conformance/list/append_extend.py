# append, extend and += with every kind of iterable; growth.
a = []
for i in range(40):
    a.append(i)
print(a, len(a))
a = [1]
print(a.append(2), a.extend([3, 4]), a.extend("xy"), a.extend(()), a.extend(range(2)), a.extend({9: 1}), a.extend(i for i in [7]), a)
a += [5]
a += (6,)
a += "z"
print(a)
b = c = [1]
b += [2]
print(b, c, b is c)
b = b + [3]
print(b, c)
d = [1, 2]
d.extend(d)
print(d)
d += d
print(d)
for f in (lambda: a.append(), lambda: a.append(1, 2), lambda: a.extend(5), lambda: a.extend(None), lambda: a.extend(), lambda: a + (1,), lambda: a + "x", lambda: (1,) + a):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
def bad():
    global a
    a += 5
try:
    bad()
except TypeError as e:
    print(type(e).__name__, e)
def gen():
    yield 1
    yield 2
    raise ValueError("mid")
a = [0]
try:
    a.extend(gen())
except ValueError as e:
    print(e, a)
