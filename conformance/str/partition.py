# exp: 1.29 leaves non-ASCII characters unescaped in repr(), 1.27 escapes them
# partition, rpartition and center.
for s in ("a=b=c", "abc", "", "=", "=a", "a="):
    print(repr(s), s.partition("="), s.rpartition("="))
print("aXXbXXc".partition("XX"), "aXXbXXc".rpartition("XX"), "é€é".partition("€"))
for n in (0, 1, 3, 4, 5, 6, 7):
    print(n, repr("abc".center(n)))
print(repr("".center(3)), repr("é".center(5)))
for f in (lambda: "a".partition(""), lambda: "a".rpartition(""), lambda: "a".partition(1), lambda: "a".partition(b"a"), lambda: "a".partition(), lambda: "a".center("b"), lambda: "a".center()):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
