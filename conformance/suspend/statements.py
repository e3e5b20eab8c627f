# sleep in the operands of every kind of statement.
from time import sleep_ms
def s(v):
    sleep_ms(1)
    return v
a = b = s(1)
a += s(2)
x, y = s(3), s(4)
l = [s(5), s(6)]
l[s(0)] = s(7)
l[s(1)] += s(8)
del l[s(0)]
print(a, b, x, y, l)
if s(0):
    pass
elif s(1):
    print("elif")
else:
    print("else")
while s(a) > 1:
    a -= s(1)
for i in s([1, 2]):
    print(s(i), end=s(" "))
print()
assert s(True), s("unused")
try:
    assert s(False), s("assertion text")
except s(AssertionError) as e:
    print(e)
def ret():
    return s((s(1), s(2)))
print(ret(), s(1) if s(True) else s(2), s(0) or s("or"), s(1) and s("and"), not s(0), s(1) < s(2) < s(3), s(3) < s(2) < s(9))
try:
    raise s(ValueError(s("raised")))
except ValueError as e:
    print(e)
print({s("k"): s("v")}, {s(1)}, (s(1), s(2)), [s(1)], s("abc")[s(1)], s("abc")[s(0):s(2)], -s(5), ~s(1), s(2) ** s(3), s(lambda q: s(q))(s(9)))
class K:
    v = s(1)
K.v = s(10)
K.w = K.x = s(11)
print(K.v, K.w, K.x, getattr(s(K), s("v")), (yy := s(12)) + yy)
def g():
    r = yield s("first")
    yield s(r)
it = g()
print(next(it), it.send(s("sent")))
exec(s("print(s('exec'))"))
global_dict = s(globals())
print(global_dict["x"], s(print)("print result"), s(None) is None, s(3) in s([1, 3]), *s([1, 2]), sep=s("."))
