# re: match, search, groups, split, sub, character classes.
import re
for pat, s in (("a", "abc"), ("b", "abc"), (".b", "abc"), ("a*", "aaab"), ("a+b", "aaab"), ("a?b", "b"), ("^a", "ba"), ("c$", "abc"), ("[a-c]+", "abcd"), ("[^a]", "ab"), ("\\d+", "12a"), ("\\w+", "hi there"), ("\\s", " x"), ("(a)(b)?", "ac"), ("a|b", "b"), ("(foo|bar)baz", "barbaz"), ("a.*?c", "abcabc"), ("(\\w+)@(\\w+)", "me@host"), ("", "x"), ("\\.", "."), ("[]]", "]"), ("[\\d.]+", "1.5"), ("(?:ab)+", "abab"), ("\\D\\S\\W", "a! ")):
    m = re.match(pat, s)
    k = re.search(pat, s)
    print(pat, s, m and m.group(0), k and k.group(0))
m = re.match("(\\w+) (\\w+)", "hello world")
print(m.group(0), m.group(1), m.group(2))
r = re.compile("[,;]")
print(r.split("a,b;c"), r.split("a,b;c", 1), re.compile("x").search("none"), re.sub("a", "X", "banana"), re.sub("a", "X", "banana", 2), re.sub("(b)(a)", "\\2\\1", "banana"), re.sub("a", lambda m: m.group(0).upper(), "banana"), r.sub("-", "1,2"), re.match(b"a+", b"aab").group(0))
for f in (lambda: re.compile("["), lambda: re.compile("("), lambda: re.compile("*"), lambda: re.match("a{", "a{").group(0), lambda: m.group(5), lambda: re.match(5, "a"), lambda: re.match("a", 5), lambda: re.match("a"), lambda: re.sub("a", 5, "a"), lambda: re.compile("(?P<n>a)") and "compiled", lambda: re.compile("\\")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
