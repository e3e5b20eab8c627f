# str.format: numbering, names, attributes, items, conversions, nesting, braces.
print("{} {} {}".format(1, "a", None), "{0} {1} {0}".format("x", "y"), "{a}-{b}".format(a=1, b=2), "{} {k}".format(1, k=2))
print("{{}} {{{}}}".format(5), "{!r} {!s}".format("a", "a"), "{0!r:>6}|{0!s:<6}|".format("a"))
print("{:>{}}|{:{}{}}|{:{w}.{p}f}".format("x", 5, "y", "^", 7, 3.14159, w=8, p=2))
class P:
    x = 10
    def __str__(self):
        return "P-str"
    def __repr__(self):
        return "P-repr"
print("{} {!r} {!s} {p}".format(P(), P(), P(), p=P()))
print("{:5}|{:5}|{:<5}|{:>5}|{:^5}|{:*<5}|{:->5}|{:x^5}|".format("ab", 12, 12, "ab", "ab", "ab", "ab", "ab"))
print("{:.2}|{:6.2}|{:.0}|{:s}".format("abcdef", "abcdef", "abc", "str"))
print("{} {} {}".format([1, "a"], {"k": 1}, (None, True)), "é{}€".format("ü"))
print("plain".format(), "{}".format("{}"), "{:c}{:c}".format(65, 0x42))
for fmt, args, kw in (("{}", (), {}), ("{1}", (0,), {}), ("{a}", (), {}), ("{", (), {}), ("}", (), {}), ("{!x}", (1,), {}), ("{0} {}", (1, 2), {}), ("{} {0}", (1, 2), {}),
                      ("{:}", ("a",), {}), ("{!}", (1,), {}), ("{:.2d}", (1,), {}), ("{:z}", (1,), {}), ("{:d}", ("a",), {}), ("{:5", (1,), {}), ("{!r", (1,), {}), ("{:,d}", (1234567,), {}), ("{:=5}", ("a",), {}), ("{a:>{w}}", (), {"a": 1, "w": 4})):
    try:
        print(fmt, "->", fmt.format(*args, **kw))
    except Exception as e:
        print(fmt, "->", type(e).__name__, e)
