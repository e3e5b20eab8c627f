# exp: 1.29 formats %c as a code point, 1.27 as a byte
# % formatting: conversions, flags, widths, star, mapping keys.
print("%s %s %s" % (1, "a", None), "%r %r" % ("a", 1), "%%", "%d%%" % 50, "%s" % "x", "%s" % [1, 2], "%s" % {"k": 1})
print("%d %i %u %x %X %o %c %c" % (42, 42, 42, 255, 255, 8, 65, "z"))
print("%5d|%-5d|%05d|%+d|% d|%5s|%-5s|%.2s|%5.3s|" % (42, 42, 42, 42, 42, "ab", "ab", "abcdef", "abcdef"))
print("%*d|%-*d|%.*f|%*.*f|" % (5, 42, 5, 42, 2, 3.14159, 8, 3, 2.71828))
print("%(a)s %(b)d %(a)r" % {"a": "x", "b": 5}, "%(k)5.1f|" % {"k": 2.25})
print("%#x %#o %08x %-8x|" % (255, 8, 255, 255), "%d %s" % (True, True), "%d" % 3.7, "%s" % (1,), "%s" % ((1, 2),))
print("%e %g %f %.1e" % (12345.678, 12345.678, 12345.678, 12345.678), "%c" % 0x20AC, "%s" % b"by")
print("no conversions" % (), "%s and %s" % tuple("ab"))
for fmt, arg in (("%d", "a"), ("%d", None), ("%s %s", (1,)), ("%s", (1, 2)), ("plain", 5), ("plain", (1,)), ("%", 1), ("%z", 1), ("%c", "ab"), ("%c", 1.5), ("%(a)s", 5), ("%(a)s", {"b": 1}), ("%(a", {"a": 1}), ("%*d", ("a", 1)), ("%d", [1]), ("%x", "a"), ("%f", None), ("%s %(a)s", {"a": 1}), ("%c", -1), ("%.", 1)):
    try:
        print(repr(fmt), "->", fmt % arg)
    except Exception as e:
        print(repr(fmt), "->", type(e).__name__, e)
