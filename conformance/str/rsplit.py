# rsplit takes its pieces from the right.
s = "a,b,,c,"
print(s.rsplit(","), s.rsplit(",", 1), s.rsplit(",", 2), s.rsplit(",", 0), s.rsplit(",", 99), s.rsplit(",", -1))
print("aXXbXXc".rsplit("XX", 1), "aXXXb".rsplit("XX", 1), "abc".rsplit("x", 1), "".rsplit(","))
print("dir/sub/file.txt".rsplit("/", 1), "file.tar.gz".rsplit(".", 1)[-1])
for f in (lambda: "a b c".rsplit(), lambda: "a b c".rsplit(None, 1), lambda: s.rsplit(""), lambda: s.rsplit(1), lambda: s.rsplit(",", None)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
