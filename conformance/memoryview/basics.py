# memoryview of bytes, bytearray and arrays: index, slice, write, compare.
b = bytearray(b"abcdef")
m = memoryview(b)
print(len(m), m[0], m[-1], bytes(m), list(m), bytes(m[1:3]), bytes(m[2:]), bytes(m[:-2]), len(m[2:4]), 97 in list(m), bytes(m[1:4][1:]))
m[0] = 90
m[-1] = 0x21
print(b, m[0])
m[1:3] = b"12"
print(b)
s = m[3:5]
s[0] = ord("X")
print(b, bytes(s))
m[0:2] = m[2:4]
print(b)
print(m == b, m == bytes(b), m != b"zz", memoryview(b"ab") == memoryview(b"ab"), memoryview(b"ab") == b"ab", bool(memoryview(b"")), bool(m))
r = memoryview(b"read only")
print(r[0], bytes(r[5:]), bytes(r), str(r[0:4], "utf8"), r[2:].__class__ is memoryview)
def w1():
    r[0] = 1
def w2():
    r[0:2] = b"xx"
def w3():
    m[0:2] = b"toolong"
def w4():
    m[9] = 1
def w5():
    m[0] = "a"
def w6():
    del m[0]
def w7():
    m[0] = 300
    return b
def w8():
    m[0:2] = 5
for f in (w1, w2, w3, w4, w5, w6, w7, w8, lambda: memoryview(), lambda: memoryview(5), lambda: memoryview("str"), lambda: memoryview([1]), lambda: m[9], lambda: m[-9], lambda: m["a"], lambda: m[::2], lambda: m + b"x", lambda: m * 2, lambda: m.foo, lambda: m < b"z", lambda: m.append(1)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
