# find, rfind, index, rindex with start and end bounds.
s = "banana bandana"
for sub in ("a", "an", "ban", "x", "", "banana bandana", "banana bandana!", "na b"):
    print(repr(sub), s.find(sub), s.rfind(sub), s.find(sub, 3), s.rfind(sub, 3), s.find(sub, 2, 6), s.rfind(sub, 2, 6),
          s.find(sub, -4), s.rfind(sub, -4), s.find(sub, -6, -1), s.find(sub, 20), s.find(sub, 5, 2))
    for f in (s.index, s.rindex):
        try:
            print(f(sub), f(sub, 4))
        except ValueError as e:
            print(type(e).__name__, e)
u = "é€é😀é"
print(u.find("é"), u.find("€"), u.rfind("é"), u.find("é", 1), u.find("😀"), u.index("é", 3), u.rindex("€"))
for f in (lambda: s.find(), lambda: s.find(1), lambda: s.find(b"a"), lambda: s.find("a", "b"), lambda: s.find("a", None, None), lambda: s.find("a", 1, 2, 3)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
