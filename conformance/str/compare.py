# exp: 1.29 leaves non-ASCII characters unescaped in repr(), 1.27 escapes them
# Ordering and equality of strings.
words = ["", "a", "A", "ab", "abc", "b", "B", "é", "z", "😀", "aa"]
for a in words:
    print(repr(a), [(a < b) * 4 + (a == b) * 2 + (a > b) for b in words])
print(sorted(words), min(words), max(words), sorted(words, reverse=True)[:3])
print("a" <= "a", "a" >= "b", "abc" != "abd", "a" == 1, "a" != None, "1" == 1, "" == [])
print("abc" < "abd" < "abe", "a\0" > "a", "a\0" == "a\0")
for other in (1, None, [], b"a", 1.5, ("a",)):
    for f in (lambda: "a" < other, lambda: "a" >= other):
        try:
            print(f())
        except TypeError as e:
            print(type(e).__name__, e)
