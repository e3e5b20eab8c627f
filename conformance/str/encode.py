# exp: 1.29 leaves non-ASCII characters unescaped in repr(), 1.27 escapes them; 1.29 also takes the error handler argument
# encode, bytes(str), str(bytes), decode.
for s in ("", "abc", "é", "€", "😀", "a\x00b"):
    b = s.encode()
    print(repr(s), b, len(b), b.decode() == s, bytes(s, "utf-8") == b, str(b, "utf-8") == s, s.encode("utf-8") == b)
print(str(b"abc"), str(bytearray(b"abc"), "utf8"), "abc".encode("ascii"), bytes("abc", "ascii"))
for bad in (b"\xff", b"\xc3", b"a\x80", b"\xe2\x82", b"\xf0\x9f\x98", b"\xc3\x28"):
    try:
        print(bad, repr(bad.decode()))
    except Exception as e:
        print(bad, type(e).__name__, e)
    try:
        print(bad, repr(str(bad, "utf-8")))
    except Exception as e:
        print(bad, type(e).__name__, e)
for f in (lambda: bytes("abc"), lambda: str(5, "utf8"), lambda: "a".encode(1), lambda: bytes(5, "utf8"), lambda: str(b"a", "utf8", "ignore"), lambda: b"\xff".decode("utf8", "ignore")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
