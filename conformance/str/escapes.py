# exp: 1.29 leaves non-ASCII characters unescaped in repr(), 1.27 escapes them
# Escape sequences in literals and the escapes repr() writes.
for s in ("a\nb", "\t\r", "\\", "'", '"', "'\"", "\x00\x01\x1f\x7f", "\x80\xff", "é€😀", "\0", "\07\101\377", "\a\b\f\v", "line\
cont", "\u20ac", "\U0001F600", r"\n\x", "\q\d"):
    print(repr(s), len(s), [ord(c) for c in s])
print("it's", 'say "hi"', '''triple ' " ''', """a
b""", "a" "b" 'c')
print(repr(["a'b", 'c"d', "\n"]), str({"k\t": "v\\"}))
print(b"\x00\xff\n\t'\"\\", repr(b"abc\x80"), rb"\n", b"\101\x41")
for src in (r'"\x4"', r'"\xzz"', r'"\u12"', '"abc', "'''abc", r'"\U00110000"', '"a\nb"', r'b"\u1234"', 'b"é"'):
    try:
        print(src, repr(eval(src)))
    except Exception as e:
        print(src, type(e).__name__, e)
