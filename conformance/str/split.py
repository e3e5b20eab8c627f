# exp: 1.29 leaves non-ASCII characters unescaped in repr(), 1.27 escapes them
# split by separator or white space, with a limit.
s = "  one two   three\tfour\nfive  "
print(s.split(), s.split(None), s.split(None, 1), s.split(None, 2), s.split(None, 0), s.split(None, -1), s.split(None, 99))
print("a,b,,c,".split(","), "a,b,,c,".split(",", 1), "a,b,,c,".split(",", 2), "a,b".split(",", 0), "a,b".split(",", -1))
print("".split(), "".split(","), " ".split(), ",".split(","), "abc".split("abc"), "abc".split("x"), "aXXbXXc".split("XX"), "aXXXb".split("XX"))
print("é€é".split("€"), "a b".split(" "), " a  b ".split(" "))
a, b = "key=value=more".split("=", 1)
print(a, b)
for f in (lambda: s.split(""), lambda: s.split(1), lambda: s.split(b","), lambda: s.split(",", "a"), lambda: s.split(",", 1, 2)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
