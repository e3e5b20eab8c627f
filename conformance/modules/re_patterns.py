# re: many patterns and texts, groups, substitution, splitting, wrong patterns.
import re
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
def m(p, s, fn="match"):
    def g():
        r = getattr(re, fn)(p, s)
        if r is None: return None
        gs = []
        for i in range(6):
            try: gs.append(r.group(i))
            except IndexError: break
        return gs
    t(g)
for p, s in (("a", "abc"), ("b", "abc"), (".", ""), ("a*", "aaab"), ("a+", "b"), ("a?b", "ab"), ("(a)(b)?", "ac"), ("(a|b)*c", "ababc"), ("[a-c]+", "abcd"), ("[^a-c]+", "xyza"), (r"\d+\.\d*", "12.5x"), (r"\w+\s\w+", "ab cd"), (r"\D\W\S", "a-b"), ("^a$", "a"), ("^a$", "ab"), ("a{2}", "aa"), ("a*?b", "aab"), ("a+?", "aaa"), ("(?:a|b)c", "bc"), ("(a(b(c)))", "abc"), ("", "abc"), ("a|", "b"), ("|a", "a"), (r"\(x\)", "(x)"), (r"[\]x]+", "]x"), ("[a-]+", "a-b"), ("[-a]+", "-a"), (r"a\.b", "a.b"), ("a.c", "a\nc"), (r"\b", "a"), (r"(\w+)@(\w+)\.com", "joe@site.com"), ("((a)|(b))", "b"), ("a**", "a"), ("*a", "a"), ("(a", "a"), ("a)", "a"), ("[a", "a"), ("(?P<n>a)", "a"), ("a{", "a{"), ("\\", "a")):
    m(p, s); m(p, "zz" + s, "search")
t(lambda: re.sub("a", "b", "banana"))
t(lambda: re.sub("a", "b", "banana", 2))
t(lambda: re.sub("(a)(n)", r"\2\1", "banana"))
t(lambda: re.sub("(a)(n)", r"\g<2>-\g<1>", "banana"))
t(lambda: re.sub("a", lambda r: r.group(0).upper(), "banana"))
t(lambda: re.sub("x*", "-", "abc"))
t(lambda: re.sub("", "-", "abc"))
t(lambda: re.sub("a", 5, "banana"))
t(lambda: re.sub("a", r"\5", "banana"))
t(lambda: re.sub(b"a", b"b", b"banana"))
t(lambda: re.sub("a", "b", b"banana"))
t(lambda: re.compile(",").split("a,b,,c"))
t(lambda: re.compile(",").split("a,b,c", 1))
t(lambda: re.compile(r"\s*,\s*").split("a , b,c ,d"))
t(lambda: re.compile("(,)").split("a,b"))
t(lambda: re.compile("x*").split("axb"))
t(lambda: re.compile("").split("ab"))
t(lambda: re.compile("[").match("a"))
t(lambda: re.compile(5))
t(lambda: re.match("a", 5))
t(lambda: re.match("a", "a").group(1))
t(lambda: re.match("a", "a").group(-1))
t(lambda: re.match("(a)", "a").group())
t(lambda: re.match("(a)", "a").group(0, 1))
t(lambda: re.match(re.compile("a"), "a").group(0))
t(lambda: re.search("b+", "aabbbcc").group(0))
p = re.compile("(\\d+)-(\\d+)")
t(lambda: p.search("tel 12-34 x").group(2))
t(lambda: p.match("12-34").group(1))
t(lambda: type(p).__name__)
t(lambda: p.sub("X", "1-2 3-4"))
