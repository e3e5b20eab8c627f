# exp: 1.29 leaves non-ASCII characters unescaped in repr(), 1.27 escapes them
# in, not in and iteration.
s = "hello é€😀"
print("h" in s, "ell" in s, "" in s, "x" in s, "x" not in s, s in s, "é€" in s, "lo é" in s)
for bad in (1, None, b"h", ["h"]):
    try:
        print(bad in s)
    except TypeError as e:
        print(type(e).__name__, e)
print(list(s), tuple("ab"), list(""), len(s), [ord(c) for c in s[6:]])
it = iter("ab")
print(next(it), next(it), next(it, "end"))
try:
    next(it)
except StopIteration as e:
    print("stop", e.args)
for i, c in enumerate("xyz", 1):
    print(i, c, end=" ")
print()
print(list(zip("abc", "xy")), dict(zip("ab", (1, 2))) == {"a": 1, "b": 2}, max("hello"), min("hello"), sorted("hello"), "".join(sorted(set("mississippi"))))
a, b, *c = "unpack"
print(a, b, c)
