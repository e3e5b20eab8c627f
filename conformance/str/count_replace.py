# count and replace, empty patterns, limits.
s = "banana"
for sub in ("a", "an", "ana", "b", "x", "", "banana"):
    print(repr(sub), s.count(sub), s.count(sub, 2), s.count(sub, 2, 4), s.count(sub, -3), s.replace(sub, "<>"), s.replace(sub, ""), s.replace(sub, "-", 1), s.replace(sub, "-", 0), s.replace(sub, "-", -1), s.replace(sub, "-", 2))
print("".replace("", "x"), "".replace("a", "x"), "".count(""), "aaa".replace("aa", "b"), "é€é".replace("é", "e"), "é€é".count("é"), "é€".count(""))
t = "same"
print(t.replace("x", "y") is t, t.replace("s", "s") == t)
for f in (lambda: s.replace("a"), lambda: s.replace(1, "a"), lambda: s.replace("a", 1), lambda: s.replace(b"a", "b"), lambda: s.replace("a", "b", "c"), lambda: s.count(), lambda: s.count(1)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
