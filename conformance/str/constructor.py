# str() of everything printable.
class A:
    def __str__(self):
        return "A.str"
class B:
    def __repr__(self):
        return "B.repr"
class C:
    def __str__(self):
        return 5
print(repr(str()), str(1), str(-1.5), str(None), str(True), str("x"), str([1, "a"]), str((1,)), str({}), str({1: 2}), str(set()), str(range(3)))
print(str(A()), str(B()), [B()], str(2**40), str(1j), str(...), str(NotImplemented), str(int), str(A), str(ValueError), str(ValueError("m")), str(KeyError("k")), repr(KeyError("k")))
print(str(b"x"), str(bytearray(b"x")), str(frozenset()), str(Exception()), repr(Exception()), repr(Exception(1, 2)), str(Exception(1, 2)))
try:
    print(str(C()))
except TypeError as e:
    print(type(e).__name__, e)
for args in ((1, 2), (b"a", "utf8", "strict", 1), ("a", "utf8")):
    try:
        print(str(*args))
    except Exception as e:
        print(args, type(e).__name__, e)
