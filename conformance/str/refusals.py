# exp: 1.27 has no check of encodings, other messages of chr, and cuts the character of %c
# Wrong uses of str and bytes: formats, conversions, methods, message by message.
def t(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
for f in (
 lambda: "abc".index("z"), lambda: "abc".rindex("z"), lambda: "abc".find(1), lambda: "abc".split(""), lambda: "a".split(1),
 lambda: "abc"["a"], lambda: "abc"[5], lambda: "abc"[1.0], lambda: "abc"[None], lambda: "abc"[::2], lambda: "abcdef"[::-1],
 lambda: "a" * "b", lambda: "a" + 1, lambda: 1 + "a", lambda: "a" - "b", lambda: "a" < 1, lambda: "a" == 1, lambda: -"a",
 lambda: "%d" % "x", lambda: "%d" % None, lambda: "%d" % 1.5, lambda: "%s", lambda: "%s %s" % 1, lambda: "%s" % (1, 2), lambda: "%z" % 1, lambda: "%" % 1,
 lambda: "%c" % 65, lambda: "%c" % "ab", lambda: "%c" % "", lambda: "%c" % 70000, lambda: "%(a)s" % {"b": 1}, lambda: "%(a)s" % 1, lambda: "%(a" % {"a": 1},
 lambda: "%x" % "a", lambda: "%f" % "a", lambda: "%5.2f|%-8s|%+d|% d|%05d|%x|%X|%#x|%o|%e|%g" % (3.14159, "ab", 5, 5, -3, 255, 255, 255, 8, 12345.678, 0.0001),
 lambda: "{".format(), lambda: "}".format(), lambda: "{}".format(), lambda: "{1}".format(0), lambda: "{a}".format(), lambda: "{0}{}".format(1, 2), lambda: "{}{0}".format(1, 2),
 lambda: "{!z}".format(1), lambda: "{!}".format(1), lambda: "{:z}".format(1), lambda: "{:d}".format("a"), lambda: "{:s}".format(1), lambda: "{:.2f}".format("a"), lambda: "{:,}".format(1234567), lambda: "{:_}".format(1234567),
 lambda: "{:+s}".format("a"), lambda: "{:=5}".format("a"), lambda: "{:.3}".format("abcdef"), lambda: "{:>8.3}|".format("abcdef"), lambda: "{:^8}|".format("ab"), lambda: "{:*^9}|".format("ab"), lambda: "{:08.3f}".format(-3.14159),
 lambda: "{:b} {:o} {:x} {:X} {:#b} {:#o} {:#x}".format(5, 8, 255, 255, 5, 8, 255), lambda: "{:c}".format(65), lambda: "{:e} {:E} {:g} {:G} {:%}".format(1.5, 1.5, 1e10, 1e-10, 0.25),
 lambda: "{0[1]} {0[a]}".format([1, 2]), lambda: "{0.real}".format(5), lambda: "{:{}}".format("a", 5), lambda: "{:{w}.{p}f}".format(3.14159, w=10, p=2), lambda: "{{}}".format(), lambda: "{{{}}}".format(1),
 lambda: "".join([1]), lambda: "".join("abc"), lambda: ",".join(["a", b"b"]), lambda: "".join(1), lambda: ",".join({"x": 1}), lambda: ",".join(c for c in "xyz"),
 lambda: "abc".replace("b", 1), lambda: "aaa".replace("a", "b", 2), lambda: "abc".replace("", "-"), lambda: "abc".startswith(("x", "a")), lambda: "abc".startswith(1), lambda: "abc".endswith("c", 1), lambda: "abc".startswith("b", 1),
 lambda: "abc".strip(1), lambda: "xxabcxx".strip("x"), lambda: "abc".center(9), lambda: "abc".center("a"), lambda: "a b  c".split(), lambda: "a b  c".split(" "), lambda: "a,b,c".split(",", 1), lambda: "a,b,c".rsplit(",", 1), lambda: " a ".split(None, 1),
 lambda: "a\nb\r\nc".splitlines(), lambda: "a\nb\n".splitlines(True), lambda: "abc".partition(""), lambda: "abc".partition("b"), lambda: "abc".rpartition("z"), lambda: "AbC".swapcase(), lambda: "abc".title(), lambda: "abc".capitalize(), lambda: "abc".zfill(5), lambda: "abc".ljust(5), lambda: "abc".expandtabs(), lambda: "abc".isalnum(), lambda: "abc".isidentifier(),
 lambda: "abc".encode("utf-16"), lambda: "abc".encode("ascii", "strict"), lambda: b"\xff".decode(), lambda: b"abc".decode("latin1"), lambda: str(b"abc", "utf-8"), lambda: str(b"abc"), lambda: str(b"\xff", "utf8"), lambda: str(1, 2), lambda: bytes("abc"), lambda: bytes("abc", "utf-8"), lambda: bytes(-1), lambda: bytes([256]), lambda: bytes([-1]), lambda: bytes(["a"]), lambda: bytes(3), lambda: bytes(), lambda: bytearray("a"), lambda: b"a" + "b", lambda: "a" + b"b", lambda: "a" in b"abc", lambda: b"a" in "abc", lambda: 97 in b"abc", lambda: 300 in b"abc", lambda: 97 in "abc",
 lambda: ord(""), lambda: ord("ab"), lambda: ord(b"a"), lambda: ord(1), lambda: chr(-1), lambda: chr(1 << 21), lambda: chr("a"), lambda: int(""), lambda: int("1.5"), lambda: int("0x10"), lambda: int("0x10", 16), lambda: int("12", 2), lambda: int("z", 36), lambda: int("1", 1), lambda: int("1", 37), lambda: int(" 12 "), lambda: int("1_000"), lambda: int("--1"), lambda: int("+5"), lambda: int(None), lambda: int([]), lambda: int(b"12"), lambda: int("9" * 30), lambda: float(""), lambda: float("abc"), lambda: float("1e5"), lambda: float(" 1.5 "), lambda: float("inf"), lambda: float("-nan"), lambda: float(None), lambda: float("1_0"), lambda: "a".x, lambda: "a".upper(1), lambda: "a"(), lambda: "\u1234\U0001f600", lambda: "é".encode(), lambda: len("é"), lambda: "é"[0], lambda: "aé"[1:], lambda: "é".find("é"), lambda: "\x00\x1f\x7f\x80"):
    t(f)
