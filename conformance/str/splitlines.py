# splitlines and its keepends argument.
for s in ("", "a", "a\n", "a\nb", "a\n\nb\n", "\n", "\r\n", "a\r\nb\rc\n", "a\n\rb", "x\r\r\ny"):
    print(repr(s), s.splitlines(), s.splitlines(True), s.splitlines(False))
print("a\nb".splitlines(keepends=True), b"a\nb\r\nc".splitlines())
for f in (lambda: "a".splitlines(1, 2), lambda: "a".splitlines(foo=1)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
