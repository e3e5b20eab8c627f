# bytes() and bytearray() from every source.
for T in (bytes, bytearray):
    print(T(), T(3), T([1, 2, 255]), T((65, 66)), T(b"abc"), T(bytearray(b"xy")), T("é", "utf-8"), T(range(5)), T(i for i in (1, 2)), T(memoryview(b"mv")), T({7: 1}))
    for args in (("abc",), (-1,), ([256],), ([-1],), (["a"],), ([1.5],), (1.5,), (None,), (object(),), ([None],)):
        try:
            print(T(*args))
        except Exception as e:
            print(T.__name__, args if args[0].__class__ is not object else "object", type(e).__name__, e)
print(bytes(b"a") is not None, bytes([True, False]))
class B:
    def __bytes__(self):
        return b"custom"
try:
    print(bytes(B()))
except TypeError as e:
    print(type(e).__name__, e)
