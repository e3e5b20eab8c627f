# chr and ord over the Unicode range.
for n in (0, 9, 32, 65, 126, 127, 128, 255, 256, 0x7FF, 0x800, 0xFFFF, 0x10000, 0x1F600, 0x10FFFF):
    c = chr(n)
    print(n, len(c), len(c.encode()), ord(c) == n)
print(chr(65), chr(True) == "\x01", ord("a"), ord("é"), ord("€"), ord("😀"), ord(b"a"), ord("\0"), [chr(c) for c in range(97, 102)], "".join(map(chr, (72, 105))))
print(ord(b"\xff"))
for f in (lambda: chr("a"), lambda: chr(1.5), lambda: chr(None), lambda: chr(), lambda: ord(""), lambda: ord(bytearray(b"z")), lambda: ord("ab"), lambda: ord(5), lambda: ord(None), lambda: ord(b"ab"), lambda: ord(b"")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
# surrogates are characters like others, and bytes have no characters
for c in (0xD7FF, 0xD800, 0xDC80, 0xDFFF, 0xE000, 0x10FFFF):
    s = chr(c)
    print(s.encode(), len(s), ord(s) == c)
for x in (b"a", b"\xff", b"ab", b"", "ab", "", 7, None, bytearray(b"a")):
    try:
        print(x, ord(x))
    except Exception as e:
        print(x, type(e).__name__, e)
