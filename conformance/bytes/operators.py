# + * comparison and containment between bytes, bytearray and others.
a, b = b"abc", bytearray(b"abd")
print(a + b"x", b + b"x", a * 2, a * 2, a * 0, a * -1, type(a + b).__name__, type(b + a).__name__)
print(a == b"abc", a == bytearray(b"abc"), a != b, a < b, b > a, a <= b"abc", b"" < a, b"ab" < a, a == memoryview(b"abc"))
print(97 in a, b"bc" in a, 5 in a, b"" in a, 300 in a)
print(hash(a) == hash(b"abc"), {a: 1}[b"abc"], sorted([b"b", b"a", b""], key=len), bool(b""), bool(b"\0"), bool(bytearray()))
c = d = bytearray(b"x")
c += b"y"
print(c, d, c is d)
c += c
print(c, d, c is d)
e = f = b"x"
e += b"y"
print(e, f)
for g in (lambda: a + 1, lambda: a + [1], lambda: a * 1.5, lambda: a < 1, lambda: a - a, lambda: hash(bytearray()), lambda: "x" in a, lambda: None in a, lambda: 300 in a, lambda: -a, lambda: b"x" in b, lambda: 98 in b, lambda: b * 2, lambda: 2 * b, lambda: 2 * a, lambda: a + None):
    try:
        print(g())
    except Exception as ex:
        print(type(ex).__name__, ex)
