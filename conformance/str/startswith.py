# startswith and endswith.
s = "hello world"
print(s.startswith("hello"), s.startswith("world"), s.startswith(""), s.startswith(s), s.startswith(s + "!"))
print(s.endswith("world"), s.endswith("hello"), s.endswith(""), s.endswith(s), s.endswith("x" + s))
print(s.startswith("world", 6), s.startswith("hello", 1), s.startswith("", 11), s.startswith("d", -1))
print("".startswith(""), "".endswith("a"), "é€".startswith("é"), "é€".endswith("€"))
for f in (lambda: s.startswith(("hello", "x")), lambda: s.endswith(("x", "world")), lambda: s.startswith(()), lambda: s.startswith(1), lambda: s.endswith(None),
          lambda: s.startswith(b"h"), lambda: s.startswith("h", 0, 5), lambda: s.startswith(), lambda: s.startswith(("a", 1))):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
