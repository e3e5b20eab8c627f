# strip, lstrip, rstrip with default and given character sets.
for s in ("", "abc", "  abc  ", "\t\n abc \r\n", "xxabcxx", "xyzzyabcxyzzy", "   ", "xx"):
    print(repr(s), repr(s.strip()), repr(s.lstrip()), repr(s.rstrip()), repr(s.strip("x")), repr(s.lstrip("xyz")), repr(s.rstrip("zyx")), repr(s.strip("")))
print("éabcé".strip("é"), "12300".rstrip("0"), "0x1f".lstrip("0x"), "a\x0bb\x0c".strip() == "a\x0bb", "mississippi".strip("ipm"))
t = "clean"
print(t.strip() is t, t.strip("x") is t)
for f in (lambda: "a".strip(1), lambda: "a".strip(b"a"), lambda: "a".strip(None), lambda: "a".strip("a", "b")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
