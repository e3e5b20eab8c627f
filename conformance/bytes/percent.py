# % and format on bytes.
print(b"%d" % 5, b"%s" % b"abc", b"%x-%02d" % (255, 3), b"%5d|%-5d|" % (1, 2), b"%c" % 65, b"%%" % ())
for f in (lambda: b"%s" % "str", lambda: b"%s" % 5, lambda: b"%r" % "a", lambda: b"%d" % "a", lambda: b"%d %d" % (1,), lambda: b"{} {}".format(1, 2), lambda: b"%f" % 1.5):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
