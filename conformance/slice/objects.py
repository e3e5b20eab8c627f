# What a __getitem__ receives for each kind of subscript.
class S:
    def __getitem__(self, k):
        return k
    def __setitem__(self, k, v):
        print("set", k, v)
    def __delitem__(self, k):
        print("del", k)
s = S()
print(s[1], s["a"], s[1, 2], s[1,], s[()])
k = s[1:2:3]
print(k, type(k), hasattr(k, "start"))
for k in (s[:], s[1:], s[:2], s[1:2], s[::-1], s[None:None:None], s["a":"b"]):
    print(k)
s[1] = "x"
s[1:2] = "y"
s[1, 2] = "z"
del s[1]
del s[::2]
print(s[1:2] == s[1:2], repr(s[1:2]), str(s[:]))
for f in (lambda: slice(1), lambda: hash(s[1:2]), lambda: {s[1:2]: 1}, lambda: s[1:2] < s[1:3], lambda: s[1:2].foo, lambda: s[1:2].indices(5), lambda: len(s[1:2]), lambda: s[1:2]()):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
